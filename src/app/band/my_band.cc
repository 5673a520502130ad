#include "app/band/my_band.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "app/band/band_alias.h"
#include "app/band/keys.h"
#include "app/band/messages.h"
#include "app/band/scan_bands.h"
#include "base/text.h"

namespace bk::app {
namespace {

constexpr std::chrono::seconds kListenTime{6};

using companion::NearbyBand;
using ports::KeptBand;

// Those with a key, or all where none has one: a band that was reset has another address since, and
// no key under the old one.
template <typename Band>
std::vector<Band> PreferKeyed(const BandWorld& world, const std::vector<Band>& bands,
                              const language::Language& language) {
  std::vector<Band> with_key;
  for (const Band& one : bands) {
    const auto key = LoadBandKey(*world.keys, one.address, language);
    if (!key || *key) with_key.push_back(one);
  }
  return with_key.empty() ? bands : with_key;
}

// The only one of them, or the error that lists them.
template <typename Band>
Result<Address> OneOf(const std::vector<Band>& fitting, const language::Message& several,
                      const std::string& name, const language::Language& language) {
  if (fitting.size() == 1) return fitting.front().address;
  return Fail(ErrorCode::kInvalid,
              language.Say(several, {{"name", name},
                                     {"list", ListToChoose(fitting, language)},
                                     {"which", language.Say(kWhichSays.which)}}));
}

class Named {
 public:
  Named(const BandWorld& world, const std::string& name, const language::Language& language)
      : world_(world), name_(name), language_(language) {}

  Result<Address> Find(ports::BandStore& store, ports::BandRadio* radio) const {
    BK_TRY(const auto known, store.Bands());
    std::vector<KeptBand> fitting;
    for (const KeptBand& one : known)
      if (Fits(one.name, one.address)) fitting.push_back(one);
    if (!fitting.empty()) return OneOf(fitting);
    if (radio == nullptr) return None();
    // To the end: a second one of this name may be heard later.
    const BandScan scan = ScanBands(*radio, kListenTime, {});
    if (scan.adapter_trouble) return Fail(ErrorCode::kNotFound, *scan.adapter_trouble);
    std::vector<NearbyBand> heard, paired;
    for (const NearbyBand& one : scan.bands) {
      if (!Fits(one.name, one.address)) continue;
      heard.push_back(one);
      if (std::ranges::find(known, one.address, &KeptBand::address) != known.end())
        paired.push_back(one);
    }
    if (heard.empty()) return None();
    return OneOf(paired.empty() ? heard : paired);
  }

 private:
  [[nodiscard]] bool Fits(const std::string& called, Address address) const {
    return ContainsNoCase(called, name_) || IsCalled(world_, address, name_);
  }
  template <typename Band>
  [[nodiscard]] Result<Address> OneOf(const std::vector<Band>& fitting) const {
    return app::OneOf(PreferKeyed(world_, fitting, language_), kWaySays.several_named, name_,
                      language_);
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
    BK_TRY(band.address,
           OneOf(PreferKeyed(world, known, language), kWaySays.several_known, "", language));
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
