// Joins this computer's Bluetooth, the store and the keys for the verbs of the band.
#pragma once

#include <memory>

#include "app/band/band_world.h"

namespace bk::main {

// This computer's local time and zone at these seconds since 1970.
codec::miband::Clock LocalClock(std::int64_t wall_seconds);

// What a BandWorld points at; lives as long as the program.
class MyBandParts {
 public:
  MyBandParts();
  ~MyBandParts();
  [[nodiscard]] const app::BandWorld& world() const { return world_; }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  app::BandWorld world_;
};

}  // namespace bk::main
