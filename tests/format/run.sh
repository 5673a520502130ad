#!/usr/bin/env bash
# Every C++ file stands as clang-format-19 writes it (.clang-format). Names the files that do not, and the command.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v clang-format-19 >/dev/null; then
  echo "SKIPPED LOUDLY: no clang-format-19 here; ./check installs it"
  exit 77
fi
# A folder each, not git's list: an export of the tree has no git, and a new file counts before it is added.
wrong=$(find src tests fuzz bench tools -name '*.h' -print0 -o -name '*.cc' -print0 |
  { xargs -0 clang-format-19 --dry-run 2>&1 || true; } | sed -n 's/^\([^: ]*\):.*-Wclang-format.*/\1/p' | sort -u)
[ -z "$wrong" ] && exit 0
echo "not formatted; run: clang-format-19 -i" $wrong
exit 1
