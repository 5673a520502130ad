// Serves ports::ByteSession to programs of this computer over TCP. One thread, one loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"
#include "ports/byte_session.h"

namespace bk::adapters {

class Listener {
 public:
  // Connections at once; a further one is closed.
  static constexpr std::size_t kConnectionsMax = 16;
  using MakeSession = std::function<std::unique_ptr<ports::ByteSession>()>;

  // Listens on 127.0.0.1; 0 takes a free port. Refuses a port that is taken or may not be had. With
  // `until_interrupted`, SIGINT, SIGTERM and SIGHUP from now on end Serve instead of the program.
  static Result<std::unique_ptr<Listener>> Open(std::uint16_t port, bool until_interrupted = false);

  virtual ~Listener() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  // Returns after Stop or an interrupt. Sessions are made, used and destroyed in here; their time
  // counts from Open.
  virtual void Serve(const MakeSession& make) = 0;
  // From any thread, also before Serve.
  virtual void Stop() = 0;
};

}  // namespace bk::adapters
