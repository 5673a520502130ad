#!/usr/bin/env bash
# clang-format on every file, clang-tidy on the sources named (default: all of src). Usage: tools/tidy.sh [FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files '*.h' '*.cc' | xargs clang-format-19 --dry-run --Werror
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(git ls-files 'src/*.cc' | grep -v -e _test.cc -e _fuzz.cc)
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy-19 -p out/dev --quiet 2>/dev/null
