// dumpsys netpolicy and cmd netpolicy: Data Saver and whose background data is off.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

constexpr std::uint32_t kReject = 1;
constexpr std::uint32_t kAllow = 4;
constexpr std::size_t kUidsMax = 50'000;

void TakePolicy(Scope& scope, std::uint32_t uid, std::uint32_t policy, std::string_view line) {
  if (scope.state.uids.size() >= kUidsMax) return;
  Maybe<std::uint32_t>& known = scope.state.uids[uid].net_policy;
  known = scope.Make((known ? known->value : 0) | policy, line);
}

void ForgetPolicies(SystemState& state) {
  for (auto& [uid, facts] : state.uids) facts.net_policy.reset();
}

}  // namespace

void ParseNetPolicy(const Section& section, SystemState& state) {
  Scope scope(section, state);
  enum class List : std::uint8_t { kNone, kPolicies, kExempt, kBlocked } list = List::kNone;
  BlockCount count;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    if (line.empty()) continue;
    if (line.front() != ' ') {
      std::string_view text = line;
      list = List::kNone;
      if (Eat(text, "Restrict background: ")) {
        if (const auto on = ParseBool(text)) state.switches.data_saver = scope.Make(*on, line);
      } else if (text.starts_with("Policy for UIDs:")) {
        list = List::kPolicies;
        ForgetPolicies(state);
        state.saw_uid_policies = scope.whole();
      } else if (text.starts_with("Restrict background whitelist uids:") ||
                 text.starts_with("Restrict background allowlist uids:")) {
        list = List::kExempt;  // Android 7
      } else if (text.starts_with("Restrict background blacklist uids:")) {
        list = List::kBlocked;
      } else if (text.starts_with("Status for all known UIDs")) {
        break;  // nothing below is read
      }
      continue;
    }
    if (list == List::kNone) continue;
    std::string_view text = Trim(line);
    if (!Eat(text, "UID=")) {
      list = List::kNone;
      continue;
    }
    ++count.seen;
    const auto uid = LeadingInt(text);
    std::optional<std::int64_t> policy;
    if (list == List::kPolicies) {
      const auto value = Value(text, "policy");
      policy = value ? LeadingInt(*value) : std::nullopt;
    } else {
      policy = list == List::kExempt ? kAllow : kReject;
    }
    if (!uid || *uid < 0 || *uid > UINT32_MAX || !policy || *policy < 0 || *policy > UINT32_MAX) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    ++count.understood;
    TakePolicy(scope, static_cast<std::uint32_t>(*uid), static_cast<std::uint32_t>(*policy), line);
  }
  scope.Lose(count, "network policies");
}

// "Restrict background status: enabled", "Restrict background whitelisted UIDs: 10140 10143"
void ParseNetPolicyAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const std::string_view command = CommandOf(section);
  const bool exempt = command.find("restrict-background-whitelist") != std::string_view::npos;
  const bool blocked = command.find("restrict-background-blacklist") != std::string_view::npos;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = Trim(line);
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string_view value = text.substr(colon + 2);
    if (text.starts_with("Restrict background status")) {
      if (value == "enabled" || value == "disabled")
        state.switches.data_saver = scope.Make(value == "enabled", line);
    } else if (exempt || blocked) {
      if (blocked) state.saw_uid_policies = true;
      while (!value.empty()) {
        const std::string_view word = value.substr(0, value.find(' '));
        value.remove_prefix(std::min(value.size(), word.size() + 1));
        if (const auto uid = ParseInt<std::uint32_t>(word))
          TakePolicy(scope, *uid, exempt ? kAllow : kReject, line);
      }
    }
  }
}

}  // namespace bk::android::system
