# For scripts that start a server on loopback as another account: sourced, not run. The script says what it is called (`name`).

fail() {
  echo "$name.sh: $1" >&2
  exit 1
}

# The data of the server on port N: one server of ours per port. In memory where there is room: its tests kill processes, not
# the machine's power, and a loaded disk makes every start after a crash slow.
places=(/dev/shm "${TMPDIR:-/tmp}")
directory_of() {
  local place
  for place in "${places[@]}"; do
    [ ! -d "$place/privity-$name-$1" ] || { echo "$place/privity-$name-$1"; return; }
  done
  for place in "${places[@]}"; do
    if [ -w "$place" ] && [ "$(df --output=avail -k "$place" | tail -n 1)" -gt 2000000 ]; then break; fi
  done
  echo "$place/privity-$name-$1"
}

# A port that was free a moment ago; start is tried again with another one when somebody was faster. Below those that the system
# gives to outgoing connections: one of them could take the port of a server that is down for a while, and a client that keeps
# trying to reach it would even be connected to itself.
free_port() {
  local port outgoing
  read -r outgoing _ </proc/sys/net/ipv4/ip_local_port_range
  [ "$outgoing" -gt 12000 ] || outgoing=32768
  while true; do
    port=$((10000 + RANDOM % (outgoing - 10000)))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# start_on_any_port: `try_start` with up to five ports; it sets `port` and `dir`.
start_on_any_port() {
  for _ in 1 2 3 4 5; do
    if try_start; then return 0; fi
  done
  fail "the server does not start on any of five ports"
}

# account_for NAME: the user that the server runs as: whoever calls, or for root NAME, where there is such a user, else nobody.
account_for() {
  if [ "$(id -u)" -ne 0 ]; then id -un
  elif id -u "$1" >/dev/null 2>&1; then echo "$1"
  else echo nobody
  fi
}

# make_certificate: certificate.pem for "localhost" and 127.0.0.1 with key.pem in `dir`, both for the account that serves.
make_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -keyout "$dir/key.pem" -out "$dir/certificate.pem" 2>"$dir/openssl.log" ||
    fail "no certificate; see $dir/openssl.log"
  chown "$account" "$dir/key.pem" "$dir/certificate.pem"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

# await_server: until the process in $dir/pid answers on `port`; fails when it has ended.
await_server() {
  local pid
  pid=$(cat "$dir/pid")
  for _ in $(seq 3000); do
    alive "$pid" || return 1
    if answers; then return 0; fi
    sleep 0.02
  done
  return 1
}

# remove_server: ends the process in $dir/pid and removes what it has written.
remove_server() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    kill -KILL "$pid" 2>/dev/null || true
    while alive "$pid"; do sleep 0.01; done
  fi
  rm -rf "$dir"
}
