#include "codec/adb/sync.h"

#include "base/result.h"

namespace bk::codec::adb {

void EncodeSync(std::string_view id, Bytes payload, std::vector<std::byte>& out) {
  BK_CHECK(id.size() == 4);
  ByteWriter(out).Put(AsBytes(id)).Le32(payload.size()).Put(payload);
}

std::optional<FileStat> ParseStat(Bytes answer) {
  ByteReader reader(answer);
  const std::string_view id = AsText(reader.Take(4));
  FileStat stat;
  if (id == "STAT") {
    stat.mode = reader.Le32();
    stat.size = reader.Le32();
    stat.modified = reader.Le32();
    if (reader.ok() && stat.mode == 0) stat.error = 2;
  } else if (id == "STA2" || id == "LST2") {
    stat.error = reader.Le32();
    reader.Skip(16);  // device, inode
    stat.mode = reader.Le32();
    reader.Skip(12);  // links, user, group
    stat.size = reader.Le64();
    reader.Skip(8);  // accessed
    stat.modified = static_cast<std::int64_t>(reader.Le64());
    reader.Skip(8);  // changed
  } else {
    return std::nullopt;
  }
  if (!reader.ok()) return std::nullopt;
  return stat;
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
