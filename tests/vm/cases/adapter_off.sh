# The adapter is switched off and on in the middle of a sync; what is said meanwhile.
start_band --minutes 5760
pair
start_sync
flowing 1
set_power hci0 false
bk 3 pair --key-file "$WORK/key"
says "Bluetooth is switched off on this computer"
set_power hci0 true
end_sync
[ "$(number links)" -ge 2 ] || fail "the sync was over before the adapter was off"
same_minutes 5760
