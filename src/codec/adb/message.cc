#include "codec/adb/message.h"

namespace bk::codec::adb {

void EncodeMessage(const Message& message, std::vector<std::byte>& out) {
  std::uint32_t sum = 0;
  for (const std::byte byte : message.data) sum += std::to_integer<std::uint32_t>(byte);
  const auto command = static_cast<std::uint32_t>(message.command);
  ByteWriter(out)
      .Le32(command)
      .Le32(message.arg0)
      .Le32(message.arg1)
      .Le32(message.data.size())
      .Le32(sum)
      .Le32(command ^ 0xffffffffU)
      .Put(message.data);
}

void MessageDecoder::Push(Bytes bytes) {
  if (damaged_) return;
  if (at_ != 0) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
  }
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

std::optional<Message> MessageDecoder::Next() {
  if (damaged_) return std::nullopt;
  ByteReader reader(Bytes(buffer_).subspan(at_));
  const std::uint32_t command = reader.Le32();
  Message message;
  message.arg0 = reader.Le32();
  message.arg1 = reader.Le32();
  const std::uint32_t size = reader.Le32();
  reader.Skip(4);  // the sum: TCP and USB have their own
  const std::uint32_t magic = reader.Le32();
  if (!reader.ok()) return std::nullopt;
  if (magic != (command ^ 0xffffffffU) || size > kPayloadBytesMax) {
    damaged_ = true;
    return std::nullopt;
  }
  const Bytes data = reader.Take(size);
  if (!reader.ok()) return std::nullopt;
  message.command = static_cast<MessageCommand>(command);
  message.data.assign(data.begin(), data.end());
  at_ += kHeadBytes + size;
  return message;
}

}  // namespace bk::codec::adb
