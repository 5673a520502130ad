#include "codec/adb/shell_v2.h"

#include <algorithm>
#include <span>

namespace bk::codec::adb {

void EncodeShellPacket(ShellPacketId id, Bytes payload, std::vector<std::byte>& out) {
  ByteWriter(out).U8(static_cast<std::uint8_t>(id)).Le32(payload.size()).Put(payload);
}

void ShellDecoder::Push(Bytes bytes, const Take& take) {
  while (!bytes.empty()) {
    if (head_bytes_ < sizeof head_) {
      const std::size_t count = std::min(bytes.size(), sizeof head_ - head_bytes_);
      std::ranges::copy(bytes.first(count), head_ + head_bytes_);
      head_bytes_ += count;
      bytes = bytes.subspan(count);
      if (head_bytes_ < sizeof head_) return;
      ByteReader reader{std::span(head_)};
      reader.Skip(1);
      left_ = reader.Le32();
      if (left_ == 0 && head_[0] == static_cast<std::byte>(ShellPacketId::kCloseStdin))
        take(ShellPacketId::kCloseStdin, {});
    } else {
      const std::size_t count = std::min<std::size_t>(bytes.size(), left_);
      const auto id = std::to_integer<std::uint8_t>(head_[0]);
      if (id <= static_cast<std::uint8_t>(ShellPacketId::kWindowSize))
        take(static_cast<ShellPacketId>(id), bytes.first(count));
      bytes = bytes.subspan(count);
      left_ -= static_cast<std::uint32_t>(count);
    }
    if (head_bytes_ == sizeof head_ && left_ == 0) head_bytes_ = 0;
  }
}

}  // namespace bk::codec::adb
