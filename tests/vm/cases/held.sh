# Another computer (hci2) holds the band, so that it is silent: what pairing and the probe make of that. When the other
# lets go, the band is found. gatttool as the holder makes the guest's kernel 6.1 fail (list_del) when it ends.
start_band --minutes 60
mkfifo "$WORK/holder"
bluetoothctl <"$WORK/holder" >"$WORK/holder.log" 2>&1 &
holder=$!
exec 3>"$WORK/holder"
holder_connects() {
  # btvirt says an advertisement once, when scanning begins.
  printf '%s\n' "select $OTHER" "scan off" "scan le" >&3
  within 5 property "/org/bluez/hci2/dev_${BAND//:/_}" org.bluez.Device1 Address || return 1
  printf '%s\n' "scan off" "connect $BAND" >&3
  within 10 grep -q "link 1 is up" "$band_log"
}
within 60 holder_connects || fail "the other computer does not connect: $(tail -20 "$WORK/holder.log")"
echo "links_of_others 1" >>"$OUT/truth"
# The probe listens, and then tries for most of a minute: beside it, as most of that is waiting.
timeout 200 "$BK" doctor --probe --band "$BAND" --adapter hci0 >"$WORK/probe.out" 2>&1 &
probe=$!
bk 3 pair --band "$BAND" --key-file "$WORK/key"
says "Nothing at all was heard. Another phone or computer may hold the band"
status=0
wait "$probe" || status=$?
out=$(cat "$WORK/probe.out")
say "the probe ended with $status: $out"
[ "$status" = 3 ] || fail "the probe ended with $status"
says "held by another device"
says "a connected band"
printf '%s\n' "select $OTHER" "disconnect $BAND" >&3
within 30 grep -q "link 1 is down" "$band_log" || fail "the other computer does not let go"
printf 'quit\n' >&3
exec 3>&-
wait "$holder" || true
pair
stop_band
