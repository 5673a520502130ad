// What was learned and how well it does, in words.
#pragma once

#include <string>

#include "troubleshoot/learn/evaluate.h"
#include "troubleshoot/learn/fit.h"

namespace bk::cli {

std::string FitText(const troubleshoot::Fitted& fitted, std::size_t cases, bool verbose);
std::string EvaluationText(const troubleshoot::Evaluation& evaluation, bool verbose);

}  // namespace bk::cli
