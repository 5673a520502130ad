// What to do next: fixes and questions, with the least expected minutes and harm last.
//
// The cost of a plan is the minutes of its steps until the fault is cured, and
// Model::give_up_minutes if it never is. A fix cures with sum over causes of P(cause) x chance;
// when it fails, the belief learns from it. Fixes stand by chance over minutes. A question stands
// before them when the minutes that its answers save are more than its own.
//
// Harm is a constraint, not a price:
// - a fix waits while a less harmful one has Model::waits_for_chance of its class, now or after
// this fix would have
//   failed; so steps that can lose data come after every harmless step with a real chance;
// - a fix is never proposed while its chance is below Model::least_chance of its class, nor when it
// was tried in
//   vain, nor when its preconditions are known not to hold.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "troubleshoot/belief/belief.h"

namespace bk::troubleshoot {

// What the words for the person depend on. Zero or empty = not known.
struct Context {
  int android_sdk = 0;
  std::string maker;  // as the phone says it; case does not matter
  bool band_seen =
      false;            // a device that may be the band is in the evidence, or the person named one
  bool can_ask = true;  // someone is there to answer questions
  std::vector<std::string> failed_fixes;  // ids of steps that were carried out in vain
};

struct Step {
  enum class Kind : std::uint8_t { kFix, kAsk };
  Kind kind = Kind::kFix;
  std::string id;  // of the fix, or of the finding that is asked
  std::vector<std::string>
      treats;  // fix: causes that it may cure, by their share; ask: causes that it tells apart
  double chance = 0;  // fix: that it cures, when its turn comes
  double minutes = 0;
  double hands_on = 0;
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

class Planner {
 public:
  // Keeps a reference: `model` must outlive the planner.
  explicit Planner(const BeliefModel& model);

  // The whole plan. Deterministic. `failed`: fixes tried in vain, as indices into Knowledge::fixes.
  // `worst`: nothing more harmful is proposed at all. `cautious`: see Situation.
  [[nodiscard]] Plan Make(std::span<const Observation> observations,
                          std::span<const std::size_t> failed, const Context& context,
                          LossClass worst = LossClass::kBandData, bool cautious = false) const;

  // What the policy does in one situation.
  struct Choice {
    enum class Kind : std::uint8_t { kFix, kAsk, kGiveUp };
    Kind kind = Kind::kGiveUp;
    std::size_t index = 0;  // into Knowledge::fixes or ::findings
  };

  // A situation: the chance of each cause and of none_of_these (last), and what is left to do. For
  // tests and simulation, which step through all outcomes; Make uses the same.
  struct Situation {
    std::vector<double> chances;
    std::vector<char> fix_open;       // by Knowledge::fixes
    std::vector<char> question_open;  // by Knowledge::findings
    // Nobody knows where the fault is: a step that costs the pairing or more waits for every less
    // harmful one that is worth its minutes.
    bool cautious = false;
  };
  [[nodiscard]] Situation Start(std::span<const Observation> observations,
                                std::span<const std::size_t> failed, bool can_ask,
                                LossClass worst = LossClass::kBandData) const;
  [[nodiscard]] Choice Next(const Situation& situation) const;

  // The chance that the fix cures; then the situation when it did not.
  [[nodiscard]] double CureChance(const Situation& situation, std::size_t fix) const;
  void Fail(Situation& situation, std::size_t fix) const;
  // The chance that a person answers yes; then the situation with the answer.
  [[nodiscard]] double YesChance(const Situation& situation, std::size_t question) const;
  void Answer(Situation& situation, std::size_t question, bool yes) const;
  // Whether harm and preconditions allow the fix now.
  [[nodiscard]] bool MayPropose(const Situation& situation, std::size_t fix) const;
  // Expected minutes with fixes alone, in the policy's order.
  [[nodiscard]] double FixesOnly(const Situation& situation) const;

 private:
  class Work;
  const BeliefModel* model_;
  std::size_t hypotheses_;                        // causes and none_of_these
  std::vector<double> cure_;                      // by fix, then hypothesis
  std::vector<std::vector<std::size_t>> treats_;  // by fix: the causes with a chance in cure_
  std::vector<double> yes_;         // by finding, then hypothesis: that a person says yes
  std::vector<double> minutes_;     // by fix
  std::vector<char> can_be_asked_;  // by finding
  // By canonical finding: the fixes that are out once it is known to hold, and not to hold.
  std::vector<std::vector<std::size_t>> closed_by_yes_, closed_by_no_;
};

// The most special words that fit the phone; empty if the fix has none.
const Words* WordsFor(const Fix& fix, const Context& context);

// Android's version by its API level: 28 -> 9. 0 for 0.
int AndroidVersionOf(int sdk);

}  // namespace bk::troubleshoot
