// Every text that a person reads, by key: what a translation lays over English, one by one.
//
//   layer.ID.title within ok trouble unknown      finding.ID.statement question why
//   cause.ID.title explain instead                fix.ID.title title_if_unsure loss_text check undo
//   fix.ID.steps.WORDS  (WordsKey; a list)        choice.ID.question why none_words
//   choice.ID.option.OPTION                       message.ID  (language/message.h)
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/language.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

struct TextEntry {
  std::string key;
  std::vector<std::string> english;  // one text, or the steps of a list
  bool list = false;
};

// In the order of the files. Optional texts that are empty are left out.
std::vector<TextEntry> EnglishTexts(const Knowledge& knowledge,
                                    std::span<const language::Message> messages);

// For which phones words are: "any", "samsung", "android_to_8", "xiaomi_android_11_up".
std::string WordsKey(const Words& words);

// The knowledge with the texts of the language, and the language itself. What it lacks stays
// English.
Knowledge InLanguage(const Knowledge& knowledge, const language::Language& language);

// Null where the knowledge has no such language. English is none of Knowledge::languages.
const language::Language* FindLanguage(const Knowledge& knowledge, std::string_view code);

}  // namespace bk::troubleshoot
