// Live evidence of a phone: the same outputs that a bug report holds, asked for one by one, read by
// the same parsers. Nothing on the phone is changed, and nothing but its own shell is used.
//
// Two round trips: what the phone is, then everything else at once, each with a time-out and a
// limit of bytes. What a phone refuses, cuts short or answers too late is a Loss; the rest still
// tells.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "android/report.h"
#include "base/result.h"
#include "evidence/companion_app.h"
#include "language/language.h"
#include "ports/phone.h"
#include "ports/scan.h"

namespace bk::app {

// What the first round trip told: enough to know what to ask.
struct PhoneBasics {
  int sdk = 0;  // 0: not told; then what every version has is asked
  std::string maker;
  int user = 0;                       // of the phone's users, the one who uses it now
  std::vector<std::string> packages;  // installed, of those that are read
};
PhoneBasics ReadBasics(std::string_view getprop, std::string_view current_user,
                       std::string_view package_list, std::span<const evidence::CompanionApp> apps);

// The first round trip, and the second for such a phone.
std::vector<ports::PhoneCommand> FirstCommands();
std::vector<ports::PhoneCommand> CommandsFor(const PhoneBasics& basics);

// What the live phone is called where places are told: "phone » dumpsys power, line 3".
inline constexpr const char* kLivePhone = "phone";

struct CollectedPhone {
  android::PhoneState state;
  std::vector<evidence::Loss> losses;               // what is missing of the state
  std::vector<std::unique_ptr<std::string>> texts;  // what the state points into
  std::string description;  // "Redmi Note 8, Android 9, asked over adb: 31 answers"
};

// Errors are about the phone as a whole: kStopped by the person, kNotReadable when it does not
// answer at all.
// `language` of what it tells, outlives the call; null: English.
// Brisk: a question that the phone says nothing to is given up soon after all others are answered.
enum class Patience : std::uint8_t { kBrisk, kPatient };
Result<CollectedPhone> CollectPhone(ports::Phone& phone, const ports::PatternCompiler& patterns,
                                    std::span<const evidence::CompanionApp> apps,
                                    Patience patience = Patience::kBrisk,
                                    const language::Language* language = nullptr);

}  // namespace bk::app
