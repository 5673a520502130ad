// What the use cases of a band need of the world, joined by main. Nothing here is owned.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "codec/miband/clock.h"
#include "ports/band_radio.h"
#include "ports/band_store.h"
#include "ports/checksum.h"
#include "ports/cipher.h"
#include "ports/store.h"

namespace bk::app {

struct RadioWishes {
  std::string adapter;            // "hci1"; empty: the first that can be used
  std::function<bool()> stopped;  // Ctrl-C
};

struct BandWorld {
  std::function<Result<std::unique_ptr<ports::BandRadio>>(const RadioWishes&)> open_radio;
  std::function<Result<std::unique_ptr<ports::BandStore>>()> open_store;
  ports::Store* keys = nullptr;
  std::string keys_place;  // for people: where the keys lie
  const ports::Cipher* cipher = nullptr;
  const ports::Checksum* checksum = nullptr;
  // Local time with its zone, at these seconds since 1970.
  std::function<codec::miband::Clock(std::int64_t wall_seconds)> local;
};

}  // namespace bk::app
