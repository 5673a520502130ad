// An update of which the band has taken the firmware and not yet the rest. A band does not tell
// over Bluetooth that its resources are missing, so this computer remembers what it began.
#pragma once

#include <optional>
#include <string>

#include "base/address.h"
#include "ports/store.h"

namespace bk::app {

Status RememberUnfinishedUpdate(ports::Store& store, Address band, const std::string& what);
// What is missing, in words; nullopt: nothing that was begun here.
Result<std::optional<std::string>> UnfinishedUpdate(ports::Store& store, Address band);
Status ForgetUnfinishedUpdate(ports::Store& store, Address band);

// For the time of one update, whichever face asked for it.
class UpdateMemory {
 public:
  // `store` must outlive it. `firmware_first`: the first file is firmware, behind which others
  // come.
  UpdateMemory(ports::Store& store, Address band, bool firmware_first)
      : store_(store), band_(band), firmware_first_(firmware_first) {}
  // Whatever ends the update now leaves a band without what is still to come.
  void At(std::size_t file);
  void Over(bool done);

 private:
  ports::Store& store_;
  Address band_;
  bool firmware_first_, noted_ = false;
};

}  // namespace bk::app
