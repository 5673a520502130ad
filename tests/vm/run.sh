#!/usr/bin/env bash
# run.sh DIR BANDKEEPER MAKE_IMAGES [CASE...]: runs the cases in a VM (default: all, in two VMs at once, as most of each
# is waiting); DIR/results/1 and 2 have the log and status of each. 77: no VM can run here.
set -euo pipefail
dir=$1 program=$2 make_images=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir/images"
dir=$(cd "$dir" && pwd)
strip -o "$dir/bandkeeper" "$program" # a tenth of the bytes to read
"$make_images" "$dir/images"
if [ $# -gt 0 ]; then
  machines=("$*")
else
  # In each: what the rest stands on first, what disturbs the service last.
  machines=("pair cut update wrong_key adapter_off rfkill" "sync held bluetoothd_restarts")
fi
rm -rf "$dir/results"
mkdir -p "$dir/results"
"$here/kernel.sh" "$dir/kernel" || true # once for both; where there is none, boot.sh says so
began=$SECONDS
number=0 running=()
for cases in "${machines[@]}"; do
  number=$((number + 1))
  # shellcheck disable=SC2086 # names of cases, a word each
  "$here/boot.sh" "$dir/kernel" "$dir/results/$number" bash "$here/inside.sh" "$dir/bandkeeper" "$dir/images" $cases \
    >"$dir/results/$number.told" 2>&1 &
  running+=($!)
done
worst=0
for number in "${!running[@]}"; do
  status=0
  wait "${running[$number]}" || status=$?
  echo "VM $((number + 1)): $status"
  cat "$dir/results/$((number + 1)).told"
  [ "$status" -le "$worst" ] || worst=$status
done
echo "All in $((SECONDS - began)) s."
exit "$worst"
