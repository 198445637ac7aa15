#!/usr/bin/env bash
# An IMAP server (Dovecot) for tests: own mailboxes, loopback only, two free ports (the second with TLS), ended by its pid.
#
#   SERVER=$(tests/support/dovecot.sh start)   # prints "host=127.0.0.1 port=N tls_port=M ca=FILE mail=FOLDER"; it names the server below
#   tests/support/dovecot.sh stop "$SERVER"    # ends the server and removes its mail
#
# Every user has the password "right" and the mailboxes of FOLDER/USER (Maildir). Mail belongs to whoever owns FOLDER.
set -euo pipefail

name=dovecot
. "$(dirname "${BASH_SOURCE[0]}")/loopback.sh"

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ \ port=([0-9]+) ]] || fail "usage: dovecot.sh start | stop SERVER"
port=${BASH_REMATCH[1]:-}
dir=$(directory_of "$port")
account=$(account_for mail)

program=$(command -v dovecot || echo /usr/sbin/dovecot)
[ -x "$program" ] || fail "Dovecot is not installed (Debian: apt-get install dovecot-imapd)"

# Every process runs as the one account: nothing here has a secret from another.
write_configuration() {
  local group
  group=$(id -gn "$account")
  cat <<EOF
base_dir = $dir/run
state_dir = $dir/run
log_path = $dir/log
protocols = imap
ssl = yes
ssl_cert = <$dir/certificate.pem
ssl_key = <$dir/key.pem
disable_plaintext_auth = no
default_internal_user = $account
default_internal_group = $group
default_login_user = $account
default_process_limit = 200
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 200
mail_location = maildir:~
auth_failure_delay = 0
mail_plugins = acl
plugin {
  acl = vfile
}
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = static
  args = password=right
}
userdb {
  driver = static
  args = uid=$account gid=$group home=$dir/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = $port
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = $tls_port
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
EOF
}

try_start() {
  port=$(free_port)
  tls_port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  mkdir "$dir/run" "$dir/mail"
  make_certificate
  write_configuration >"$dir/dovecot.conf"
  chown -R "$account" "$dir"
  "$program" -F -c "$dir/dovecot.conf" >"$dir/out" 2>&1 &
  echo $! >"$dir/pid"
  await_server || { remove_server; return 1; }
}

# Its children end with the parent, which waits for them.
end_server() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    kill -TERM "$pid" 2>/dev/null || true
    for _ in $(seq 500); do alive "$pid" || break; sleep 0.01; done
  fi
  remove_server
}

case "$command" in
  start)
    start_on_any_port
    echo "host=127.0.0.1 port=$port tls_port=$tls_port ca=$dir/certificate.pem mail=$dir/mail"
    ;;
  stop) end_server ;;
  *) fail "unknown command: $command" ;;
esac
