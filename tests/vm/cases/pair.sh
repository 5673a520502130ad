# A given key, the first words with the band, what it says of itself; a restart.
start_band --minutes 60
pair
says "Paired"
bk 0 info
says "1.0.9.70"
says "Battery"
bk 0 find
says "vibrates"
bk 0 restart
says "The band restarts"
within 10 grep -q "restarts, with firmware" "$band_log" || fail "the band has not restarted"
stop_band
