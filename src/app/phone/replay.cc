#include "app/phone/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "android/members.h"
#include "android/sectioner.h"
#include "android/text.h"
#include "base/instant.h"
#include "base/limits.h"
#include "base/text.h"

namespace bk::app {
namespace {

using android::Section;

// The command whose output the section is; empty: of a file, of dumpstate itself, or not known.
std::string CommandOf(const Section& section) {
  if (section.kind == Section::Kind::kService) return "dumpsys " + section.name;
  if (section.kind == Section::Kind::kLog && section.command.empty())
    return section.name == "EVENT LOG" ? "logcat -b events -d" : "logcat -d";
  if (section.name == "SYSTEM PROPERTIES") return "getprop";  // Android 7 names no command
  std::string_view command = Trim(section.command);
  for (const std::string_view folder : {"/system/bin/", "/vendor/bin/", "/system/xbin/"})
    if (command.starts_with(folder)) command.remove_prefix(folder.size());
  if (command.starts_with('/')) return {};
  return std::string(command);
}

bool IsService(std::string_view command) {
  // Shown as their own services elsewhere in the report.
  return command.starts_with("dumpsys -") && command.find("--skip") != std::string_view::npos;
}

void AddSections(const std::vector<Section>& sections, Replay& replay) {
  for (const Section& section : sections) {
    if (section.kind == Section::Kind::kHeader || section.kind == Section::Kind::kFile) continue;
    std::string command = CommandOf(section);
    if (command.empty() || IsService(command) || section.cut.starts_with("failed")) continue;
    replay.outputs.push_back({std::move(command), std::string(section.body)});
  }
}

void AddText(Bytes bytes, Replay& replay) {
  const android::DecodedText decoded = android::DecodeText(bytes);
  const android::TextOrigin origin{.text = decoded.text};
  const android::SplitText split = android::SplitSections(origin);
  AddSections(split.sections, replay);
  if (split.time.known())
    replay.outputs.push_back({"date", FormatInstant(split.time).substr(0, 19)});
  if (!split.has_header)
    AddSections(
        android::SplitByContent(origin, split.sections.empty() ? decoded.text : split.unmarked),
        replay);
}

// The report within an archive, or within the archive in it.
Status AddFrom(Bytes bytes, const World& world, int depth, Replay& replay) {
  const auto archive = world.files->OpenArchive(bytes);
  if (!archive) {
    AddText(bytes, replay);
    return {};
  }
  if (depth >= limits::kArchiveDepthMax)
    return Fail(ErrorCode::kTooLarge, "archives within archives, too deep");
  ports::Archive& zip = **archive;
  const auto& members = zip.members();
  std::string main_entry;
  if (const auto index = android::FindMainEntry(members)) {
    auto blob = zip.Read(*index);
    if (blob) main_entry = AsText((*blob)->bytes());
  }
  const auto add = [&](std::size_t index) -> Status {
    BK_TRY(const auto blob, zip.Read(index));
    return AddFrom(blob->bytes(), world, depth + 1, replay);
  };
  if (members.size() == 1) return add(0);
  const auto chosen = android::ChooseMembers(members, main_entry);
  for (const android::MemberRole role :
       {android::MemberRole::kMainReport, android::MemberRole::kInnerArchive,
        android::MemberRole::kOutput})
    for (const android::MemberChoice& choice : chosen) {
      if (choice.role != role) continue;
      if (Status added = add(choice.index); !added) return added;
      if (role != android::MemberRole::kOutput && !replay.outputs.empty()) return {};
    }
  return {};
}

std::string Property(const Replay& replay, std::string_view name) {
  const std::string key = fmt::format("[{}]: [", name);
  for (const Replay::Output& output : replay.outputs) {
    if (output.command != "getprop") continue;
    if (const auto value = After(output.out, key, "]\n")) return std::string(*value);
  }
  return {};
}

}  // namespace

Result<Replay> ReadReplay(const std::string& path, const World& world) {
  BK_TRY(const auto blob, world.files->OpenWhole(path));
  Replay replay;
  if (Status added = AddFrom(blob->bytes(), world, 0, replay); !added)
    return Fail(added.error().code, fmt::format("{}: {}", path, added.error().message));
  if (replay.outputs.empty())
    return Fail(ErrorCode::kNotOurs,
                fmt::format("{}: holds no bug report and no output of a phone.", path));
  const std::string name = path.substr(path.rfind('/') + 1);
  const std::string model = Property(replay, "ro.product.model");
  const std::string release = Property(replay, "ro.build.version.release");
  replay.sentence = model.empty() ? "a phone" : model;
  if (!release.empty()) replay.sentence += fmt::format(", Android {}", release);
  replay.sentence += fmt::format(", played back from {}", name);
  const bool zip = AsText(blob->bytes()).starts_with("PK");
  if (zip) {
    replay.archive_name = name;
    replay.archive = std::make_shared<const std::string>(AsText(blob->bytes()));
  }
  return replay;
}

}  // namespace bk::app
