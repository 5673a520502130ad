#!/usr/bin/env bash
# Installs what ./run (build) or ./check (build check) needs on Debian 12. Quiet and quick when nothing is missing.
set -euo pipefail

build_packages=(g++ cmake ninja-build ccache pkg-config libfmt-dev nlohmann-json3-dev libzip-dev libdeflate-dev
  zlib1g-dev libvectorscan-dev libtomlplusplus-dev libcli11-dev libssl-dev libboost1.81-dev libsqlitecpp-dev
  libsdbus-c++-dev libsystemd-dev nodejs npm)
check_packages=(libgtest-dev libgmock-dev librapidcheck-dev libdlib-dev tshark bluez clang-19 clang-tidy-19 clang-format-19
  llvm-19 libclang-rt-19-dev wasi-libc lld-19 libc++-19-dev-wasm32 libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32 unzip adb
  qemu-system-x86 bluez-test-tools busybox-static cpio dbus kmod)

check_packages+=(chromium fonts-dejavu-core) # the page in a real browser, with Cyrillic
wanted=("${build_packages[@]}")
[ "${1:-build}" = check ] && wanted+=("${check_packages[@]}")

missing=()
for package in "${wanted[@]}"; do
  # A Node.js that is not Debian's brings its own npm, and Debian's would not go beside it.
  if [ "$package" = npm ] && command -v npm >/dev/null; then continue; fi
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
# The kernel of the VM tests, from its package, which is not installed.
kernel=$(cd "$(dirname "$0")/.." && pwd)/out/vm/kernel
lacks_kernel() { [ "${1:-build}" = check ] && [ "$(uname -m)" = x86_64 ] && [ ! -e "$kernel/modules.list" ]; }
if [ ${#missing[@]} -eq 0 ]; then
  lacks_kernel "$@" || exit 0
  # Without apt's lists, or with old ones, it is tried again below.
  "$(dirname "$0")/../tests/vm/kernel.sh" "$kernel" 2>/dev/null && exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "bandkeeper: run as root or install sudo; missing: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
[ ${#missing[@]} -eq 0 ] || echo "bandkeeper: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -q &&
       "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -20 "$log" >&2
  exit 1
fi
if lacks_kernel "$@"; then
  "$(dirname "$0")/../tests/vm/kernel.sh" "$kernel"
fi
