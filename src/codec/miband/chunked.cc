#include "codec/miband/chunked.h"

#include <algorithm>
#include <utility>

namespace bk::codec::miband {
namespace {

constexpr std::size_t kHeaderBytes = 3;
constexpr std::size_t kAttHeaderBytes = 3;
constexpr std::uint8_t kMiddle = 0x40, kLast = 0x80, kOnly = 0xc0;

std::uint8_t FlagsOf(const Chunk& chunk) {
  if (chunk.first && chunk.last) return kOnly;
  if (chunk.last) return kLast;
  return chunk.first ? 0 : kMiddle;
}

}  // namespace

std::string_view ChunkTypeName(ChunkType type) {
  switch (type) {
    case ChunkType::kNotification:
      return "notification";
    case ChunkType::kWeather:
      return "weather";
    case ChunkType::kSettings:
      return "settings";
    case ChunkType::kMusic:
      return "music";
    case ChunkType::kBindSignature:
      return "binding signature";
    case ChunkType::kGps:
      return "phone GPS";
    case ChunkType::kWorkoutTypes:
      return "workout types";
  }
  return "unknown";
}

std::optional<Chunk> DecodeChunk(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t zero = reader.U8();
  const std::uint8_t flags = reader.U8();
  const std::uint8_t counter = reader.U8();
  if (reader.failed() || zero != 0 || (flags & 0x30) != 0) return std::nullopt;
  const std::uint8_t place = flags & 0xc0;
  return Chunk{place == 0 || place == kOnly, place == kLast || place == kOnly,
               static_cast<ChunkType>(flags & 0x0f), counter, reader.TakeRest()};
}

ByteVector Encode(const Chunk& chunk) {
  ByteVector out;
  ByteWriter(out)
      .U8(0)
      .U8(static_cast<std::uint8_t>(FlagsOf(chunk) | static_cast<std::uint8_t>(chunk.type)))
      .U8(chunk.counter)
      .Put(chunk.payload);
  return out;
}

std::vector<ByteVector> SplitIntoChunks(ChunkType type, Bytes message, std::uint16_t mtu) {
  const std::size_t room = std::max<std::size_t>(mtu, 23) - kAttHeaderBytes - kHeaderBytes;
  const std::size_t count = std::max<std::size_t>(1, (message.size() + room - 1) / room);
  if (count > 256) return {};
  std::vector<ByteVector> chunks;
  for (std::size_t i = 0; i < count; ++i) {
    const Bytes part = message.subspan(i * room, std::min(room, message.size() - i * room));
    chunks.push_back(
        Encode(Chunk{i == 0, i + 1 == count, type, static_cast<std::uint8_t>(i), part}));
  }
  return chunks;
}

std::optional<ChunkAck> DecodeChunkAck(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint16_t mark = reader.Be16();
  const std::uint8_t flags = reader.U8();
  const std::uint8_t status = reader.U8();
  const std::uint8_t one = reader.U8();
  const std::uint16_t zeros = reader.Le16();
  if (reader.failed() || reader.left() != 0 || mark != 0x1000 || (flags & 0xb0) != 0x80 ||
      one != 1 || zeros != 0)
    return std::nullopt;
  return ChunkAck{static_cast<ChunkType>(flags & 0x0f), (flags & 0xc0) == kLast, status};
}

ByteVector Encode(const ChunkAck& ack) {
  return BytesOf(kReply, 0, (ack.several ? kLast : kOnly) | static_cast<std::uint8_t>(ack.type),
                 ack.status, 1, 0, 0);
}

std::optional<ByteVector> ChunkJoiner::Add(const Chunk& chunk) {
  if (chunk.first) {
    if (type_) ++broken_;
    message_.clear();
    type_ = chunk.type;
    next_ = chunk.counter;
  } else if (type_ != chunk.type || next_ != chunk.counter ||
             message_.size() + chunk.payload.size() > kMessageBytesMax) {
    ++broken_;
    type_.reset();
    message_.clear();
    return std::nullopt;
  }
  message_.insert(message_.end(), chunk.payload.begin(), chunk.payload.end());
  ++next_;
  if (!chunk.last) return std::nullopt;
  type_.reset();
  return std::exchange(message_, {});
}

}  // namespace bk::codec::miband
