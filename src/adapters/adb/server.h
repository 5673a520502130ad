// The adb server of this computer as it is asked from outside a talk: started where it does not
// run. Inside the room only.
#pragma once

#include <string>
#include <string_view>

#include "adapters/adb/adb.h"
#include "adapters/adb/server_place.h"
#include "adapters/adb/talk.h"
#include "base/result.h"

namespace bk::adapters::adb {

class Server {
 public:
  Server(ServerPlace place, AdbOptions options)
      : place_(std::move(place)), options_(std::move(options)) {}

  // The text that answers `request`. kRefused holds the server's own words of a FAIL.
  [[nodiscard]] Result<std::string> Ask(const std::string& request) const;
  // With the adb that is found; an error says what to install or do.
  [[nodiscard]] Status Start() const;
  // kStopped when the person interrupts meanwhile.
  [[nodiscard]] Status Pause(std::chrono::milliseconds time) const;

  [[nodiscard]] const ServerPlace& place() const { return place_; }
  [[nodiscard]] const AdbOptions& options() const { return options_; }

 private:
  ServerPlace place_;
  AdbOptions options_;
};

}  // namespace bk::adapters::adb
