// One connection of an adb server to the simulated phone.
// Source: AOSP packages/modules/adb protocol.txt, adb.cpp, daemon/auth.cpp; seen with stock adb
// 29.0.6. Services: shell, exec, sync, reboot. Not TLS (wireless debugging), no forwarding.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "codec/adb/message.h"
#include "ports/byte_session.h"
#include "simulate/adbd/device.h"
#include "simulate/adbd/stream.h"

namespace bk::simulate::adbd {

class DeviceSession : public ports::ByteSession {
 public:
  // Streams that a host may have open at once; a further one is refused.
  static constexpr std::size_t kStreamsMax = 64;

  explicit DeviceSession(Device& device) : device_(device) {}

  void Receive(Bytes bytes, Time now) override;
  void Produce(Time now, std::vector<std::byte>& out) override;
  [[nodiscard]] std::optional<Time> Wake() const override;
  [[nodiscard]] bool ended() const override { return ended_; }

  [[nodiscard]] bool online() const { return state_ == State::kOnline; }
  [[nodiscard]] std::size_t streams() const { return streams_.size(); }

 private:
  enum class State : std::uint8_t { kNew, kChallenged, kOwnerThinks, kOnline };
  struct Open {
    std::uint32_t host_id = 0;
    std::unique_ptr<Stream> stream;
    bool waits = false;  // for the host to take the last message
  };

  void On(const codec::adb::Message& message, Time now);
  void OnConnect(const codec::adb::Message& message);
  void OnAuth(const codec::adb::Message& message, Time now);
  void OnOpen(const codec::adb::Message& message, Time now);
  void Challenge();
  void GoOnline();
  void Pump(Time now);
  void Send(codec::adb::MessageCommand command, std::uint32_t arg0, std::uint32_t arg1,
            Bytes data = {});
  void Drop();
  // Of what the other side named by its and our number; end() when there is no such stream.
  std::map<std::uint32_t, Open>::iterator Find(const codec::adb::Message& message);

  Device& device_;
  codec::adb::MessageDecoder decoder_;
  State state_ = State::kNew;
  std::uint32_t payload_bytes_max_ = 0;
  std::vector<std::byte> token_;
  int signatures_ = 0;
  std::optional<HostKey> offered_;
  Time accepts_at_{0};
  std::map<std::uint32_t, Open> streams_;  // by our number
  std::uint32_t last_id_ = 0;
  std::vector<std::byte> queue_;
  std::optional<Trouble> trouble_;  // kDropConnection
  std::uint64_t sent_ = 0;
  std::optional<Time> next_change_;
  bool ended_ = false;
};

}  // namespace bk::simulate::adbd
