#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "troubleshoot/knowledge/problem_list.h"
#include "troubleshoot/knowledge/texts.h"

namespace bk::troubleshoot {
namespace {

using language::Language;
using language::Placeholder;

// What the translation of a sentence fills, against the English one.
void CheckPlaceholders(const Language& in, const TextEntry& entry, std::string_view said,
                       ProblemList& problems) {
  const std::vector<Placeholder> english = language::PlaceholdersOf(entry.english.front());
  const std::vector<Placeholder> there = language::PlaceholdersOf(said);
  for (const Placeholder& one : there) {
    if (std::ranges::find(english, one.name, &Placeholder::name) == english.end())
      problems.Error({"words", in.code}, entry.key,
                     fmt::format("fills \"{}\", which the English text does not have", one.name));
    const std::size_t forms = language::FormsOf(in.plurals);
    if (one.forms != 0 && one.forms != forms)
      problems.Error({"words", in.code}, entry.key,
                     fmt::format("\"{}\" has {} forms; the plural rule \"{}\" needs {}", one.name,
                                 one.forms, language::PluralsName(in.plurals), forms));
  }
  for (const Placeholder& one : english)
    if (one.forms == 0 && std::ranges::find(there, one.name, &Placeholder::name) == there.end())
      problems.Warning({"words", in.code}, entry.key,
                       fmt::format("leaves out \"{}\", which the English text says", one.name));
}

void CheckLanguage(const Language& in, const std::vector<TextEntry>& entries,
                   ProblemList& problems) {
  std::map<std::string_view, const TextEntry*> known;
  for (const TextEntry& entry : entries) {
    known.emplace(entry.key, &entry);
    if (!in.texts.contains(entry.key))
      problems.Warning({"words", in.code}, entry.key,
                       fmt::format("is missing; English: {}", entry.english.front()));
  }
  for (const auto& [key, said] : in.texts) {
    const auto entry = known.find(key);
    if (entry == known.end()) {
      problems.Error({"words", in.code}, key,
                     "is superfluous: there is no such text, or no longer");
      continue;
    }
    if (!entry->second->list && said.size() != 1)
      problems.Error({"words", in.code}, key, "must be one text, not a list");
    else if (std::string_view(key).starts_with(language::kMessagePrefix))
      CheckPlaceholders(in, *entry->second, said.front(), problems);
  }
}

}  // namespace

std::vector<Problem> CheckLanguages(const Knowledge& knowledge,
                                    std::span<const language::Message> messages) {
  ProblemList problems(knowledge);
  const std::vector<TextEntry> entries = EnglishTexts(knowledge, messages);
  for (const Language& one : knowledge.languages) CheckLanguage(one, entries, problems);
  return problems.Take();
}

}  // namespace bk::troubleshoot
