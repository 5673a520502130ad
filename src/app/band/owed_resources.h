// A band that runs a firmware without its resources. It does not tell that over Bluetooth, so this
// computer remembers what it sent (ports::OwedResources), from before the first byte of a firmware.
#pragma once

#include <optional>
#include <string>

#include "ports/band_store.h"

namespace bk::app {

// The version that the resources of a band that runs `running` are of; nullopt: they are its own,
// as far as is known here. `running` empty: it did not say, and what was seen last counts.
std::optional<std::string> ResourcesOfAnother(const std::optional<ports::OwedResources>& owed,
                                              const std::string& running);

// What one update changes of it.
class OwedMemory {
 public:
  // `store` must outlive it.
  OwedMemory(ports::BandStore& store, Address band) : store_(store), band_(band) {}
  [[nodiscard]] Result<std::optional<std::string>> Lacks(const std::string& running) const;
  // A firmware is about to be sent to a band that runs `running`. It must not be when this fails.
  Status FirmwareBegins(const std::string& running);
  // After its restart the band runs this.
  Status FirmwareIs(const std::string& running);
  Status ResourcesAreIn();

 private:
  ports::BandStore& store_;
  Address band_;
};

}  // namespace bk::app
