// What simulated band is wanted, in words; main makes it from the simulation's own types.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/band/band_world.h"
#include "base/result.h"
#include "language/language.h"
#include "ports/clock.h"

namespace bk::app {

struct SimulatedBand {
  std::string firmware;             // "1.0.9.70"; empty: the newest that is known
  std::vector<std::string> faults;  // names (simulate/band/situation.h)
  std::uint64_t seed = 0;
};

// A simulated band in this process, its air, and what this computer keeps of it. Its time is its
// own: an hour of it costs nothing. It is kept between runs with what was done to it.
class SimulatedBandHome {
 public:
  virtual ~SimulatedBandHome() = default;
  [[nodiscard]] virtual const BandWorld& band() const = 0;
  virtual std::unique_ptr<ports::Clock> MakeClock() = 0;
  // "an invented Mi Smart Band 4, firmware 1.0.9.70, with held": as it was made.
  [[nodiscard]] virtual std::string Sentence(const language::Language& language = {}) const = 0;
  // Its key, which is nobody's secret; empty: it has none.
  [[nodiscard]] virtual std::string Key() const = 0;
  // For the next run.
  virtual Status Keep() = 0;
};

}  // namespace bk::app
