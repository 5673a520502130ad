// Which output a text without marks is, by the lines that begin it.
#include <algorithm>
#include <optional>

#include "android/dump_text.h"
#include "android/log_shape.h"
#include "android/sectioner.h"
#include "base/text.h"

namespace bk::android {
namespace {

constexpr std::size_t kShapeLines = 60;
constexpr std::size_t kPartsMax = 1'000;

struct Opening {
  std::string_view line;  // a line starts with it, in column 0 unless it has its own blanks
  std::string_view next;  // what the next line must start with; empty: anything
  std::string_view name;  // the service
};

// First lines as each service prints them; Android 5 to 16.
constexpr Opening kOpenings[] = {
    {"Bluetooth Status", "", "bluetooth_manager"},
    {"Current AppOps Service state:", "", "appops"},
    {"Database versions:", "", "package"},
    {"Verifiers:", "  Required:", "package"},
    {"Activity Resolver Table:", "", "package"},
    {"Key Set Manager:", "", "package"},
    {"Packages:", "  Package [", "package"},
    {"Dexopt state:", "  [", "package"},
    {"POWER MANAGER (dumpsys power)", "", "power"},
    {"Power Manager State:", "", "power"},
    {"Current Alarm Manager state:", "", "alarm"},
    {"Current Notification Manager state:", "", "notification"},
    {"Current Battery Service state:", "", "battery"},
    {"Current Location Manager state:", "", "location"},
    {"Location Manager State:", "", "location"},
    {"Battery History (", "", "batterystats"},
    {"Statistics since last charge:", "", "batterystats"},
    {"Daily stats:", "", "batterystats"},
    {"ACTIVITY MANAGER ", "", "activity"},
    {"NetworkFactories for:", "", "connectivity"},
    {"NetworkProviders for:", "", "connectivity"},
    {"System ready: ", "Restrict background:", "netpolicy"},
    {"Restrict background: ", "", "netpolicy"},
    {"Companion Device Associations:", "", "companiondevice"},
    {"Settings:", "  min_", "jobscheduler"},
    {"Settings:", "  Constants:", "jobscheduler"},
    {"Settings:", "  enable_", "jobscheduler"},
    {"Started users: ", "Registered ", "jobscheduler"},
    {"  Settings:", "    light_", "deviceidle"},
    {"  Settings:", "    flex_time", "deviceidle"},
    {"  Settings:", "    inactive_to", "deviceidle"},
    {"  Whitelist (except idle) system apps:", "", "deviceidle"},
    {"  Whitelist system apps:", "", "deviceidle"},
    {"  Whitelist user apps:", "", "deviceidle"},
    {"user=", "  Last 24 hour events", "usagestats"},
    {"user=", "  In-memory", "usagestats"},
    {"GLOBAL SETTINGS (user ", "", "settings"},
    {"CONFIG SETTINGS (user ", "", "settings"},
    {"Current Device Policy Manager state:", "", "device_policy"},
    {"Enabled Device Admins (User", "", "device_policy"},
    {"Current user: ", "Users:", "user"},
    {"Users:", "  UserInfo{", "user"},
};

// Somebody's words before the heading, as in a forum: "Output: Bluetooth Status". Only headings
// that are a line of their own and are followed by indented text count, so that a sentence is none.
const Opening* FindPastedOpening(std::string_view line, std::string_view rest) {
  constexpr std::size_t kPrefixMax = 100;
  if (!rest.starts_with("  ")) return nullptr;
  for (const Opening& opening : kOpenings) {
    if (!opening.next.empty() || opening.line.ends_with(' ') || !line.ends_with(opening.line))
      continue;
    const std::string_view before = line.substr(0, line.size() - opening.line.size());
    if (!before.empty() && before.size() <= kPrefixMax &&
        (before.back() == ' ' || before.back() == '`'))
      return &opening;
  }
  return nullptr;
}

const Opening* FindOpening(std::string_view line, std::string_view rest) {
  for (const Opening& opening : kOpenings) {
    if (!line.starts_with(opening.line)) continue;
    if (opening.next.empty()) return &opening;
    std::string_view next = rest;
    while (!next.empty() && next.front() == '\n') next.remove_prefix(1);
    if (next.starts_with(opening.next)) return &opening;
  }
  return nullptr;
}

bool IsProperty(std::string_view line) {
  return line.starts_with('[') && line.find("]: [") != std::string_view::npos;
}
bool IsPackage(std::string_view line) { return line.starts_with("package:"); }
bool IsSetting(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  return line.substr(0, equals).find_first_of(" \t\"'(){}<>;") == std::string_view::npos;
}

// At least nine in ten of the first lines look so.
template <class Is>
bool HasShape(std::string_view text, Is is) {
  Lines lines(text);
  std::string_view line;
  std::size_t seen = 0, good = 0;
  while (seen < kShapeLines && lines.Next(line)) {
    if (Trim(line).empty()) continue;
    ++seen;
    good += is(line);
  }
  return good > 0 && good * 10 >= seen * 9;
}

// Which table of the settings a list is from, by keys that stand in one only.
std::optional<std::string_view> SettingsCommand(std::string_view text) {
  struct Key {
    std::string_view key;
    std::string_view command;
  };
  constexpr Key kKeys[] = {
      {"bluetooth_on=", "settings list global"},
      {"airplane_mode_on=", "settings list global"},
      {"device_provisioned=", "settings list global"},
      {"adb_enabled=", "settings list global"},
      {"android_id=", "settings list secure"},
      {"enabled_notification_listeners=", "settings list secure"},
      {"accessibility_enabled=", "settings list secure"},
      {"accessibility_button_mode=", "settings list secure"},
      {"location_mode=", "settings list secure"},
      {"default_input_method=", "settings list secure"},
      {"screen_brightness=", "settings list system"},
      {"screen_off_timeout=", "settings list system"},
      {"accelerometer_rotation=", "settings list system"},
  };
  Lines lines(text);
  std::string_view line;
  while (lines.Next(line))
    for (const Key& key : kKeys)
      if (line.starts_with(key.key)) return key.command;
  return std::nullopt;
}

// A line of one character over and over: what scripts print between two outputs.
bool IsRule(std::string_view line) {
  constexpr std::size_t kRuleChars = 10;
  line = Trim(line);
  return line.size() >= kRuleChars && std::string_view("=-#*_").contains(line.front()) &&
         line.find_first_not_of(line.front()) == std::string_view::npos;
}

// A line of a log that says when: what stands in a log alone. Dumps print times too, without the
// ids and the level behind it.
bool IsTimedLogLine(std::string_view line) {
  return !line.empty() && line.front() >= '0' && line.front() <= '9' && IsLogcatLine(line);
}

// Cuts a text into the outputs that were written or pasted into it one after another.
class OutputCutter {
 public:
  OutputCutter(const TextOrigin& origin, std::string_view text) : origin_(origin), text_(text) {}

  void Run() {
    Lines lines(text_);
    std::string_view line;
    while (lines.Next(line) && sections_.size() < kPartsMax) OnLine(line, lines.rest());
    Close(text_.data() + text_.size());
  }
  [[nodiscard]] std::vector<Section> sections() && { return std::move(sections_); }

 private:
  void OnLine(std::string_view line, std::string_view rest) {
    constexpr std::string_view kAbsent = "Can't find service: ";
    if (line.starts_with(kAbsent) &&
        std::ranges::binary_search(EvidenceServices(), Trim(line.substr(kAbsent.size()))))
      return Open(Section::Kind::kService, Trim(line.substr(kAbsent.size())), line);
    if (const Opening* opening = Begins(line, rest))
      return Open(Section::Kind::kService, opening->name, line);
    if (IsOutput(log_run_, IsTimedLogLine(line), line)) {
      if (!open_ || kind_ != Section::Kind::kLog) Open(Section::Kind::kLog, "", log_run_.first);
      return;
    }
    if (IsOutput(property_run_, IsProperty(line), line)) {
      if (!open_ || name_ != kProperties)
        Open(Section::Kind::kCommand, kProperties, property_run_.first);
      return;
    }
    // Logs and lists of properties end where something else is; of the dumps, each knows its own.
    if (!open_ || kind_ == Section::Kind::kService || Trim(line).empty()) return;
    strays_ = log_run_.length + property_run_.length > 0 ? 0 : strays_ + 1;
    if (IsRule(line) || strays_ >= kStrayLines) Close(line.data());
  }

  const Opening* Begins(std::string_view line, std::string_view rest) const {
    const Opening* opening = FindOpening(line, rest);
    if (!open_) return opening != nullptr ? opening : FindPastedOpening(line, rest);
    if (opening == nullptr) return nullptr;
    // Within activity, package and the like, lines of others do not begin another output unless
    // the whole heading is unmistakable.
    if (kind_ == Section::Kind::kService && !opening->next.empty()) return nullptr;
    // The first line of these comes once only: here the phone was asked a second time.
    const bool again = opening->name == kBluetooth && line == opening->line;
    return opening->name == name_ && !again ? nullptr : opening;
  }

  struct LineRun {
    std::size_t length = 0;
    std::string_view first;
  };
  // Whether the lines that look so are enough by now to be an output of their own.
  static bool IsOutput(LineRun& run, bool fits, std::string_view line) {
    if (!fits) {
      if (!Trim(line).empty()) run.length = 0;
      return false;
    }
    if (run.length++ == 0) run.first = line;
    return run.length >= kRunLines;
  }

  void Open(Section::Kind kind, std::string_view name, std::string_view line) {
    Close(line.data());
    open_ = true;
    start_ = line.data();
    kind_ = kind;
    name_ = name;
    strays_ = 0;
  }

  void Close(const char* at) {
    if (open_) {
      Section section = origin_.Make(kind_, name_, {start_, static_cast<std::size_t>(at - start_)});
      if (kind_ == Section::Kind::kCommand) {
        section.command = "getprop";
        section.cut = "pasted among other text";  // a choice of them, as far as can be told
      }
      if (kind_ == Section::Kind::kLog) section.source = evidence::SourceKind::kLog;
      sections_.push_back(std::move(section));
    }
    open_ = false;
    name_ = {};
  }

  static constexpr std::size_t kRunLines = 3;
  static constexpr std::size_t kStrayLines = 4;
  static constexpr std::string_view kBluetooth = "bluetooth_manager";
  static constexpr std::string_view kProperties = "SYSTEM PROPERTIES";

  const TextOrigin& origin_;
  std::string_view text_;
  std::vector<Section> sections_;
  bool open_ = false;
  const char* start_ = nullptr;
  Section::Kind kind_ = Section::Kind::kService;
  std::string_view name_;
  LineRun log_run_, property_run_;
  std::size_t strays_ = 0;
};

}  // namespace

std::vector<Section> SplitByContent(const TextOrigin& origin, std::string_view text) {
  std::vector<Section> sections;
  if (Trim(text).empty()) return sections;
  const auto whole = [&](std::string_view name, std::string_view command) {
    Section section = origin.Make(Section::Kind::kCommand, name, text);
    section.command = command;
    sections.push_back(std::move(section));
  };
  if (HasShape(text, IsProperty)) return whole("SYSTEM PROPERTIES", "getprop"), sections;
  if (HasShape(text, IsPackage)) return whole("pm list packages", "pm list packages"), sections;
  if (HasShape(text, IsSetting)) {
    if (const auto command = SettingsCommand(text)) return whole(*command, *command), sections;
  }

  OutputCutter cutter(origin, text);
  cutter.Run();
  return std::move(cutter).sections();
}

}  // namespace bk::android
