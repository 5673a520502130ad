#!/usr/bin/env bash
# What the tests of the page need: their two packages, and the page built. Quick when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")"
lock=$(sha256sum package-lock.json)
if [ ! -f node_modules/.of ] || [ "$(cat node_modules/.of)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$lock" >node_modules/.of
fi
# The build of the program has built the page (out/page); without it, here.
if [ ! -f "${BK_PAGE_BUILT:-}/dist/index.html" ]; then
  cd ../../web
  [ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  npm run --silent build >/dev/null
fi
