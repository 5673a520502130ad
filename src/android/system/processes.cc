// dumpsys activity processes: what runs, and what Android has frozen.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {
constexpr std::size_t kProcessesPerAppMax = 100;

void Forget(SystemState& state) {
  for (auto& [name, app] : state.apps) app.processes.clear();
}

void Add(Scope& scope, ProcessFact fact) {
  AppFacts& app = scope.App(std::string_view(fact.process).substr(0, fact.process.find(':')));
  if (app.processes.size() < kProcessesPerAppMax) app.processes.push_back(std::move(fact));
}

// Without "-a" the service prints no record of each process, only the list that the low-memory
// killer goes by: "    Proc #48: vis    F/ /IMPF ------  t: 0 25677:com.miui.freeform/1000
// (service)". It prints it twice, in two orders.
void ReadList(Scope& scope, std::string_view part, BlockCount& count) {
  bool in_list = false;
  std::string_view line;
  while (NextLine(part, line)) {
    const std::size_t indent = Indent(line);
    std::string_view text = line.substr(indent);
    if (indent == 2 && !text.empty()) {
      if (in_list) return;
      in_list = text.starts_with("Process LRU list") || text.starts_with("Process OOM control");
      continue;
    }
    if (!in_list || indent != 4) continue;
    if (!text.starts_with("Proc #") && !text.starts_with("PERS #") && !text.starts_with("PRCP #"))
      continue;
    ++count.seen;
    if (count.seen == 1) Forget(scope.state);
    text = text.substr(0, text.rfind(" ("));
    text.remove_prefix(text.rfind(' ') + 1);
    const std::size_t colon = text.find(':');
    const std::size_t slash = text.rfind('/');
    const auto pid = ParseInt<int>(text.substr(0, colon));
    if (!pid || colon == std::string_view::npos || slash == std::string_view::npos ||
        slash < colon) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    ++count.understood;
    // "u0a306i1": an isolated process, which belongs to nobody's data.
    const auto uid = ParseUid(text.substr(slash + 1));
    if (!uid) continue;
    ProcessFact fact;
    fact.process = std::string(text.substr(colon + 1, slash - colon - 1));
    fact.uid = *uid;
    fact.pid = *pid;
    fact.place = scope.At(line);
    Add(scope, std::move(fact));
  }
}

}  // namespace

void ParseProcesses(Scope& scope, std::string_view part) {
  const std::string_view whole = part;
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
        Forget(scope.state);
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
  if (count.seen == 0) ReadList(scope, whole, count);
  const bool all_apps = scope.section.command.find("processes ") == std::string_view::npos;
  if (count.understood > 0 && all_apps && scope.whole()) scope.state.saw_processes = true;
  scope.Lose(count, "processes");
}

}  // namespace bk::android::system
