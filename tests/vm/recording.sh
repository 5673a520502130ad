#!/usr/bin/env bash
# recording.sh RESULTS BANDKEEPER: btmon's recording of hci0 while the cases ran, as `bandkeeper read` tells it, against
# what the simulated bands and the stores say of the same time. 77: no VM can run here.
set -euo pipefail
results=$1 program=$2
cat "$results"/*/skipped 2>/dev/null && exit 77
failed=0
expect() { # expect WHAT FOUND RELATION TRUE
  local word=right
  test "$2" "$3" "$4" || { word=WRONG failed=1; }
  echo "$1: the recording tells $2, it was $4: $word"
}
told() { { grep -oE "$1" "$story" || true; } | wc -l; } # none is a number too
truth() { awk -v of="$1" '$1 == of {sum += $2} END {print sum + 0}' "$machine/truth"; }

for machine in "$results"/*/; do
  [ -s "$machine/talk.btsnoop" ] || { echo "FAILED: there is no recording in $machine"; exit 1; }
  story=$machine/story.json status=0
  "$program" read --json "$machine/talk.btsnoop" >"$story" || status=$?
  "$program" read "$machine/talk.btsnoop" >"$machine/story.txt" || true
  [ "$status" -le 1 ] || { echo "FAILED: bandkeeper read ended with $status"; exit 1; }
  echo "$machine"
  expect "links" "$(told '"transport": "le"')" -eq $(($(truth links) - $(truth links_of_others)))
  expect "links on which the key was accepted" "$(told '"authenticated"')" -eq "$(truth authenticated)"
  expect "links that were set up" "$(told '"initialised"')" -eq "$(truth authenticated)"
  # One more where the link ended before the band's last word was heard.
  expect "links on which a sync came to its end" "$(told '"synced"')" -ge "$(truth syncs)"
  # What came over a link that was cut before it was stored comes again. A stall (a busy computer) is told with what
  # had come so far, and again with the whole: then the sum means nothing.
  stalls=$(told '"text": "activity[^"]*nothing came')
  if [ "$stalls" = 0 ]; then
    bytes=$(sed -nE 's/^ *"text": "activity[^"]*[ (]([0-9]+) bytes in .*/\1/p' "$story" | awk '{sum += $1} END {print sum + 0}')
    expect "minutes of activity" $((bytes / 4)) -ge "$(truth minutes)"
    twice=$((bytes / 4 - $(truth minutes)))
    [ "$twice" -le $(($(truth minutes) / 20)) ] || { echo "WRONG: $twice minutes came twice"; failed=1; }
  else
    echo "minutes of activity: not compared, as it tells $stalls stalls"
  fi
  [ ! -e "$machine/update.log" ] || expect "links with an update" "$(told '"updating"')" -ge 1
  [ ! -e "$machine/wrong_key.log" ] || expect "refused keys" "$(told '"auth_failed"')" -ge 1
  # The recording holds every discovery: nothing is to be guessed.
  expect "links with guessed characteristics" "$(told 'was inferred from')" -eq 0
  [ "$failed" = 0 ] || cat "$machine/story.txt"
done
exit "$failed"
