// What is kept of a simulated band between runs: how it was made and what has become of it. Its
// minutes are not: they are made again from its seed, without those that it has let go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/band/simulated_band.h"
#include "simulate/band/situation.h"

namespace bk::main {

struct KeptSimBand {
  app::SimulatedBand wanted;
  std::int64_t made = 0;   // seconds since 1970
  std::int64_t until = 0;  // its own time has come so far
  std::int64_t first = 0;  // the oldest minute that it has
  Address address;
  std::optional<ports::Block16> key;
  int zone = -128;          // quarter hours
  std::int64_t clock = 0;   // its clock's error, seconds: positive is fast
  std::int64_t charge = 0;  // millionths
  std::string version, resources;
};

std::string TextOf(const KeptSimBand& kept);
// nullopt: not a whole text of ours.
std::optional<KeptSimBand> KeptSimBandOf(std::string_view text);

// As it was made at `now`: seconds since 1970. kInvalid names the faults and firmwares there are.
Result<KeptSimBand> InventBand(const app::SimulatedBand& wanted, std::int64_t now);
// What it is at `now`, not before `until`.
simulate::band::Situation SituationOf(const KeptSimBand& kept, std::int64_t now);

}  // namespace bk::main
