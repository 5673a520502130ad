#include "adapters/unpack/unpack.h"

#include <libdeflate.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <string>

namespace bk::adapters {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
// Deflate packs at most this many bytes in one.
constexpr std::size_t kRatioMax = 1032;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";

struct FreeDecompressor {
  void operator()(libdeflate_decompressor *each) const { libdeflate_free_decompressor(each); }
};

// At libdeflate's speed; false when it is not whole or does not fit `room`.
bool InflateWhole(Bytes packed, std::size_t room, std::vector<std::byte> &out) {
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  if (!decompressor) return false;
  out.resize(std::max<std::size_t>(room, 1));
  std::size_t size = 0;
  if (libdeflate_zlib_decompress(decompressor.get(), packed.data(), packed.size(), out.data(), room,
                                 &size) != LIBDEFLATE_SUCCESS)
    return false;
  out.resize(size);
  return true;
}

// Whatever the stream gives until its end, damage or `bytes_max`.
ports::Unpack::Inflated InflateRest(Bytes packed, std::size_t bytes_max) {
  ports::Unpack::Inflated result{.whole = false};
  z_stream zlib{};
  if (inflateInit(&zlib) != Z_OK) return result;
  std::vector<std::byte> piece(kPieceBytes);
  std::size_t fed = 0;
  int status = Z_OK;
  while (status == Z_OK && result.bytes.size() <= bytes_max) {
    if (zlib.avail_in == 0) {
      const std::size_t count = std::min<std::size_t>(packed.size() - fed, 1U << 30);
      // zlib's interface is older than const.
      zlib.next_in = reinterpret_cast<Bytef *>(const_cast<std::byte *>(packed.data() + fed));
      zlib.avail_in = static_cast<uInt>(count);
      fed += count;
    }
    zlib.next_out = reinterpret_cast<Bytef *>(piece.data());
    zlib.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&zlib, Z_NO_FLUSH);
    const Bytes got = Bytes(piece).first(piece.size() - zlib.avail_out);
    result.bytes.insert(result.bytes.end(), got.begin(), got.end());
    if (status == Z_BUF_ERROR && fed < packed.size()) status = Z_OK;
  }
  inflateEnd(&zlib);
  result.whole = status == Z_STREAM_END && result.bytes.size() <= bytes_max;
  if (result.bytes.size() > bytes_max) result.bytes.resize(bytes_max);
  return result;
}

class Unpacker : public ports::Unpack {
 public:
  Result<Inflated> InflateZlib(Bytes packed, std::size_t bytes_max) override {
    // RFC 1950: method 8, window up to 32 KiB, and a check of the two bytes.
    ByteReader header(packed);
    const std::uint16_t both = header.Be16();
    if (header.failed() || both % 31 != 0 || (both >> 8 & 0xf) != 8 || both >> 12 > 7)
      return Fail(ErrorCode::kNotOurs, "no zlib stream");
    Inflated result;
    const std::size_t possible = std::min(bytes_max, packed.size() * kRatioMax);
    const std::size_t likely = std::min(possible, packed.size() * 8 + kPieceBytes);
    if (InflateWhole(packed, likely, result.bytes)) return result;
    return InflateRest(packed, bytes_max);
  }

  Result<std::vector<std::byte>> DecodeBase64(std::string_view text) override {
    std::string digits;
    digits.reserve(text.size() + 3);
    for (const char each : text) {
      if (kWhiteSpace.contains(each)) continue;
      if (!kAlphabet.contains(each)) break;
      digits += each;
    }
    // Four digits are three bytes; of a last group of two or three, one or two;
    // one alone is none.
    const std::size_t size = digits.size() * 6 / 8;
    digits.append((4 - digits.size() % 4) % 4, 'A');
    std::vector<std::byte> bytes(digits.size() / 4 * 3);
    constexpr std::size_t kPieceDigits = 1U << 20;  // OpenSSL counts in int
    for (std::size_t at = 0; at < digits.size(); at += kPieceDigits) {
      const std::size_t count = std::min(kPieceDigits, digits.size() - at);
      const int decoded = EVP_DecodeBlock(
          reinterpret_cast<unsigned char *>(bytes.data()) + at / 4 * 3,
          reinterpret_cast<const unsigned char *>(digits.data()) + at, static_cast<int>(count));
      BK_CHECK(decoded == static_cast<int>(count / 4 * 3));
    }
    bytes.resize(size);
    return bytes;
  }
};

}  // namespace

std::unique_ptr<ports::Unpack> MakeUnpack() { return std::make_unique<Unpacker>(); }

}  // namespace bk::adapters
