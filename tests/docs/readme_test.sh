#!/usr/bin/env bash
# The README's example is what the program prints today. Usage: readme_test.sh BANDKEEPER [--update]
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
begin='    $ ./run doctor examples/bond_lost_by_band.log'
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
# Exit 1 is right here: trouble is found.
COLUMNS=100 "$program" doctor examples/bond_lost_by_band.log | sed -e 's/^/    /' -e 's/ *$//' >"$printed" || true
made=$(awk -v begin="$begin" -v printed="$printed" '
  $0 == begin { print; while ((getline line < printed) > 0) print line; skip = 1; next }
  skip && /^[^ ]/ { skip = 0; print "" }
  !skip { print }' README.md)
if [ "${2:-}" = --update ]; then
  printf '%s\n' "$made" >README.md
elif ! diff README.md <(printf '%s\n' "$made"); then
  echo "README.md shows (<) what bandkeeper no longer prints (>). Mend: $0 $1 --update"
  exit 1
fi
