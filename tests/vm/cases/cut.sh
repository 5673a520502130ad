# The link dies twice while records flow; the sync goes on by itself.
start_band --minutes 10080
pair
start_sync
for cut in 1 2; do
  flowing "$cut"
  cut_link
done
end_sync
[ "$(number links)" -ge 3 ] || fail "it counts $(number links) links"
# From the end of a link to the next that is authenticated.
awk '/is down/ {down = $1} /authenticated/ && down {printf "reconnect_ms %d\n", ($1 - down) * 1000; down = 0}' \
  "$band_log" >>"$OUT/numbers"
same_minutes 10080
