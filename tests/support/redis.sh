#!/usr/bin/env bash
# A Redis server for tests: nothing on disk, loopback only, two free ports (the second with TLS), ended by its pid.
#
#   SERVER=$(tests/support/redis.sh start)   # prints "host=127.0.0.1 port=N tls_port=M ca=FILE"; it names the server below
#   tests/support/redis.sh stop "$SERVER"    # ends the server
set -euo pipefail

name=redis
. "$(dirname "${BASH_SOURCE[0]}")/loopback.sh"

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ \ port=([0-9]+) ]] || fail "usage: redis.sh start | stop SERVER"
port=${BASH_REMATCH[1]:-}
dir=$(directory_of "$port")
account=$(id -un)

program=$(command -v redis-server) || fail "Redis is not installed (Debian: apt-get install redis-server)"

try_start() {
  port=$(free_port)
  tls_port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  make_certificate
  (cd "$dir" && exec "$program" --port "$port" --tls-port "$tls_port" --bind 127.0.0.1 --save '' --appendonly no --databases 1024 --dir "$dir" \
    --tls-cert-file certificate.pem --tls-key-file key.pem --tls-ca-cert-file certificate.pem --tls-auth-clients no) >"$dir/log" 2>&1 &
  pid=$!
  echo "$pid" >"$dir/pid"
  await_server || { remove_server; return 1; }
}

case "$command" in
  start)
    start_on_any_port
    echo "host=127.0.0.1 port=$port tls_port=$tls_port ca=$dir/certificate.pem"
    ;;
  stop) remove_server ;;
  *) fail "unknown command: $command" ;;
esac
