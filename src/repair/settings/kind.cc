#include "repair/settings/kind.h"

#include <algorithm>

#include "base/shell_quote.h"
#include "base/text.h"
#include "repair/messages.h"
#include "repair/settings/reply.h"

namespace bk::repair::kinds {
namespace {

const std::array kKinds = {
    &kGlobal,          &kSecure,
    &kSystem,          &kAppOp,
    &kUidOp,           &kPermission,
    &kPackageEnabled,  &kStopped,
    &kClosed,          &kStandbyBucket,
    &kBackgroundLevel, &kDozeExempt,
    &kDataSaverExempt, &kNotificationListener,
    &kBluetooth,       &kAirplaneMode,
    &kBatterySaver,    &kLocation,
    &kDataSaver,       &kRunning,
    &kListenerLive,    &kBonded,
    &kVersion,         &kInstalledAt,
    &kSystemBuild,     &kInternet,
};

// Names of packages, classes, permissions, rows and addresses: what a phone could have. They are
// quoted for the shell all the same.
bool IsName(std::string_view part) {
  constexpr std::size_t kLongest = 300;
  return !part.empty() && part.size() <= kLongest && part.front() != '-' &&
         std::ranges::all_of(part, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == ':' || c == '$' || c == '-' || c == '*';
         });
}

}  // namespace

const Kind* Find(const SettingId& id, Parts& parts) {
  const std::string_view text = id.text;
  std::array<std::string_view, 3> pieces;
  std::size_t count = 0;
  for (std::size_t at = 0;; ++count) {
    if (count == pieces.size()) return nullptr;
    const std::size_t slash = text.find('/', at);
    pieces[count] = text.substr(at, slash == std::string_view::npos ? slash : slash - at);
    if (slash == std::string_view::npos) break;
    at = slash + 1;
  }
  parts = {pieces[0], {pieces[1], pieces[2]}};
  for (const Kind* kind : kKinds) {
    if (kind->name != parts.kind || kind->parts != count) continue;
    for (std::size_t i = 0; i < count; ++i)
      if (!IsName(parts.of[i])) return nullptr;
    return kind;
  }
  return nullptr;
}

ports::PhoneCommand Command(std::string line) {
  return {.line = std::move(line), .bytes_max = std::size_t{256} * 1024};
}
ports::PhoneCommand Dump(std::string line) {
  return {.line = std::move(line),
          .time_out = std::chrono::seconds(20),
          .bytes_max = std::size_t{8} * 1024 * 1024};
}
std::vector<ports::PhoneCommand> ReadPackage(const PhoneTraits&, const Parts& parts) {
  return {Dump("dumpsys package " + ShellQuote(parts.of[0]))};
}
std::vector<Way> OneWay(std::string line) { return {{Command(std::move(line))}}; }

std::string YesNo(bool yes) { return yes ? "yes" : "no"; }
std::string OnOff(bool on) { return on ? "on" : "off"; }
std::optional<bool> IsYes(const SettingValue& value) {
  if (value == "yes") return true;
  if (value == "no") return false;
  return std::nullopt;
}
std::optional<bool> IsOn(const SettingValue& value) {
  if (value == "on") return true;
  if (value == "off") return false;
  return std::nullopt;
}
std::string_view FirstLine(std::string_view out) { return Trim(out.substr(0, out.find('\n'))); }

Refusal NoWay(const PhoneTraits& traits, const SettingId& id) {
  Parts parts;
  if (Find(id, parts) == nullptr)
    return {.why = Refusal::Why::kUnclear,
            .sentence = traits.Say(kRefusalSays.unknown_setting, {{"id", Printable(id.text)}})};
  return {.why = Refusal::Why::kNotHere,
          .sentence = traits.Say(kRefusalSays.no_way, {{"what", Describe(traits, id)}})};
}

}  // namespace bk::repair::kinds
