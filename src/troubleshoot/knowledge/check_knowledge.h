// Whether knowledge is complete and at one with itself. Pure; the loader has checked types before.
// Errors make wrong answers; warnings make weak ones.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

enum class Severity : std::uint8_t { kError, kWarning };

struct Problem {
  std::string file;  // where the thing stands by the layout of knowledge/: "causes/stale_bond.toml"
  std::string id;    // of the cause, finding, fix, layer or app
  Severity severity = Severity::kError;
  std::string text;   // one sentence
  std::string key;    // "effect[bluetooth_off].chance"; empty: the thing as a whole
  unsigned line = 0;  // 0 = not known: the knowledge was compiled in, or the file as a whole
};

// "causes/x.toml:12: error: x.effect[bluetooth_off].chance: equals its leak: it says nothing"
std::string Format(const Problem& problem);

// How many numbers rest on what. A number with several origins counts for the first that fits.
struct Origins {
  std::size_t cases = 0;       // counted in closed cases
  std::size_t references = 0;  // protocol, specification, failure-modes, a source with an address
  std::size_t guide = 0;
  std::size_t guesses = 0;  // stated as such, or not stated
};
Origins CountOrigins(const Knowledge& knowledge);

std::vector<Problem> CheckKnowledge(const Knowledge& knowledge);

// Each of Knowledge::languages against the texts that there are (texts.h) and the program's
// sentences: what is missing (a warning: it stays English), what is superfluous, what fills a
// placeholder that the English sentence does not have.
std::vector<Problem> CheckLanguages(const Knowledge& knowledge,
                                    std::span<const language::Message> messages);

}  // namespace bk::troubleshoot
