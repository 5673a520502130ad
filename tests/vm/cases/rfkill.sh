# rfkill holds Bluetooth down.
bluetooth_blocked() {
  for switch in /sys/class/rfkill/rfkill*; do
    [ "$(cat "$switch/type")" != bluetooth ] || echo "$1" >"$switch/soft"
  done
}
bluetooth_blocked 1
within 10 unpowered hci0 || fail "rfkill does not switch hci0 off"
bk 3 pair --key-file "$WORK/key"
says "Bluetooth is blocked on this computer"
bluetooth_blocked 0
for adapter in hci0 hci1; do
  set_power "$adapter" true
  within 10 powered "$adapter" || fail "$adapter does not come back"
done
