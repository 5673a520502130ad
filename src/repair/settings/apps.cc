// What belongs to one app: its app-ops, permissions, whether it is enabled, its standby class.
// Sources: AOSP, AppOpsService's, PackageManager's and ActivityManager's shell commands.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/shell_quote.h"
#include "base/text.h"
#include "repair/messages.h"
#include "repair/settings/kind.h"
#include "repair/settings/package_text.h"

namespace bk::repair::kinds {
namespace {

// A name and the Android that brought it; what is not listed always was, or is not known here.
using Since = std::pair<std::string_view, int>;
int SinceSdk(std::span<const Since> known, std::string_view name) {
  const auto found = std::ranges::find(known, name, &Since::first);
  return found == known.end() ? 0 : found->second;
}

// ---- app-ops

// What an op's mode is when nobody set it; setting that mode makes Android forget the entry, while
// the word "default" would be stored as a mode of its own, which many places read as "not allowed".
std::string_view DefaultMode(std::string_view op) {
  constexpr std::array kAllowed = {
      "RUN_ANY_IN_BACKGROUND", "RUN_IN_BACKGROUND", "START_FOREGROUND",  "WAKE_LOCK",
      "FINE_LOCATION",         "COARSE_LOCATION",   "POST_NOTIFICATION", "BLUETOOTH_SCAN",
      "BLUETOOTH_CONNECT"};
  for (const std::string_view allowed : kAllowed)
    if (op == allowed) return "allow";
  return "default";
}

constexpr std::array kNewOps = {Since{"RUN_ANY_IN_BACKGROUND", 28}, Since{"START_FOREGROUND", 28},
                                Since{"BLUETOOTH_SCAN", 28}, Since{"BLUETOOTH_CONNECT", 31}};
bool HasOp(const PhoneTraits& traits, std::string_view op) {
  return traits.AtLeast(SinceSdk(kNewOps, op));
}

bool IsMode(std::string_view mode) {
  constexpr std::array kModes = {"allow", "ignore", "deny", "default", "foreground", "ask"};
  for (const std::string_view known : kModes)
    if (mode == known) return true;
  return false;
}

std::vector<ports::PhoneCommand> ReadOp(const PhoneTraits& traits, const Parts& parts) {
  if (!HasOp(traits, parts.of[1])) return {};
  return {Command("appops get " + traits.UserOption() + ShellQuote(parts.of[0]) + " " +
                  ShellQuote(parts.of[1]))};
}

std::optional<SettingValue> ParseOp(const PhoneTraits&, const Parts& parts,
                                    const ports::PhoneCommand&, std::string_view out) {
  constexpr std::string_view kUid = "Uid mode: ";
  bool understood = false;
  std::string_view line;
  while (NextLine(out, line)) {
    std::string_view text = Trim(line);
    if (text.starts_with("No operations.") || text.starts_with("Default mode:")) {
      understood = true;
      continue;
    }
    const bool of_uid = text.starts_with(kUid);
    if (of_uid) text.remove_prefix(kUid.size());
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string_view name = text.substr(0, colon);
    // Xiaomi's own switches have numbers: "MIUIOP(10008): ignore".
    if (const auto number = After(name, "MIUIOP(")) name = *number;
    if (name != parts.of[1]) continue;
    const std::string_view rest = text.substr(colon + 2);
    const std::string_view mode = Trim(rest.substr(0, rest.find_first_of("; (")));
    if (!IsMode(mode)) continue;
    understood = true;
    if (of_uid == (parts.kind == "uid_op")) return std::string(mode);
  }
  return understood ? std::optional<SettingValue>("default") : std::nullopt;
}

std::vector<Way> WriteOp(const PhoneTraits& traits, const Parts& parts, const SettingValue& to) {
  if (!to || !IsMode(*to) || !HasOp(traits, parts.of[1])) return {};
  const std::string mode(*to == "default" ? DefaultMode(parts.of[1]) : std::string_view(*to));
  return OneWay("appops set " + traits.UserOption() + (parts.kind == "uid_op" ? "--uid " : "") +
                ShellQuote(parts.of[0]) + " " + ShellQuote(parts.of[1]) + " " + mode);
}

bool SameOp(const Parts& parts, const std::string& a, const std::string& b) {
  const auto meaning = [&](const std::string& mode) {
    return mode == "default" ? DefaultMode(parts.of[1]) : std::string_view(mode);
  };
  return meaning(a) == meaning(b);
}

// ---- dumpsys package

constexpr std::array kNewPermissions = {Since{"android.permission.BLUETOOTH_CONNECT", 31},
                                        Since{"android.permission.BLUETOOTH_SCAN", 31},
                                        Since{"android.permission.BLUETOOTH_ADVERTISE", 31},
                                        Since{"android.permission.POST_NOTIFICATIONS", 33},
                                        Since{"android.permission.ACCESS_BACKGROUND_LOCATION", 29}};
bool HasPermission(const PhoneTraits& traits, std::string_view permission) {
  return traits.AtLeast(SinceSdk(kNewPermissions, permission));
}

std::vector<ports::PhoneCommand> ReadPermission(const PhoneTraits& traits, const Parts& parts) {
  if (!HasPermission(traits, parts.of[1])) return {};
  return ReadPackage(traits, parts);
}

std::optional<SettingValue> ParsePermission(const PhoneTraits& traits, const Parts& parts,
                                            const ports::PhoneCommand&, std::string_view out) {
  const auto package = FindPackage(out, parts.of[0], traits.user);
  if (!package) return std::nullopt;
  const auto granted = package->Granted(parts.of[1]);
  // A value that is none: repair/setting.cc says that the app does not ask for it.
  return granted ? SettingValue(*granted ? "granted" : "denied") : SettingValue{};
}

std::vector<Way> WritePermission(const PhoneTraits& traits, const Parts& parts,
                                 const SettingValue& to) {
  if (!HasPermission(traits, parts.of[1]) || (to != "granted" && to != "denied")) return {};
  return OneWay(std::string("pm ") + (*to == "granted" ? "grant " : "revoke ") +
                traits.UserOption() + ShellQuote(parts.of[0]) + " " + ShellQuote(parts.of[1]));
}

constexpr std::array<std::string_view, 5> kEnabledWords = {"default", "enabled", "disabled",
                                                           "disabled-user", "disabled-until-used"};

std::optional<SettingValue> ParseEnabled(const PhoneTraits& traits, const Parts& parts,
                                         const ports::PhoneCommand&, std::string_view out) {
  const auto package = FindPackage(out, parts.of[0], traits.user);
  if (!package || package->enabled < 0 ||
      package->enabled >= static_cast<int>(kEnabledWords.size()))
    return std::nullopt;
  return std::string(kEnabledWords[static_cast<std::size_t>(package->enabled)]);
}

std::vector<Way> WriteEnabled(const PhoneTraits& traits, const Parts& parts,
                              const SettingValue& to) {
  if (!to) return {};
  const std::string app = traits.UserOption() + ShellQuote(parts.of[0]);
  if (*to == "enabled") return OneWay("pm enable " + app);
  if (*to == "default") return OneWay("pm default-state " + app);
  if (*to == "disabled") return OneWay("pm disable " + app);
  if (*to == "disabled-user") return OneWay("pm disable-user " + app);
  if (*to == "disabled-until-used") return OneWay("pm disable-until-used " + app);
  return {};
}

// enabled and default are one: a companion app's manifest never has it off.
bool SameEnabled(const Parts&, const std::string& a, const std::string& b) {
  const auto on = [](const std::string& state) { return state == "default" || state == "enabled"; };
  return a == b || (on(a) && on(b));
}

bool IsOff(const PackageText& package) {
  constexpr int kDisabled = 2, kDisabledByUser = 3;
  return package.enabled == kDisabled || package.enabled == kDisabledByUser;
}

std::optional<SettingValue> ParseStopped(const PhoneTraits& traits, const Parts& parts,
                                         const ports::PhoneCommand&, std::string_view out) {
  const auto package = FindPackage(out, parts.of[0], traits.user);
  if (!package || !package->stopped) return std::nullopt;
  return IsOff(*package) ? std::string("disabled") : YesNo(*package->stopped);
}

std::vector<Way> WriteStopped(const PhoneTraits& traits, const Parts& parts,
                              const SettingValue& to) {
  const std::string app = traits.UserOption() + ShellQuote(parts.of[0]);
  const auto yes = IsYes(to);
  if (!yes) return {};
  if (*yes) return OneWay("am force-stop " + app);
  std::vector<Way> ways;
  if (traits.AtLeast(35)) ways.push_back({Command("pm unstop " + app)});
  // Before Android 15 only being opened takes the mark away.
  ways.push_back(
      {Command("monkey -p " + ShellQuote(parts.of[0]) + " -c android.intent.category.LAUNCHER 1")});
  return ways;
}

// Stopped for a moment: what ends it is being opened, also where the mark alone could be taken
// away.
std::vector<Way> WriteClosed(const PhoneTraits& traits, const Parts& parts,
                             const SettingValue& to) {
  const auto yes = IsYes(to);
  if (!yes) return {};
  const std::string app = ShellQuote(parts.of[0]);
  if (*yes) return OneWay("am force-stop " + traits.UserOption() + app);
  return {{Command("monkey -p " + app + " -c android.intent.category.LAUNCHER 1")},
          {Command("am start " + app)}};
}

// ---- standby

std::vector<ports::PhoneCommand> ReadBucket(const PhoneTraits& traits, const Parts& parts) {
  if (!traits.AtLeast(28)) return {};
  return {Command("am get-standby-bucket " + traits.UserOption() + ShellQuote(parts.of[0]))};
}

std::optional<SettingValue> ParseBucket(const PhoneTraits&, const Parts&,
                                        const ports::PhoneCommand&, std::string_view out) {
  const auto bucket = ParseInt<int>(FirstLine(out));
  return bucket && *bucket > 0 && *bucket <= 50
             ? std::optional<SettingValue>(std::to_string(*bucket))
             : std::nullopt;
}

std::vector<Way> WriteBucket(const PhoneTraits& traits, const Parts& parts,
                             const SettingValue& to) {
  const auto bucket = to ? ParseInt<int>(*to) : std::nullopt;
  if (!bucket || !traits.AtLeast(28) || *bucket < 5 || *bucket > 50) return {};
  // 5 is for apps that are exempt from battery limits; it comes back with the exemption.
  return OneWay("am set-standby-bucket " + traits.UserOption() + ShellQuote(parts.of[0]) + " " +
                std::to_string(*bucket == 5 ? 10 : *bucket));
}

bool SameBucket(const Parts&, const std::string& a, const std::string& b) {
  const auto meaning = [](const std::string& bucket) { return bucket == "5" ? "10" : bucket; };
  return meaning(a) == meaning(b);
}

std::vector<ports::PhoneCommand> ReadLevel(const PhoneTraits& traits, const Parts& parts) {
  if (!traits.AtLeast(33)) return {};
  return {Command("am get-bg-restriction-level " + traits.UserOption() + ShellQuote(parts.of[0]))};
}

constexpr std::array<std::string_view, 6> kLevels = {"unrestricted",          "exempted",
                                                     "adaptive_bucket",       "restricted_bucket",
                                                     "background_restricted", "hibernation"};

std::optional<SettingValue> ParseLevel(const PhoneTraits&, const Parts&, const ports::PhoneCommand&,
                                       std::string_view out) {
  const std::string_view word = FirstLine(out);
  for (const std::string_view level : kLevels)
    if (word == level) return std::string(level);
  return std::nullopt;
}

std::vector<Way> WriteLevel(const PhoneTraits& traits, const Parts& parts, const SettingValue& to) {
  if (!traits.AtLeast(33) || !to) return {};
  for (const std::string_view level : kLevels)
    if (*to == level)
      return OneWay("am set-bg-restriction-level " + traits.UserOption() + ShellQuote(parts.of[0]) +
                    " " + *to);
  return {};
}

// The three that do not hold an app back: which one it is follows from its battery exemption.
bool SameLevel(const Parts&, const std::string& a, const std::string& b) {
  const auto free = [](const std::string& level) {
    return level == "unrestricted" || level == "exempted" || level == "adaptive_bucket";
  };
  return a == b || (free(a) && free(b));
}

}  // namespace

const Kind kAppOp{.name = "app_op",
                  .parts = 2,
                  .read = ReadOp,
                  .parse = ParseOp,
                  .write = WriteOp,
                  .same = SameOp};
const Kind kUidOp{.name = "uid_op",
                  .parts = 2,
                  .read = ReadOp,
                  .parse = ParseOp,
                  .write = WriteOp,
                  .same = SameOp};
const Kind kPermission{.name = "permission",
                       .parts = 2,
                       .read = ReadPermission,
                       .parse = ParsePermission,
                       .write = WritePermission,
                       .restore_note = &kNoteSays.permission};
const Kind kPackageEnabled{.name = "package_enabled",
                           .parts = 1,
                           .read = ReadPackage,
                           .parse = ParseEnabled,
                           .write = WriteEnabled,
                           .same = SameEnabled,
                           .restore_note = &kNoteSays.enabled};
const Kind kStopped{.name = "stopped",
                    .parts = 1,
                    .read = ReadPackage,
                    .parse = ParseStopped,
                    .write = WriteStopped,
                    .restore_note = &kNoteSays.opened};
const Kind kClosed{.name = "closed",
                   .parts = 1,
                   .read = ReadPackage,
                   .parse = ParseStopped,
                   .write = WriteClosed,
                   .settle = std::chrono::seconds(5)};
const Kind kStandbyBucket{.name = "standby_bucket",
                          .parts = 1,
                          .read = ReadBucket,
                          .parse = ParseBucket,
                          .write = WriteBucket,
                          .same = SameBucket,
                          .restore_note = &kNoteSays.moves};
const Kind kBackgroundLevel{.name = "background_level",
                            .parts = 1,
                            .read = ReadLevel,
                            .parse = ParseLevel,
                            .write = WriteLevel,
                            .same = SameLevel,
                            .restore_note = &kNoteSays.moves};

}  // namespace bk::repair::kinds
