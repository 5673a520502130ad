#include "simulate/adbd/device.h"

#include <fmt/format.h>

#include <algorithm>

namespace bk::simulate::adbd {
namespace {

constexpr std::uint32_t kOldPayloadBytesMax = 4096;
constexpr std::size_t kAllowedMax = 32;

// What is claimed here is used by the host, so only what is implemented.
constexpr std::string_view kFeatures =
    "shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,fixed_push_symlink_timestamp";

// splitmix64, by Sebastiano Vigna.
std::uint64_t NextRandom(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31);
}

}  // namespace

Device::Device(DeviceServices& services, Profile profile, Owner owner,
               std::vector<Trouble> troubles, std::uint64_t seed)
    : services_(services), profile_(std::move(profile)), owner_(owner), token_state_(seed) {
  for (Trouble& trouble : troubles) troubles_.push_back({.trouble = std::move(trouble)});
}

std::string Device::Banner() const {
  std::string banner =
      fmt::format("{}::ro.product.name={};ro.product.model={};ro.product.device={};", profile_.kind,
                  profile_.product, profile_.model, profile_.device);
  if (!profile_.old) banner += fmt::format("features={}", kFeatures);
  return banner;
}

std::uint32_t Device::Version() const {
  return profile_.old ? codec::adb::kVersionWithChecksum : codec::adb::kVersion;
}

std::uint32_t Device::PayloadBytesMax() const {
  return profile_.old ? kOldPayloadBytesMax : codec::adb::kPayloadBytesMax;
}

std::vector<std::byte> Device::NextToken() {
  std::vector<std::byte> token;
  while (token.size() < codec::adb::auth::kTokenBytes)
    ByteWriter(token).Le32(NextRandom(token_state_) >> 32);
  return token;
}

bool Device::Knows(Bytes token, Bytes signature) const {
  return std::ranges::any_of(allowed_,
                             [&](const HostKey& key) { return key.Signed(token, signature); });
}

void Device::Allow(HostKey key) {
  if (!owner_.remembers || allowed_.size() >= kAllowedMax) return;
  if (std::ranges::find(allowed_, key.base64(), &HostKey::base64) == allowed_.end())
    allowed_.push_back(std::move(key));
}

std::optional<Trouble> Device::Meet(std::string_view what,
                                    std::initializer_list<Trouble::Kind> kinds) {
  std::optional<Trouble> met;
  for (Counted& counted : troubles_) {
    const Trouble& trouble = counted.trouble;
    if (std::ranges::find(kinds, trouble.kind) == kinds.end() || !what.contains(trouble.of))
      continue;
    ++counted.fits;
    if (!met && (trouble.nth == 0 || trouble.nth == counted.fits)) met = trouble;
  }
  return met;
}

}  // namespace bk::simulate::adbd
