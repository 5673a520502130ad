#!/usr/bin/env bash
# told.sh RESULTS CASE: what a case said in its VM, and its status. 77: no VM can run here.
set -euo pipefail
results=$1 case=$2
cat "$results"/*/skipped 2>/dev/null && exit 77
cat "$results"/*/"$case.log" || true
status=$(cat "$results"/*/"$case.status" 2>/dev/null) || { echo "FAILED: the VM did not come to this case"; exit 1; }
exit "$status"
