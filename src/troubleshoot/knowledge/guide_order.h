// The troubleshooting guide's own order of fixes, for one who reads it with this evidence: what
// bandkeeper is measured against.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

// Indices into Knowledge::fixes, each at most once. `seen(finding)`: the reader knows that it
// holds. Passages that are not for this reader are left out; who sees none of the guide's symptoms
// works through all of them.
std::vector<std::size_t> GuideOrder(const Knowledge& knowledge,
                                    const std::function<bool(std::string_view)>& seen);

// What the guide takes the trouble for: the passage that names a layer and whose signs are seen
// most, of equal ones the first; null where none is seen.
const GuidePassage* GuideDiagnosis(const Knowledge& knowledge,
                                   const std::function<bool(std::string_view)>& seen);

}  // namespace bk::troubleshoot
