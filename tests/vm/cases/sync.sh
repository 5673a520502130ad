# A week in one go; how fast it went.
start_band --minutes 10080
pair
bk 0 sync --json
fresh=$(number new)
[ "$fresh" -ge 10080 ] || fail "$fresh minutes came"
echo "sync_minutes $fresh" >>"$OUT/numbers"
echo "sync_ms $ms" >>"$OUT/numbers"
# The band's own lines: "25.022 s  250 notifications so far".
awk '/notifications so far/ {if (!from) {from = $1; before = $3} to = $1; now = $3}
  END {if (to > from) printf "notifications_per_s %d\n", (now - before) / (to - from)}' "$band_log" >>"$OUT/numbers"
same_minutes 10080
