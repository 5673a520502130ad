// The plan as a list: fixes and questions in order, each with its words. What decides is planner.h.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "troubleshoot/plan/planner.h"

namespace bk::troubleshoot {

struct Step {
  enum class Kind : std::uint8_t { kFix, kAsk };
  Kind kind = Kind::kFix;
  std::string id;  // of the fix, or of the finding that is asked
  std::vector<std::string>
      treats;  // fix: causes that it may cure, by their share; ask: causes that it tells apart
  double chance = 0;   // fix: that it cures, when its turn comes
  double minutes = 0;  // on the clock, when its turn comes
  double hands_on = 0;
  // Fix: the band is not tested after it but after the next one, which shares the test.
  bool test_later = false;
  LossClass loss = LossClass::kNone;
  std::string loss_text;
  Actor by = Actor::kPerson;
  std::string text;                // the fix's title, or the question
  std::string why;                 // why now, one sentence
  std::vector<std::string> words;  // fix: how, step by step, for this phone
  std::string check, undo;         // fix
};

struct Plan {
  double expected_minutes = 0;  // of this policy, with give_up_minutes for what stays uncured
  // No policy can do better: what it would cost if the cause were known for certain from the start,
  // each cause then treated in its own best order; averaged over the belief. Includes
  // give_up_minutes likewise.
  double bound_minutes = 0;
  double cure_chance = 0;   // that one of the fixes cures
  std::vector<Step> steps;  // in order, each fix as if those before it had failed
  std::string instead;  // what to do when no step is left: wait, replace, contact; never empty for
                        // a plan of trouble
  std::string instead_for;  // the cause that it belongs to; empty = none of the known ones
  bool instead_now =
      false;  // the likeliest cause cannot be cured from here: say `instead` before the steps
};

// The whole plan. Deterministic. `failed`: fixes tried in vain, as indices into Knowledge::fixes.
Plan MakePlan(const Planner& planner, std::span<const Observation> observations,
              std::span<const std::size_t> failed, const Context& context,
              const Limits& limits = {});

// The most special words that fit the phone; empty if the fix has none.
const Words* WordsFor(const Fix& fix, const Context& context);

// Android's version by its API level: 28 -> 9. 0 for 0.
int AndroidVersionOf(int sdk);

}  // namespace bk::troubleshoot
