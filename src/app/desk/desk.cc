#include "app/desk/desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/evidence_json.h"
#include "app/phone/collect_phone.h"

namespace bk::app {
namespace {

constexpr std::size_t kFilesMax = 64;
constexpr std::uint64_t kFileBytesMax = 4ULL << 30;
constexpr std::size_t kNameBytesMax = 200;

// The last part of a path, without what a terminal or a file system would take for more than text.
std::string PlainName(std::string_view name) {
  if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  std::string plain = ValidUtf8(name.substr(0, kNameBytesMax));
  std::erase_if(plain, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return plain.empty() || plain == "-" ? "file" : plain;
}

}  // namespace

Answered Answered::Wrong(int status, std::string_view code, std::string_view text) {
  return {.status = status,
          .body = {{"error", {{"code", std::string(code)}, {"text", ValidUtf8(text)}}}}};
}

Desk::Desk(DeskOptions options) : room_(std::make_unique<DeskRoom>(std::move(options))) {
  room_->Open();
}
Desk::~Desk() = default;

Parts& Desk::parts() { return room_->parts; }
Desk::Look Desk::look() const {
  const DeskRoom::Lock lock(room_->mutex);
  const Json& page = room_->settings.page;
  const auto theme = page.find("theme");
  return {.language = room_->settings.language,
          .theme = theme != page.end() && theme->is_string() ? theme->get<std::string>() : ""};
}
Answered Desk::Post(std::string_view order, const Json& body) {
  return PostTo(*room_, order, body);
}
Answered Desk::Get(std::string_view what, const Query& query) {
  return GetFrom(*room_, what, query);
}
std::vector<std::string_view> Desk::Orders() { return OrderNames(); }
std::vector<std::string_view> Desk::Gets() { return GetNames(); }
void Desk::Close() { room_->Close(); }

Answered Desk::Delete(std::string_view what, std::string_view id) {
  const DeskRoom::Lock lock(room_->mutex);
  DeskFile* const file = room_->FileOf(id);
  if (file == nullptr || file->for_band != (what == "band/files"))
    return Answered::Wrong(404, "not_found", room_->Say(kDeskSays.no_file_here));
  if (file->state == DeskFile::State::kUploading)
    return Answered::Wrong(409, "busy", room_->Say(kDeskSays.this_coming));
  if (auto busy = room_->Busy()) return *busy;
  if (!file->for_band) room_->changed = true;
  room_->RemoveFile(id);
  room_->ShowFiles();
  room_->Keep();
  return {};
}

std::variant<Desk::Upload, Answered> Desk::BeginUpload(std::string_view what, std::string_view name,
                                                       std::optional<std::uint64_t> size) {
  const DeskRoom::Lock lock(room_->mutex);
  const bool for_band = what == "band/files";
  const std::uint64_t bytes_max = for_band ? kBandFileBytesMax : kFileBytesMax;
  if (auto busy = room_->Busy()) return *busy;
  if (size.value_or(0) > bytes_max)
    return Answered::Wrong(413, "too_large",
                           room_->Say(kDeskSays.too_large, {{"megabytes", bytes_max >> 20}}));
  if (room_->files.size() >= kFilesMax)
    return Answered::Wrong(422, "refused",
                           room_->Say(kDeskSays.too_many_files, {{"count", kFilesMax}}));
  const std::string plain = PlainName(name);
  std::string own = plain;
  const auto taken = [&](const std::string& one) {
    return one == kLivePhone ||
           std::ranges::find(room_->files, one, &DeskFile::name) != room_->files.end();
  };
  for (int n = 2; taken(own); ++n) own = fmt::format("{} ({})", plain, n);
  DeskFile file{.id = fmt::format("{}{}", for_band ? 'u' : 'f', ++room_->last_file),
                .name = own,
                .for_band = for_band,
                .bytes = size.value_or(0)};
  file.path = room_->options.folder + "/" + file.id;
  const Upload upload{.id = file.id, .path = file.path, .bytes_max = bytes_max};
  room_->files.push_back(std::move(file));
  room_->ShowFiles();
  return upload;
}

void Desk::Uploading(const std::string& id, std::uint64_t received) {
  const DeskRoom::Lock lock(room_->mutex);
  DeskFile* const file = room_->FileOf(id);
  if (file == nullptr) return;
  file->received = received;
  file->bytes = std::max(file->bytes, received);
  room_->ShowFiles();
}

Answered Desk::EndUpload(const std::string& id, std::uint64_t received, const Status& done) {
  const DeskRoom::Lock lock(room_->mutex);
  DeskFile* const file = room_->FileOf(id);
  if (file == nullptr) return Answered::Wrong(404, "not_found", room_->Say(kDeskSays.no_file_here));
  if (!done) {
    const std::uint64_t bytes_max = file->for_band ? kBandFileBytesMax : kFileBytesMax;
    room_->RemoveFile(id);
    room_->ShowFiles();
    switch (done.error().code) {
      case ErrorCode::kTooLarge:
        return Answered::Wrong(413, "too_large",
                               room_->Say(kDeskSays.too_large, {{"megabytes", bytes_max >> 20}}));
      case ErrorCode::kTimedOut:
        return Answered::Wrong(400, "bad_request", room_->Say(kDeskSays.not_whole));
      case ErrorCode::kNotReadable:
        return Answered::Wrong(507, "disk_full", room_->Say(kDeskSays.disk_full));
      default:
        return Answered::Wrong(507, "disk_full",
                               room_->Say(kDeskSays.not_kept, {{"why", done.error().message}}));
    }
  }
  file->bytes = file->received = received;
  file->state = DeskFile::State::kReady;
  room_->JudgeBandFile(*file);
  if (!file->for_band) room_->changed = true;
  room_->ShowFiles();
  room_->Keep();
  return {.status = 201, .body = {{"id", id}}};
}

}  // namespace bk::app
