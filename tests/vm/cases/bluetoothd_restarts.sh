# bluetoothd ends and comes back in the middle of a sync.
start_band --minutes 1440
pair
start_sync
flowing 1
kill -TERM "$(cat "$WORK/bluetoothd.pid")"
within 10 gone "$(cat "$WORK/bluetoothd.pid")" || fail "bluetoothd does not end"
bk 3 pair --key-file "$WORK/key"
says "The Bluetooth service does not run"
start_bluetoothd
end_sync
same_minutes 1440
