#!/usr/bin/env bash
# What the README shows after `$ ./run ...` is what the program prints today.
# Usage: readme_test.sh BANDKEEPER [--update]
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp README.md "$work/made"
grep -q '^    \$ \./run ' README.md || { echo "README.md shows no example any more."; exit 1; }
while IFS= read -r begin; do
  read -ra words <<<"${begin#*'./run '}"
  # Exit 1 is right where trouble is found.
  COLUMNS=100 "$program" "${words[@]}" | sed -e 's/^/    /' -e 's/ *$//' >"$work/printed" || true
  awk -v begin="$begin" -v printed="$work/printed" '
    $0 == begin { print; while ((getline line < printed) > 0) print line; skip = 1; next }
    skip && /^[^ ]/ { skip = 0; print "" }
    !skip { print }' "$work/made" >"$work/next"
  mv "$work/next" "$work/made"
done < <(grep '^    \$ \./run ' README.md)
if [ "${2:-}" = --update ]; then
  cat "$work/made" >README.md
elif ! diff README.md "$work/made"; then
  echo "README.md shows (<) what bandkeeper no longer prints (>). Mend: $0 $1 --update"
  exit 1
fi
