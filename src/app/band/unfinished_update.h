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

}  // namespace bk::app
