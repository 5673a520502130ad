// How cautious to be about unknown faults: each setting of caution.toml on closed cases, left out
// in turn, and on simulated owners.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "read_worlds.h"
#include "troubleshoot/knowledge/knowledge.h"
#include "troubleshoot/learn/closed_case.h"

namespace bk::bench {

struct CautionRow {
  std::string title;
  std::vector<std::string> settings;  // as --set has them
};

Result<std::vector<CautionRow>> ReadCaution(const std::filesystem::path& file);

// False where a row sets a number that there is not; nothing is printed of it then.
bool PrintCaution(const troubleshoot::Knowledge& shipped, std::span<const CautionRow> rows,
                  std::span<const troubleshoot::ClosedCase> cases,
                  const std::vector<WorldKind>& worlds, int people, std::uint64_t seed);

}  // namespace bk::bench
