# Another computer holds the band: it is silent. When it lets go, the band is found.
# Not proved: gatttool as the holder makes the guest's kernel 6.1 fail (list_del) when it ends; take bluetoothctl on hci2.
start_band --minutes 60
mkfifo "$WORK/holder"
gatttool -i hci2 -b "$BAND" -I <"$WORK/holder" >"$WORK/holder.log" 2>&1 &
holder=$!
exec 3>"$WORK/holder"
echo connect >&3
within 30 grep -q "link 1 is up" "$band_log" || fail "the other computer does not connect: $(cat "$WORK/holder.log")"
bk 3 pair --band "$BAND" --key-file "$WORK/key"
says "heard"
echo disconnect >&3
exec 3>&-
wait "$holder" || true
within 30 grep -q "link 1 is down" "$band_log" || fail "the other computer does not let go"
pair
stop_band
