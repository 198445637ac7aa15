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
npx openapi-typescript "$work/openapi.json" -o "$work/schema.d.ts" >/dev/null
diff -u "$root/web/src/api/schema.d.ts" "$work/schema.d.ts" >"$work/difference" || {
  head -40 "$work/difference"
  echo "web/src/api/schema.d.ts is not what the server says today; run: cd web && npm run api-types"
  exit 1
}
