#include "cli/words_verb.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/messages.h"
#include "troubleshoot/knowledge/texts.h"

namespace bk::cli {
namespace {

using troubleshoot::Knowledge;

std::string Names(const Knowledge& knowledge) {
  std::string names = "en";
  for (const language::Language& one : knowledge.languages) names += ", " + one.code;
  return names;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + "\"";
}

}  // namespace

Result<Knowledge> InChosenLanguage(Knowledge knowledge, const Options& options,
                                   const app::World& world) {
  if (!options.lang.empty()) {
    if (options.lang == "en") return knowledge;
    if (const auto* language = FindLanguage(knowledge, options.lang))
      return InLanguage(knowledge, *language);
    return Fail(ErrorCode::kInvalid, fmt::format("--lang {}: no such language; there is: {}.",
                                                 options.lang, Names(knowledge)));
  }
  for (const std::string& code : language::CodesFor(world.language))
    if (const auto* language = FindLanguage(knowledge, code))
      return InLanguage(knowledge, *language);
  return knowledge;
}

Result<Knowledge> KnowledgeInLanguage(const Options& options, const app::World& world) {
  BK_TRY(Knowledge knowledge, KnowledgeOf(options, world));
  return InChosenLanguage(std::move(knowledge), options, world);
}

Outcome WordsToTranslate(const Options& options, const app::World& world) {
  const auto knowledge = KnowledgeOf(options, world);
  if (!knowledge)
    return Failed(knowledge.error().code == ErrorCode::kInvalid ? ExitCode::kTrouble
                                                                : ExitCode::kCouldNotCheck,
                  knowledge.error().message);
  const language::Language* there =
      options.lang.empty() ? nullptr : FindLanguage(*knowledge, options.lang);
  std::string out, table;
  for (const troubleshoot::TextEntry& entry : EnglishTexts(*knowledge, AllMessages())) {
    if (there != nullptr && there->texts.contains(entry.key)) continue;
    const std::size_t dot = entry.key.rfind('.');
    if (entry.key.substr(0, dot) != table) {
      table = entry.key.substr(0, dot);
      out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", table);
    }
    out += entry.key.substr(dot + 1) + " = ";
    if (entry.list) {
      out += "[\n";
      for (const std::string& step : entry.english) out += fmt::format("  {},\n", Quoted(step));
      out += "]\n";
    } else {
      out += Quoted(entry.english.front()) + "\n";
    }
  }
  return {.out = out};
}

}  // namespace bk::cli
