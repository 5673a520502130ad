// A conversation over bytes without its socket, in time that is given from outside: what listens on
// a socket need not know what is spoken, and what is spoken needs no socket in its tests.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace bk::ports {

// One connection. `now` counts from a moment that is the same for all sessions of one caller and
// never goes back.
class ByteSession {
 public:
  using Time = std::chrono::microseconds;
  virtual ~ByteSession() = default;

  // What the other side sent, in any pieces.
  virtual void Receive(Bytes bytes, Time now) = 0;
  // Appends what is to be sent by now. A caller that still has much to send does not call it: the
  // session makes no more than is taken.
  virtual void Produce(Time now, std::vector<std::byte>& out) = 0;
  // When Produce may have more to say although nothing is received; nullopt: never.
  [[nodiscard]] virtual std::optional<Time> Wake() const = 0;
  // Send what was produced, then close the connection.
  [[nodiscard]] virtual bool ended() const = 0;
};

}  // namespace bk::ports
