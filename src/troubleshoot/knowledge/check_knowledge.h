// Whether knowledge is complete and at one with itself. Pure; the loader has checked types before.
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
  std::string text;  // one sentence
};

// Ids that must be there. Empty spans ask for none.
struct Vocabulary {
  std::span<const std::string_view> findings;
  std::span<const std::string_view> causes;
};

std::vector<Problem> CheckKnowledge(const Knowledge& knowledge, const Vocabulary& vocabulary = {});

}  // namespace bk::troubleshoot
