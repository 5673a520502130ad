// dumpsys activity exit-info: why processes ended. Android 11 and 12 print one field per line,
// later ones several; the fields have the same names.
#include <algorithm>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

constexpr std::size_t kExitsPerAppMax = 500;

// "10 (USER REQUESTED)"
void TakeReason(std::string_view text, int& number, std::string& name) {
  number = static_cast<int>(std::clamp<std::int64_t>(LeadingInt(text).value_or(0), -1, 1'000'000));
  const std::size_t open = text.find('(');
  const std::size_t close = text.find(')');
  name = open != std::string_view::npos && close != std::string_view::npos && close > open
             ? std::string(text.substr(open + 1, close - open - 1))
             : std::string();
}

// The rest of the line after " key=" or at its start, up to the next " word=".
std::optional<std::string_view> Field(std::string_view line, std::string_view key) {
  std::size_t from = 0;
  while (true) {
    const std::size_t at = line.find(key, from);
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t end = at + key.size();
    if ((at == 0 || line[at - 1] == ' ') && end < line.size() && line[end] == '=') {
      std::string_view value = line.substr(end + 1);
      const std::size_t equals = value.find('=');
      if (equals != std::string_view::npos) {
        const std::size_t space = value.rfind(' ', equals);
        value = space == std::string_view::npos ? value : value.substr(0, space);
      }
      return value;
    }
    from = end;
  }
}

void TakeLine(ExitFact& exit, std::string_view line) {
  if (const auto time = Field(line, "timestamp")) exit.at = ParseWallTime(*time);
  if (const auto process = Field(line, "process")) exit.process = std::string(Trim(*process));
  if (const auto reason = Field(line, "reason")) TakeReason(*reason, exit.reason, exit.reason_name);
  if (const auto sub = Field(line, "subreason"))
    TakeReason(*sub, exit.subreason, exit.subreason_name);
  if (const auto status = Field(line, "status"))
    exit.status = static_cast<int>(LeadingInt(*status).value_or(0));
  if (const auto importance = Field(line, "importance"))
    exit.importance = static_cast<int>(LeadingInt(*importance).value_or(0));
  if (const auto user = Field(line, "user"))
    exit.user = static_cast<int>(LeadingInt(*user).value_or(0));
  if (const auto uid = Field(line, "packageUid"))
    if (const auto parsed = ParseUid(Trim(*uid))) exit.uid = *parsed;
  // Free words, perhaps with '=' in them: up to the last " state=".
  const std::size_t description = line.find("description=");
  if (description != std::string_view::npos) {
    std::string_view text = line.substr(description + 12);
    text = text.substr(0, text.rfind(" state="));
    if (text != "null") exit.description = std::string(Trim(text));
  }
}

}  // namespace

void ParseExitInfo(Scope& scope, std::string_view part) {
  BlockCount count;
  AppFacts* app = nullptr;
  ExitFact exit;
  std::string_view exit_line;
  const auto close = [&] {
    if (exit_line.data() == nullptr) return;
    if (exit.reason == 0 && exit.reason_name.empty()) {
      if (count.first_unread.data() == nullptr) count.first_unread = exit_line;
    } else {
      ++count.understood;
      if (app->exits.size() < kExitsPerAppMax) app->exits.push_back(std::move(exit));
    }
    exit = {};
    exit_line = {};
  };
  std::string_view line;
  while (NextLine(part, line)) {
    const std::string_view text = Trim(line);
    if (text.empty()) continue;
    if (text.starts_with("package: ")) {
      close();
      std::string_view package = text.substr(9);
      package = package.substr(0, package.find(' '));
      app = package.empty() ? nullptr : &scope.App(package);
      // The dump of a report is whole; a second one repeats it.
      if (app != nullptr) app->exits.clear();
    } else if (text.starts_with("ApplicationExitInfo #")) {
      close();
      if (app == nullptr) continue;
      ++count.seen;
      exit_line = line;
      exit.place = scope.At(line);
    } else if (exit_line.data() != nullptr) {
      TakeLine(exit, text);
    }
  }
  close();
  const bool all_apps = scope.section.command.find("exit-info ") == std::string_view::npos;
  if (all_apps && scope.whole()) scope.state.saw_exits = true;
  scope.Lose(count, "process exits");
}

}  // namespace bk::android::system
