// The answers of an interview as a small text that outlives the program
// ("bandkeeper.interview/1"): {schema, evidence, answers: [{question, answer}]}.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"
#include "troubleshoot/interview/interview.h"

namespace bk::app {

inline constexpr std::string_view kInterviewSchema = "bandkeeper.interview/1";

struct InterviewState {
  std::string evidence;  // fingerprint of what was known before the first question
  std::vector<troubleshoot::Given> answers;
};

// 16 hexadecimal digits, the same for the same findings in any order; the texts themselves cannot
// be read back from it.
std::string FingerprintOf(std::span<const evidence::Finding> findings, std::string_view band);

std::string ToText(const InterviewState& state);
// Error kInvalid for anything that ToText did not write, kNotSupported for another schema.
Result<InterviewState> ParseInterviewState(std::string_view text);

}  // namespace bk::app
