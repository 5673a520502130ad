// What an adb server and a phone say to each other: 24 bytes of head, then data.
// Source: AOSP packages/modules/adb protocol.txt, adb.h; seen with stock adb 29.0.6.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace bk::codec::adb {

enum class MessageCommand : std::uint32_t {
  kConnect = 0x4e584e43,  // "CNXN"
  kAuth = 0x48545541,     // "AUTH"
  kOpen = 0x4e45504f,     // "OPEN"
  kOkay = 0x59414b4f,     // "OKAY"
  kWrite = 0x45545257,    // "WRTE"
  kClose = 0x45534c43,    // "CLSE"
  kStartTls = 0x534c5453  // "STLS"
};

namespace auth {
inline constexpr std::uint32_t kToken = 1;
inline constexpr std::uint32_t kSignature = 2;
inline constexpr std::uint32_t kPublicKey = 3;
inline constexpr std::size_t kTokenBytes = 20;
}  // namespace auth

inline constexpr std::uint32_t kVersionWithChecksum = 0x01000000;
inline constexpr std::uint32_t kVersion = 0x01000001;
inline constexpr std::uint32_t kPayloadBytesMax = 1024 * 1024;
inline constexpr std::size_t kHeadBytes = 24;

struct Message {
  MessageCommand command = MessageCommand::kConnect;
  std::uint32_t arg0 = 0, arg1 = 0;
  std::vector<std::byte> data;
};

// With the sum over the data, which newer peers ignore and older ones demand.
void EncodeMessage(const Message& message, std::vector<std::byte>& out);

// Takes the stream in any pieces.
class MessageDecoder {
 public:
  void Push(Bytes bytes);
  // The next whole message, if there is one. After damage (a wrong magic, data over the limit)
  // there is none any more: the two sides have lost step and the connection is to be dropped.
  std::optional<Message> Next();
  [[nodiscard]] bool damaged() const { return damaged_; }

 private:
  std::vector<std::byte> buffer_;
  std::size_t at_ = 0;  // of buffer_: what was handed over
  bool damaged_ = false;
};

}  // namespace bk::codec::adb
