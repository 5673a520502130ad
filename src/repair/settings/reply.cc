#include "repair/settings/reply.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "repair/messages.h"

namespace bk::repair {
namespace {

using Why = Refusal::Why;
constexpr const RefusalMessages& kSays = kRefusalSays;

struct Sign {
  std::string_view words;
  Why why;
  const Message* sentence;
};

// Looked for in each line, in this order: the first that fits decides.
constexpr std::array kSigns = {
    // What is not there.
    Sign{"has not requested permission", Why::kNotHere, &kSays.not_asked_for},
    Sign{"Unknown permission", Why::kNotHere, &kSays.no_permission},
    Sign{"Unknown package", Why::kNotHere, &kSays.not_installed},
    Sign{"Unable to find package", Why::kNotHere, &kSays.not_installed},
    Sign{"No UID for", Why::kNotHere, &kSays.not_installed},
    Sign{"is not installed for", Why::kNotHere, &kSays.not_installed},
    Sign{"not found for user", Why::kNotHere, &kSays.not_installed},
    Sign{"Unknown operation string", Why::kNotHere, &kSays.no_op},
    Sign{"No activities found to run", Why::kNotHere, &kSays.no_screen},
    Sign{"unable to resolve Intent", Why::kNotHere, &kSays.no_page},
    Sign{"does not exist", Why::kNotHere, &kSays.no_page},
    Sign{"Error type 3", Why::kNotHere, &kSays.no_page},
    Sign{"Can't find service", Why::kNotHere, &kSays.no_command},
    Sign{"Unknown command", Why::kNotHere, &kSays.no_command},
    Sign{"Unknown option", Why::kNotHere, &kSays.no_command},
    Sign{"unknown option", Why::kNotHere, &kSays.no_command},
    Sign{"inaccessible or not found", Why::kNotHere, &kSays.no_command},
    Sign{": not found", Why::kNotHere, &kSays.no_command},
    Sign{"No shell command implementation", Why::kNotHere, &kSays.no_command},
    // What somebody else decides.
    Sign{"olicy fixed", Why::kManaged, &kSays.managed},
    Sign{"ystem fixed", Why::kManaged, &kSays.managed},
    Sign{"isallowed by", Why::kManaged, &kSays.managed},
    Sign{"evice owner", Why::kManaged, &kSays.managed},
    // What the shell may not do.
    Sign{"Shell cannot change component state", Why::kNotAllowed, &kSays.finger},
    Sign{"is not a changeable permission type", Why::kNotAllowed, &kSays.comes_with_app},
    Sign{"clearing user data is forbidden", Why::kNotAllowed, &kSays.finger},
    Sign{"SecurityException", Why::kNotAllowed, &kSays.finger},
    Sign{"ecurity exception", Why::kNotAllowed, &kSays.finger},
    Sign{"ermission denial", Why::kNotAllowed, &kSays.finger},
    Sign{"ermission Denial", Why::kNotAllowed, &kSays.finger},
    Sign{"ermission denied", Why::kNotAllowed, &kSays.finger},
    Sign{"does not have permission", Why::kNotAllowed, &kSays.finger},
    Sign{"does not have android.permission", Why::kNotAllowed, &kSays.finger},
    Sign{"Neither user ", Why::kNotAllowed, &kSays.finger},
    Sign{"requires INJECT_EVENTS", Why::kNotAllowed, &kSays.finger},
    Sign{"INJECT_EVENTS permission", Why::kNotAllowed, &kSays.finger},
    // What went wrong otherwise.
    Sign{"Exception", Why::kUnclear, &kSays.error},
    Sign{"Failed with status", Why::kUnclear, &kSays.did_not_manage},
    Sign{"Failure", Why::kUnclear, &kSays.error},
    Sign{"Failed", Why::kUnclear, &kSays.error},
    Sign{"Error", Why::kUnclear, &kSays.error},
    Sign{"error:", Why::kUnclear, &kSays.error},
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

const Message* SwitchOf(const PhoneTraits& traits) {
  if (traits.maker == "xiaomi") return &kSays.switch_xiaomi;
  if (traits.maker == "oppo" || traits.maker == "realme" || traits.maker == "oneplus")
    return &kSays.switch_oppo;
  return nullptr;
}

std::optional<Refusal> RefusalInLine(const PhoneTraits& traits, std::string_view line) {
  // `am start` warns when the page was in front already.
  if (Trim(line).starts_with("Warning:")) return std::nullopt;
  for (const Sign& sign : kSigns) {
    if (line.find(sign.words) == std::string_view::npos) continue;
    Refusal refusal{sign.why, traits.Say(*sign.sentence), Printable(line)};
    if (sign.why == Why::kNotAllowed && SwitchOf(traits) != nullptr &&
        std::ranges::any_of(kHeldBack, [&](std::string_view permission) {
          return line.find(permission) != std::string_view::npos;
        })) {
      refusal.why = Why::kSecuritySwitch;
      refusal.sentence = traits.Say(*SwitchOf(traits));
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

std::optional<Refusal> BadEnd(const PhoneTraits& traits, const ports::PhoneAnswer& answer) {
  if (answer.exit == 0 || answer.exit == -1) return std::nullopt;
  if (answer.exit == 127) return Refusal{Why::kNotHere, traits.Say(kSays.no_command), ""};
  return Refusal{Why::kUnclear, traits.Say(kSays.error),
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

std::optional<Refusal> NoAnswer(const PhoneTraits& traits, const ports::PhoneAnswer& answer) {
  if (answer.ran() || answer.end == ports::PhoneAnswer::End::kTooLong) return std::nullopt;
  return Refusal{Why::kNoAnswer, answer.why.empty() ? traits.Say(kSays.no_answer) : answer.why, ""};
}

std::optional<Refusal> RefusalInReply(const PhoneTraits& traits, const ports::PhoneAnswer& answer) {
  if (auto none = NoAnswer(traits, answer)) return none;
  if (auto refusal = RefusalInText(traits, answer.err, kLinesMax)) return refusal;
  if (auto refusal = RefusalInText(traits, answer.out, kLinesMax)) return refusal;
  return BadEnd(traits, answer);
}

std::optional<Refusal> RefusalInDump(const PhoneTraits& traits, const ports::PhoneAnswer& answer) {
  constexpr std::size_t kBefore = 2;
  if (auto none = NoAnswer(traits, answer)) return none;
  if (auto refusal = RefusalInText(traits, answer.err, kLinesMax)) return refusal;
  if (auto refusal = RefusalInText(traits, answer.out, kBefore)) return refusal;
  // dumpsys package says so in the middle of what it prints of every app.
  if (answer.out.find("Unable to find package: ") != std::string::npos)
    return RefusalInLine(traits, "Unable to find package");
  return BadEnd(traits, answer);
}

}  // namespace bk::repair
