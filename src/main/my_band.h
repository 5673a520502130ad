// Joins this computer's Bluetooth, the store and the keys for the verbs of the band.
#pragma once

#include <memory>

#include "app/band/band_world.h"

namespace bk::main {

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
