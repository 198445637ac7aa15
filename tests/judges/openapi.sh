#!/usr/bin/env bash
# The API document, judged by three tools that we did not write, and compared with the types that the console uses.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root/tests"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PRIVITY:-$root/build/privity}" openapi >"$work/openapi.json"
npx spectral lint --ruleset judges/spectral.yaml --fail-severity warn "$work/openapi.json"
npx redocly lint --config judges/redocly.yaml "$work/openapi.json"
(cd "$root/web" && npm run --silent api -- "$work/openapi.json" --check) || {
  echo "web/src/api is not what the server says today; run: build/privity openapi >openapi.json; cd web; npm run api -- ../openapi.json"
  exit 1
}
