#include "app/band/my_band.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "app/band/keys.h"
#include "app/band/messages.h"
#include "app/band/scan_bands.h"
#include "base/text.h"

namespace bk::app {
namespace {

constexpr std::chrono::seconds kListenTime{6};

// Those with a key, or all where none has one: a band that was reset has another address since, and
// no key under the old one.
std::vector<Address> PreferKeyed(const BandWorld& world, const std::vector<Address>& bands,
                                 const language::Language& language) {
  std::vector<Address> with_key;
  for (const Address one : bands) {
    const auto key = LoadBandKey(*world.keys, one, language);
    if (!key || *key) with_key.push_back(one);
  }
  return with_key.empty() ? bands : with_key;
}

class Named {
 public:
  Named(const BandWorld& world, const std::string& name, const language::Language& language)
      : world_(world), name_(name), language_(language) {}

  Result<Address> Find(ports::BandStore& store, ports::BandRadio* radio) const {
    BK_TRY(const auto known, store.Bands());
    std::vector<Address> fitting;
    for (const ports::KeptBand& one : known)
      if (ContainsNoCase(one.name, name_)) fitting.push_back(one.address);
    if (!fitting.empty()) return OneOf(fitting);
    if (radio == nullptr) return None();
    // To the end: a second one of this name may be heard later.
    const BandScan scan = ScanBands(*radio, kListenTime, {});
    if (scan.adapter_trouble) return Fail(ErrorCode::kNotFound, *scan.adapter_trouble);
    std::vector<Address> paired;
    for (const companion::NearbyBand& one : scan.bands) {
      if (!ContainsNoCase(one.name, name_)) continue;
      fitting.push_back(one.address);
      if (std::ranges::find(known, one.address, &ports::KeptBand::address) != known.end())
        paired.push_back(one.address);
    }
    if (fitting.empty()) return None();
    return OneOf(paired.empty() ? fitting : paired);
  }

 private:
  [[nodiscard]] Result<Address> OneOf(const std::vector<Address>& fitting) const {
    const std::vector<Address> left = PreferKeyed(world_, fitting, language_);
    if (left.size() == 1) return left.front();
    std::string list;
    for (const Address one : left) list += (list.empty() ? "" : ", ") + FormatAddress(one);
    return Fail(ErrorCode::kInvalid,
                language_.Say(kWaySays.several_named, {{"name", name_}, {"list", list}}));
  }
  [[nodiscard]] std::unexpected<Error> None() const {
    return Fail(ErrorCode::kInvalid, language_.Say(kWaySays.no_such, {{"name", name_}}));
  }

  const BandWorld& world_;
  const std::string& name_;
  const language::Language& language_;
};

}  // namespace

Result<MyBand> FindMyBand(const BandWorld& world, ports::BandStore& store,
                          const std::string& wanted, const language::Language& language,
                          ports::BandRadio* radio) {
  MyBand band;
  if (const auto address = ParseAddress(wanted)) {
    band.address = *address;
  } else if (!wanted.empty()) {
    BK_TRY(band.address, Named(world, wanted, language).Find(store, radio));
  } else {
    BK_TRY(const auto known, store.Bands());
    if (known.empty()) return Fail(ErrorCode::kNotFound, language.Say(kWaySays.no_band));
    std::vector<Address> all;
    for (const ports::KeptBand& one : known) all.push_back(one.address);
    const std::vector<Address> left = PreferKeyed(world, all, language);
    if (left.size() != 1) return Fail(ErrorCode::kInvalid, language.Say(kWaySays.several_known));
    band.address = left.front();
  }
  BK_TRY(band.key, LoadBandKey(*world.keys, band.address, language));
  return band;
}

companion::BandSession::Options SessionFor(const BandWorld& world, const MyBand& band,
                                           const ports::BandRadio& radio, std::int64_t wall_now) {
  companion::BandSession::Options options;
  options.address = band.address;
  options.key = band.key ? &*band.key : nullptr;
  options.cipher = world.cipher;
  options.local_clock = [local = world.local, wall_now, start = radio.Now()](ports::RadioTime now) {
    return local(wall_now + (now - start).count() / 1'000'000);
  };
  return options;
}

companion::BandSession::Options SessionFor(const BandWorld& world, const MyBand& band,
                                           const ports::BandRadio& radio, ports::Clock& clock) {
  companion::BandSession::Options options =
      SessionFor(world, band, radio, clock.WallMillis() / 1000);
  options.local_clock = [local = world.local, now = &clock](ports::RadioTime) {
    return local(now->WallMillis() / 1000);
  };
  return options;
}

}  // namespace bk::app
