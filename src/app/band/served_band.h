// What simulated band is wanted on one of this computer's adapters, in words; main makes it from
// the simulation's own types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ports/cipher.h"

namespace bk::app {

struct ServedBand {
  std::string adapter;                // "hci1"; empty: the first that is switched on
  std::vector<std::string> faults;    // by name
  std::string firmware;               // a version whose behaviour is known; empty: the newest
  std::optional<ports::Block16> key;  // nullopt: the seed's
  std::size_t minutes = 1440;         // recorded before it is switched on
  std::uint64_t seed = 1;
  std::string truth;  // file for the minutes that it recorded, written at the end; empty: none
};

}  // namespace bk::app
