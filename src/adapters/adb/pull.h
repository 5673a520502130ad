// One file of a phone. Inside the room only.
#pragma once

#include <functional>
#include <string>

#include "adapters/adb/service.h"
#include "base/result.h"

namespace bk::adapters::adb {

struct PullJob {
  std::string path;
  const std::function<bool(Bytes)>* take = nullptr;
  std::chrono::milliseconds silence;  // ends it as kTimedOut
  std::uint64_t bytes = 0;            // handed over
  Status result;
  bool again = false;  // it did not begin, and a second try may help
  bool no_server = false;
};

boost::asio::awaitable<void> RunPull(Talk& talk, const Device& device, PullJob& job);

}  // namespace bk::adapters::adb
