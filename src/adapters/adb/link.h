// One connection to the adb server, which carries one request, or a switch to a phone and one
// service of it. Inside the room only. Nothing here throws.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/adb/talk.h"
#include "base/bytes.h"

namespace bk::adapters::adb {

class Link {
 public:
  enum class Ended : std::uint8_t {
    kNot,
    kNoServer,  // nothing listens there
    kClosed,    // by the other side
    kTimedOut,
    kStopped,  // by the person
    kByUs,
  };

  // Closes itself as kTimedOut when `time_out` is over.
  Link(Talk& talk, std::chrono::milliseconds time_out);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  [[nodiscard]] Ended ended() const { return ended_; }
  // Where `Ended` is the first that ended it. What waits on the link wakes with nothing.
  void Close(Ended ended);
  // The time-out begins anew.
  void Restart(std::chrono::milliseconds time_out);

  boost::asio::awaitable<bool> Connect();
  boost::asio::awaitable<bool> Write(Bytes bytes);
  // What has come, at least a byte, valid until the next read; empty: the link has ended.
  boost::asio::awaitable<Bytes> Read();
  boost::asio::awaitable<bool> ReadAll(std::span<std::byte> into);

  struct Reply {
    bool answered = false;
    bool okay = false;
    std::string message;  // of a FAIL
  };
  boost::asio::awaitable<Reply> Ask(std::string_view request);
  // Four hex digits and as many bytes.
  boost::asio::awaitable<std::optional<std::string>> ReadText();

 private:
  void ArmTimer(std::chrono::milliseconds time_out);
  void Note(const boost::system::error_code& error);

  Talk& talk_;
  boost::asio::generic::stream_protocol::socket socket_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // for the timer's handler
  std::uint64_t timer_round_ = 0;
  Ended ended_ = Ended::kNot;
  std::array<std::byte, 65536> buffer_;
};

}  // namespace bk::adapters::adb
