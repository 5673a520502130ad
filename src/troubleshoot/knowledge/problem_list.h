// Problems with their places, and the helpers that each check needs. For check_*.cc only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "troubleshoot/knowledge/check_knowledge.h"

namespace bk::troubleshoot {

// What a problem is about. `kind` as in Knowledge::places: "cause", "finding", "fix", "layer",
// "app", "passage", "choice", "cluster", "model" for a table of model.toml ("plan"), "words" for a
// language. Without an id: the things of the kind as a whole.
struct Subject {
  std::string_view kind;
  std::string_view id;
};

class ProblemList {
 public:
  // Keeps a reference.
  explicit ProblemList(const Knowledge& knowledge) : knowledge_(knowledge) {}

  // `key`: of the subject, as in Knowledge::places: "prior", "effect[bluetooth_off].chance". File
  // and line are those of the key, else of what it stands in; without a place the file is told by
  // the layout of knowledge/.
  void Error(Subject subject, std::string_view key, std::string text);
  void Warning(Subject subject, std::string_view key, std::string text);

  // An error unless the text is there; `what` completes "has no ...".
  void NeedText(Subject subject, std::string_view key, std::string_view text,
                std::string_view what);
  // An error unless it is a chance; `what` completes "... is 1.5, not a chance".
  void NeedChance(Subject subject, std::string_view key, double chance, std::string_view what);

  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  void Add(Severity severity, Subject subject, std::string_view key, std::string text);

  const Knowledge& knowledge_;
  std::vector<Problem> problems_;
};

// Constants out of range or out of order, clusters that are not there or never used.
void CheckModel(const Knowledge& knowledge, ProblemList& problems);

// Apps, passages of the guide and choice questions: doubles, names of what is not there.
void CheckLists(const Knowledge& knowledge, ProblemList& problems);

// Statements that cannot all be true: findings that exclude each other or presume each other in a
// circle, evidence of health that a fault promises, origins that say nothing, words never shown.
void CheckSense(const Knowledge& knowledge, ProblemList& problems);

// Causes that no evidence can make the likeliest.
void CheckReach(const Knowledge& knowledge, ProblemList& problems);

}  // namespace bk::troubleshoot
