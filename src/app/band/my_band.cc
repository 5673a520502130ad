#include "app/band/my_band.h"

#include <algorithm>

#include "app/band/keys.h"

namespace bk::app {
namespace {

using companion::Outcome;
using companion::SessionNote;
using Kind = companion::SessionNote::Kind;

}  // namespace

Result<MyBand> FindMyBand(const BandWorld& world, ports::BandStore& store,
                          const std::string& wanted) {
  MyBand band;
  if (!wanted.empty()) {
    const auto address = ParseAddress(wanted);
    if (!address)
      return Fail(ErrorCode::kInvalid,
                  "--band takes the band's address (C8:0F:10:...); the band "
                  "shows it under More > Settings > About");
    band.address = *address;
  } else {
    BK_TRY(const auto known, store.Bands());
    if (known.empty())
      return Fail(ErrorCode::kNotFound,
                  "no band is known here yet: run `bandkeeper pair` with the band beside you");
    // One that was reset has another address since, and no key under the old one.
    std::vector<Address> with_key;
    for (const ports::KeptBand& one : known) {
      const auto key = LoadBandKey(*world.keys, one.address);
      if (!key || *key) with_key.push_back(one.address);
    }
    if (known.size() > 1 && with_key.size() != 1)
      return Fail(ErrorCode::kInvalid,
                  "several bands are known here: say which with --band ADDRESS");
    band.address = with_key.size() == 1 ? with_key.front() : known.front().address;
  }
  BK_TRY(band.key, LoadBandKey(*world.keys, band.address));
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

std::string WhyNotReached(const std::optional<Outcome>& failure,
                          const std::vector<SessionNote>& notes) {
  const auto last_of = [&](Kind kind) -> const SessionNote* {
    const auto found = std::find_if(notes.rbegin(), notes.rend(),
                                    [&](const SessionNote& note) { return note.kind == kind; });
    return found == notes.rend() ? nullptr : &*found;
  };
  if (const SessionNote* adapter = last_of(Kind::kAdapter);
      adapter != nullptr && !adapter->text.empty())
    return adapter->text;
  if (failure && companion::Authenticate::KeyIsWrong(*failure))
    return "The band holds another key than this computer: it was paired anew, reset, or unbound "
           "in "
           "the official app. Get its present key and run `bandkeeper pair` again.";
  if (const SessionNote* heard = last_of(Kind::kHeard);
      heard != nullptr && heard->connectable == false)
    return "The band is there, but another device holds its link. Switch Bluetooth off on the "
           "phone "
           "that has it, or end its app.";
  if (const SessionNote* silent = last_of(Kind::kNotHeard); silent != nullptr)
    return "The band was not heard. Bring it within a metre, charge it for a minute, and switch "
           "Bluetooth off on every phone that knows it: a connected band is silent.";
  if (failure) return "The band could not be used: " + failure->text + ".";
  return "The band could not be reached.";
}

}  // namespace bk::app
