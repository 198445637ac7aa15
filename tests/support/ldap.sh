#!/usr/bin/env bash
# A directory (slapd) for tests: own data and schema, loopback only, two free ports (the second with TLS), ended by its pid.
#
#   SERVER=$(tests/support/ldap.sh start)   # prints "host=127.0.0.1 port=N tls_port=M ca=FILE"; it names the server below
#   tests/support/ldap.sh stop "$SERVER"    # ends the server and removes its data
#
# What is done there is logged (cn=accesslog) once a test says which kinds of it.
#
# The administrator is cn=admin,dc=example,dc=org with the password "right".
set -euo pipefail

name=ldap
. "$(dirname "${BASH_SOURCE[0]}")/loopback.sh"

command=${1:-}
server=${2:-}
[ "$command" = start ] || [[ "$server" =~ \ port=([0-9]+) ]] || fail "usage: ldap.sh start | stop SERVER"
port=${BASH_REMATCH[1]:-}
dir=$(directory_of "$port")
account=$(id -un)

program=$(command -v slapd || echo /usr/sbin/slapd)
[ -x "$program" ] || fail "slapd is not installed (Debian: apt-get install slapd)"

# The object classes that the suite makes entries of. Notes and values are bytes: a directory takes no other text as it is.
write_configuration() {
  cat <<EOF
include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload accesslog
pidfile $dir/slapd.pid
TLSCertificateFile $dir/certificate.pem
TLSCertificateKeyFile $dir/key.pem
sockbuf_max_incoming 67108864
sockbuf_max_incoming_auth 67108864
sizelimit unlimited
attributetype ( 1.3.6.1.4.1.32473.1.1 NAME 'id' EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.32473.1.2 NAME 'note' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
attributetype ( 1.3.6.1.4.1.32473.1.3 NAME 'value' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
attributetype ( 1.3.6.1.4.1.32473.1.5 NAME 'points' EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.32473.1.4 NAME 'hidden' EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 )
EOF
  local number=0 class
  for class in people numbered texts big large customers closed open; do
    number=$((number + 1))
    echo "objectclass ( 1.3.6.1.4.1.32473.2.$number NAME '$class' SUP top STRUCTURAL MUST id MAY ( email \$ note \$ value \$ points \$ hidden ) )"
  done
  cat <<EOF
database config
rootdn cn=admin,dc=example,dc=org
access to * by dn.regex=^cn=blind_ none by users read by * none
database mdb
suffix cn=accesslog
rootdn cn=accesslog
directory $dir/access
maxsize 4294967296
envflags nosync
index reqEnd eq
access to * by dn.regex=^cn=blind_ none by users read by * none
database mdb
suffix dc=example,dc=org
rootdn cn=admin,dc=example,dc=org
rootpw right
directory $dir/data
maxsize 4294967296
envflags nosync
access to attrs=userPassword by anonymous auth by * none
access to filter=(hidden=TRUE) by * none
access to * by users write by * none
overlay accesslog
logdb cn=accesslog
EOF
}

try_start() {
  port=$(free_port)
  tls_port=$(free_port)
  dir=$(directory_of "$port")
  mkdir -m 0755 "$dir" 2>/dev/null || return 1
  mkdir "$dir/data" "$dir/access"
  make_certificate
  write_configuration >"$dir/slapd.conf"
  (cd "$dir" && exec "$program" -f slapd.conf -h "ldap://127.0.0.1:$port ldaps://127.0.0.1:$tls_port" -d 0) >"$dir/log" 2>&1 &
  echo $! >"$dir/pid"
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
