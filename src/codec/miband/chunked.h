// Chunked transfer: messages longer than a packet, characteristic 0020. `00 flags|type counter
// payload`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

enum class ChunkType : std::uint8_t {
  kNotification = 0,
  kWeather = 1,
  kSettings = 2,
  kMusic = 3,
  kBindSignature = 4,
  kGps = 6,
  kWorkoutTypes = 9,
};
std::string_view ChunkTypeName(ChunkType type);

struct Chunk {
  bool first = false;
  bool last = false;
  ChunkType type = ChunkType::kNotification;
  std::uint8_t counter = 0;
  Bytes payload;
};
std::optional<Chunk> DecodeChunk(Bytes bytes);
ByteVector Encode(const Chunk& chunk);

// `message` split for a link with this MTU. At most 256 chunks; longer messages are not split: the
// answer is empty.
std::vector<ByteVector> SplitIntoChunks(ChunkType type, Bytes message, std::uint16_t mtu);

// Band -> phone after the last chunk: `10 00 flags|type 01 01 00 00`.
struct ChunkAck {
  ChunkType type = ChunkType::kNotification;
  bool several = false;  // flags of the last chunk: 80 of several, C0 single
  std::uint8_t status = kSuccess;
  friend bool operator==(const ChunkAck&, const ChunkAck&) = default;
};
std::optional<ChunkAck> DecodeChunkAck(Bytes bytes);
ByteVector Encode(const ChunkAck& ack);

// Puts chunks together. One message at a time, as the band does.
class ChunkJoiner {
 public:
  // The whole message after its last chunk. A chunk out of order drops what was there and counts as
  // broken.
  std::optional<ByteVector> Add(const Chunk& chunk);
  [[nodiscard]] unsigned broken() const { return broken_; }

 private:
  // 256 counters of at most 509 bytes.
  static constexpr std::size_t kMessageBytesMax = 256 * 512;
  ByteVector message_;
  std::optional<ChunkType> type_;
  std::uint8_t next_ = 0;
  unsigned broken_ = 0;
};

}  // namespace bk::codec::miband
