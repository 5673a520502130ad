#include "simulate/band/image.h"

#include <algorithm>

#include "base/random.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::size_t kVersionAt = 64;
constexpr std::string_view kVersionMark = "simulated V";
constexpr std::size_t kImageBytesMin = 128;
// Where a firmware's own words for its version stand, as in the maker's.
constexpr std::size_t kPrintedAt = 104;
constexpr std::string_view kPrinted{"V%d.%d.%d.%d\0\0\0\0", 16};
constexpr std::size_t kPrintedLength = 8;
constexpr std::uint8_t kFirmwareMark[] = {0x31, 0, 0,    0,    0,    0,    0,    0,
                                          0,    0, 0x9c, 0xe3, 0x7d, 0x5c, 0x00, 0x04};

void PutAt(mb::ByteVector& image, std::size_t at, Bytes bytes) {
  std::ranges::copy(bytes, image.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

mb::ByteVector MakeImage(mb::UpdateType type, std::string_view version, std::size_t bytes,
                         std::uint64_t seed) {
  mb::ByteVector image(std::max(bytes, kImageBytesMin));
  Random random(seed);
  for (std::byte& byte : image) byte = static_cast<std::byte>(random.Next() >> 56);
  std::fill_n(image.begin(), kVersionAt, std::byte{0});
  switch (type) {
    case mb::UpdateType::kFirmware:
      PutAt(image, 16, std::as_bytes(std::span(kFirmwareMark)));
      PutAt(image, 40, AsBytes("Mi Smart Band 4"));
      break;
    case mb::UpdateType::kResources:
      PutAt(image, 0, AsBytes("HMRES"));
      break;
    case mb::UpdateType::kResourcesCompressed:
      PutAt(image, 9, AsBytes("HMRES"));
      break;
    case mb::UpdateType::kFont:
      PutAt(image, 0, AsBytes("NEZK"));
      image[10] = std::byte{0x03};
      break;
    case mb::UpdateType::kWatchFace:
      PutAt(image, 0, AsBytes("HMDIAL"));
      break;
    default:
      break;
  }
  std::string text(kVersionMark);
  text.append(version.substr(0, 24)).push_back('\0');
  PutAt(image, kVersionAt, AsBytes(text));
  if (type == mb::UpdateType::kFirmware && version.size() <= kPrintedLength) {
    std::string printed(kPrinted);
    printed.append(version).resize(kPrinted.size() + kPrintedLength, '\0');
    PutAt(image, kPrintedAt, AsBytes(printed));
  }
  return image;
}

std::string VersionInImage(Bytes image) {
  if (image.size() < kImageBytesMin) return {};
  const std::string_view text = AsText(image).substr(kVersionAt, kImageBytesMin - kVersionAt);
  if (!text.starts_with(kVersionMark)) return {};
  const std::string_view version = text.substr(kVersionMark.size());
  return std::string(version.substr(0, version.find('\0')));
}

}  // namespace bk::simulate::band
