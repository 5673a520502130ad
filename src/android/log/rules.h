// Which literal leads to which reading of a line. Inside the room only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "android/log/log_line.h"
#include "android/log/log_state.h"
#include "evidence/companion_app.h"

namespace bk::android::log {

// What the rules of one log share.
struct RuleContext {
  std::span<const evidence::CompanionApp> apps;
  // Gives a fact about the line that is being read.
  std::function<void(FactKind, int code, std::string_view address, std::string_view package,
                     std::string_view text)>
      say;
  std::map<int, std::string, std::less<>> package_of_pid;
  std::map<std::string, std::string, std::less<>> address_of_connection;  // by "clientIf/connId"
  std::map<std::string, bool, std::less<>> connected;                     // by address

  // The package (without ":service") of a companion app's process; empty for any other process.
  [[nodiscard]] std::string_view Companion(std::string_view process) const;
  // The companion app that wrote the line: by its process or tag; empty when it is none.
  [[nodiscard]] std::string_view Writer(const LogLine& line) const;
};

// Codes of kStackCrash: what kind of proof it is.
inline constexpr int kCrashByItsOwnWords = 1;
inline constexpr int kProcessEnded = 2;  // may be the normal end after switching off

bool IsBluetoothProcess(std::string_view process);
// A tag of the Bluetooth stack, its Java parts, or the kernel.
bool IsBluetoothTag(std::string_view tag);
// The number after `key` in `text`: decimal or "0x" hexadecimal; nullopt when there is none.
std::optional<int> NumberAfter(std::string_view text, std::string_view key);
// The first address in `text`; empty when there is none.
std::string_view AddressIn(std::string_view text);

struct Rule {
  std::string_view literal;
  void (*read)(const LogLine&, RuleContext&);
};
std::span<const Rule> BluetoothRules();
std::span<const Rule> AppRules();
std::span<const Rule> CompanionRules();
// A line that names a companion's package: what vendors' cleaners say.
void ReadPackageLine(const LogLine& line, RuleContext& context);

}  // namespace bk::android::log
