// Bounds-checked reading and writing of bytes. Every byte of foreign input goes through ByteReader.
//
// A read past the end gives zero and sets failed(); a decoder reads its fields, then asks ok()
// once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bk {

using Bytes = std::span<const std::byte>;

inline Bytes AsBytes(std::string_view text) { return std::as_bytes(std::span(text)); }
inline std::string_view AsText(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class ByteReader {
 public:
  explicit ByteReader(Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return !failed_; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  // What is left, unread.
  [[nodiscard]] Bytes rest() const { return bytes_.subspan(at_); }

  // Unsigned integers, little endian (Bluetooth) and big endian (btsnoop).
  std::uint8_t U8() { return static_cast<std::uint8_t>(Le(1)); }
  std::uint16_t Le16() { return static_cast<std::uint16_t>(Le(2)); }
  std::uint32_t Le24() { return static_cast<std::uint32_t>(Le(3)); }
  std::uint32_t Le32() { return static_cast<std::uint32_t>(Le(4)); }
  std::uint64_t Le48() { return Le(6); }
  std::uint64_t Le64() { return Le(8); }
  std::int8_t I8() { return static_cast<std::int8_t>(U8()); }
  std::uint16_t Be16() { return static_cast<std::uint16_t>(Be(2)); }
  std::uint32_t Be32() { return static_cast<std::uint32_t>(Be(4)); }
  std::uint64_t Be64() { return Be(8); }

  // `count` bytes; empty and failed() when there are fewer.
  Bytes Take(std::size_t count) {
    if (count > left()) return Fail(), Bytes{};
    Bytes taken = bytes_.subspan(at_, count);
    at_ += count;
    return taken;
  }
  void Skip(std::size_t count) { (void)Take(count); }
  Bytes TakeRest() { return Take(left()); }

 private:
  void Fail() {
    failed_ = true;
    at_ = bytes_.size();
  }
  std::uint64_t Le(std::size_t width) {
    if (width > left()) return Fail(), 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value |= std::to_integer<std::uint64_t>(bytes_[at_ + i]) << (8 * i);
    at_ += width;
    return value;
  }
  std::uint64_t Be(std::size_t width) {
    if (width > left()) return Fail(), 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value = value << 8 | std::to_integer<std::uint64_t>(bytes_[at_ + i]);
    at_ += width;
    return value;
  }

  Bytes bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// Appends to a vector that the caller owns.
class ByteWriter {
 public:
  explicit ByteWriter(std::vector<std::byte>& out) : out_(out) {}
  ByteWriter& U8(std::uint64_t value) { return Le(value, 1); }
  ByteWriter& Le16(std::uint64_t value) { return Le(value, 2); }
  ByteWriter& Le24(std::uint64_t value) { return Le(value, 3); }
  ByteWriter& Le32(std::uint64_t value) { return Le(value, 4); }
  ByteWriter& Le48(std::uint64_t value) { return Le(value, 6); }
  ByteWriter& Le64(std::uint64_t value) { return Le(value, 8); }
  ByteWriter& Be16(std::uint64_t value) { return Be(value, 2); }
  ByteWriter& Be32(std::uint64_t value) { return Be(value, 4); }
  ByteWriter& Be64(std::uint64_t value) { return Be(value, 8); }
  ByteWriter& Put(Bytes bytes) {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    return *this;
  }

 private:
  ByteWriter& Le(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) out_.push_back(static_cast<std::byte>(value >> (8 * i) & 0xff));
    return *this;
  }
  ByteWriter& Be(std::uint64_t value, int width) {
    for (int i = width - 1; i >= 0; --i)
      out_.push_back(static_cast<std::byte>(value >> (8 * i) & 0xff));
    return *this;
  }
  std::vector<std::byte>& out_;
};

}  // namespace bk
