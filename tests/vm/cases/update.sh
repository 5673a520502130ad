# Firmware and resources, sent over this link; the band restarts with them.
start_band --minutes 60
pair
bk 0 update --json --unknown-file "$IMAGES/firmware.bin" "$IMAGES/resources.bin"
says '"version_before": "1.0.9.70"'
says '"version_after": "1.0.9.99"'
says '"files_done": 2'
grep -q "restarts, with firmware 1.0.9.99" "$band_log" || fail "the band runs another firmware"
stop_band
