// Archives made byte by byte for tests, right and wrong ones.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace bk::adapters::testing {

// `window_bits` as zlib takes them: -15 raw, 31 gzip.
inline std::string Deflate(std::string_view text, int window_bits) {
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zlib, static_cast<uLong>(text.size())), '\0');
  zlib.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
  zlib.avail_in = static_cast<uInt>(text.size());
  zlib.next_out = reinterpret_cast<Bytef *>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  deflate(&zlib, Z_FINISH);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}
inline std::string Gzip(std::string_view text) { return Deflate(text, 31); }

inline std::string Number(std::uint64_t value, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(i < 8 ? value >> (8 * i) & 0xff : 0);
  return bytes;
}

struct ZipEntry {
  std::string name;
  std::string text;
  bool deflated = true;
  bool streamed = false;          // sizes in a data descriptor
  bool descriptor_marked = true;  // with its optional signature
  bool zip64 = false;
  int flags = 0;
  int method = -1;                 // as claimed; -1: the real one
  std::int64_t claimed_size = -1;  // -1: the real one
  std::int64_t claimed_crc = -1;
};

class ZipBuilder {
 public:
  ZipBuilder &Add(const ZipEntry &entry) {
    const std::string packed = entry.deflated ? Deflate(entry.text, -15) : entry.text;
    const auto real_crc =
        static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef *>(entry.text.data()),
                                         static_cast<uInt>(entry.text.size())));
    const std::uint64_t crc =
        entry.claimed_crc < 0 ? real_crc : static_cast<std::uint64_t>(entry.claimed_crc);
    const std::uint64_t size =
        entry.claimed_size < 0 ? entry.text.size() : static_cast<std::uint64_t>(entry.claimed_size);
    const int method = entry.method >= 0 ? entry.method : entry.deflated ? 8 : 0;
    const int flags = entry.flags | (entry.streamed ? 8 : 0);
    const std::uint64_t offset = zip_.size();
    const std::string common =
        Number(entry.zip64 ? 45 : 20, 2) + Number(flags, 2) + Number(method, 2) + Number(0, 4);
    const auto sizes = [&](bool known) {
      if (!known) return Number(0, 12);
      if (entry.zip64) return Number(crc, 4) + Number(~0ULL, 8);
      return Number(crc, 4) + Number(packed.size(), 4) + Number(size, 4);
    };
    const std::string extra =
        entry.zip64 ? Number(1, 2) + Number(16, 2) + Number(size, 8) + Number(packed.size(), 8)
                    : "";
    const std::string local_extra = entry.streamed ? "" : extra;
    zip_ += "PK\x03\x04" + common + sizes(!entry.streamed) + Number(entry.name.size(), 2) +
            Number(local_extra.size(), 2) + entry.name + local_extra;
    data_at_.push_back(zip_.size());
    zip_ += packed;
    if (entry.streamed) {
      const int width = entry.zip64 ? 8 : 4;
      if (entry.descriptor_marked) zip_ += "PK\x07\x08";
      zip_ += Number(crc, 4) + Number(packed.size(), width) + Number(size, width);
    }
    data_end_.push_back(data_at_.back() + packed.size());
    directory_ += "PK\x01\x02" + Number(45, 2) + common + sizes(true) +
                  Number(entry.name.size(), 2) + Number(extra.size(), 2) + Number(0, 10) +
                  Number(offset, 4) + entry.name + extra;
    ++count_;
    return *this;
  }
  // Without a directory.
  [[nodiscard]] std::string Cut() const { return zip_; }
  [[nodiscard]] std::string Whole() const {
    return zip_ + directory_ + std::string("PK\x05\x06") + Number(0, 4) + Number(count_, 2) +
           Number(count_, 2) + Number(directory_.size(), 4) + Number(zip_.size(), 4) + Number(0, 2);
  }
  [[nodiscard]] std::size_t data_at(std::size_t index) const { return data_at_[index]; }
  [[nodiscard]] std::size_t data_end(std::size_t index) const { return data_end_[index]; }

 private:
  std::string zip_, directory_;
  std::vector<std::size_t> data_at_, data_end_;
  int count_ = 0;
};

}  // namespace bk::adapters::testing
