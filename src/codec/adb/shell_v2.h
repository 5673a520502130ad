// The framed shell of Android 7 and later: stdout, stderr and the exit code in one stream.
// Source: AOSP packages/modules/adb shell_protocol.h; seen with stock adb 29.0.6.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"

namespace bk::codec::adb {

enum class ShellPacketId : std::uint8_t {
  kStdin = 0,
  kStdout = 1,
  kStderr = 2,
  kExit = 3,  // one byte
  kCloseStdin = 4,
  kWindowSize = 5,
};

// Appends one packet: id, length (little endian), payload.
void EncodeShellPacket(ShellPacketId id, Bytes payload, std::vector<std::byte>& out);

// Takes the stream in any pieces; hands over payloads as they come, so that a long packet is not
// kept. An unknown id is skipped, as a newer phone may send one; so is an empty payload, but for
// kCloseStdin, which has no other.
class ShellDecoder {
 public:
  using Take = std::function<void(ShellPacketId id, Bytes payload)>;
  void Push(Bytes bytes, const Take& take);

 private:
  std::byte head_[5] = {};
  std::size_t head_bytes_ = 0;
  std::uint32_t left_ = 0;  // of the payload at hand
};

}  // namespace bk::codec::adb
