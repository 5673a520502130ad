#!/bin/bash
# In the VM, as root: a system bus, three virtual controllers, Debian's bluetoothd, btmon; then the cases one after the
# other, each with its own log (NAME.log) and status (NAME.status) among the results.
# inside.sh BANDKEEPER IMAGES CASE...
set -u
export BK=$1 IMAGES=$2 OUT=/run/results WORK=/tmp/vm LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
shift 2
cases=$(dirname "$0")/cases
mkdir -p "$WORK" /run/dbus /var/lib/bluetooth
. "$(dirname "$0")/lib.sh"

dbus-uuidgen --ensure
dbus-daemon --system --fork --nopidfile
btvirt -l3 >"$OUT/btvirt.log" 2>&1 &
# One ATT channel and the MTU that a band has, and no interest in what the other end itself serves.
printf '[General]\nReverseServiceDiscovery=false\n[GATT]\nExchangeMTU=247\nChannels=1\n[Policy]\nAutoEnable=true\n' >"$WORK/main.conf"
echo "$KEY" >"$WORK/key"
within 10 test -e /sys/class/bluetooth/hci2 || fail "there are no virtual controllers"
start_bluetoothd
btmon -i hci0 -w "$OUT/talk.btsnoop" >/dev/null 2>&1 &
btmon=$!
say "up"

for name in "$@"; do
  say "$name"
  status=0 began=$SECONDS
  (
    set -eu
    band='' band_log=/dev/null
    trap 'at_end' EXIT
    new_home
    . "$cases/$name.sh"
  ) >"$OUT/$name.log" 2>&1 || status=$?
  echo "$status" >"$OUT/$name.status"
  [ "$status" = 0 ] && word=passed || word="FAILED with $status"
  say "$name: $word after $((SECONDS - began)) s"
done
kill "$btmon"
wait "$btmon"
[ ! -e "$OUT/numbers" ] || sed 's/^/    /' "$OUT/numbers"
