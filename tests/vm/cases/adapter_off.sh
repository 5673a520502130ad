# The adapter is switched off and on in the middle of a sync; what is said meanwhile.
start_band --minutes 1440
pair
start_sync
flowing 1
set_power hci0 false
bk 3 pair --key-file "$WORK/key"
says "Bluetooth is switched off on this computer"
set_power hci0 true
end_sync
same_minutes 1440
