// A plain search for literals: for the tests of this room, which must not need an adapter.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ports/scan.h"

namespace bk::android::log::testing {

class PlainSet final : public ports::PatternSet {
 public:
  explicit PlainSet(std::span<const std::string_view> literals)
      : literals_(literals.begin(), literals.end()) {}
  void Scan(std::string_view text,
            const std::function<bool(std::uint32_t, std::uint64_t)>& hit) const override {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hits;
    for (std::uint32_t i = 0; i < literals_.size(); ++i)
      for (std::size_t at = text.find(literals_[i]); at != std::string_view::npos;
           at = text.find(literals_[i], at + 1))
        hits.emplace_back(at + literals_[i].size(), i);
    std::sort(hits.begin(), hits.end());
    for (const auto& [end, index] : hits)
      if (!hit(index, end)) return;
  }

 private:
  std::vector<std::string> literals_;
};

class PlainCompiler final : public ports::PatternCompiler {
 public:
  std::unique_ptr<ports::PatternSet> Compile(
      std::span<const std::string_view> literals) const override {
    return std::make_unique<PlainSet>(literals);
  }
};

}  // namespace bk::android::log::testing
