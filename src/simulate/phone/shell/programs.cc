#include "simulate/phone/shell/programs.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace bk::simulate {

Said Out(std::string text) { return {.out = std::move(text)}; }
Said Err(std::string text, int exit) { return {.err = std::move(text), .exit = exit}; }

void Programs::Add(std::string name, Program program, int since, int until) {
  entries_[std::move(name)].push_back({since, until, std::move(program)});
}

const Program* Programs::At(const std::string& name, const Flavour& flavour) const {
  if (flavour.quirks.contains("command_missing:" + name)) return nullptr;
  const auto found = entries_.find(name);
  if (found == entries_.end()) return nullptr;
  for (const Entry& entry : std::views::reverse(found->second))
    if (entry.since <= flavour.sdk && flavour.sdk <= entry.until) return &entry.program;
  return nullptr;
}

Programs::Found Programs::Find(std::span<const std::string> words, const Flavour& flavour) const {
  if (words.size() >= 2)
    if (const Program* program = At(words[0] + " " + words[1], flavour)) return {program, 2};
  if (!words.empty())
    if (const Program* program = At(words[0], flavour)) return {program, 1};
  return {};
}

std::vector<std::string> Programs::Under(std::string_view first, const Flavour& flavour) const {
  std::vector<std::string> names;
  const std::string prefix = std::string(first) + " ";
  for (const auto& name : entries_ | std::views::keys)
    if (name.starts_with(prefix) && At(name, flavour) != nullptr)
      names.push_back(name.substr(prefix.size()));
  return names;
}

}  // namespace bk::simulate
