#include "adapters/toml/load_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/toml/load_model.h"

namespace bk::adapters::toml {
namespace {

namespace ts = troubleshoot;
using language::Language;

constexpr std::size_t kDepthMax = 5;  // choice.ID.option.OPTION has four parts
constexpr std::size_t kCodeMax = 12;

bool IsCode(std::string_view code) {
  return !code.empty() && code.size() <= kCodeMax && code != "en" &&
         std::ranges::all_of(code, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
         });
}

void LoadLanguage(TableReader& r, Language& into) {
  into.name = r.Text("name", Need::kRequired);
  const std::string plurals = r.Text("plurals", Need::kRequired);
  if (const auto rule = language::PluralsNamed(plurals))
    into.plurals = *rule;
  else
    r.Note("plurals", "must be none, one, zero_one, czech, polish or russian");
  into.lower_within = r.Flag("lower_within", false);
}

// Every leaf below `r` by its path.
void LoadTexts(TableReader& r, const std::string& path, std::size_t depth, Language& into,
               ts::Knowledge& knowledge) {
  for (const std::string& key : r.Keys()) {
    const std::string at = path.empty() ? key : path + "." + key;
    if (r.IsTable(key)) {
      if (depth == kDepthMax) {
        r.Note(key, "is nested too deep");
        continue;
      }
      r.Table(key, Need::kRequired,
              [&](TableReader& inner) { LoadTexts(inner, at, depth + 1, into, knowledge); });
      continue;
    }
    std::vector<std::string> said = r.IsList(key)
                                        ? r.Texts(key, Need::kRequired)
                                        : std::vector<std::string>{r.Text(key, Need::kRequired)};
    if (!into.texts.emplace(at, std::move(said)).second)
      r.Note(key, fmt::format("the text \"{}\" is there already", at));
    knowledge.places.insert_or_assign(ts::PlaceKey("words", into.code, at),
                                      ts::Place{r.file(), r.LineOf(key)});
  }
}

}  // namespace

void LoadWords(TableReader& reader, ts::Knowledge& knowledge) {
  const std::string& file = reader.file();
  const std::size_t begin = file.find('/') + 1, end = file.find('/', begin);
  const std::string code = end == std::string::npos ? "" : file.substr(begin, end - begin);
  if (!IsCode(code)) {
    reader.Note("", "must lie in words/LANG, such as words/de or words/pt_BR");
    return;
  }
  auto there = std::ranges::find(knowledge.languages, code, &Language::code);
  if (there == knowledge.languages.end())
    there = knowledge.languages.insert(
        there, Language{.code = code, .name = "", .lower_within = false, .texts = {}});
  if (file.substr(end + 1) != "language.toml")
    LoadTexts(reader, "", 1, *there, knowledge);
  else
    LoadLanguage(reader, *there);
  knowledge.places.insert_or_assign(ts::PlaceKey("words", code), ts::Place{file, 1});
}

}  // namespace bk::adapters::toml
