#!/usr/bin/env bash
# A MariaDB server for tests: own data directory, loopback only, a free port, ended by its pid.
#
#   SERVER=$(tests/support/mariadb.sh start)   # prints "host=127.0.0.1 port=N user=root"; it names the server below
#   tests/support/mariadb.sh stop "$SERVER"    # ends the server and removes its data
#
# MariaDB refuses to run as root: started by root, the server runs as user mysql (or nobody).
set -euo pipefail

fail() {
  echo "mariadb.sh: $1" >&2
  exit 1
}

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ port=([0-9]+) ]] || fail "usage: mariadb.sh start | stop SERVER"
port=${BASH_REMATCH[1]:-}

# The data of the server on port N. In memory where there is room: its tests kill processes, not the machine's power.
directory_of() {
  local place
  for place in /dev/shm "${TMPDIR:-/tmp}"; do
    if [ -d "$place/privity-mariadb-$1" ] ||
      { [ "$command" = start ] && [ -w "$place" ] && [ "$(df --output=avail -k "$place" | tail -n 1)" -gt 2000000 ]; }; then break; fi
  done
  echo "$place/privity-mariadb-$1"
}
dir=$(directory_of "$port")

program=$(command -v mariadbd || echo /usr/sbin/mariadbd)
[ -x "$program" ] || fail "MariaDB is not installed (Debian: apt-get install mariadb-server)"

account=$(id -un)
[ "$(id -u)" -ne 0 ] || account=$(id -u mysql >/dev/null 2>&1 && echo mysql || echo nobody)

# A port that was free a moment ago; start is tried again with another one when somebody was faster.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 30000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

remove() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    kill -KILL "$pid" 2>/dev/null || true
    while alive "$pid"; do sleep 0.01; done
  fi
  rm -rf "$dir"
}

try_start() {
  port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  chown "$account" "$dir"
  mariadb-install-db --no-defaults --user="$account" --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db \
    >"$dir/install.log" 2>&1 || fail "mariadb-install-db failed; see $dir/install.log"
  (cd / && exec "$program" --no-defaults --user="$account" --datadir="$dir/data" --bind-address=127.0.0.1 --port="$port" \
    --socket="$dir/socket" --pid-file="$dir/pid" --max-allowed-packet=256M --innodb-flush-log-at-trx-commit=0) >"$dir/log" 2>&1 &
  local started=$!
  for _ in $(seq 3000); do
    alive "$started" || { remove; return 1; }
    if answers && [ -s "$dir/pid" ]; then return 0; fi
    sleep 0.02
  done
  kill -KILL "$started"
  return 1
}

case "$command" in
  start)
    for _ in 1 2 3 4 5; do
      if try_start; then
        echo "host=127.0.0.1 port=$port user=root"
        exit 0
      fi
    done
    fail "the server does not start on any of five ports"
    ;;
  stop) remove ;;
  *) fail "unknown command: $command" ;;
esac
