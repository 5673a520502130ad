// One service that a host has opened, as bytes. Inside the room only. The device must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "simulate/adbd/device.h"
#include "simulate/adbd/services.h"

namespace bk::simulate::adbd {

class Stream {
 public:
  enum class State : std::uint8_t {
    kOpen,
    kDone,     // all was produced: close it
    kDropped,  // the trouble of it: the connection is to drop
  };
  virtual ~Stream() = default;
  virtual void Receive(Bytes bytes, Time now) = 0;
  // Appends at most `bytes_max`.
  virtual void Produce(Time now, std::size_t bytes_max, std::vector<std::byte>& out) = 0;
  [[nodiscard]] virtual State state() const = 0;
  [[nodiscard]] virtual std::optional<Time> wake() const { return std::nullopt; }
};

// "shell:date", "shell,v2,raw:date", "exec:date". nullptr: none of these.
std::unique_ptr<Stream> OpenShell(std::string_view service, Device& device, Time now);
// "sync:".
std::unique_ptr<Stream> OpenSync(Device& device);

// Moves what fits of `pending` to the end of `out`.
void TakePending(std::vector<std::byte>& pending, std::size_t& at, std::size_t bytes_max,
                 std::vector<std::byte>& out);

}  // namespace bk::simulate::adbd
