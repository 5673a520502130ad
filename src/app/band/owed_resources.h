// A band whose resources are not, or may not be, those of its firmware. It does not tell that over
// Bluetooth, so this computer remembers (ports::OwedResources) what it sent, from before the first
// byte of a firmware, and which firmware it met last.
#pragma once

#include <optional>
#include <string>

#include "ports/band_store.h"

namespace bk::app {

// The version that the resources of a band that runs `running` are of; nullopt: they are its own,
// as far as is known here. `running` empty: it did not say, and what was seen last counts.
std::optional<std::string> ResourcesOfAnother(const std::optional<ports::OwedResources>& owed,
                                              const std::string& running);

// Another program than this changed the firmware since it was last met here.
struct ChangedElsewhere {
  std::string before, now;
};

// Compares before it keeps: whoever stores what a band runs (ports::BandStore::Describe) has asked
// here first.
class OwedMemory {
 public:
  // `store` must outlive it.
  OwedMemory(ports::BandStore& store, Address band) : store_(store), band_(band) {}
  // Of a band that runs `running`; nothing is changed.
  [[nodiscard]] Result<std::optional<std::string>> Lacks(const std::string& running) const;
  [[nodiscard]] Result<std::optional<ChangedElsewhere>> Changed(const std::string& running) const;

  // The band was met and runs this; kept. Empty: it did not say, and nothing changes.
  Status FirmwareIs(const std::string& running);
  // A firmware is about to be sent to a band that runs `running`. It must not be when this fails.
  Status FirmwareBegins(const std::string& running);
  Status ResourcesAreIn();

 private:
  [[nodiscard]] Result<std::optional<ports::OwedResources>> After(const std::string& running) const;

  ports::BandStore& store_;
  Address band_;
};

}  // namespace bk::app
