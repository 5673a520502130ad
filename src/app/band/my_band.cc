#include "app/band/my_band.h"

#include <vector>

#include "app/band/keys.h"
#include "app/band/messages.h"

namespace bk::app {

Result<MyBand> FindMyBand(const BandWorld& world, ports::BandStore& store,
                          const std::string& wanted, const language::Language& language) {
  MyBand band;
  if (!wanted.empty()) {
    const auto address = ParseAddress(wanted);
    if (!address) return Fail(ErrorCode::kInvalid, language.Say(kWaySays.no_address));
    band.address = *address;
  } else {
    BK_TRY(const auto known, store.Bands());
    if (known.empty()) return Fail(ErrorCode::kNotFound, language.Say(kWaySays.no_band));
    // One that was reset has another address since, and no key under the old one.
    std::vector<Address> with_key;
    for (const ports::KeptBand& one : known) {
      const auto key = LoadBandKey(*world.keys, one.address, language);
      if (!key || *key) with_key.push_back(one.address);
    }
    if (known.size() > 1 && with_key.size() != 1)
      return Fail(ErrorCode::kInvalid, language.Say(kWaySays.several_known));
    band.address = with_key.size() == 1 ? with_key.front() : known.front().address;
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
