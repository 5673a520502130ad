#include "app/ingest.h"

#include <fmt/format.h>

#include <algorithm>

#include "android/members.h"
#include "app/messages.h"
#include "base/limits.h"
#include "capture/analyser.h"
#include "capture/capture_reader.h"
#include "capture/snooz.h"
#include "capture/talk/band_talk.h"
#include "codec/snoop/format.h"

namespace bk::app {
namespace {

using evidence::LossKind;

// Smaller things are read before anyone can see the line.
constexpr std::size_t kWorthTelling = 8 << 20;

// A phone's texts, read by one reader so that they complete each other.
struct Phone {
  std::unique_ptr<android::ReportReader> reader;
  bool told = false;
};

// A sparse or wiped file of any size is told by its beginning; UTF-16 has half as many zeros.
constexpr std::size_t kLookedAt = 64 << 10;
bool IsMostlyZeros(Bytes bytes) {
  const auto zeros = std::ranges::count(bytes, std::byte{0});
  return static_cast<std::size_t>(zeros) > bytes.size() / 10 * 9 && bytes.size() >= kLookedAt;
}

class Ingester {
 public:
  Ingester(std::span<const evidence::CompanionApp> apps, const World& world,
           const language::Language& language)
      : apps_(apps), world_(world), language_(language) {}

  void ReadPath(const std::string& path) {
    auto blob = world_.files->OpenWhole(path);
    if (!blob) return Refuse(path, {}, LossKind::kRefused, blob.error().message);
    const Bytes bytes = (*blob)->bytes();
    NoteDamage(path, {}, (*blob)->damage());
    evidence_.blobs.push_back(std::move(*blob));
    if (bytes.empty()) return Refuse(path, {}, LossKind::kTruncated, Say(kIngestSays.empty, path));
    ReadBytes(bytes, path, {}, 0, loose_);
  }

  // First, so that the live phone is the one that the case is about.
  void ReadPhone(LivePhone live) {
    evidence_.files.push_back(
        {.path = kLivePhone, .member = {}, .format = std::move(live.collected.description)});
    Keep(std::move(live.collected.state));
    for (evidence::Loss& loss : live.collected.losses)
      evidence::AddLoss(evidence_.losses, std::move(loss));
    for (auto& text : live.collected.texts) evidence_.answers.push_back(std::move(text));
    if (live.report == nullptr) return;
    const Bytes bytes = live.report->bytes();
    evidence_.blobs.push_back(std::move(live.report));
    Phone phone;
    ReadBytes(bytes, kLivePhone, live.report_name, 0, phone);
    FinishPhone(phone);
  }

  Result<CaseEvidence> Finish() && {
    FinishPhone(loose_);
    if (evidence_.files.empty()) {
      std::string sentences;
      for (const std::string& sentence : refusals_)
        sentences += (sentences.empty() ? "" : "\n") + sentence;
      return Fail(ErrorCode::kNotOurs, sentences);
    }
    return std::move(evidence_);
  }

 private:
  [[nodiscard]] std::string Say(const language::Message& message, const std::string& path) const {
    return language_.Say(message, {{"path", path}});
  }

  void Tell(const std::string& path, const std::string& member, std::size_t bytes) {
    if (world_.progress && bytes >= kWorthTelling)
      world_.progress(language_.Say(kIngestSays.reading, {{"path", member.empty() ? path : member},
                                                          {"megabytes", bytes >> 20}}));
  }

  void ReadBytes(Bytes bytes, const std::string& path, const std::string& member, int depth,
                 Phone& phone) {
    Tell(path, member, bytes.size());
    const auto format =
        codec::snoop::Sniff(bytes.first(std::min(bytes.size(), codec::snoop::kSniffBytes)));
    if (format) return ReadCapture(bytes, path, member);
    if (format.error().code == ErrorCode::kNotSupported)
      return Refuse(path, member, LossKind::kUnsupported, format.error().message);
    if (IsMostlyZeros(bytes.first(std::min(bytes.size(), kLookedAt)))) {
      if (member.empty())
        Refuse(path, member, LossKind::kNotUnderstood, Say(kIngestSays.zeros, path));
      return;
    }
    auto archive = world_.files->OpenArchive(bytes);
    if (archive) return ReadArchive(std::move(*archive), path, member, depth);
    if (archive.error().code != ErrorCode::kNotOurs)
      return Refuse(path, member, LossKind::kUnsupported, archive.error().message);
    ReadText(bytes, path, member, phone);
  }

  void ReadCapture(Bytes bytes, const std::string& path, const std::string& member) {
    capture::CaptureReader reader({.file = path, .member = member});
    if (const Status pushed = reader.Push(bytes); !pushed)
      return Refuse(path, member, LossKind::kUnsupported, pushed.error().message);
    auto story = reader.Finish();
    if (!story) return Refuse(path, member, LossKind::kUnsupported, story.error().message);
    ReadFile file{.path = path, .member = member, .format = reader.format().name};
    file.packets = story->counters.packets;
    if (story->first) file.first = *story->first;
    if (story->last) file.last = *story->last;
    evidence_.files.push_back(std::move(file));
    evidence_.stories.push_back(std::move(*story));
  }

  void ReadArchive(std::unique_ptr<ports::Archive> archive, const std::string& path,
                   const std::string& member, int depth) {
    if (depth >= limits::kArchiveDepthMax)
      return Refuse(path, member, LossKind::kTooLarge, Say(kIngestSays.too_deep, member));
    NoteDamage(path, member, archive->damage());
    ports::Archive& zip = *archive;
    evidence_.archives.push_back(std::move(archive));
    Phone phone;  // an archive is one phone's
    const auto& members = zip.members();
    if (members.size() == 1) {  // gzip, or a zip of one thing: its content decides
      if (const auto bytes = ReadMember(zip, 0, path, member))
        ReadBytes(*bytes, path, Join(member, members[0].name), depth + 1, phone);
      return FinishPhone(phone);
    }
    std::string main_entry;
    if (const auto index = android::FindMainEntry(members))
      if (const auto bytes = ReadMember(zip, *index, path, member)) main_entry = AsText(*bytes);
    const auto chosen = android::ChooseMembers(members, main_entry);
    if (chosen.empty())
      return Refuse(path, member, LossKind::kNotUnderstood,
                    Say(kIngestSays.nothing_in, member.empty() ? path : member));
    for (const android::MemberChoice& choice : chosen) {
      const auto bytes = ReadMember(zip, choice.index, path, member);
      if (!bytes || bytes->empty()) continue;
      const std::string name = Join(member, members[choice.index].name);
      if (choice.role == android::MemberRole::kSnoop ||
          choice.role == android::MemberRole::kInnerArchive) {
        ReadBytes(*bytes, path, name, depth + 1, phone);
      } else {
        ReadText(*bytes, path, name, phone);
      }
    }
    FinishPhone(phone);
  }

  void ReadText(Bytes bytes, const std::string& path, const std::string& member, Phone& phone) {
    if (!phone.reader)
      phone.reader = std::make_unique<android::ReportReader>(*world_.patterns, apps_);
    const android::Recognised what = phone.reader->Add(bytes, path, member);
    if (!what.useful()) {
      // Within an archive a text that tells nothing is normal; as a file of its own it is a
      // mistake.
      if (member.empty())
        Refuse(path, member, LossKind::kNotUnderstood,
               what.sentence.empty() ? Say(kIngestSays.not_known, path)
                                     : fmt::format("{}: {}", path, what.sentence));
      return;
    }
    phone.told = true;
    evidence_.files.push_back({.path = path, .member = member, .format = what.sentence});
  }

  std::optional<Bytes> ReadMember(ports::Archive& archive, std::size_t index,
                                  const std::string& path, const std::string& outer) {
    const std::string name = Join(outer, archive.members()[index].name);
    auto blob = archive.Read(index);
    if (!blob) {
      AddLoss(path, name, LossKind::kCorrupt, blob.error().message);
      return std::nullopt;
    }
    NoteDamage(path, name, (*blob)->damage());
    const Bytes bytes = (*blob)->bytes();
    evidence_.blobs.push_back(std::move(*blob));
    return bytes;
  }

  void FinishPhone(Phone& phone) {
    if (phone.reader && phone.told) Keep(std::move(*phone.reader).Finish());
    phone = {};
  }

  void Keep(android::PhoneState state) {
    for (const android::SnoozBlock& block : state.snooz) ReadMemoryLog(block);
    evidence_.phones.push_back(std::move(state));
  }

  // The last packets before the dump, which Android 8 to 12L keep in memory and print into it.
  void ReadMemoryLog(const android::SnoozBlock& block) {
    if (world_.unpack == nullptr) return;
    const std::string& path = block.where.file;
    const std::string member = Join(block.where.member, "memory log");
    capture::talk::BandTalkMaker talk;
    capture::Analyser analyser({.file = path, .member = member, .observers = &talk});
    const Status read = capture::ReadSnooz(block.base64, block.whole, *world_.unpack, analyser);
    if (!read) return AddLoss(path, member, LossKind::kUnsupported, read.error().message);
    capture::Story story = analyser.Finish();
    if (story.counters.packets == 0) return;
    ReadFile file{.path = path, .member = member, .format = "Android's memory log of HCI"};
    file.packets = story.counters.packets;
    if (story.first) file.first = *story.first;
    if (story.last) file.last = *story.last;
    evidence_.files.push_back(std::move(file));
    evidence_.stories.push_back(std::move(story));
  }

  void Refuse(const std::string& path, const std::string& member, LossKind kind,
              std::string sentence) {
    refusals_.push_back(sentence);
    AddLoss(path, member, kind, std::move(sentence));
  }
  void NoteDamage(const std::string& path, const std::string& member, std::string damage) {
    if (!damage.empty()) AddLoss(path, member, LossKind::kCorrupt, std::move(damage));
  }
  void AddLoss(const std::string& path, const std::string& member, LossKind kind,
               std::string text) {
    evidence::AddLoss(
        evidence_.losses,
        {.kind = kind, .where = {.file = path, .member = member}, .text = std::move(text)});
  }
  static std::string Join(const std::string& outer, const std::string& name) {
    return outer.empty() ? name : outer + " » " + name;
  }

  std::span<const evidence::CompanionApp> apps_;
  const World& world_;
  const language::Language& language_;
  CaseEvidence evidence_;
  Phone loose_;
  std::vector<std::string> refusals_;
};

}  // namespace

std::vector<evidence::BandSeen> CaseEvidence::Sightings() const {
  std::vector<evidence::BandSeen> seen;
  for (const auto& story : stories) seen.insert(seen.end(), story.bands.begin(), story.bands.end());
  for (const auto& phone : phones) seen.insert(seen.end(), phone.bands.begin(), phone.bands.end());
  return seen;
}

Result<CaseEvidence> Ingest(std::span<const std::string> paths,
                            std::span<const evidence::CompanionApp> apps, const World& world,
                            std::optional<LivePhone> live, const language::Language& language) {
  Ingester ingester(apps, world, language);
  if (live) ingester.ReadPhone(std::move(*live));
  for (const std::string& path : paths) ingester.ReadPath(path);
  return std::move(ingester).Finish();
}

}  // namespace bk::app
