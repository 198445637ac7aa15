#!/usr/bin/env bash
# A PostgreSQL server for tests: own data directory, loopback only, a free port, ended by its pid.
#
#   SERVER=$(tests/support/postgres.sh start)      # prints the connection string; it names the server below
#   SERVER=$(tests/support/postgres.sh start disk) # the same with its data on the disk, for measuring
#   tests/support/postgres.sh stop "$SERVER"       # ends the server and removes its data
#   tests/support/postgres.sh crash "$SERVER"      # SIGKILL to all its processes, as a failing machine would
#   tests/support/postgres.sh restart "$SERVER"    # starts it again after a crash, on the same port
#   tests/support/postgres.sh standby "$SERVER"    # adds a synchronous standby; prints a connection string that names both
#   tests/support/postgres.sh promote "$SERVER"    # makes the standby the one that writes
#
# It offers TLS with a certificate for "localhost"; what is printed names the certificate (sslrootcert) and does without TLS, which
# most tests are not about.
#
# PostgreSQL refuses to run as root: started by root, the server runs as user postgres (or nobody).
set -euo pipefail

name=postgres
. "$(dirname "${BASH_SOURCE[0]}")/loopback.sh"

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ port=([0-9]+) ]] || fail "usage: postgres.sh start [disk] | stop|crash|restart|standby|promote SERVER"
port=${BASH_REMATCH[1]:-}
# On the disk when it is to be measured.
[ "$command $server" != "start disk" ] || places=("${TMPDIR:-/tmp}")
dir=$(directory_of "$port")

bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || fail "PostgreSQL is not installed (Debian: apt-get install postgresql)"

as_server=()
account=$(account_for postgres)
if [ "$(id -u)" -eq 0 ]; then
  as_server=(setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups --)
fi

# run PROGRAM ARGUMENT...: one of PostgreSQL's programs as the server's user. Its output goes to a log, so that no reader of ours
# waits for the server that it starts.
run() {
  (cd / && "${as_server[@]}" "$bin/$1" "${@:2}") >>"$dir/ctl.log" 2>&1
}

# start_server [DATA PORT]: pg_ctl waits until the server answers.
start_server() {
  run pg_ctl -D "$dir/${1:-data}" -l "$dir/${1:-data}.log" -w -t 60 \
    -o "-p ${2:-$port} -k '' -c listen_addresses=127.0.0.1 -c max_connections=200 -c dynamic_shared_memory_type=mmap \
      -c ssl=on -c ssl_cert_file=$dir/certificate.pem -c ssl_key_file=$dir/key.pem \
      -c logging_collector=on -c log_destination=csvlog" start
}

conninfo() { echo "host=127.0.0.1 port=$port user=privity dbname=postgres sslmode=disable sslrootcert=$dir/certificate.pem"; }

remove() {
  for data in standby data; do
    [ ! -f "$dir/$data/postmaster.pid" ] || run pg_ctl -D "$dir/$data" -m immediate -w stop || true
  done
  rm -rf "$dir"
}

# mkdir claims the port among servers of ours; a stranger's port makes the start fail, and the next one is tried.
try_start() {
  port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  [ ${#as_server[@]} -eq 0 ] || chown "$account" "$dir"
  make_certificate
  run initdb -D "$dir/data" -A trust -U privity -E UTF8 --locale=C --no-sync || fail "initdb failed; see $dir/ctl.log"
  # Whoever is a member of this role (a test makes it) needs a password; everybody else is trusted.
  sed -i '1i host all +password_required 127.0.0.1/32 scram-sha-256' "$dir/data/pg_hba.conf"
  start_server || { remove; return 1; }
}

case "$command" in
  start)
    start_on_any_port
    conninfo
    ;;
  stop)
    remove
    ;;
  crash)
    pid=$(head -n 1 "$dir/data/postmaster.pid")
    # The children first: they would notice the death of the postmaster and leave in good order.
    children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || true)
    # shellcheck disable=SC2086
    kill -KILL "$pid" $children 2>/dev/null || true
    # Dead is gone, or a zombie that nobody has collected yet.
    while grep -q '^State:[[:space:]]*[^Z]' "/proc/$pid/status" 2>/dev/null; do sleep 0.01; done
    rm -f "$dir/data/postmaster.pid"
    ;;
  restart)
    start_server || fail "the server does not start again: $(tail -n 5 "$dir/data.log")"
    conninfo
    ;;
  standby)
    second=$(free_port)
    run pg_basebackup -D "$dir/standby" -R -X stream -c fast --no-sync -h 127.0.0.1 -p "$port" -U privity ||
      fail "the base backup failed; see $dir/ctl.log"
    start_server standby "$second" || fail "the standby does not start; see $dir/standby.log"
    # After the backup, so that the standby itself waits for nobody once it is promoted.
    run psql "$(conninfo)" -c "ALTER SYSTEM SET synchronous_standby_names = '*'" -c "SELECT pg_reload_conf()" ||
      fail "the standby cannot be made synchronous; see $dir/ctl.log"
    echo "host=127.0.0.1,127.0.0.1 port=$port,$second user=privity dbname=postgres sslmode=disable target_session_attrs=read-write"
    ;;
  promote)
    run pg_ctl -D "$dir/standby" -w promote || fail "the standby is not promoted; see $dir/standby.log"
    ;;
  *) fail "unknown command: $command" ;;
esac
