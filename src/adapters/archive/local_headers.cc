#include "adapters/archive/local_headers.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/limits.h"

namespace bk::adapters {
namespace {

constexpr std::string_view kLocalSignature("PK\x03\x04", 4);
constexpr std::string_view kCentralSignature("PK\x01\x02", 4);
constexpr std::string_view kDescriptorSignature("PK\x07\x08", 4);
constexpr std::size_t kLocalHeaderBytes = 30;
constexpr std::uint16_t kEncryptedFlag = 1, kDescriptorFlag = 8;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint32_t kInZip64Extra = 0xffffffff;
// APPNOTE 4.4.3 names 6.3 as the highest version, 4.4.5 methods up to 99.
constexpr std::uint16_t kVersionMax = 63, kMethodMax = 99;
// Searches for ends of streamed members read the archive this many times in
// all; after that a member ends where the next one begins.
constexpr std::uint64_t kSearchesOfWholeMax = 8;

struct Header {
  LocalMember member;
  std::size_t data_at = 0;
  std::uint64_t packed_size = 0;
  bool streamed = false;  // a data descriptor follows the data
};

struct Descriptor {
  std::size_t data_end = 0, end = 0;
  std::uint32_t crc = 0;
  std::uint64_t size = 0;
};

class Walker {
 public:
  explicit Walker(Bytes zip) : zip_(zip), text_(AsText(zip)) {}

  LocalMembers Walk() {
    LocalMembers found;
    std::size_t at = NextHeader(0);
    while (at != text_.npos) {
      auto header = ReadHeader(at);
      if (!header) {
        at = NextHeader(at + 1);
        continue;
      }
      const std::size_t next = SetEnd(*header);
      const LocalMember &member = header->member;
      if (!(member.name.ends_with('/') && member.packed.empty())) {
        if (found.members.size() == limits::kArchiveMembersMax) {
          found.too_many = true;
          break;
        }
        found.members.push_back(std::move(header->member));
      }
      at = NextHeader(next);
    }
    return found;
  }

 private:
  [[nodiscard]] std::size_t NextHeader(std::size_t from) const {
    return text_.find(kLocalSignature, from);
  }

  [[nodiscard]] std::optional<Header> ReadHeader(std::size_t at) const {
    ByteReader reader(zip_.subspan(at));
    reader.Skip(kLocalSignature.size());
    const std::uint16_t version = reader.Le16() & 0xff;
    const std::uint16_t flags = reader.Le16();
    Header header;
    header.member.method = reader.Le16();
    reader.Skip(4);  // time and date
    header.member.crc = reader.Le32();
    const std::uint32_t packed_size = reader.Le32();
    const std::uint32_t size = reader.Le32();
    const std::uint16_t name_size = reader.Le16();
    const std::uint16_t extra_size = reader.Le16();
    header.member.name = AsText(reader.Take(name_size));
    ByteReader extra(reader.Take(extra_size));
    if (reader.failed() || version > kVersionMax || header.member.method > kMethodMax ||
        name_size == 0)
      return std::nullopt;
    header.member.encrypted = (flags & kEncryptedFlag) != 0;
    header.streamed = (flags & kDescriptorFlag) != 0;
    header.data_at = at + kLocalHeaderBytes + name_size + extra_size;
    header.packed_size = packed_size;
    header.member.size = size;
    while (extra.left() >= 4) {
      const std::uint16_t id = extra.Le16();
      ByteReader field(extra.Take(extra.Le16()));
      if (id != kZip64Extra) continue;
      if (size == kInZip64Extra) header.member.size = field.Le64();
      if (packed_size == kInZip64Extra) header.packed_size = field.Le64();
      if (field.failed()) return std::nullopt;
    }
    return header;
  }

  // Gives the member its packed bytes; returns where to look for the next
  // header.
  std::size_t SetEnd(Header &header) {
    LocalMember &member = header.member;
    if (header.streamed && header.packed_size == 0) {
      const auto descriptor = FindDescriptor(header.data_at);
      if (descriptor) {
        member.packed = Between(header.data_at, descriptor->data_end);
        member.sized = true;
        member.size = descriptor->size;
        member.crc = descriptor->crc;
        return descriptor->end;
      }
      const std::size_t next = NextRecord(header.data_at);
      member.packed = Between(header.data_at, std::min(next, zip_.size()));
      member.cut = next == text_.npos;
      member.size = 0;
      return header.data_at + member.packed.size();
    }
    member.sized = true;
    const std::size_t left = zip_.size() - header.data_at;
    if (header.packed_size <= left) {
      member.packed = zip_.subspan(header.data_at, header.packed_size);
      return header.data_at + member.packed.size();
    }
    // Cut, or the size is a lie: a header that follows decides. A stored member
    // is not searched, for it may well be an archive itself.
    const std::size_t next = member.method == 0 ? text_.npos : NextRecord(header.data_at);
    member.packed = Between(header.data_at, std::min(next, zip_.size()));
    member.cut = true;
    return header.data_at + member.packed.size();
  }

  [[nodiscard]] Bytes Between(std::size_t begin, std::size_t end) const {
    return zip_.subspan(begin, end - begin);
  }

  // Where the next member or the directory begins.
  [[nodiscard]] std::size_t NextRecord(std::size_t from) const {
    for (std::size_t at = text_.find("PK", from); at != text_.npos; at = text_.find("PK", at + 1)) {
      const std::string_view signature = text_.substr(at, 4);
      if (signature == kCentralSignature) return at;
      if (signature == kLocalSignature && ReadHeader(at)) return at;
    }
    return text_.npos;
  }

  // A descriptor is known by its packed size, which is the distance from the
  // data's beginning: the data may hold signatures by chance or as an archive
  // within. Its own signature is optional (APPNOTE 4.3.9.3), its sizes have 4
  // or, in ZIP64, 8 bytes.
  std::optional<Descriptor> FindDescriptor(std::size_t data_at) {
    std::size_t at = data_at;
    std::optional<Descriptor> found;
    for (; (at = text_.find("PK", at)) != text_.npos && !found; ++at) {
      const std::string_view signature = text_.substr(at, 4);
      if (signature == kDescriptorSignature) {
        found = ReadDescriptor(data_at, at, at + 4);
      } else if (signature == kLocalSignature || signature == kCentralSignature) {
        for (const std::size_t bytes : {12U, 20U})
          if (!found && at - data_at >= bytes)
            found = ReadDescriptor(data_at, at - bytes, at - bytes);
        // Out of budget: only the first record is asked.
        if (searched_ > kSearchesOfWholeMax * zip_.size()) break;
      }
    }
    searched_ += std::min(at, text_.size()) - data_at;
    return found;
  }

  [[nodiscard]] std::optional<Descriptor> ReadDescriptor(std::size_t data_at, std::size_t data_end,
                                                         std::size_t at) const {
    std::optional<Descriptor> found;
    for (const bool wide : {false, true}) {
      ByteReader reader(zip_.subspan(at));
      Descriptor descriptor;
      descriptor.data_end = data_end;
      descriptor.crc = reader.Le32();
      const std::uint64_t packed_size = wide ? reader.Le64() : reader.Le32();
      descriptor.size = wide ? reader.Le64() : reader.Le32();
      descriptor.end = at + reader.at();
      if (reader.failed() || packed_size != data_end - data_at) continue;
      // Small numbers fit both widths; what follows decides.
      const bool followed = reader.left() == 0 || AsText(reader.rest()).starts_with("PK");
      if (!found || followed) found = descriptor;
      if (followed) break;
    }
    return found;
  }

  Bytes zip_;
  std::string_view text_;
  std::uint64_t searched_ = 0;
};

}  // namespace

LocalMembers WalkLocalHeaders(Bytes zip) { return Walker(zip).Walk(); }

}  // namespace bk::adapters
