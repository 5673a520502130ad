#!/usr/bin/env bash
# run.sh DIR BANDKEEPER MAKE_IMAGES [CASE...]: boots the VM once and runs the cases in it (default: all); DIR/results has
# the log and status of each. 77: no VM can run here.
set -euo pipefail
dir=$1 program=$2 make_images=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir/images"
dir=$(cd "$dir" && pwd)
strip -o "$dir/bandkeeper" "$program" # a tenth of the bytes to read
"$make_images" "$dir/images"
if [ $# -eq 0 ]; then
  # In this order: what the rest stands on first, what disturbs the service last.
  set -- pair cut update wrong_key
fi
exec "$here/boot.sh" "$dir/kernel" "$dir/results" bash "$here/inside.sh" "$dir/bandkeeper" "$dir/images" "$@"
