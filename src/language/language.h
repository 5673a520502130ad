// A language that the program speaks: what translations say for the texts of the knowledge and for
// the program's sentences. English is in the data and in the code themselves; every other language
// lays its texts over it, one by one, and what it lacks stays English.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "language/message.h"

namespace bk::language {

struct Language {
  std::string code = "en";       // a folder of knowledge/words: "de", "pt_BR"
  std::string name = "English";  // in the language itself
  Plurals plurals = Plurals::kOne;
  // A title loses its capital within a sentence ("A leftover pairing" -> "a leftover pairing").
  bool lower_within = true;
  // Key -> text, or steps: "cause.stale_bond.title", "fix.restart_band.steps.any",
  // "message.verdict.no_band". Empty for English.
  std::map<std::string, std::vector<std::string>, std::less<>> texts;

  [[nodiscard]] bool IsEnglish() const { return code == "en"; }
  [[nodiscard]] std::string Say(const Message& message,
                                const std::vector<Argument>& arguments = {}) const;
  [[nodiscard]] std::string WithinSentence(std::string title) const;
};

inline constexpr std::string_view kMessagePrefix = "message.";

// The languages that a setting of the environment asks for, best first: "pt_BR.UTF-8" -> "pt_BR",
// "pt". Nothing for English, "C", "POSIX" and the empty setting.
std::vector<std::string> CodesFor(std::string_view setting);

}  // namespace bk::language
