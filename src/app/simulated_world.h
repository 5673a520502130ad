// What simulated world is wanted, in words, and where its files go; main makes it from the
// simulation's own types.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bk::app {

struct SimulatedWorld {
  int android = 14;
  std::string maker = "stock";      // "stock", "samsung", "xiaomi"
  std::vector<std::string> faults;  // names (simulate/world/faults.h)
  double hours = 2;
  std::uint64_t seed = 0;
  std::string out;  // a folder; it is made where there is none
};

}  // namespace bk::app
