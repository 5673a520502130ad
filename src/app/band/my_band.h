// Which band is meant, with its key: what every verb begins with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/band/band_world.h"
#include "companion/band_session.h"
#include "language/language.h"
#include "ports/clock.h"

namespace bk::app {

struct MyBand {
  Address address;
  std::optional<ports::Block16> key;
  std::string name{};  // where it was heard; only to be kept
};

// `wanted`: an address, a part of a name, or empty for the only one that is known, or the only one
// with a key. Names are those that are kept, then, with a `radio`, those that are heard within some
// seconds. kNotFound says how to pair one, kInvalid that several are meant and which. A band of
// which only the address or the name was given may be without a key.
Result<MyBand> FindMyBand(const BandWorld& world, ports::BandStore& store,
                          const std::string& wanted, const language::Language& language = {},
                          ports::BandRadio* radio = nullptr);

// Session options for it; `wall_now`: seconds since 1970 at the radio's present time. `band` must
// outlive them.
companion::BandSession::Options SessionFor(const BandWorld& world, const MyBand& band,
                                           const ports::BandRadio& radio, std::int64_t wall_now);

// The same by this computer's clock as it is when the band's is set: it may be put right meanwhile,
// and a radio's time stands still while the computer sleeps. All must outlive the options.
companion::BandSession::Options SessionFor(const BandWorld& world, const MyBand& band,
                                           const ports::BandRadio& radio, ports::Clock& clock);

}  // namespace bk::app
