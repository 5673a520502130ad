#include "adapters/archive/inflate.h"

#include <fmt/format.h>
#include <libdeflate.h>
#include <sys/mman.h>
#include <zlib.h>

#include <algorithm>

namespace bk::adapters {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor *each) const { libdeflate_free_decompressor(each); }
};
using Decompressor = std::unique_ptr<libdeflate_decompressor, FreeDecompressor>;

// zlib counts in 32 bits.
constexpr std::size_t kZlibPieceBytes = 1U << 30;

// A page fault for each 4 KB of a large member costs a fifth of what inflating it does.
constexpr std::size_t kHugePageBytes = 2 * 1024 * 1024;
constexpr std::size_t kWorthHugePages = 4 * kHugePageBytes;

std::byte *AllocateLarge(std::size_t capacity) {
  const std::size_t whole = (capacity + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
  void *data = std::aligned_alloc(kHugePageBytes, whole);
#ifdef MADV_HUGEPAGE
  // Only asked for: a kernel that has none gives small pages.
  if (data != nullptr) (void)madvise(data, whole, MADV_HUGEPAGE);
#endif
  return static_cast<std::byte *>(data);
}

}  // namespace

bool GrowingBytes::Reserve(std::size_t capacity) {
  if (capacity <= capacity_) return true;
  if (!data_ && capacity >= kWorthHugePages && capacity <= SIZE_MAX - kHugePageBytes) {
    data_.reset(AllocateLarge(capacity));
    capacity_ = data_ ? capacity : 0;
    return capacity_ != 0;
  }
  void *grown = std::realloc(data_.get(), capacity);
  if (grown == nullptr) return false;
  (void)data_.release();
  data_.reset(static_cast<std::byte *>(grown));
  capacity_ = capacity;
  return true;
}

StreamResult InflateStream(Bytes packed, DeflateFrame frame, std::uint64_t bytes_max,
                           GrowingBytes &out) {
  z_stream zlib{};
  if (inflateInit2(&zlib, frame == DeflateFrame::kRaw ? -MAX_WBITS : MAX_WBITS + 16) != Z_OK)
    return {StreamEnd::kNoMemory, 0};
  std::size_t fed = 0;
  StreamResult result;
  while (true) {
    if (zlib.avail_in == 0) {
      const std::size_t piece = std::min(packed.size() - fed, kZlibPieceBytes);
      // zlib's interface is older than const.
      zlib.next_in = reinterpret_cast<Bytef *>(const_cast<std::byte *>(packed.data() + fed));
      zlib.avail_in = static_cast<uInt>(piece);
      fed += piece;
    }
    if (out.size() == out.capacity() && out.size() < bytes_max) {
      const std::uint64_t more = std::max<std::uint64_t>(64 * 1024, 2ULL * out.capacity());
      if (!out.Reserve(static_cast<std::size_t>(std::min(bytes_max, more)))) {
        result.end = StreamEnd::kNoMemory;
        break;
      }
    }
    // With no room left, one byte beside tells a stream that ends here from one
    // that goes on.
    std::byte beyond{};
    std::span<std::byte> room = out.spare();
    if (out.size() + room.size() > bytes_max)
      room = room.first(
          static_cast<std::size_t>(bytes_max - std::min<std::uint64_t>(bytes_max, out.size())));
    const bool full = room.empty();
    if (full) room = {&beyond, 1};
    const auto given = static_cast<uInt>(std::min(room.size(), kZlibPieceBytes));
    zlib.next_out = reinterpret_cast<Bytef *>(room.data());
    zlib.avail_out = given;
    const int status = inflate(&zlib, Z_NO_FLUSH);
    const std::size_t count = given - zlib.avail_out;
    if (full && count > 0) {
      result.end = StreamEnd::kFull;
      break;
    }
    if (!full) out.Grown(count);
    if (status == Z_STREAM_END) break;
    if (status == Z_OK) continue;
    if (status == Z_BUF_ERROR) {
      if (zlib.avail_in > 0 || fed < packed.size()) continue;
      result.end = StreamEnd::kCut;
    } else if (status == Z_MEM_ERROR) {
      result.end = StreamEnd::kNoMemory;
    } else {
      const std::string_view why = zlib.msg == nullptr ? "" : zlib.msg;
      result.end = why == "incorrect data check" || why == "incorrect length check"
                       ? StreamEnd::kChecksum
                       : StreamEnd::kDamaged;
    }
    break;
  }
  result.packed_bytes = fed - zlib.avail_in;
  inflateEnd(&zlib);
  return result;
}

bool InflateExactly(Bytes packed, std::size_t size, GrowingBytes &out) {
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  // One byte at least: libdeflate is never given a null pointer.
  if (!decompressor || !out.Reserve(std::max<std::size_t>(size, 1))) return false;
  if (libdeflate_deflate_decompress(decompressor.get(), packed.data(), packed.size(),
                                    out.spare().data(), size, nullptr) != LIBDEFLATE_SUCCESS)
    return false;
  out.Grown(size);
  return true;
}

bool InflateGzipExactly(Bytes packed, std::size_t size, GrowingBytes &out,
                        std::size_t &packed_bytes) {
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  if (!decompressor || !out.Reserve(std::max<std::size_t>(size, 1))) return false;
  if (libdeflate_gzip_decompress_ex(decompressor.get(), packed.data(), packed.size(),
                                    out.spare().data(), size, &packed_bytes,
                                    nullptr) != LIBDEFLATE_SUCCESS)
    return false;
  out.Grown(size);
  return true;
}

std::uint32_t Crc32(Bytes bytes) { return libdeflate_crc32(0, bytes.data(), bytes.size()); }

std::string Grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string DamageText(StreamEnd end, std::uint64_t got, std::uint64_t size) {
  const std::string bytes = size > 0 ? fmt::format("{} of {} bytes", Grouped(got), Grouped(size))
                                     : fmt::format("{} bytes", Grouped(got));
  switch (end) {
    case StreamEnd::kWhole:
      return {};
    case StreamEnd::kCut:
      return "cut after " + bytes;
    case StreamEnd::kDamaged:
      return "damaged after " + bytes;
    case StreamEnd::kChecksum:
      return fmt::format("its checksum does not fit its {} bytes", Grouped(got));
    case StreamEnd::kFull:
      return fmt::format("holds more than it claims: only {} bytes were read", Grouped(got));
    case StreamEnd::kNoMemory:
      return fmt::format("no memory for more than {} bytes", Grouped(got));
  }
  return {};
}

}  // namespace bk::adapters
