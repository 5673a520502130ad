#!/usr/bin/env bash
# kernel.sh DIR: Debian's own kernel for the VM tests, as DIR/vmlinuz, DIR/modules/*.ko and DIR/modules.list (in the
# order to load them). From its package, which is not installed. Quick when it is there. Needs apt's lists, no root.
set -euo pipefail
dir=$1
[ -e "$dir/modules.list" ] && exit 0
PATH=$PATH:/usr/sbin:/sbin

# What hci_vhci, bluetoothd and the root file system want. Without drbg and its helpers the kernel cannot make keys.
wanted=(virtio_pci drbg sha512_generic hmac ctr jitterentropy_rng 9pnet_virtio 9p overlay bluetooth hci_vhci uhid cmac
  ccm aesni_intel ecb algif_skcipher algif_hash ecdh_generic)

mkdir -p "$dir"
work=$(mktemp -d "$dir/new.XXXXXX")
trap 'rm -rf "$work"' EXIT
image=$(apt-cache depends linux-image-amd64 2>/dev/null | awk '/Depends:/ {print $2; exit}')
[ -n "$image" ] || { echo "no kernel package is known here: apt-get update" >&2; exit 1; }
(cd "$work" && apt-get download -q "$image" >download.log 2>&1) || { cat "$work/download.log" >&2; exit 1; }
dpkg -x "$work/$image"_*.deb "$work/root"
version=${image#linux-image-}
depmod -b "$work/root" "$version"
mkdir "$work/modules"
for module in "${wanted[@]}"; do
  modprobe -d "$work/root" -S "$version" --show-depends "$module" | awk '$1 == "insmod" {print $2}'
done | awk '!seen[$0]++' | while read -r file; do
  cp "$file" "$work/modules/"
  basename "$file"
done >"$work/modules.list"
rm -rf "$dir/modules"
mv "$work/modules" "$dir/modules"
mv "$work/root/boot/vmlinuz-$version" "$dir/vmlinuz"
mv "$work/modules.list" "$dir/modules.list" # last: whoever finds it finds the rest
