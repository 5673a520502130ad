# What the cases of the VM tests are written with. Sourced by inside.sh; knows $BK (the program) and $OUT (results).

BAND=00:AA:01:01:00:01       # hci1, where the simulated band is
OTHER=00:AA:01:02:00:02      # hci2, another computer
KEY=00112233445566778899aabbccddeeff

say() { echo "--- $(cut -d' ' -f1 /proc/uptime) $*"; }
fail() {
  say "FAILED: $*"
  exit 1
}

# within SECONDS COMMAND...: until the command succeeds.
within() {
  local left=$(($1 * 3))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $((left -= 1)) -gt 0 ] || return 1
    sleep 0.3
  done
}

property() { # property PATH INTERFACE NAME: prints "boolean true" and the like
  dbus-send --system --print-reply=literal --dest=org.bluez "$1" org.freedesktop.DBus.Properties.Get \
    string:"$2" string:"$3"
}
unpowered() { property "/org/bluez/$1" org.bluez.Adapter1 Powered | grep -q false; }
powered() { property "/org/bluez/$1" org.bluez.Adapter1 Powered | grep -q true; }
set_power() {
  dbus-send --system --print-reply --dest=org.bluez "/org/bluez/$1" org.freedesktop.DBus.Properties.Set \
    string:org.bluez.Adapter1 string:Powered variant:boolean:"$2" >/dev/null
}

start_bluetoothd() {
  /usr/libexec/bluetooth/bluetoothd -n -f "$WORK/main.conf" >>"$OUT/bluetoothd.log" 2>&1 &
  echo $! >"$WORK/bluetoothd.pid"
  within 20 powered hci0 || fail "bluetoothd does not switch hci0 on"
  within 20 powered hci1 || fail "bluetoothd does not switch hci1 on"
}

stop_bluetoothd() {
  local process
  process=$(cat "$WORK/bluetoothd.pid")
  kill -TERM "$process"
  within 20 gone "$process" || fail "bluetoothd does not end"
}

# start_band OPTIONS...: a simulated band on hci1. Its lines are in $band_log, its minutes in $band_truth at the end.
start_band() {
  band_log=$OUT/band.log band_truth=$WORK/truth.csv
  rm -f "$band_truth"
  "$BK" simulate band --adapter hci1 --key-file "$WORK/key" --truth "$band_truth" "$@" >"$band_log" 2>&1 &
  band=$!
  within 30 grep -q "Ctrl-C ends it" "$band_log" || fail "the simulated band does not start: $(cat "$band_log")"
}
stop_band() {
  local gone=$band
  band=''
  kill -INT "$gone"
  wait "$gone" || fail "the simulated band ended badly: $(tail -3 "$band_log")"
}
# However a case ends: nothing of it goes on running, what the band saw is in its log, and how often is in the truth
# that the recording is held against.
at_end() {
  if [ -n "$band" ]; then
    kill -INT "$band" 2>/dev/null || true
    wait "$band" || true
  fi
  sed 's/^/    band: /' "$band_log"
  echo "links $(grep -c ' is up$' "$band_log")" >>"$OUT/truth"
  echo "authenticated $(grep -c ' authenticated$' "$band_log")" >>"$OUT/truth"
}

# Its own home for each case: nothing is known of the band.
new_home() {
  HOME=$(mktemp -d "$WORK/home.XXXX")
  export HOME
  unset XDG_DATA_HOME XDG_STATE_HOME
}
# bk STATUS WORDS...: runs bandkeeper on hci0; its words and how long it took are shown, its output is in $out.
# btvirt says an advertisement once, when scanning begins, and the kernel drops it where bluetoothd has not heard yet
# that it has begun: then nothing is heard, as no radio would have it, and the verb has another try.
bk() {
  local try
  for try in 1 2 3 4; do
    bk_once "$@"
    [ "$status" = "$1" ] || ! grep -q "Nothing at all was heard" <<<"$out" || [ "$try" = 4 ] || continue
    break
  done
  [ "$status" = "$1" ] || fail "$2 ended with $status instead of $1"
}
bk_once() {
  local from to
  status=0
  shift
  from=$(date +%s%N)
  timeout 200 "$BK" "$@" --adapter hci0 >"$WORK/out" 2>"$WORK/err" || status=$?
  to=$(date +%s%N)
  ms=$(((to - from) / 1000000))
  say "bandkeeper $* -> $status after $ms ms"
  sed 's/^/    /' "$WORK/out" "$WORK/err"
  out=$(cat "$WORK/out" "$WORK/err")
}
pair() { bk 0 pair --band "$BAND" --key-file "$WORK/key"; }
# start_sync ... end_sync: a sync in the background, which must come to its good end.
start_sync() {
  timeout 200 "$BK" sync --adapter hci0 --json >"$WORK/sync.out" 2>&1 &
  sync=$!
}
end_sync() {
  local status=0
  wait "$sync" || status=$?
  out=$(cat "$WORK/sync.out")
  say "the sync ended with $status: $out"
  [ "$status" = 0 ] || fail "the sync ended with $status"
}
flows() { [ "$(grep -c '250 notifications so far' "$band_log")" -ge "$1" ]; }
# flowing N: until records flow over the Nth link that carried many.
flowing() { within 90 flows "$1" || fail "no records flow"; }
# As a radio that is out of reach, not as a program that hangs up.
cut_link() {
  local handle
  handle=$(timeout 20 hcitool -i hci1 con | grep -oE 'handle [0-9]+' | head -1 | cut -d' ' -f2)
  say "cutting the link (handle $handle)"
  timeout 20 hcitool -i hci1 ledc "$handle" || say "hcitool: $?"
}
gone() { ! kill -0 "$1"; }
says() { grep -qF -- "$1" <<<"$out" || fail "it does not say: $1"; }
number() { # number NAME: a number of the JSON document in $out
  grep -oE "\"$1\": *-?[0-9]+" <<<"$out" | head -1 | grep -oE -- '-?[0-9]+$'
}

# Every minute of the band is in the store once and as recorded, up to the last that was fetched. Afterwards the band
# is gone.
same_minutes() {
  local stored=$WORK/stored.csv
  "$BK" export >"$WORK/export.csv" || fail "export ended badly"
  stop_band
  cut -d, -f1,4- "$WORK/export.csv" >"$stored"
  local count
  count=$(wc -l <"$stored")
  [ "$count" -gt "$1" ] || fail "$((count - 1)) minutes are stored, at least $1 were recorded"
  head -n "$count" "$band_truth" >"$WORK/expected.csv"
  cmp "$stored" "$WORK/expected.csv" || {
    diff "$WORK/expected.csv" "$stored" | head -20
    fail "what is stored is not what the band recorded"
  }
  echo "syncs 1" >>"$OUT/truth"
  echo "minutes $((count - 1))" >>"$OUT/truth"
  say "$((count - 1)) minutes are stored, each once and as the band recorded it"
}
