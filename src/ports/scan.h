// Many literal patterns searched at once in a large text.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace bk::ports {

// A compiled set of literals (case-sensitive, none empty). Immutable: may be shared.
class PatternSet {
 public:
  virtual ~PatternSet() = default;
  // Calls `hit(pattern index, offset just past the match)` for every match, overlapping ones too,
  // in order of that offset, then of the index; stops early when it returns false. `hit` must not
  // throw; it may scan with this set again.
  virtual void Scan(std::string_view text,
                    const std::function<bool(std::uint32_t, std::uint64_t)>& hit) const = 0;
};

class PatternCompiler {
 public:
  virtual ~PatternCompiler() = default;
  virtual std::unique_ptr<PatternSet> Compile(std::span<const std::string_view> literals) const = 0;
};

}  // namespace bk::ports
