// Problems so small that their best policy can be found by working through every outcome: for tests
// and benches of the planner.
#pragma once

#include <vector>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

// One fault, which is one of the causes.
struct SmallProblem {
  struct Act {
    double minutes = 0;
    std::vector<double> chance;  // by cause: fix: that it cures; question: that it is answered yes
    LossClass loss = LossClass::kNone;  // of a fix
  };
  std::vector<double> priors;
  std::vector<Act> fixes, questions;
  double give_up = 0;  // minutes that it costs to end without a cure
};

// As knowledge with just these causes c0, c1, ..., fixes x0, ... and questions q0, ...
Knowledge AsKnowledge(const SmallProblem& problem);

// J. Vomlel's example of decision-theoretic troubleshooting in this form: four causes, three
// actions, one question.
SmallProblem VomlelsToy();

}  // namespace bk::troubleshoot
