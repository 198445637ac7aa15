#!/usr/bin/env bash
# A server that speaks like Amazon S3 (npm s3rver) for tests: own data, loopback only, a free port, ended by its pid.
#
#   SERVER=$(tests/support/s3rver.sh start)   # prints "host=127.0.0.1 port=N"; it names the server below
#   tests/support/s3rver.sh stop "$SERVER"    # ends the server and removes its data
#
# Key and secret are both "S3RVER". Needs node and what tests/package-lock.json pins.
set -euo pipefail

name=s3rver
. "$(dirname "${BASH_SOURCE[0]}")/loopback.sh"

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ \ port=([0-9]+) ]] || fail "usage: s3rver.sh start | stop SERVER"
port=${BASH_REMATCH[1]:-}
dir=$(directory_of "$port")

program=$(dirname "${BASH_SOURCE[0]}")/../node_modules/s3rver/bin/s3rver.js
[ -f "$program" ] || fail "s3rver is not installed (cd tests && npm ci)"

try_start() {
  port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  node "$program" -d "$dir/data" -a 127.0.0.1 -p "$port" --no-vhost-buckets -s >"$dir/log" 2>&1 &
  echo $! >"$dir/pid"
  await_server || { remove_server; return 1; }
}

case "$command" in
  start)
    start_on_any_port
    echo "host=127.0.0.1 port=$port"
    ;;
  stop) remove_server ;;
  *) fail "unknown command: $command" ;;
esac
