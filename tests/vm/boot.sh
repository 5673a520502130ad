#!/usr/bin/env bash
# boot.sh KERNEL RESULTS COMMAND...: runs the command as root in a VM on this machine's own files, which it reads and
# cannot change; what it puts into /run/results is in RESULTS afterwards, so are its output and its status, which is this
# one's too. 77: no VM can run here, with the reason in RESULTS/skipped.
set -euo pipefail
kernel=$1 results=$2
shift 2
seconds=${BK_VM_SECONDS:-540}
rm -rf "$results"
mkdir -p "$results"

skip() {
  echo "SKIPPED: $1. Nothing of the VM tests was run." | tee "$results/skipped"
  exit 77
}
[ "$(uname -m)" = x86_64 ] || skip "the VM is an x86-64 machine and this is a $(uname -m)"
command -v qemu-system-x86_64 >/dev/null || skip "qemu-system-x86 is not installed"
[ -x /bin/busybox ] || skip "busybox-static is not installed"
here=$(cd "$(dirname "$0")" && pwd)
"$here/kernel.sh" "$kernel" || skip "there is no kernel for it"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/initrd/{bin,proc,sys,dev,host,up,new}
cp /bin/busybox "$work/initrd/bin/"
cp "$here/init" "$work/initrd/init"
chmod +x "$work/initrd/init"
cp -r "$kernel/modules" "$kernel/modules.list" "$work/initrd/"
(cd "$work/initrd" && find . | cpio -o -H newc --quiet | gzip -1) >"$work/initrd.gz"
printf '%q ' "$@" >"$results/command"

# Where it is there, /dev/kvm is not for us: qemu's own processor works everywhere. On a busy machine its timer ticks
# late, of which the kernel would make a panic (no_timer_check) or another clock (tsc).
if ! timeout "$seconds" qemu-system-x86_64 -M q35 -accel tcg,thread=multi -cpu max -m 1024 -smp 2 -nographic \
  -no-reboot -nic none -kernel "$kernel/vmlinuz" -initrd "$work/initrd.gz" \
  -append "console=ttyS0 quiet panic=-1 no_timer_check tsc=reliable" \
  -virtfs "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap" \
  -virtfs "local,path=$results,mount_tag=results,security_model=none" </dev/null >"$results/console" 2>&1; then
  [ -s "$results/status" ] || { echo "the VM did not come to its end within $seconds s:"; tail -20 "$results/console"; }
fi
cat "$results/output" 2>/dev/null || true
if [ ! -s "$results/status" ]; then
  echo "the VM ended without a status:"
  tail -20 "$results/console"
  exit 1
fi
exit "$(cat "$results/status")"
