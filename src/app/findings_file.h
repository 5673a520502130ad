// `--findings FILE`: a person's or another program's answers, {"findings": {"location_off": true}}.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"

namespace bk::app {

// Values are true, false or text. null means "not known" and is left out. Error kInvalid with what
// is wrong and, where the JSON itself is, the byte. `file` names the place of each finding.
Result<std::vector<evidence::Finding>> ParseFindings(std::string_view json, std::string_view file);

// The same, or the findings of a report (`doctor --json`) with the sources that found them.
Result<std::vector<evidence::Finding>> ParseFindingsOrReport(std::string_view json,
                                                             std::string_view file);

}  // namespace bk::app
