#!/usr/bin/env bash
# A MariaDB server for tests: own data directory, loopback only, a free port, ended by its pid.
#
#   SERVER=$(tests/support/mariadb.sh start)   # prints "host=127.0.0.1 port=N user=root ca=FILE"; it names the server below
#   tests/support/mariadb.sh stop "$SERVER"    # ends the server and removes its data
#
# MariaDB refuses to run as root: started by root, the server runs as user mysql (or nobody).
set -euo pipefail

name=mariadb
. "$(dirname "${BASH_SOURCE[0]}")/loopback.sh"

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ port=([0-9]+) ]] || fail "usage: mariadb.sh start | stop SERVER"
port=${BASH_REMATCH[1]:-}
dir=$(directory_of "$port")

program=$(command -v mariadbd || echo /usr/sbin/mariadbd)
[ -x "$program" ] || fail "MariaDB is not installed (Debian: apt-get install mariadb-server)"

account=$(account_for mysql)

try_start() {
  port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  chown "$account" "$dir"
  make_certificate
  mariadb-install-db --no-defaults --user="$account" --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db \
    >"$dir/install.log" 2>&1 || fail "mariadb-install-db failed; see $dir/install.log"
  (cd / && exec "$program" --no-defaults --user="$account" --datadir="$dir/data" --bind-address=127.0.0.1 --port="$port" \
    --socket="$dir/socket" --pid-file="$dir/pid" --max-allowed-packet=256M --ssl-cert="$dir/certificate.pem" --ssl-key="$dir/key.pem" --innodb-flush-log-at-trx-commit=0) >"$dir/log" 2>&1 &
  local started=$!
  for _ in $(seq 3000); do
    alive "$started" || { remove_server; return 1; }
    if answers && [ -s "$dir/pid" ]; then return 0; fi
    sleep 0.02
  done
  kill -KILL "$started"
  return 1
}

case "$command" in
  start)
    start_on_any_port
    echo "host=127.0.0.1 port=$port user=root ca=$dir/certificate.pem"
    ;;
  stop) remove_server ;;
  *) fail "unknown command: $command" ;;
esac
