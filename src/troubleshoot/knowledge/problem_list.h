// Problems with their places, and the helpers that each check needs. For check_*.cc only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "troubleshoot/knowledge/check_knowledge.h"

namespace bk::troubleshoot {

// What a problem is about. `kind` as in Knowledge::places: "cause", "finding", "fix", "layer".
struct Subject {
  std::string_view kind;
  std::string_view id;
};

class ProblemList {
 public:
  // Keeps a reference.
  explicit ProblemList(const Knowledge& knowledge) : knowledge_(knowledge) {}

  // `key`: of the subject, as in Knowledge::places: "prior", "effect[bluetooth_off].chance".
  void Error(Subject subject, std::string_view key, std::string text);
  void Warning(Subject subject, std::string_view key, std::string text);
  // `file` as the layout has it: "causes/stale_bond.toml". The place is found by file and id.
  void Add(Severity severity, std::string file, std::string id, std::string text,
           std::string_view key = {});

  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  const Knowledge& knowledge_;
  std::vector<Problem> problems_;
};

// Statements that cannot all be true: findings that exclude each other or presume each other in a
// circle, evidence of health that a fault promises, origins that say nothing, words never shown.
void CheckSense(const Knowledge& knowledge, ProblemList& problems);

// Causes that no evidence can make the likeliest.
void CheckReach(const Knowledge& knowledge, ProblemList& problems);

}  // namespace bk::troubleshoot
