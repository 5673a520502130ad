# Firmware and resources, sent over this link; the band restarts with them.
start_band --minutes 60
pair
# Nobody is there to type a word, so each brings the digest of where it came from.
digest() { sha256sum "$1" | cut -d " " -f 1; }
bk 2 update --json "$IMAGES/firmware.bin"
bk 0 update --json "$IMAGES/firmware.bin" --sha256 "$(digest "$IMAGES/firmware.bin")" \
  "$IMAGES/resources.bin" --sha256 "$(digest "$IMAGES/resources.bin")"
says '"version_before": "1.0.9.70"'
says '"version_after": "1.0.9.99"'
says '"files_done": 2'
says '"resources_owed": false'
grep -q "restarts, with firmware 1.0.9.99" "$band_log" || fail "the band runs another firmware"
stop_band
