# A week in one go; how fast it went.
start_band --minutes 10080
pair
bk 0 sync --json
fresh=$(number new)
[ "$fresh" -ge 10080 ] || fail "$fresh minutes came"
echo "sync_minutes $fresh" >>"$OUT/numbers"
echo "sync_ms $ms" >>"$OUT/numbers"
same_minutes 10080
