// dumpsys activity processes: what runs, and what Android has frozen.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {
constexpr std::size_t kProcessesPerAppMax = 100;
}

void ParseProcesses(Scope& scope, std::string_view part) {
  BlockCount count;
  ProcessFact* process = nullptr;
  bool cleared = false;
  std::string_view line;
  while (NextLine(part, line)) {
    if (line.starts_with("  *")) {
      std::string_view text = line.substr(2);
      process = nullptr;
      // "*APP* UID 10109 ProcessRecord{9677aee 1231:com.example:push/u0a109}"
      const std::size_t uid_at = text.find("* UID ");
      if (uid_at == std::string_view::npos || uid_at > 8) continue;
      ++count.seen;
      if (!cleared) {
        for (auto& [name, app] : scope.state.apps) app.processes.clear();
        cleared = true;
      }
      const auto uid = LeadingInt(text.substr(uid_at + 6));
      std::string_view record = text.substr(uid_at);
      const std::size_t open = record.find("ProcessRecord{");
      const std::size_t space = open == std::string_view::npos ? open : record.find(' ', open);
      const std::size_t colon = space == std::string_view::npos ? space : record.find(':', space);
      const std::size_t slash = colon == std::string_view::npos ? colon : record.find('/', colon);
      if (!uid || *uid < 0 || *uid > UINT32_MAX || slash == std::string_view::npos) {
        if (count.first_unread.data() == nullptr) count.first_unread = line;
        continue;
      }
      ++count.understood;
      const std::string_view name = record.substr(colon + 1, slash - colon - 1);
      AppFacts& app = scope.App(name.substr(0, name.find(':')));
      if (app.processes.size() >= kProcessesPerAppMax) continue;
      ProcessFact fact;
      fact.process = std::string(name);
      fact.uid = static_cast<std::uint32_t>(*uid);
      // "0:" stands for a process that is only being started.
      fact.pid = static_cast<int>(LeadingInt(record.substr(space + 1)).value_or(0) & 0x7fffffff);
      fact.place = scope.At(line);
      app.processes.push_back(std::move(fact));
      process = &app.processes.back();
    } else if (process != nullptr) {
      const std::size_t indent = Indent(line);
      if (indent < 4) {
        if (indent != line.size()) process = nullptr;
        continue;
      }
      const char first = line.size() > 4 ? line[4] : '\0';
      if (first != 'h' && first != 'i') continue;
      // "hasPendingCompaction=false    isFreezeExempt=false … isFrozen=true"
      if (const auto frozen = Value(line, "isFrozen"))
        if (const auto on = ParseBool(*frozen)) process->frozen = scope.Make(*on, line);
    }
  }
  const bool all_apps = scope.section.command.find("processes ") == std::string_view::npos;
  if (count.understood > 0 && all_apps && scope.whole()) scope.state.saw_processes = true;
  scope.Lose(count, "processes");
}

}  // namespace bk::android::system
