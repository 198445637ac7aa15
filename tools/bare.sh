#!/usr/bin/env bash
# README's two commands, `run` and `test`, in a fresh Debian 12: shows an install step that a developer's machine hides.
#
#   tools/bare.sh [FOLDER]      as root; the folder is made by debootstrap and kept for the next run
#
# The tree that is tested is the newest commit, not the working copy.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/build/bare}
[ "$(id -u)" = 0 ] || { echo "bare: needs root for debootstrap and chroot" >&2; exit 1; }

if [ ! -x "$folder/bin/bash" ]; then
  mkdir -p "$folder"
  mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | head -1)
  debootstrap --variant=minbase --include=ca-certificates,git bookworm "$folder" "${mirror:-}" >"$folder.log"
  # The same package sources and certificates as this machine: a chroot shares its network.
  rm -f "$folder/etc/apt/sources.list"
  cp -a /etc/apt/sources.list.d /etc/apt/apt.conf.d "$folder/etc/apt/"
  cp -a /usr/share/keyrings/. "$folder/usr/share/keyrings/"
  cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
  cp -L /etc/ssl/certs/ca-certificates.crt "$folder/etc/host-certificates.crt"
  [ -f ~/.npmrc ] && cp ~/.npmrc "$folder/root/.npmrc"
fi

unmount() { umount "$folder/proc" "$folder/sys" "$folder/dev/shm" "$folder/dev" 2>/dev/null || true; }
trap unmount EXIT
mount --bind /dev "$folder/dev"
mount -t tmpfs tmpfs "$folder/dev/shm"
mount -t proc proc "$folder/proc"
mount -t sysfs sys "$folder/sys"

rm -rf "$folder/src/privity"
mkdir -p "$folder/src"
git clone -q "$root" "$folder/src/privity"
chroot "$folder" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb CI=true \
  NODE_EXTRA_CA_CERTS=/etc/host-certificates.crt $(env | grep -iE '^(https?|no)_proxy=' || true) \
  bash -s <<'COMMANDS'
set -euo pipefail
cd /src/privity
fail() { echo "bare: $1" >&2; tail -n 20 /tmp/run.out >&2; exit 1; }

./dev run >/tmp/run.out 2>&1 &
run=$!
personal() { PRIVITY_DATA_DIRECTORY=build/run/data build/privity fields list --personal yes 2>&1; }
until personal | grep -q user.contact.email; do
  kill -0 $run 2>/dev/null || fail "./dev run has ended"
  sleep 2
done
grep -q 'http://localhost:8470/setup#token=' /tmp/run.out || fail "./dev run prints no link"
kill $run
wait $run || fail "./dev run does not end well"
echo "ok     ./dev run: it serves, and the demo company is connected and mapped"

./dev test
COMMANDS
