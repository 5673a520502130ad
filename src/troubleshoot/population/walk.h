// A simulated owner carries out what a policy says, until the band works or the owner gives up.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/plan/planner.h"
#include "troubleshoot/population/population.h"

namespace bk::troubleshoot {

// What a policy may know: never the truth.
struct Seen {
  std::vector<evidence::Finding> findings;  // told at the start, then answered
  std::vector<std::size_t> failed;          // fixes done in vain, as Knowledge::fixes, in order
  std::vector<std::size_t> unanswered;      // questions answered with "I don't know"
};

class Policy {
 public:
  virtual ~Policy() = default;
  [[nodiscard]] virtual std::string_view Name() const = 0;
  // A new owner: `number` seeds what is drawn by lot.
  virtual void Begin(const Seen& seen, std::uint64_t number) = 0;
  virtual Choice Next(const Seen& seen) = 0;
};

struct Walk {
  bool cured = false;
  double minutes = 0;   // until the band worked or the owner gave up
  double hands_on = 0;  // of these
  int questions = 0, fixes = 0;
  std::array<int, 5> by_loss{};  // fixes done, by LossClass
  // Fixes that cost the pairing or more; and of these, those that cured none of the owner's faults.
  int lossy = 0, needless_lossy = 0;
  std::vector<Choice> steps;
  Seen seen;  // at the end

  // With Model::give_up_minutes for who is not cured: what a policy is judged by.
  [[nodiscard]] double Cost(const Model& model) const {
    return minutes + (cured ? 0 : model.give_up_minutes);
  }
};

// Ends when the band works, the policy gives up, or World::patience_minutes are spent. Who has a
// working band sees so after the first test.
Walk CarryOut(const Population& population, const Owner& owner, Policy& policy);

}  // namespace bk::troubleshoot
