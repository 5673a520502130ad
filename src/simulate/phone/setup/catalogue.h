// Names of what a phone of each maker comes with, and of what its owner has put on it. Names are
// real where a maker ships an app, invented where a store would sell it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/phone/flavour.h"

namespace bk::simulate {

struct CatalogueEntry {
  std::string name;
  int uid = 0;              // fixed by the maker (1000, 1002 ...); 0: gets one of its own
  bool persistent = false;  // runs always
};

// Apps of the system image, Android's own first.
std::vector<CatalogueEntry> SystemPackages(int sdk, Maker maker);
// Apps from a store; `count` of them, chosen by `random`.
std::vector<std::string> StorePackages(std::uint64_t& random, std::size_t count);

// xorshift64*: the same numbers everywhere.
std::uint64_t NextRandom(std::uint64_t& state);
// `bound` is not 0.
std::uint64_t RandomBelow(std::uint64_t& state, std::uint64_t bound);

}  // namespace bk::simulate
