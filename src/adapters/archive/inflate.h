// Deflate streams to bytes in memory: libdeflate for those that are whole and
// of the claimed size, zlib for what is left of the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "ports/files.h"

namespace bk::adapters {

// A bomb is at most as large as its packer could make it: deflate packs 1032
// bytes in one.
inline constexpr std::uint64_t kDeflateRatioMax = 1032;
// Of a member whose size is not known or is a lie, this much is inflated.
inline constexpr std::uint64_t kUnclaimedBytesMax = 256ULL * 1024 * 1024;

// Bytes that are neither zeroed nor (by realloc of large blocks) copied when
// they grow.
class GrowingBytes {
 public:
  [[nodiscard]] Bytes bytes() const { return {data_.get(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  // All that is reserved; false when there is no memory.
  [[nodiscard]] bool Reserve(std::size_t capacity);
  [[nodiscard]] std::span<std::byte> spare() { return {data_.get() + size_, capacity_ - size_}; }
  void Grown(std::size_t count) { size_ += count; }
  void Clear() { size_ = 0; }

 private:
  struct Free {
    void operator()(std::byte *data) const { std::free(data); }
  };
  std::unique_ptr<std::byte[], Free> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

// Bytes of a member, owned, or of the archive itself (stored members).
class MemberBlob : public ports::Blob {
 public:
  MemberBlob(GrowingBytes owned, std::string damage)
      : owned_(std::move(owned)), bytes_(owned_.bytes()), damage_(std::move(damage)) {}
  MemberBlob(Bytes of_archive, std::string damage)
      : bytes_(of_archive), damage_(std::move(damage)) {}
  [[nodiscard]] Bytes bytes() const override { return bytes_; }
  [[nodiscard]] std::string damage() const override { return damage_; }

 private:
  GrowingBytes owned_;
  Bytes bytes_;
  std::string damage_;
};

enum class StreamEnd {
  kWhole,
  kCut,       // the input ends before the stream does
  kDamaged,   // no such code
  kChecksum,  // all there, but other bytes than were packed (gzip only)
  kFull,      // more than `bytes_max`
  kNoMemory,
};

enum class DeflateFrame { kRaw, kGzip };

struct StreamResult {
  StreamEnd end = StreamEnd::kWhole;
  std::size_t packed_bytes = 0;  // read of the input
};

// Appends one stream to `out` until its end, damage, or `out` holds
// `bytes_max`.
StreamResult InflateStream(Bytes packed, DeflateFrame frame, std::uint64_t bytes_max,
                           GrowingBytes &out);

// A whole raw deflate stream of exactly `size` bytes, at libdeflate's speed;
// false: use InflateStream to see what it is.
bool InflateExactly(Bytes packed, std::size_t size, GrowingBytes &out);
// The same for one gzip member; `packed_bytes` is what it took of the input.
bool InflateGzipExactly(Bytes packed, std::size_t size, GrowingBytes &out,
                        std::size_t &packed_bytes);

std::uint32_t Crc32(Bytes bytes);

// "cut after 1,204 of 5,000 bytes"; `size` zero when unknown. Empty when whole.
std::string DamageText(StreamEnd end, std::uint64_t got, std::uint64_t size);
std::string Grouped(std::uint64_t number);

}  // namespace bk::adapters
