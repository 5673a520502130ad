#include "codec/adb/sync.h"

#include "base/result.h"

namespace bk::codec::adb {

void EncodeSync(std::string_view id, Bytes payload, std::vector<std::byte>& out) {
  BK_CHECK(id.size() == 4);
  ByteWriter(out).Put(AsBytes(id)).Le32(payload.size()).Put(payload);
}

void RecvDecoder::Push(Bytes bytes) {
  if (ended_) return;
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
  at_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

bool RecvDecoder::Next(SyncPacket& packet) {
  if (ended_) return false;
  ByteReader reader(Bytes(buffer_).subspan(at_));
  const std::string_view id = AsText(reader.Take(4));
  const std::uint32_t size = reader.Le32();
  if (!reader.ok()) return false;
  using Kind = SyncPacket::Kind;
  const Kind kind = id == "DATA"   ? Kind::kData
                    : id == "DONE" ? Kind::kDone
                    : id == "FAIL" ? Kind::kFail
                                   : Kind::kDamaged;
  packet = {.kind = kind, .data = {}, .text = {}};
  if (kind == Kind::kDone || kind == Kind::kDamaged || size > kSyncDataBytesMax) {
    if (kind != Kind::kDone) packet.kind = Kind::kDamaged;
    ended_ = true;
    return true;
  }
  const Bytes data = reader.Take(size);
  if (!reader.ok()) return false;
  at_ += reader.at();
  if (kind == Kind::kFail) {
    packet.text = AsText(data);
    ended_ = true;
  } else {
    packet.data = data;
  }
  return true;
}

}  // namespace bk::codec::adb
