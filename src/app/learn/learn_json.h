// What was learned and how well it does, as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "troubleshoot/learn/evaluate.h"
#include "troubleshoot/learn/fit.h"

namespace bk::app {

// {"schema": "bandkeeper.fit/1", "cases", "sizes": {..}, "mentioned": {..}, "changes": [{"kind",
// "id", "item", "before", "after", "elicited", "from"}], "notes": [..]}
nlohmann::ordered_json ToJson(const troubleshoot::Fitted& fitted, std::size_t cases);

// {"schema": "bandkeeper.evaluation/1", "cases", "folds", "scores": [{"numbers", "with_deduced",
// "causes": {..}, "fixes": {..}}], "guide": {..}, "sizes": [..], "notes": [..]}
nlohmann::ordered_json ToJson(const troubleshoot::Evaluation& evaluation);

}  // namespace bk::app
