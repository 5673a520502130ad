// What stands for a band's address where a person has to say which of several is meant:
// "band-kvmrt". --band takes it, and it tells nobody the address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/band/band_world.h"
#include "base/address.h"
#include "companion/nearby.h"
#include "language/language.h"

namespace bk::app {

// Made of the address and a secret that this computer draws once and keeps beside the keys: the
// same band is always called the same here, and elsewhere nobody can tell that two of them are one.
// Errors: the secret can neither be read nor be kept.
Result<std::string> BandAlias(const BandWorld& world, Address band);

// Whether this band's alias is `wanted`.
bool IsCalled(const BandWorld& world, Address band, std::string_view wanted);

// One of several, with what tells it apart: "C8:0F:10:.. (Firmware 1.0.9.70, synced up to ...)".
// The gate puts the alias in the address's place (app/band_privacy.h).
std::string ToChoose(const ports::KeptBand& band, const language::Language& language);
std::string ToChoose(const companion::NearbyBand& band, const language::Language& language);
// All of them, with commas between.
template <typename Band>
std::string ListToChoose(const std::vector<Band>& bands, const language::Language& language) {
  std::string list;
  for (const Band& one : bands) list += (list.empty() ? "" : ", ") + ToChoose(one, language);
  return list;
}

}  // namespace bk::app
