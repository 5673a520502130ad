#!/usr/bin/env bash
# Builds the core for wasm32-wasi in out/wasm; a whole diagnosis there, under node, must print what the native one does.
# Usage: run.sh NATIVE_BUILD_DIR NATIVE_PROGRAM
set -euo pipefail
native_dir=$(realpath "$1")
native=$(realpath "$2")
cd "$(dirname "$0")/../.."
if ! command -v clang++-19 >/dev/null || ! command -v node >/dev/null || [ ! -d /usr/include/wasm32-wasi ]; then
  echo "SKIPPED LOUDLY: no clang-19, wasi-libc or node here; ./check installs them"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if ! { cmake --preset wasm -DBK_NATIVE_DIR="$native_dir" && cmake --build out/wasm; } >"$scratch/log" 2>&1; then
  tail -40 "$scratch/log"
  exit 1
fi
"$native" >"$scratch/native"
NODE_NO_WARNINGS=1 node tests/wasm/run.mjs out/wasm/tests/wasm/core_smoke.wasm >"$scratch/wasm"
if ! diff -u "$scratch/native" "$scratch/wasm"; then
  echo "FAILED: native (-) and wasm (+) do not print the same"
  exit 1
fi
echo "core smoke: $(wc -l <"$scratch/wasm") lines, the same natively and in wasm"
