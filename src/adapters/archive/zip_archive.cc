#include "adapters/archive/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/archive/inflate.h"
#include "adapters/archive/local_headers.h"
#include "adapters/archive/memory_source.h"
#include "base/limits.h"

namespace bk::adapters {
namespace {

struct DiscardZip {
  void operator()(zip_t *zip) const { zip_discard(zip); }
};
struct CloseFile {
  void operator()(zip_file_t *file) const { zip_fclose(file); }
};
// The source is read until the zip is discarded.
struct Zip {
  std::unique_ptr<MemorySource> source;
  std::unique_ptr<zip_t, DiscardZip> open;
  [[nodiscard]] zip_t *get() const { return open.get(); }
  explicit operator bool() const { return open != nullptr; }
};
using ZipFile = std::unique_ptr<zip_file_t, CloseFile>;

constexpr std::size_t kReadBytes = 1024 * 1024;

// A member as its packed bytes and what is claimed of them, from either way of
// finding it.
struct Packed {
  const std::string &name;
  Bytes bytes;
  std::uint16_t method = 0;
  bool encrypted = false;
  bool sized = false;
  bool cut = false;
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
};

std::unexpected<Error> FailEncrypted(const std::string &name) {
  return Fail(ErrorCode::kNotSupported,
              fmt::format("{} is encrypted: unpack the archive with its password", name));
}

std::string CheckedDamage(const Packed &packed, Bytes bytes) {
  if (!packed.sized) return {};
  if (bytes.size() != packed.size)
    return fmt::format("holds {} bytes where {} are claimed", Grouped(bytes.size()),
                       Grouped(packed.size));
  return DamageText(Crc32(bytes) == packed.crc ? StreamEnd::kWhole : StreamEnd::kChecksum,
                    bytes.size(), packed.size);
}

// A stored member's bytes are the archive's own when `packed.bytes` are.
Result<std::unique_ptr<ports::Blob>> UnpackStored(const Packed &packed) {
  std::string damage = packed.cut ? DamageText(StreamEnd::kCut, packed.bytes.size(), packed.size)
                                  : CheckedDamage(packed, packed.bytes);
  if (damage.empty() && !packed.sized)
    damage = fmt::format("its size is not known: {} bytes were read", Grouped(packed.bytes.size()));
  return std::make_unique<MemberBlob>(packed.bytes, std::move(damage));
}

Result<std::unique_ptr<ports::Blob>> UnpackDeflated(const Packed &packed) {
  const std::uint64_t possible = packed.bytes.size() * kDeflateRatioMax;
  GrowingBytes out;
  if (packed.sized && !packed.cut && packed.size <= possible &&
      InflateExactly(packed.bytes, static_cast<std::size_t>(packed.size), out)) {
    std::string damage = CheckedDamage(packed, out.bytes());
    return std::make_unique<MemberBlob>(std::move(out), std::move(damage));
  }
  out.Clear();
  const std::uint64_t bytes_max =
      std::max(kUnclaimedBytesMax, std::min(packed.size, limits::kMemberBytesMax));
  const StreamResult result = InflateStream(packed.bytes, DeflateFrame::kRaw, bytes_max, out);
  std::string damage = DamageText(result.end, out.size(), packed.size);
  if (damage.empty()) damage = CheckedDamage(packed, out.bytes());
  return std::make_unique<MemberBlob>(std::move(out), std::move(damage));
}

class ZipArchive : public ports::Archive {
 public:
  // With a directory.
  ZipArchive(Bytes bytes, Zip zip) : bytes_(bytes), zip_(std::move(zip)) {
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(zip_.get(), 0));
    for (std::uint64_t index = 0; index < count; ++index) {
      zip_stat_t about;
      zip_stat_init(&about);
      if (zip_stat_index(zip_.get(), index, ZIP_FL_ENC_RAW, &about) != 0 || about.name == nullptr) {
        ++unreadable_;
        continue;
      }
      std::string name = about.name;
      if (name.ends_with('/') && about.size == 0) continue;
      if (members_.size() == limits::kArchiveMembersMax) {
        damage_ = TooMany();
        break;
      }
      members_.push_back({.name = std::move(name), .size = about.size});
      entries_.push_back(about);
      entries_.back().index = index;
    }
    if (unreadable_ > 0)
      damage_ = fmt::format("its directory is damaged: {} members are unreadable", unreadable_);
  }

  // Without one.
  ZipArchive(Bytes bytes, LocalMembers walked) : bytes_(bytes), walked_(std::move(walked)) {
    for (const LocalMember &each : walked_->members)
      members_.push_back({.name = each.name, .size = each.size});
    damage_ = walked_->too_many
                  ? TooMany()
                  : fmt::format("its directory is missing or damaged: {} {} found without it",
                                members_.size(), members_.size() == 1 ? "member" : "members");
  }

  [[nodiscard]] const std::vector<Member> &members() const override { return members_; }
  [[nodiscard]] std::string damage() const override { return damage_; }
  [[nodiscard]] bool all_encrypted() const {
    if (members_.empty()) return false;
    if (zip_)
      return std::ranges::all_of(
          entries_, [](const zip_stat_t &each) { return each.encryption_method != ZIP_EM_NONE; });
    return std::ranges::all_of(walked_->members, &LocalMember::encrypted);
  }

  Result<std::unique_ptr<ports::Blob>> Read(std::size_t index) override {
    BK_CHECK(index < members_.size());
    const Member &member = members_[index];
    if (member.size > limits::kMemberBytesMax)
      return Fail(ErrorCode::kTooLarge, fmt::format("{} claims {} bytes, more than are read",
                                                    member.name, Grouped(member.size)));
    return zip_ ? ReadEntry(index) : ReadWalked(walked_->members[index], {});
  }

 private:
  static std::string TooMany() {
    return fmt::format("it holds more than {} members: the rest is left out",
                       Grouped(limits::kArchiveMembersMax));
  }

  Result<std::unique_ptr<ports::Blob>> ReadEntry(std::size_t index) {
    const zip_stat_t &entry = entries_[index];
    const std::string &name = members_[index].name;
    if (entry.encryption_method != ZIP_EM_NONE) return FailEncrypted(name);
    const bool ours = entry.comp_method == ZIP_CM_STORE || entry.comp_method == ZIP_CM_DEFLATE;
    GrowingBytes fetched;
    Bytes packed_bytes;
    // libzip's own inflate is half as fast: it only finds the packed bytes.
    const auto problem = ours ? Find(entry.index, entry.comp_size, packed_bytes)
                              : Fetch(entry.index, entry.size, fetched);
    if (problem && fetched.size() == 0) {
      // The directory points elsewhere (bytes were put before the archive, or
      // it is damaged).
      if (!walked_) walked_ = WalkLocalHeaders(bytes_);
      const auto found = std::ranges::find(walked_->members, name, &LocalMember::name);
      if (found != walked_->members.end()) return ReadWalked(*found, entry);
      return Fail(ours ? ErrorCode::kNotReadable : ErrorCode::kNotSupported,
                  fmt::format("{} cannot be read: {}", name, *problem));
    }
    const Packed packed{
        .name = name,
        .bytes = ours ? packed_bytes : fetched.bytes(),
        .method = entry.comp_method,
        .sized = true,
        .cut = ours ? packed_bytes.size() < entry.comp_size : fetched.size() < entry.size,
        .size = entry.size,
        .crc = entry.crc};
    if (entry.comp_method == ZIP_CM_DEFLATE) return UnpackDeflated(packed);
    if (ours) return UnpackStored(packed);
    std::string damage = packed.cut ? DamageText(StreamEnd::kCut, fetched.size(), packed.size)
                                    : CheckedDamage(packed, fetched.bytes());
    return std::make_unique<MemberBlob>(std::move(fetched), std::move(damage));
  }

  // Where the packed bytes stand, as many as there are; why they cannot be found, if so.
  std::optional<std::string> Find(std::uint64_t index, std::uint64_t size, Bytes &packed) {
    const ZipFile file(zip_fopen_index(zip_.get(), index, ZIP_FL_COMPRESSED));
    if (!file) return zip_error_strerror(zip_get_error(zip_.get()));
    if (size == 0) return std::nullopt;
    std::byte first{};
    const zip_int64_t count = zip_fread(file.get(), &first, 1);
    if (count < 0) return zip_error_strerror(zip_file_get_error(file.get()));
    if (count == 0) return "cut";
    const auto at = static_cast<std::size_t>(zip_.source->last_read_at());
    if (at >= bytes_.size() || bytes_[at] != first) return "its bytes were not found";
    packed = bytes_.subspan(
        at, static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes_.size() - at)));
    return std::nullopt;
  }

  // Reads until the end or `size` bytes; why it could not, if so.
  std::optional<std::string> Fetch(std::uint64_t index, std::uint64_t size, GrowingBytes &out) {
    const ZipFile file(zip_fopen_index(zip_.get(), index, 0));
    if (!file) return zip_error_strerror(zip_get_error(zip_.get()));
    // The size may be a lie.
    if (!out.Reserve(static_cast<std::size_t>(
            std::max<std::uint64_t>(1, std::min<std::uint64_t>(size, kReadBytes)))))
      return "no memory";
    while (out.size() < size) {
      if (out.spare().empty() &&
          !out.Reserve(static_cast<std::size_t>(std::min<std::uint64_t>(size, 2 * out.size()))))
        return "no memory";
      const zip_int64_t count = zip_fread(file.get(), out.spare().data(), out.spare().size());
      if (count < 0) return zip_error_strerror(zip_file_get_error(file.get()));
      if (count == 0) return "cut";
      out.Grown(static_cast<std::size_t>(count));
    }
    return std::nullopt;
  }

  // `claims` is what the directory says of it, when there is one.
  static Result<std::unique_ptr<ports::Blob>> ReadWalked(const LocalMember &member,
                                                         const std::optional<zip_stat_t> &claims) {
    if (member.encrypted) return FailEncrypted(member.name);
    Packed packed{.name = member.name,
                  .bytes = member.packed,
                  .method = member.method,
                  .sized = member.sized,
                  .cut = member.cut,
                  .size = member.size,
                  .crc = member.crc};
    if (claims && !member.sized) {
      packed.sized = true;
      packed.size = claims->size;
      packed.crc = claims->crc;
    }
    if (member.method == ZIP_CM_STORE) return UnpackStored(packed);
    if (member.method == ZIP_CM_DEFLATE) return UnpackDeflated(packed);
    return Fail(
        ErrorCode::kNotSupported,
        fmt::format("{} is packed by method {}, which is not read", member.name, member.method));
  }

  Bytes bytes_;
  Zip zip_;
  std::vector<Member> members_;
  std::vector<zip_stat_t> entries_;  // per member, when there is a directory
  std::optional<LocalMembers> walked_;
  std::size_t unreadable_ = 0;
  std::string damage_;
};

Zip OpenDirectory(Bytes bytes) {
  zip_error_t error;
  zip_error_init(&error);
  Zip zip{.source = std::make_unique<MemorySource>(bytes), .open = nullptr};
  zip_source_t *source = zip.source->Make(&error);
  if (source != nullptr) zip.open.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!zip && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  return zip;
}

}  // namespace

Result<std::unique_ptr<ports::Archive>> OpenZip(Bytes bytes) {
  std::unique_ptr<ZipArchive> archive;
  if (Zip zip = OpenDirectory(bytes)) {
    archive = std::make_unique<ZipArchive>(bytes, std::move(zip));
  } else {
    LocalMembers walked = WalkLocalHeaders(bytes);
    if (walked.members.empty())
      return Fail(ErrorCode::kNotReadable, "it begins as a zip, but no member can be found in it");
    archive = std::make_unique<ZipArchive>(bytes, std::move(walked));
  }
  if (archive->all_encrypted())
    return Fail(ErrorCode::kNotSupported,
                "the zip is encrypted: unpack it with its password and give the files");
  return archive;
}

}  // namespace bk::adapters
