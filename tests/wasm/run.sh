#!/usr/bin/env bash
# Builds the core for wasm32-wasi in out/wasm and runs its smoke under node. Usage: run.sh NATIVE_BUILD_DIR
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v clang++-19 >/dev/null || ! command -v node >/dev/null || [ ! -d /usr/include/wasm32-wasi ]; then
  echo "SKIPPED LOUDLY: no clang-19, wasi-libc or node here; ./check installs them"
  exit 77
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset wasm -DBK_NATIVE_DIR="$(realpath "$1")" && cmake --build out/wasm; } >"$log" 2>&1; then
  tail -40 "$log"
  exit 1
fi
NODE_NO_WARNINGS=1 node tests/wasm/run.mjs out/wasm/tests/wasm/core_smoke.wasm
