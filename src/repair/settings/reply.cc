#include "repair/settings/reply.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace bk::repair {
namespace {

using Why = Refusal::Why;

struct Sign {
  std::string_view words;
  Why why;
  std::string_view sentence;
};

constexpr std::string_view kFinger =
    "Android on this phone does not let a computer do this; it takes a finger on the phone.";
constexpr std::string_view kManagedText =
    "The phone's administrator or its system fixes this setting; whoever manages the phone can "
    "change it.";
constexpr std::string_view kNoCommand = "This phone's Android does not know this command.";

// Looked for in each line, in this order: the first that fits decides.
constexpr std::array kSigns = {
    // What is not there.
    Sign{"has not requested permission", Why::kNotHere,
         "The app does not ask for this permission."},
    Sign{"Unknown permission", Why::kNotHere, "This Android has no such permission."},
    Sign{"Unknown package", Why::kNotHere, "The app is not installed for this user of the phone."},
    Sign{"Unable to find package", Why::kNotHere,
         "The app is not installed for this user of the phone."},
    Sign{"No UID for", Why::kNotHere, "The app is not installed for this user of the phone."},
    Sign{"is not installed for", Why::kNotHere,
         "The app is not installed for this user of the phone."},
    Sign{"not found for user", Why::kNotHere,
         "The app is not installed for this user of the phone."},
    Sign{"Unknown operation string", Why::kNotHere, "This phone has no such app switch."},
    Sign{"No activities found to run", Why::kNotHere,
         "The app has no screen to open, or it is switched off."},
    Sign{"unable to resolve Intent", Why::kNotHere, "This phone has no such page."},
    Sign{"does not exist", Why::kNotHere, "This phone has no such page."},
    Sign{"Error type 3", Why::kNotHere, "This phone has no such page."},
    Sign{"Can't find service", Why::kNotHere, kNoCommand},
    Sign{"Unknown command", Why::kNotHere, kNoCommand},
    Sign{"Unknown option", Why::kNotHere, kNoCommand},
    Sign{"unknown option", Why::kNotHere, kNoCommand},
    Sign{"inaccessible or not found", Why::kNotHere, kNoCommand},
    Sign{": not found", Why::kNotHere, kNoCommand},
    Sign{"No shell command implementation", Why::kNotHere, kNoCommand},
    // What somebody else decides.
    Sign{"olicy fixed", Why::kManaged, kManagedText},
    Sign{"ystem fixed", Why::kManaged, kManagedText},
    Sign{"isallowed by", Why::kManaged, kManagedText},
    Sign{"evice owner", Why::kManaged, kManagedText},
    // What the shell may not do.
    Sign{"Shell cannot change component state", Why::kNotAllowed, kFinger},
    Sign{"is not a changeable permission type", Why::kNotAllowed,
         "Android gives this permission with the app; it cannot be changed."},
    Sign{"clearing user data is forbidden", Why::kNotAllowed, kFinger},
    Sign{"SecurityException", Why::kNotAllowed, kFinger},
    Sign{"ecurity exception", Why::kNotAllowed, kFinger},
    Sign{"ermission denial", Why::kNotAllowed, kFinger},
    Sign{"ermission Denial", Why::kNotAllowed, kFinger},
    Sign{"ermission denied", Why::kNotAllowed, kFinger},
    Sign{"does not have permission", Why::kNotAllowed, kFinger},
    Sign{"does not have android.permission", Why::kNotAllowed, kFinger},
    Sign{"Neither user ", Why::kNotAllowed, kFinger},
    Sign{"requires INJECT_EVENTS", Why::kNotAllowed, kFinger},
    Sign{"INJECT_EVENTS permission", Why::kNotAllowed, kFinger},
    // What went wrong otherwise.
    Sign{"Exception", Why::kUnclear, "The phone answered with an error."},
    Sign{"Failed with status", Why::kUnclear, "The phone tried and did not manage."},
    Sign{"Failure", Why::kUnclear, "The phone answered with an error."},
    Sign{"Failed", Why::kUnclear, "The phone answered with an error."},
    Sign{"Error", Why::kUnclear, "The phone answered with an error."},
    Sign{"error:", Why::kUnclear, "The phone answered with an error."},
};

// The permissions of adb's shell that Xiaomi's and OPPO's systems hold back until a switch among
// the developer options is on.
constexpr std::array<std::string_view, 11> kHeldBack = {
    "WRITE_SECURE_SETTINGS",
    "GRANT_RUNTIME_PERMISSIONS",
    "REVOKE_RUNTIME_PERMISSIONS",
    "MANAGE_APP_OPS_MODES",
    "CLEAR_APP_USER_DATA",
    "INJECT_EVENTS",
    "CHANGE_APP_IDLE_STATE",
    "DEVICE_POWER",
    "MANAGE_NETWORK_POLICY",
    "CHANGE_COMPONENT_ENABLED_STATE",
    "clearing user data is forbidden",
};

std::string_view SwitchOf(const PhoneTraits& traits) {
  if (traits.maker == "xiaomi")
    return "This phone forbids it over the cable until its own switch is on: Settings > Additional "
           "settings > Developer options > USB debugging (Security settings). It asks for a Mi "
           "account and a SIM card. Switch it on, restart the phone, and try again.";
  if (traits.maker == "oppo" || traits.maker == "realme" || traits.maker == "oneplus")
    return "This phone forbids it over the cable until its own switch is on: Settings > Developer "
           "options > Disable permission monitoring. Switch it on and try again.";
  return {};
}

std::optional<Refusal> RefusalInLine(const PhoneTraits& traits, std::string_view line) {
  // `am start` warns when the page was in front already.
  if (Trim(line).starts_with("Warning:")) return std::nullopt;
  for (const Sign& sign : kSigns) {
    if (line.find(sign.words) == std::string_view::npos) continue;
    Refusal refusal{sign.why, std::string(sign.sentence), Printable(line)};
    if (sign.why == Why::kNotAllowed && !SwitchOf(traits).empty() &&
        std::ranges::any_of(kHeldBack, [&](std::string_view permission) {
          return line.find(permission) != std::string_view::npos;
        })) {
      refusal.why = Why::kSecuritySwitch;
      refusal.sentence = SwitchOf(traits);
    }
    return refusal;
  }
  return std::nullopt;
}

// A line that names the reason stands deep in a stack trace at times; the first lines are enough.
constexpr std::size_t kLinesMax = 40;

std::optional<Refusal> RefusalInText(const PhoneTraits& traits, std::string_view text,
                                     std::size_t lines_max) {
  std::optional<Refusal> found;
  std::string_view line;
  for (std::size_t i = 0; i < lines_max && NextLine(text, line); ++i) {
    std::optional<Refusal> refusal = RefusalInLine(traits, line);
    if (!refusal) continue;
    // "Exception occurred while executing" is followed by the line that says which.
    if (!found || (found->why == Why::kUnclear && refusal->why != Why::kUnclear) ||
        refusal->why == Why::kSecuritySwitch)
      found = std::move(refusal);
  }
  return found;
}

std::optional<Refusal> BadEnd(const ports::PhoneAnswer& answer) {
  if (answer.exit == 0 || answer.exit == -1) return std::nullopt;
  if (answer.exit == 127) return Refusal{Why::kNotHere, std::string(kNoCommand), ""};
  return Refusal{Why::kUnclear, "The phone answered with an error.",
                 Printable(answer.err.empty() ? answer.out : answer.err)};
}

}  // namespace

std::string Printable(std::string_view text) {
  constexpr std::size_t kShown = 200;
  std::string shown;
  for (const char c : Trim(text)) {
    if (shown.size() == kShown) return shown + "...";
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte >= 0x7f ? ' ' : c;
  }
  return shown;
}

std::optional<Refusal> NoAnswer(const ports::PhoneAnswer& answer) {
  if (answer.ran() || answer.end == ports::PhoneAnswer::End::kTooLong) return std::nullopt;
  return Refusal{Why::kNoAnswer,
                 answer.why.empty() ? "The phone did not answer; look at the cable." : answer.why,
                 ""};
}

std::optional<Refusal> RefusalInReply(const PhoneTraits& traits, const ports::PhoneAnswer& answer) {
  if (auto none = NoAnswer(answer)) return none;
  if (auto refusal = RefusalInText(traits, answer.err, kLinesMax)) return refusal;
  if (auto refusal = RefusalInText(traits, answer.out, kLinesMax)) return refusal;
  return BadEnd(answer);
}

std::optional<Refusal> RefusalInDump(const PhoneTraits& traits, const ports::PhoneAnswer& answer) {
  constexpr std::size_t kBefore = 2;
  if (auto none = NoAnswer(answer)) return none;
  if (auto refusal = RefusalInText(traits, answer.err, kLinesMax)) return refusal;
  if (auto refusal = RefusalInText(traits, answer.out, kBefore)) return refusal;
  // dumpsys package says so in the middle of what it prints of every app.
  if (answer.out.find("Unable to find package: ") != std::string::npos)
    return RefusalInLine(traits, "Unable to find package");
  return BadEnd(answer);
}

}  // namespace bk::repair
