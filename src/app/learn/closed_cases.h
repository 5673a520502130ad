// Closed cases from files, one JSON object a line, in two forms.
//
// From public threads (knowledge/cases/cases.jsonl):
//     {"id": "c014", "observations": ["auth_failed"], "would_show_on_phone": ["bonded_in_android"],
//      "layer": "binding", "cause": "auth_key_wrong", ...}
// where observations were told by a person and the others were inferred from the solution. Beside
// such a file, cured_by.jsonl says which of our fixes ended a case: {"id": "c014", "fix":
// "correct_key", "why": "..."}; null where none fits.
//
// The owner's own, opt-in and local ($XDG_DATA_HOME/bandkeeper/cases.jsonl):
//     {"schema": "bandkeeper.case/1", "id": "own-1", "cause": "stale_bond", "fix":
//     "forget_in_android",
//      "findings": {"bonded_in_android": {"value": true, "source": "phone"}, "auth_failed": true}}
// where a finding with a source that is not "person" was read, whichever way it was. No address,
// name, key or file of the case is kept.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "evidence/evidence.h"
#include "troubleshoot/learn/closed_case.h"

namespace bk::app {

inline constexpr std::size_t kCasesBytesMax = 64 * 1024 * 1024;  // a file that is larger is refused

// Error kInvalid with file and line.
Result<std::vector<troubleshoot::ClosedCase>> ParseClosedCases(std::string_view lines,
                                                               std::string_view file);
// Sets ClosedCase::cured_by. Lines of cases that are not there are left aside.
Status AddCures(std::string_view lines, std::string_view file,
                std::vector<troubleshoot::ClosedCase>& cases);

// All files (or folders that hold a cases.jsonl), in order, with the cured_by.jsonl beside each.
Result<std::vector<troubleshoot::ClosedCase>> ReadClosedCases(const std::vector<std::string>& paths,
                                                              const World& world);

// One line of the owner's form, without a newline. Text values become true.
std::string ClosedCaseLine(const std::string& id, const std::string& cause, const std::string& fix,
                           std::span<const evidence::Finding> findings);

}  // namespace bk::app
