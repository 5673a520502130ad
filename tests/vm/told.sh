#!/usr/bin/env bash
set -euo pipefail
results=$1 case=$2 program=$3
if [ -e "$results/skipped" ]; then
  cat "$results/skipped"
  exit 77
fi
cat "$results/$case.log" || true
[ -s "$results/$case.status" ] || { echo "FAILED: the VM did not come to this case"; exit 1; }
exit "$(cat "$results/$case.status")"
