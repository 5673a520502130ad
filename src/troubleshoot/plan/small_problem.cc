#include "troubleshoot/plan/small_problem.h"

#include <string>

namespace bk::troubleshoot {

Knowledge AsKnowledge(const SmallProblem& problem) {
  Knowledge knowledge;
  knowledge.none_prior = 1e-12;
  Model& model = knowledge.model;
  model.chance_floor = 1e-9;
  model.give_up_minutes = problem.give_up;
  model.questions_weighed = static_cast<int>(problem.questions.size());
  model.questions_max = static_cast<int>(problem.questions.size());
  model.reading_minutes = 0.01;
  const auto name = [](const char* kind, std::size_t i) { return kind + std::to_string(i); };
  for (std::size_t q = 0; q < problem.questions.size(); ++q) {
    FindingKind finding;
    finding.id = name("q", q);
    finding.question = "?";
    finding.leak = 0.5;
    finding.minutes = problem.questions[q].minutes;
    knowledge.findings.push_back(finding);
  }
  for (std::size_t x = 0; x < problem.fixes.size(); ++x) {
    Fix fix;
    fix.id = name("x", x);
    fix.minutes = problem.fixes[x].minutes;
    fix.loss = problem.fixes[x].loss;
    knowledge.fixes.push_back(fix);
  }
  for (std::size_t c = 0; c < problem.priors.size(); ++c) {
    Cause cause;
    cause.id = name("c", c);
    cause.prior = problem.priors[c];
    for (std::size_t q = 0; q < problem.questions.size(); ++q)
      cause.effects.push_back({name("q", q), problem.questions[q].chance[c], ""});
    for (std::size_t x = 0; x < problem.fixes.size(); ++x)
      if (problem.fixes[x].chance[c] > 0)
        cause.fixes.push_back({name("x", x), problem.fixes[x].chance[c], ""});
    knowledge.causes.push_back(cause);
  }
  return knowledge;
}

SmallProblem VomlelsToy() {
  return {{0.4, 0.3, 0.2, 0.1},
          {{5, {1, 0, 1, 0}}, {15, {1, 1, 0, 1}}, {1, {0, 0, 0, 1}}},
          {{2, {1, 1, 0, 0}}},
          1000};
}

}  // namespace bk::troubleshoot
