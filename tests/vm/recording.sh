#!/usr/bin/env bash
# recording.sh RESULTS BANDKEEPER: btmon's recording of hci0 while the cases ran, as `bandkeeper read` tells it.
set -euo pipefail
results=$1 program=$2
story=$results/story.json
status=0
"$program" read --json "$results/talk.btsnoop" >"$story" || status=$?
"$program" read "$results/talk.btsnoop" | tail -60 || true
[ "$status" -le 1 ] || { echo "FAILED: bandkeeper read ended with $status"; exit 1; }
# expect MINIMUM WHAT PATTERN: so many times in the story.
expect() {
  local found
  found=$(grep -oE "$3" "$story" | wc -l)
  echo "$2: $found"
  [ "$found" -ge "$1" ] || { echo "FAILED: at least $1 were made ($2)"; exit 1; }
}
expect 10 "links that were authenticated" '"authenticated"'
expect 10 "links that were set up" '"initialised"'
expect 3 "links that fetched records" '"fetching"'
expect 1 "links on which a sync came to its end" '"synced"'
expect 1 "links with an update" '"updating"'
