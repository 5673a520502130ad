// ports::Phone over the server. Inside the room only.
#pragma once

#include <memory>

#include "adapters/adb/server.h"
#include "base/result.h"
#include "ports/phone.h"

namespace bk::adapters::adb {

// A phone that the server lists as ready: asks for what it can do.
Result<std::unique_ptr<ports::Phone>> OpenPhone(std::shared_ptr<const Server> server,
                                                std::string serial);

}  // namespace bk::adapters::adb
