// dumpsys appops and appops get: what each app may do.
#include <algorithm>
#include <array>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

constexpr std::size_t kOpsPerAppMax = 200;

std::optional<Op> FindOp(std::string_view name) {
  constexpr std::array<Op, 14> kAll{
      Op::kRunInBackground,  Op::kRunAnyInBackground, Op::kStartForeground, Op::kWakeLock,
      Op::kFineLocation,     Op::kCoarseLocation,     Op::kBluetoothScan,   Op::kBluetoothConnect,
      Op::kPostNotification, Op::kExactAlarm,         Op::kAutoRevoke,      Op::kBootCompleted,
      Op::kMiuiAutostart,    Op::kMiuiAutostartSecond};
  // The first letters of the names above.
  constexpr std::string_view kFirst = "RSWFCBPAM";
  if (name.empty() || kFirst.find(name.front()) == std::string_view::npos) return std::nullopt;
  for (const Op op : kAll)
    if (OpName(op) == name) return op;
  return std::nullopt;
}

std::optional<OpMode> FindMode(std::string_view text) {
  text = Trim(text);
  constexpr std::array<std::pair<std::string_view, OpMode>, 7> kModes{{
      {"allow", OpMode::kAllow},
      {"ignore", OpMode::kIgnore},
      {"deny", OpMode::kDeny},
      {"default", OpMode::kDefault},
      {"foreground", OpMode::kForeground},
      {"ask", OpMode::kAsk},
      {"errored", OpMode::kDeny},
  }};
  for (const auto& [name, mode] : kModes)
    if (text.starts_with(name)) return mode;
  // Android 7 and 8 write numbers; 5 is MIUI's "ask".
  if (const auto number = LeadingInt(text); number && *number >= 0 && *number <= 5)
    return static_cast<OpMode>(*number);
  return std::nullopt;
}

void TakeOp(std::vector<OpFact>& ops, OpFact fact) {
  for (OpFact& known : ops)
    if (known.op == fact.op && known.whole_uid == fact.whole_uid) {
      known = fact;
      return;
    }
  if (ops.size() < kOpsPerAppMax) ops.push_back(fact);
}

class AppOpsReader {
 public:
  explicit AppOpsReader(Scope& scope) : scope_(scope) {}

  void Read(std::string_view body) {
    std::string_view line;
    while (NextLine(body, line)) {
      const std::size_t indent = Indent(line);
      if (indent == line.size()) continue;
      if (indent <= 2) {
        Heading(line, line.substr(indent));
      } else if (in_uid_) {
        if (indent == 4) {
          Package(line.substr(4));
        } else if (indent == 6) {
          OpLine(line, line.substr(6));
        } else if (op_ != nullptr) {
          Reject(line, line.substr(indent));
        }
      }
    }
    scope_.Lose(uids_, "uids of the app-ops dump");
    scope_.Lose(ops_, "app-ops");
    if (uids_.understood > 0) scope_.state.saw_appops = scope_.whole();
  }

 private:
  void Heading(std::string_view line, std::string_view text) {
    op_ = nullptr;
    app_ = nullptr;
    in_uid_ = false;
    // "Uid u0a12:"; but "Uid State Changes Event Log:" is a heading of its own.
    if (!Eat(text, "Uid ")) return;
    text = text.substr(0, text.find(':'));
    if (text.find(' ') != std::string_view::npos) return;
    ++uids_.seen;
    const auto uid = ParseUid(text);
    if (!uid) {
      if (uids_.first_unread.data() == nullptr) uids_.first_unread = line;
      return;
    }
    ++uids_.understood;
    in_uid_ = true;
    uid_ = *uid;
  }

  void Package(std::string_view text) {
    op_ = nullptr;
    if (!Eat(text, "Package ")) return;  // "state=…", "capability=…"
    text = text.substr(0, text.find(':'));
    if (text.empty()) return;
    app_ = &scope_.App(text);
    if (!app_->uid || *app_->uid >= kUidsPerUser) app_->uid = uid_;
  }

  void OpLine(std::string_view line, std::string_view text) {
    op_ = nullptr;
    // "NAME: mode=0; time=…" or "NAME (allow / switch OTHER=ignore): ". MIUI's own ops have
    // brackets in their names: MIUIOP(10008).
    const std::size_t numbered = text.find(": mode=");
    const std::size_t worded = text.find(" (");
    std::string_view name, mode_text;
    if (numbered != std::string_view::npos) {
      name = text.substr(0, numbered);
      mode_text = text.substr(numbered + 7);
    } else if (worded != std::string_view::npos) {
      name = text.substr(0, worded);
      mode_text = text.substr(worded + 2);
    } else {
      return;
    }
    const auto op = FindOp(name);
    if (!op) return;
    ++ops_.seen;
    const auto mode = FindMode(mode_text);
    if (!mode) {
      if (ops_.first_unread.data() == nullptr) ops_.first_unread = line;
      return;
    }
    ++ops_.understood;
    OpFact fact{.op = *op, .mode = *mode, .whole_uid = app_ == nullptr, .place = scope_.At(line)};
    // A package belongs to one uid per user: a clone's (user 999) must not hide the owner's.
    fact.user = static_cast<int>(uid_ / kUidsPerUser);
    std::vector<OpFact>& ops = app_ == nullptr ? scope_.state.uids[uid_].ops : app_->ops;
    for (OpFact& known : ops)
      if (known.op == fact.op && known.user == fact.user) {
        known = fact;
        op_ = &known;
        return;
      }
    if (ops.size() >= kOpsPerAppMax) return;
    ops.push_back(fact);
    op_ = &ops.back();
  }

  void Reject(std::string_view line, std::string_view text) {
    if (!Eat(text, "Reject: ")) return;
    const std::size_t digit = text.find("20");
    if (digit == std::string_view::npos) return;
    const auto at = ParseWallTime(text.substr(digit));
    if (at && (!op_->last_reject || op_->last_reject->value < *at))
      op_->last_reject = scope_.Make(*at, line);
  }

  Scope& scope_;
  bool in_uid_ = false;
  std::uint32_t uid_ = 0;
  AppFacts* app_ = nullptr;
  OpFact* op_ = nullptr;
  BlockCount uids_, ops_;
};

}  // namespace

void ParseAppOps(const Section& section, SystemState& state) {
  Scope scope(section, state);
  AppOpsReader(scope).Read(section.body);
}

// "[Uid mode: ]NAME: MODE[; time=…][; rejectTime=…]", "No operations.", "Default mode: allow".
void ParseAppOpsAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const std::string_view command = CommandOf(section);
  std::string_view package;
  std::string_view asked;
  int user = 0;
  bool after_get = false;
  for (std::size_t i = 0; i < 12; ++i) {
    const std::string_view word = CommandWord(command, i);
    if (word.empty()) break;
    if (word == "--user") {
      user = static_cast<int>(LeadingInt(CommandWord(command, ++i)).value_or(0));
    } else if (after_get && !word.starts_with('-')) {
      (package.empty() ? package : asked) = word;
    }
    after_get = after_get || word == "get";
  }
  if (package.empty()) return;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = Trim(line);
    const bool whole_uid = Eat(text, "Uid mode: ");
    std::string_view name = text.substr(0, text.find(": "));
    if (name.size() == text.size()) continue;
    std::string_view mode_text = text.substr(name.size() + 2);
    if (name == "Default mode") name = asked;
    const auto op = name == "10008"   ? std::optional(Op::kMiuiAutostart)
                    : name == "10053" ? std::optional(Op::kMiuiAutostartSecond)
                                      : FindOp(name);
    const auto mode = FindMode(mode_text);
    if (!op || !mode) continue;
    TakeOp(
        scope.App(package).ops,
        {.op = *op, .mode = *mode, .whole_uid = whole_uid, .user = user, .place = scope.At(line)});
  }
}

}  // namespace bk::android::system
