// Fitted numbers back into knowledge/*.toml: only the numbers and their origins change, comments,
// order and layout stay.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "adapters/toml/load_knowledge.h"
#include "base/result.h"
#include "troubleshoot/learn/fit.h"

namespace bk::adapters::toml {

// The files with the changes in them. Number and origin are replaced where they stand; what was
// elicited goes below the origin (`elicited`, `elicited_from`), and away where a number is the
// elicited one again; a new effect is added at the end of its file. Error kInvalid where a change
// has no place, or where the outcome would not load.
Result<std::vector<KnowledgeFile>> WithNumbers(std::vector<KnowledgeFile> files,
                                               std::span<const troubleshoot::Change> changes);

// Reads `folder`, writes all its TOML files to `into`, changed ones through a file beside them that
// then takes their place. Gives how many differ from those in `folder`.
Result<std::size_t> WriteNumbers(const std::filesystem::path& folder,
                                 const std::filesystem::path& into,
                                 std::span<const troubleshoot::Change> changes);

}  // namespace bk::adapters::toml
