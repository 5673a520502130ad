#include "simulate/replay/recorded_settings.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace bk::simulate::replay {
namespace {

// "SECURE SETTINGS (user 0)" → "secure"; empty: another heading, or of another user.
std::string TableOfHeading(std::string_view line) {
  constexpr std::array<std::array<std::string_view, 2>, 3> kHeadings = {
      {{"GLOBAL", "global"}, {"SECURE", "secure"}, {"SYSTEM", "system"}}};
  for (const auto& [heading, table] : kHeadings)
    if (line.starts_with(heading) && line.ends_with("(user 0)")) return std::string(table);
  return {};
}

}  // namespace

void RecordedSettings::AddDump(std::string_view dump) {
  std::string table;
  std::string_view line;
  while (NextLine(dump, line)) {
    if (line.find(" SETTINGS (user ") != std::string_view::npos) {
      table = TableOfHeading(line);
      continue;
    }
    // _id:12 name:bluetooth_on pkg:android value:1 default:1 defaultSystemSet:true
    const auto name = After(line, " name:", " ");
    const std::size_t value_at = line.find(" value:");
    if (table.empty() || !line.starts_with("_id:") || !name || value_at == std::string_view::npos)
      continue;
    std::string_view value = line.substr(value_at + 7);
    value = value.substr(0, value.find(" default:"));
    value = value.substr(0, value.find(" defaultSystemSet:"));
    tables_[table].insert_or_assign(std::string(*name), std::string(value));
  }
}

void RecordedSettings::AddList(const std::string& table, std::string_view list) {
  std::string_view line;
  while (NextLine(list, line)) {
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      tables_[table].insert_or_assign(std::string(line.substr(0, equals)),
                                      std::string(line.substr(equals + 1)));
  }
}

std::optional<adbd::Answer> RecordedSettings::AnswerTo(std::span<const std::string> words) const {
  if (words.size() > 2 && words[0] == "--user") words = words.subspan(2);
  if (words.size() < 2) return std::nullopt;
  const auto table = tables_.find(words[1]);
  if (table == tables_.end()) return std::nullopt;
  adbd::Answer answer;
  if (words[0] == "list" && words.size() == 2) {
    for (const auto& [name, value] : table->second) answer.out += name + "=" + value + "\n";
    return answer;
  }
  if (words[0] != "get" || words.size() != 3) return std::nullopt;
  const auto found = table->second.find(words[2]);
  answer.out = (found != table->second.end() ? found->second : "null") + "\n";
  return answer;
}

}  // namespace bk::simulate::replay
