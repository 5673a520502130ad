// What can only be read: it shows whether a person has done on the phone what was asked.
#include <algorithm>

#include "base/shell_quote.h"
#include "base/text.h"
#include "repair/settings/kind.h"
#include "repair/settings/package_text.h"

namespace bk::repair::kinds {
namespace {

// ---- running

std::vector<ports::PhoneCommand> ReadRunning(const PhoneTraits&, const Parts& parts) {
  // pidof ends with 1 and without a word when there is no such process: the echo tells that from
  // a phone that has no pidof.
  return {Command("pidof " + ShellQuote(parts.of[0]) + "; echo \"=$?\"")};
}

std::optional<SettingValue> ParseRunning(const PhoneTraits&, const Parts&,
                                         const ports::PhoneCommand&, std::string_view out) {
  std::string_view line;
  bool process = false;
  while (NextLine(out, line)) {
    line = Trim(line);
    if (line == "=0") return YesNo(process);
    if (line == "=1") return "no";
    process = process || ParseInt<int>(line.substr(0, line.find(' '))).has_value();
  }
  return std::nullopt;
}

// ---- notification listener, bound

std::vector<ports::PhoneCommand> ReadNotification(const PhoneTraits&, const Parts&) {
  return {Dump("dumpsys notification")};
}

std::optional<SettingValue> ParseListenerLive(const PhoneTraits&, const Parts& parts,
                                              const ports::PhoneCommand&, std::string_view out) {
  const std::size_t begin = out.find("Live notification listeners (");
  if (begin == std::string_view::npos) return std::nullopt;
  std::string_view rest = out.substr(begin);
  std::string_view line;
  NextLine(rest, line);
  const std::string own = std::string(parts.of[0]) + "/";
  // "      ManagedServiceInfo[component=ComponentInfo{PKG/CLS},...]" or the component alone, until
  // the next heading, which ends with a colon.
  while (NextLine(rest, line)) {
    if (Trim(line).ends_with(':') || Trim(line).empty()) break;
    if (line.find("{" + own) != std::string_view::npos || Trim(line).starts_with(own)) return "yes";
  }
  return "no";
}

// ---- bonds

std::vector<ports::PhoneCommand> ReadBonded(const PhoneTraits&, const Parts&) {
  return {Dump("dumpsys bluetooth_manager")};
}

// "AA-BB-CC-DD-EE-FF" as "AA:BB:CC:DD:EE:FF"
std::string Address(std::string_view text) {
  std::string address(text);
  std::ranges::replace(address, '-', ':');
  return address;
}

bool StartsWithAddress(std::string_view text) {
  constexpr std::size_t kLength = 17;
  if (text.size() < kLength) return false;
  for (std::size_t i = 0; i < kLength; ++i) {
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f') ||
                     c == 'X' || c == 'x';
    if (i % 3 == 2 ? c != ':' : !hex) return false;
  }
  return true;
}

std::optional<SettingValue> ParseBonded(const PhoneTraits&, const Parts& parts,
                                        const ports::PhoneCommand&, std::string_view out) {
  const std::size_t begin = out.find("Bonded devices:");
  // While Bluetooth is off the list is not printed: it is not empty for that.
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string address = Address(parts.of[0]);
  std::string_view rest = out.substr(begin);
  std::string_view line;
  NextLine(rest, line);
  while (NextLine(rest, line)) {
    const std::string_view text = Trim(line);
    if (text.empty()) continue;  // Android 13 prints one before entries with an identity address
    if (!StartsWithAddress(text)) break;
    const std::size_t second = text.find("=> ");
    if (StartsWithNoCase(text, address) ||
        (second != std::string_view::npos && StartsWithNoCase(text.substr(second + 3), address)))
      return "yes";
  }
  return "no";
}

// ---- the app's version and age

bool SaysNoPackage(std::string_view out, std::string_view package) {
  return out.find("Unable to find package: " + std::string(package)) != std::string_view::npos ||
         out.find("Packages:") != std::string_view::npos;
}

// What `tell` says of the app; no value where it is not installed for this user.
std::optional<SettingValue> OfInstalled(const PhoneTraits& traits, const Parts& parts,
                                        std::string_view out,
                                        std::optional<SettingValue> (*tell)(const PackageText&)) {
  const auto package = FindPackage(out, parts.of[0], traits.user);
  if (package && package->installed) return tell(*package);
  return package || SaysNoPackage(out, parts.of[0]) ? std::optional<SettingValue>(SettingValue{})
                                                    : std::nullopt;
}

std::optional<SettingValue> ParseVersion(const PhoneTraits& traits, const Parts& parts,
                                         const ports::PhoneCommand&, std::string_view out) {
  return OfInstalled(traits, parts, out, [](const PackageText& app) -> std::optional<SettingValue> {
    return std::string(app.version_name) + " (" + std::string(app.version_code) + ")";
  });
}

std::optional<SettingValue> ParseInstalledAt(const PhoneTraits& traits, const Parts& parts,
                                             const ports::PhoneCommand&, std::string_view out) {
  return OfInstalled(traits, parts, out, [](const PackageText& app) -> std::optional<SettingValue> {
    if (app.first_install.empty()) return std::nullopt;
    return std::string(app.first_install);
  });
}

// ---- the phone

std::vector<ports::PhoneCommand> ReadBuild(const PhoneTraits&, const Parts&) {
  return {Command("getprop ro.build.fingerprint")};
}

std::optional<SettingValue> ParseBuild(const PhoneTraits&, const Parts&, const ports::PhoneCommand&,
                                       std::string_view out) {
  const std::string_view line = FirstLine(out);
  return line.empty() ? std::nullopt : std::optional<SettingValue>(std::string(line));
}

std::vector<ports::PhoneCommand> ReadInternet(const PhoneTraits&, const Parts&) {
  return {Dump("dumpsys connectivity")};
}

std::optional<SettingValue> ParseInternet(const PhoneTraits&, const Parts&,
                                          const ports::PhoneCommand&, std::string_view out) {
  const auto network = After(out, "Active default network: ", " \r\n");
  if (!network || network->empty()) return std::nullopt;
  return YesNo(*network != "none");
}

}  // namespace

const Kind kRunning{
    .name = "running", .parts = 1, .read = ReadRunning, .parse = ParseRunning, .write = nullptr};
const Kind kListenerLive{.name = "listener_live",
                         .parts = 1,
                         .read = ReadNotification,
                         .parse = ParseListenerLive,
                         .write = nullptr};
const Kind kBonded{
    .name = "bonded", .parts = 1, .read = ReadBonded, .parse = ParseBonded, .write = nullptr};
const Kind kVersion{
    .name = "version", .parts = 1, .read = ReadPackage, .parse = ParseVersion, .write = nullptr};
const Kind kInstalledAt{.name = "installed_at",
                        .parts = 1,
                        .read = ReadPackage,
                        .parse = ParseInstalledAt,
                        .write = nullptr};
const Kind kSystemBuild{
    .name = "system_build", .parts = 0, .read = ReadBuild, .parse = ParseBuild, .write = nullptr};
const Kind kInternet{
    .name = "internet", .parts = 0, .read = ReadInternet, .parse = ParseInternet, .write = nullptr};

}  // namespace bk::repair::kinds
