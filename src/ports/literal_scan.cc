#include "ports/literal_scan.h"

#include <algorithm>
#include <array>
#include <vector>

namespace bk::ports {
namespace {

using State = std::uint32_t;
constexpr State kRoot = 0;

class Automaton : public PatternSet {
 public:
  explicit Automaton(std::span<const std::string_view> literals) {
    for (const std::string_view literal : literals)
      for (const char byte : literal) {
        std::uint16_t& symbol = symbol_of_[static_cast<unsigned char>(byte)];
        if (symbol == 0) symbol = static_cast<std::uint16_t>(symbols_++);
      }
    AddState();
    std::vector<std::vector<std::uint32_t>> found(1);
    for (std::uint32_t index = 0; index < literals.size(); ++index) {
      if (literals[index].empty()) continue;
      State state = kRoot;
      for (const char byte : literals[index]) {
        const std::size_t edge = Edge(state, byte);
        if (next_[edge] == kRoot) {
          const State added = AddState();
          next_[edge] = added;
          found.emplace_back();
        }
        state = next_[edge];
      }
      found[state].push_back(index);
    }
    FollowFailures(found);
    for (const auto& hits : found) {
      hits_begin_.push_back(static_cast<std::uint32_t>(hits_.size()));
      hits_.insert(hits_.end(), hits.begin(), hits.end());
    }
    hits_begin_.push_back(static_cast<std::uint32_t>(hits_.size()));
  }

  void Scan(std::string_view text,
            const std::function<bool(std::uint32_t, std::uint64_t)>& hit) const override {
    State state = kRoot;
    for (std::size_t at = 0; at < text.size(); ++at) {
      state = next_[Edge(state, text[at])];
      for (std::uint32_t i = hits_begin_[state]; i < hits_begin_[state + 1]; ++i)
        if (!hit(hits_[i], at + 1)) return;
    }
  }

 private:
  [[nodiscard]] std::size_t Edge(State state, char byte) const {
    return std::size_t{state} * symbols_ + symbol_of_[static_cast<unsigned char>(byte)];
  }
  State AddState() {
    next_.resize(next_.size() + symbols_, kRoot);
    return static_cast<State>(next_.size() / symbols_ - 1);
  }
  // Breadth first: a state without an edge goes on where its longest proper suffix would, and also
  // finds what that suffix finds.
  void FollowFailures(std::vector<std::vector<std::uint32_t>>& found) {
    std::vector<State> suffix(found.size(), kRoot);
    std::vector<State> queue;
    queue.reserve(found.size());
    for (std::size_t symbol = 0; symbol < symbols_; ++symbol)
      if (next_[symbol] != kRoot) queue.push_back(next_[symbol]);
    for (std::size_t done = 0; done < queue.size(); ++done) {
      const State state = queue[done];
      const auto& inherited = found[suffix[state]];
      std::vector<std::uint32_t> all(found[state].size() + inherited.size());
      std::ranges::merge(found[state], inherited, all.begin());
      found[state] = std::move(all);
      for (std::size_t symbol = 0; symbol < symbols_; ++symbol) {
        State& next = next_[std::size_t{state} * symbols_ + symbol];
        const State of_suffix = next_[std::size_t{suffix[state]} * symbols_ + symbol];
        if (next == kRoot) {
          next = of_suffix;
        } else {
          suffix[next] = of_suffix;
          queue.push_back(next);
        }
      }
    }
  }

  std::array<std::uint16_t, 256> symbol_of_{};  // 0: in no literal
  std::size_t symbols_ = 1;
  std::vector<State> next_;  // state x symbol
  std::vector<std::uint32_t> hits_, hits_begin_;
};

class Compiler : public PatternCompiler {
 public:
  std::unique_ptr<PatternSet> Compile(std::span<const std::string_view> literals) const override {
    return std::make_unique<Automaton>(literals);
  }
};

}  // namespace

std::unique_ptr<PatternCompiler> MakePortablePatternCompiler() {
  return std::make_unique<Compiler>();
}

}  // namespace bk::ports
