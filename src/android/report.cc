#include "android/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "android/dump_text.h"
#include "android/log/log_reader.h"
#include "android/sectioner.h"
#include "android/text.h"
#include "android/text_kind.h"
#include "base/limits.h"
#include "base/text.h"

namespace bk::android {
namespace {

using evidence::LossKind;

constexpr std::size_t kTextsMax = limits::kArchiveMembersMax;
constexpr double kTextLikenessMin = 0.7;
// "*** SERVICE 'bluetooth_manager' DUMP TIMEOUT (10000ms) EXPIRED ***"
constexpr std::string_view kGaveUp = "' DUMP TIMEOUT (";
constexpr const char* kLogSentence = "a log of Android (logcat)";
constexpr std::string_view kBoardSentence = "the vendor's part of a bug report (dumpstate board)";

// A report that collected as many services and the last ones of the alphabet has asked for all.
constexpr std::uint32_t kServicesOfWholeReport = 40;
constexpr std::string_view kLateServices[] = {"webviewupdate", "wifi", "wifip2p", "window",
                                              "wallpaper"};

bool IsPath(std::string_view word, std::string_view program) {
  return word == program ||
         (word.ends_with(program) && word[word.size() - program.size() - 1] == '/');
}

// The service that `dumpsys [options] NAME …` asks for; empty for all of them or another command.
struct DumpsysCall {
  bool is = false;
  std::string_view service;
  bool machine = false;  // prints a form for machines: none of the parsers reads it
};
DumpsysCall ReadDumpsysCall(std::string_view command) {
  DumpsysCall call;
  if (!IsPath(TakeWord(command), "dumpsys")) return call;
  call.is = true;
  for (std::string_view word = TakeWord(command); !word.empty(); word = TakeWord(command)) {
    if (word == "--checkin" || word == "-c" || word == "--proto") call.machine = true;
    if (!call.service.empty()) continue;
    if (word == "-t" || word == "-T" || word == "--priority" || word == "--skip") {
      TakeWord(command);
      continue;
    }
    if (!word.starts_with('-')) call.service = word;
  }
  return call;
}

// A log and the Bluetooth dump in one file: by its heading and the line that always follows.
bool HoldsBluetoothDump(std::string_view text) {
  constexpr std::string_view kHeading = "Bluetooth Status";
  for (std::size_t at = text.find(kHeading); at != std::string_view::npos;
       at = text.find(kHeading, at)) {
    at += kHeading.size();
    std::string_view rest = text.substr(at, 20);
    Take(rest, "\r");
    if (rest.starts_with("\n  enabled: ")) return true;
  }
  return false;
}

bool IsPackageList(std::string_view command) {
  return command.starts_with("pm list packages") ||
         command.starts_with("cmd package list packages");
}

// What a phone says instead of an answer. Empty: this is an answer.
std::string_view Refusal(std::string_view text) {
  text = Trim(text.substr(0, 2000));
  while (text.starts_with('\n')) text = Trim(text.substr(1));
  const std::string_view line = Trim(text.substr(0, text.find('\n')));
  for (const std::string_view start :
       {"Permission Denial", "Permission denial", "java.lang.SecurityException",
        "Exception occurred while executing", "Security exception:", "Error: java.lang.Security"})
    if (line.starts_with(start)) return line;
  if (line.ends_with(": not found") || line.ends_with(": inaccessible or not found") ||
      line.ends_with("Permission denied"))
    return line;
  return {};
}

}  // namespace

struct ReportReader::Impl {
  Impl(const ports::PatternCompiler& compiler_in, std::span<const evidence::CompanionApp> apps_in)
      : apps(apps_in), logs(compiler_in, apps_in) {}

  std::span<const evidence::CompanionApp> apps;
  log::LogReader logs;
  PhoneState state;
  // Of the text that is being read.
  evidence::Loss damage;
  bool kept = false;
  // Where a whole report stands that has no Bluetooth service, though it asked for all.
  std::optional<evidence::Where> no_bluetooth;

  // Keeps the text and gives it decoded.
  TextOrigin Keep(Bytes bytes, std::string file, std::string member, evidence::SourceKind source) {
    DecodedText decoded = DecodeText(bytes);
    TextOrigin origin{.text = decoded.text, .file = file, .member = member, .source = source};
    damage = {};
    if (!decoded.damage.empty())
      damage = {.kind = LossKind::kCorrupt,
                .where = origin.Make(Section::Kind::kFile, "", origin.text).At(origin.text),
                .count = std::max<std::uint64_t>(1, decoded.nuls + decoded.invalid),
                .text = std::string(decoded.damage)};
    kept = state.texts.size() < kTextsMax;
    if (kept)
      state.texts.push_back({.file = std::move(file),
                             .member = std::move(member),
                             .text = decoded.text,
                             .decoded = std::move(decoded.owned)});
    else
      Lose({.kind = LossKind::kTooLarge,
            .where = origin.Make(Section::Kind::kFile, "", origin.text).At(origin.text),
            .text = "more texts than are read"});
    if (!kept) origin.text = {};
    return origin;
  }

  void Lose(evidence::Loss loss) { evidence::AddLoss(state.losses, std::move(loss)); }

  void ReadLog(const Section& section) {
    // What stands in a refused log is the refusal: the sectioner has counted it.
    if (Trim(section.body).empty() || section.cut.starts_with("failed")) return;
    logs.Add(section, state.log);
  }

  void ReadService(const Section& section) {
    if (section.name == "bluetooth_manager")
      ParseBluetoothSection(section, state.bluetooth, state.losses);
    else if (section.name == "package")
      ParsePackageSection(section, apps, state.packages, state.losses);
    else if (section.name == "companiondevice")
      ParseCompanionDeviceSection(section, state.packages, state.losses);
    else
      system::ReadSystemSection(section, state.system);
  }

  void ReadCommand(const Section& section) {
    const std::string_view command = section.command;
    if (const DumpsysCall call = ReadDumpsysCall(command); call.is) {
      if (call.machine || call.service.empty()) return;
      Section service = section;
      if (call.service == "bluetooth_manager" || call.service == "package" ||
          call.service == "companiondevice") {
        service.name = std::string(call.service);
        service.kind = Section::Kind::kService;
      }
      ReadService(service);
      return;
    }
    if (IsPackageList(command)) {
      ParsePackageList(section, apps, state.packages, state.losses);
      return;
    }
    if (command.starts_with("pm list features")) {
      ParseFeatureList(section, state.packages);
      return;
    }
    if (command.starts_with("cmd companiondevice list")) {
      ParseCompanionDeviceSection(section, state.packages, state.losses);
      return;
    }
    system::ReadSystemSection(section, state.system);
  }

  void Read(const Section& section) {
    switch (section.kind) {
      case Section::Kind::kService:
        return ReadService(section);
      case Section::Kind::kCommand:
        return ReadCommand(section);
      case Section::Kind::kLog:
        return ReadLog(section);
      case Section::Kind::kHeader:
        system::ReadSystemSection(section, state.system);
        return;
      case Section::Kind::kFile:
        return;
    }
  }

  void KeepSnooz(const TextOrigin& origin, const SplitText& split) {
    const Section place = origin.Make(Section::Kind::kService, "bluetooth_manager", origin.text);
    for (const SnoozText& block : split.snooz) {
      const evidence::Where where = place.At(block.base64);
      if (!block.whole)
        Lose({.kind = LossKind::kTruncated,
              .where = where,
              .text = "the packed Bluetooth log in the dump has no end"});
      state.snooz.push_back({.base64 = block.base64, .whole = block.whole, .where = where});
    }
  }

  void KeepSplit(const TextOrigin& origin, const SplitText& split) {
    KeepSnooz(origin, split);
    for (const evidence::Loss& loss : split.losses) Lose(loss);
    for (const Section& section : split.sections) Read(section);
    NoteAbsentBluetooth(origin, split);
  }

  // Three ways to see that there is no Bluetooth service: dumpsys says so, its list of running
  // services lacks it, or a report that asked for all services to the last got none.
  void NoteAbsentBluetooth(const TextOrigin& origin, const SplitText& split) {
    if (no_bluetooth) return;
    const auto has = [](const auto& names, std::string_view name) {
      return std::ranges::find(names, name) != std::ranges::end(names);
    };
    bool found = false, late = false, cut = false;
    for (const Section& section : split.sections) {
      if (section.kind == Section::Kind::kService) {
        found = found || section.name == "bluetooth_manager";
        late = late || has(kLateServices, section.name);
      }
      cut = cut || (section.name.starts_with("DUMPSYS") && !section.cut.empty());
    }
    if (found) return;
    const bool said = has(split.absent, "bluetooth_manager");
    const bool not_running = split.running.size() >= kServicesOfWholeReport &&
                             !has(split.running, "bluetooth_manager") &&
                             std::ranges::any_of(kLateServices, [&](std::string_view name) {
                               return has(split.running, name);
                             });
    const bool not_dumped = split.has_header && split.complete && late && !cut &&
                            split.services >= kServicesOfWholeReport;
    if (!said && !not_running && !not_dumped) return;
    no_bluetooth =
        origin.Make(Section::Kind::kService, "bluetooth_manager", origin.text).At(origin.text);
  }

  // The outputs that stand before the first mark, or a text that has no marks at all.
  std::vector<Section> ReadUnmarked(const TextOrigin& origin, std::string_view text) {
    std::vector<Section> sections = SplitByContent(origin, text);
    for (const Section& section : sections) Read(section);
    return sections;
  }

  void KeepHeader(const SplitText& split) {
    if (!split.has_header || state.header) return;
    state.header = ReportHeader{.time = split.time,
                                .fingerprint = std::string(split.fingerprint),
                                .build = std::string(split.build),
                                .complete = split.complete,
                                .services = split.services};
  }

  Recognised ReadReport(const TextOrigin& origin, const SplitText& split) {
    KeepHeader(split);
    KeepSplit(origin, split);
    if (!split.has_header) ReadUnmarked(origin, split.unmarked);
    Recognised result{.kind = TextKind::kBugReport};
    result.sentence = split.has_header ? "a bug report" : "a part of a bug report";
    const std::string_view android = AndroidOfFingerprint(split.fingerprint);
    if (!android.empty()) result.sentence += fmt::format(" of Android {}", android);
    result.sentence +=
        fmt::format(", {} service{}", split.services, split.services == 1 ? "" : "s");
    if (split.ends_early) result.sentence += ", not whole";
    return result;
  }

  Recognised ReadDumpsys(const TextOrigin& origin, const SplitText& split) {
    KeepSplit(origin, split);
    ReadUnmarked(origin, split.unmarked);
    return {.kind = TextKind::kDumpsys,
            .name = {},
            .sentence = fmt::format("dumpsys of {} service{}", split.services,
                                    split.services == 1 ? "" : "s")};
  }

  Recognised ReadLogFile(const TextOrigin& origin, TextKind kind) {
    TextOrigin log = origin;
    log.source = evidence::SourceKind::kLog;
    const bool tombstone = kind == TextKind::kTombstone;
    ReadLog(log.Make(tombstone ? Section::Kind::kFile : Section::Kind::kLog, "", log.text));
    Recognised result{.kind = kind};
    switch (kind) {
      case TextKind::kGadgetbridgeLog:
        result.sentence = "a log of Gadgetbridge";
        break;
      case TextKind::kKernelLog:
        result.sentence = "a log of the kernel";
        break;
      case TextKind::kTombstone:
        result.sentence = "a native crash";
        break;
      default:
        result.sentence = kLogSentence;
        break;
    }
    return result;
  }

  Recognised ReadOutputs(const std::vector<Section>& sections) {
    std::vector<std::string_view> names;
    bool log = false, commands = false;
    for (const Section& section : sections) {
      log = log || section.kind == Section::Kind::kLog;
      commands = commands || section.kind == Section::Kind::kCommand;
      if (section.kind != Section::Kind::kLog &&
          std::ranges::find(names, section.name) == names.end())
        names.push_back(section.name);
    }
    if (names.empty()) return {.kind = TextKind::kLogcat, .name = {}, .sentence = kLogSentence};
    Recognised result;
    if (names.size() > 1) {
      result.kind = TextKind::kDumpsys;
      result.sentence = commands ? fmt::format("{} outputs of the phone", names.size())
                                 : fmt::format("dumpsys of {} services", names.size());
    } else {
      const Section& only = *std::ranges::find(sections, names.front(), &Section::name);
      result.kind = TextKind::kOutput;
      result.name = only.command == "getprop" ? "getprop" : only.name;
      result.sentence = only.kind == Section::Kind::kService
                            ? fmt::format("the output of dumpsys {}", result.name)
                            : fmt::format("the output of {}", result.name);
    }
    if (log) result.sentence += ", with a log";
    return result;
  }

  Recognised Add(Bytes bytes, std::string file, std::string member) {
    const Recognised result = Recognise(bytes, std::move(file), std::move(member));
    if (!result.useful()) {
      // What is no evidence need not be kept to find lines in it, and its damage is no loss.
      if (kept) state.texts.pop_back();
    } else if (!damage.text.empty()) {
      Lose(std::move(damage));
    }
    return result;
  }

  Recognised Recognise(Bytes bytes, std::string file, std::string member) {
    const TextOrigin origin =
        Keep(bytes, std::move(file), std::move(member), evidence::SourceKind::kBugReport);
    if (Trim(origin.text).empty()) return Nothing("an empty text");
    const SplitText split = SplitSections(origin);
    if (kept) state.texts.back().line_marks = split.line_marks;
    const bool marked = split.has_header || split.services > 0;
    if (!marked && TextLikeness(origin.text) < kTextLikenessMin) return Nothing("no text");
    if (split.has_header || (split.known_titles > 0 && (split.services > 0 || split.commands > 2)))
      return ReadReport(origin, split);
    if (split.services > 0) return ReadDumpsys(origin, split);

    switch (const TextKind kind = KindByShape(origin.text)) {
      case TextKind::kLogcat:
        if (HoldsBluetoothDump(origin.text)) break;
        return ReadLogFile(origin, kind);
      case TextKind::kGadgetbridgeLog:
      case TextKind::kKernelLog:
      case TextKind::kTombstone:
        return ReadLogFile(origin, kind);
      case TextKind::kProgressLog:
        return {.kind = kind,
                .name = {},
                .sentence = "dumpstate's log of its own work: the report itself is another file"};
      default:
        break;
    }
    if (split.known_titles > 0) return ReadReport(origin, split);
    const std::vector<Section> outputs = ReadUnmarked(origin, origin.text);
    if (!outputs.empty()) {
      KeepSnooz(origin, split);
      Recognised read = ReadOutputs(outputs);
      // The vendor's part may hold an output that is known here (getprop) among its own commands.
      if (split.commands > 2) {
        read.kind = TextKind::kBoard;
        read.sentence = std::string(kBoardSentence);
      }
      return read;
    }
    if (!split.snooz.empty() || !split.absent.empty()) {
      KeepSplit(origin, split);
      return {.kind = TextKind::kOutput,
              .name = "bluetooth_manager",
              .sentence = "a part of the output of dumpsys bluetooth_manager"};
    }
    if (split.commands > 2)
      return {.kind = TextKind::kBoard, .name = {}, .sentence = std::string(kBoardSentence)};
    return Nothing("no report, dump or log that is known here");
  }

  static Recognised Nothing(std::string_view sentence) {
    return {.kind = TextKind::kNothing, .name = {}, .sentence = std::string(sentence)};
  }

  Recognised AddOutput(std::string_view command, Bytes bytes, std::string phone_name,
                       std::string cut) {
    command = Trim(command);
    for (const std::string_view before : {"adb ", "shell "})
      if (command.starts_with(before)) command = Trim(command.substr(before.size()));
    const DumpsysCall call = ReadDumpsysCall(command);
    std::string_view words = command;
    const std::string_view program = TakeWord(words);
    const bool log = IsPath(program, "logcat");
    const bool kernel = IsPath(program, "dmesg");
    TextOrigin origin =
        Keep(bytes, std::move(phone_name), std::string(command),
             log || kernel ? evidence::SourceKind::kLog : evidence::SourceKind::kPhone);
    if (!damage.text.empty()) Lose(std::move(damage));
    Recognised result{.kind = TextKind::kOutput, .name = std::string(command), .sentence = {}};
    result.sentence = fmt::format("the phone's answer to {}", command);
    if (const std::string_view refusal = Refusal(origin.text); !refusal.empty()) {
      Lose({.kind = LossKind::kRefused,
            .where = origin.Make(Section::Kind::kFile, "", origin.text).At(refusal),
            .text = fmt::format("the phone did not answer {}", command)});
      return result;
    }
    if (log || kernel) {
      result.kind = log ? TextKind::kLogcat : TextKind::kKernelLog;
      Section section = origin.Make(Section::Kind::kLog, kernel ? "KERNEL LOG" : "", origin.text);
      section.cut = std::move(cut);
      ReadLog(section);
      return result;
    }
    const SplitText split = SplitSections(origin);
    if (call.is && (call.service.empty() || split.services > 1)) {
      result.kind = TextKind::kDumpsys;
      KeepSplit(origin, split);
      return result;
    }
    KeepSnooz(origin, split);
    Section section = call.is ? origin.Make(Section::Kind::kService, call.service, origin.text)
                              : origin.Make(Section::Kind::kCommand, command, origin.text);
    section.command = command;
    section.cut = std::move(cut);
    // dumpsys itself gave up on the service.
    if (section.cut.empty() && origin.text.find(kGaveUp) != std::string_view::npos) {
      section.cut = "timed out";
      Lose({.kind = LossKind::kTruncated,
            .where = section.At(origin.text),
            .text = fmt::format("the phone's answer to {} is not whole: its service took too long",
                                command)});
    }
    if (call.is) {
      result.name = std::string(call.service);
      if (!call.machine) ReadService(section);
    } else {
      ReadCommand(section);
    }
    return result;
  }

  PhoneState Finish() {
    if (no_bluetooth && state.bluetooth.dumps == 0 && !state.bluetooth.has_service &&
        state.packages.has_bluetooth != true && state.packages.has_bluetooth_le != true) {
      state.bluetooth.has_service = false;
      state.bluetooth.where = *no_bluetooth;
    }
    for (evidence::BandSeen& band : Sightings(state.bluetooth)) KeepBand(std::move(band));
    for (evidence::BandSeen& band : Sightings(state.packages)) KeepBand(std::move(band));
    FillPhone();
    return std::move(state);
  }

  // One device once: the surest sighting, with a name if any gave one.
  void KeepBand(evidence::BandSeen band) {
    for (evidence::BandSeen& seen : state.bands) {
      const bool same = band.address ? seen.address == band.address
                                     : !seen.address && !band.masked_address.empty() &&
                                           seen.masked_address == band.masked_address;
      if (!same || (!band.name.empty() && !seen.name.empty() && band.name != seen.name)) continue;
      if (band.likeness > seen.likeness) std::swap(band, seen);
      if (seen.name.empty()) seen.name = std::move(band.name);
      return;
    }
    if (state.bands.size() < limits::kPeersMax) state.bands.push_back(std::move(band));
  }

  void FillPhone() {
    const system::DeviceFacts& device = state.system.device;
    evidence::Phone& phone = state.phone;
    const auto take = [&](const system::Maybe<std::string>& fact, std::string& into) {
      if (!fact) return;
      into = fact->value;
      if (phone.where.file.empty()) phone.where = state.system.WhereOf(fact->place);
    };
    take(device.maker, phone.maker);
    take(device.model, phone.model);
    take(device.android_version, phone.android_version);
    take(device.patch, phone.patch);
    take(device.skin, phone.skin);
    take(device.skin_version, phone.skin_version);
    if (device.sdk) phone.sdk = device.sdk->value;
    if (phone.android_version.empty() && device.fingerprint)
      phone.android_version = std::string(AndroidOfFingerprint(device.fingerprint->value));
    if (phone.sdk == 0) phone.sdk = SdkOfAndroid(phone.android_version);
  }

  // Levels of the versions that this room reads; 0 for what is not a release ("UpsideDownCake").
  static int SdkOfAndroid(std::string_view version) {
    struct Level {
      std::string_view version;
      int sdk;
    };
    constexpr Level kLevels[] = {
        {"5", 21},     {"5.0", 21},   {"5.0.1", 21}, {"5.0.2", 21}, {"5.1", 22},
        {"5.1.1", 22}, {"6", 23},     {"6.0", 23},   {"6.0.1", 23}, {"7", 24},
        {"7.0", 24},   {"7.1", 25},   {"7.1.1", 25}, {"7.1.2", 25}, {"8", 26},
        {"8.0.0", 26}, {"8.1.0", 27}, {"9", 28},     {"10", 29},    {"11", 30},
        {"12", 31},    {"13", 33},    {"14", 34},    {"15", 35},    {"16", 36}};
    for (const Level& level : kLevels)
      if (level.version == version) return level.sdk;
    return 0;
  }
};

ReportReader::ReportReader(const ports::PatternCompiler& compiler,
                           std::span<const evidence::CompanionApp> apps)
    : impl_(std::make_unique<Impl>(compiler, apps)) {}
ReportReader::~ReportReader() = default;
ReportReader::ReportReader(ReportReader&&) noexcept = default;
ReportReader& ReportReader::operator=(ReportReader&&) noexcept = default;

Recognised ReportReader::Add(Bytes bytes, std::string file, std::string member) {
  return impl_->Add(bytes, std::move(file), std::move(member));
}

Recognised ReportReader::AddOutput(std::string_view command, Bytes bytes, std::string phone_name,
                                   std::string cut) {
  return impl_->AddOutput(command, bytes, std::move(phone_name), std::move(cut));
}

PhoneState ReportReader::Finish() && { return impl_->Finish(); }

}  // namespace bk::android
