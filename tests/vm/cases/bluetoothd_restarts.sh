# bluetoothd ends and comes back in the middle of a sync.
start_band --minutes 5760
pair
start_sync
flowing 1
stop_bluetoothd
bk 3 pair --key-file "$WORK/key"
says "The Bluetooth service does not run"
start_bluetoothd
end_sync
[ "$(number links)" -ge 2 ] || fail "the sync was over before the service was gone"
same_minutes 5760
