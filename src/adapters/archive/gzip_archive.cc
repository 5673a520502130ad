#include "adapters/archive/gzip_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "adapters/archive/inflate.h"
#include "base/limits.h"

namespace bk::adapters {
namespace {

constexpr std::string_view kMagic("\x1f\x8b", 2);
// A trailer's size is modulo 2^32 and of the last member only.
constexpr std::size_t kMemberBytesMin = 18, kTrailerSizeBytes = 4;
constexpr std::uint8_t kExtraFlag = 4, kNameFlag = 8;

// RFC 1952: the name, when the header holds one.
std::string StoredName(Bytes bytes) {
  ByteReader reader(bytes);
  reader.Skip(3);
  const std::uint8_t flags = reader.U8();
  reader.Skip(6);
  if ((flags & kNameFlag) == 0) return {};
  if ((flags & kExtraFlag) != 0) reader.Skip(reader.Le16());
  const std::string_view rest = AsText(reader.rest());
  const std::size_t end = rest.find('\0');
  return end == rest.npos ? std::string() : std::string(rest.substr(0, end));
}

class GzipArchive : public ports::Archive {
 public:
  explicit GzipArchive(Bytes bytes) : bytes_(bytes) {
    std::uint64_t size = 0;
    if (bytes.size() >= kMemberBytesMin) size = ByteReader(bytes.last(kTrailerSizeBytes)).Le32();
    members_.push_back({.name = StoredName(bytes), .size = size});
  }

  [[nodiscard]] const std::vector<Member> &members() const override { return members_; }

  Result<std::unique_ptr<ports::Blob>> Read(std::size_t index) override {
    BK_CHECK(index == 0);
    const std::uint64_t claimed = members_[0].size;
    const bool plausible =
        claimed <= limits::kMemberBytesMax && claimed <= bytes_.size() * kDeflateRatioMax;
    Bytes rest = bytes_;
    GrowingBytes out;
    std::size_t packed_bytes = 0;
    if (plausible && InflateGzipExactly(rest, static_cast<std::size_t>(claimed), out, packed_bytes))
      rest = rest.subspan(packed_bytes);
    const std::uint64_t bytes_max = std::max(kUnclaimedBytesMax, plausible ? claimed : 0);
    std::string damage;
    while (damage.empty() && !rest.empty()) {
      if (rest.size() != bytes_.size() && !AsText(rest).starts_with(kMagic)) {
        // gzip itself ignores the zeros of a tape's block.
        if (std::ranges::any_of(rest, [](std::byte each) { return each != std::byte{0}; }))
          damage = fmt::format("{} bytes after its end are not gzip", Grouped(rest.size()));
        break;
      }
      const StreamResult result = InflateStream(rest, DeflateFrame::kGzip, bytes_max, out);
      damage = DamageText(result.end, out.size(), 0);
      rest = rest.subspan(result.packed_bytes);
    }
    return std::make_unique<MemberBlob>(std::move(out), std::move(damage));
  }

 private:
  Bytes bytes_;
  std::vector<Member> members_;
};

}  // namespace

std::unique_ptr<ports::Archive> OpenGzip(Bytes bytes) {
  return std::make_unique<GzipArchive>(bytes);
}

}  // namespace bk::adapters
