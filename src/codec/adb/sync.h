// The file service of adb ("sync:"): four letters, a little-endian length, a payload.
// Source: AOSP packages/modules/adb SYNC.TXT, file_sync_protocol.h; seen with stock adb 29.0.6.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace bk::codec::adb {

inline constexpr std::size_t kSyncPathBytesMax = 1024;
inline constexpr std::uint32_t kSyncDataBytesMax = 64 * 1024;

// "RECV" + length + path; "DATA" + length + bytes; "DONE" + 0; "FAIL" + length + text. `id` has
// four letters.
void EncodeSync(std::string_view id, Bytes payload, std::vector<std::byte>& out);

// What the phone says of a path. STAT (16 bytes, any phone) says zeros for what is missing; STA2
// and LST2 (72 bytes, phones with "stat_v2") say why.
struct FileStat {
  std::uint32_t error = 0;  // Linux errno: 2 missing, 13 forbidden
  std::uint32_t mode = 0;   // as of stat(2)
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // s since 1970
  [[nodiscard]] bool is_file() const { return (mode & 0170000) == 0100000; }
  [[nodiscard]] bool is_folder() const { return (mode & 0170000) == 0040000; }
};
inline constexpr std::size_t kStatBytes = 16;
inline constexpr std::size_t kStat2Bytes = 72;
// Of the whole answer with its four letters, of the one or the other form; nullopt: neither.
std::optional<FileStat> ParseStat(Bytes answer);

struct SyncPacket {
  enum class Kind : std::uint8_t { kData, kDone, kFail, kDamaged };
  Kind kind = Kind::kData;
  Bytes data;        // of kData; valid until the next Push
  std::string text;  // of kFail: what the phone says
};

// The answer to RECV, in any pieces. After kDone, kFail and kDamaged nothing follows.
class RecvDecoder {
 public:
  void Push(Bytes bytes);
  bool Next(SyncPacket& packet);  // false: needs more

 private:
  std::vector<std::byte> buffer_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace bk::codec::adb
