#include "adapters/archive/archive.h"

#include <algorithm>
#include <string_view>

#include "adapters/archive/gzip_archive.h"
#include "adapters/archive/zip_archive.h"

namespace bk::adapters {
namespace {

constexpr std::string_view kGzipDeflate("\x1f\x8b\x08", 3);
constexpr std::string_view kLocalHeader("PK\x03\x04", 4);
constexpr std::string_view kCentralHeader("PK\x01\x02", 4);
constexpr std::string_view kDirectoryEnd("PK\x05\x06", 4);
// Markers that spanning tools put first.
constexpr std::string_view kSpanned("PK\x07\x08PK\x03\x04", 8), kWasSpanned("PK00PK\x03\x04", 8);
constexpr std::size_t kDirectoryEndBytes = 22, kCommentBytesMax = 65'535;

bool LooksLikeGzip(std::string_view text) { return text.starts_with(kGzipDeflate); }

// Something before the zip (a program that extracts it): only a directory that
// is where its end says proves one, for texts may hold signatures.
bool EndsAsZip(Bytes bytes) {
  const std::string_view text = AsText(bytes);
  const std::size_t tail =
      text.size() - std::min(text.size(), kDirectoryEndBytes + kCommentBytesMax);
  const std::size_t at = text.rfind(kDirectoryEnd);
  if (at == text.npos || at < tail) return false;
  ByteReader end(bytes.subspan(at + kDirectoryEnd.size()));
  end.Skip(8);  // disks and counts
  const std::uint32_t directory_bytes = end.Le32();
  end.Skip(4);  // offset
  end.Skip(end.Le16());
  return end.ok() && end.left() == 0 && directory_bytes <= at &&
         text.substr(at - directory_bytes).starts_with(kCentralHeader);
}

bool LooksLikeZip(Bytes bytes) {
  const std::string_view text = AsText(bytes);
  return text.starts_with(kLocalHeader) || text.starts_with(kSpanned) ||
         text.starts_with(kWasSpanned) ||
         (text.starts_with(kDirectoryEnd) && text.size() >= kDirectoryEndBytes) || EndsAsZip(bytes);
}

}  // namespace

bool LooksLikeArchive(Bytes bytes) { return LooksLikeGzip(AsText(bytes)) || LooksLikeZip(bytes); }

Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes bytes) {
  if (LooksLikeGzip(AsText(bytes))) return OpenGzip(bytes);
  if (LooksLikeZip(bytes)) return OpenZip(bytes);
  return Fail(ErrorCode::kNotOurs, "no zip or gzip");
}

}  // namespace bk::adapters
