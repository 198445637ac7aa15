#!/usr/bin/env bash
# The API document, judged by three tools that we did not write, and compared with the types that the console uses.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root/tests"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PRIVITY:-$root/build/privity}" openapi >"$work/openapi.json"
"${PRIVITY:-$root/build/privity}" openapi --public >"$work/openapi-public.json"
for document in openapi openapi-public; do
  npx spectral lint --ruleset judges/spectral.yaml --fail-severity warn "$work/$document.json"
  npx redocly lint --config judges/redocly.yaml "$work/$document.json"
done
(cd "$root/web" && npm run --silent api -- "$work/openapi.json" --check &&
  npm run --silent api -- "$work/openapi-public.json" --portal --check) || {
  echo "The types of the pages are not what the server says today; run, for both documents: build/privity openapi [--public] >openapi.json; cd web; npm run api -- ../openapi.json [--portal]"
  exit 1
}
