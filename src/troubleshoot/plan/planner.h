// The policy: which step comes next, and what a situation is worth. Steps through all outcomes, for
// the plan as a list (plan.h), for an interview, and for simulation.
//
//     Planner planner(model);
//     Situation now = planner.Start(observations, failed, context);
//     for (Choice next = planner.Next(now); next.kind != Choice::Kind::kGiveUp;
//          next = planner.Next(now)) {
//       // kAsk: planner.Answer(now, next.index, yes), or planner.Skip(now, next.index)
//       // kFix: carry out next.index, then next.more, then test once whether the band works;
//       //       if not: planner.Fail(now, next)
//     }
//     planner.EndingOf(now);  // wait for, replace, contact
//
// The cost of a policy is the price of its steps until the band works, and Model::give_up_minutes
// if it never does. Prices are minutes: what CostOf says of one choice. Fixes stand by chance over
// price; several may be done and tested once; a question stands before them when the minutes that
// its answers save are more than its own.
//
// Harm is a constraint, not a price. The rules, which harm_rule.cc carries out and harm_last.h
// works out once more for tests:
// 1. A fix waits while an open, less harmful one (of a lower class, or said to lose less:
//    Fix::loses_more_than) has a real chance: at least
//    Model::waits_for_chance of the waiting fix's class to make the band work by itself, as it is
//    or given that the waiting fix fails. Nothing excuses from that, neither minutes nor price.
// 2. A fix is worth proposing if its chance to help is at least Model::least_chance of its class
//    and at least Model::outweighs_unknown times that of an unknown fault, and is worth its minutes
//    against giving up. It is proposed if it is worth it or if one that is waits for it, directly
//    or through others; else not at all.
// 3. Nor is it proposed when it was tried in vain, or when its preconditions are known not to hold.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/hypotheses.h"
#include "troubleshoot/plan/plan_tables.h"
#include "troubleshoot/plan/step_prices.h"

namespace bk::troubleshoot {

// What the words for the person depend on. Zero or empty = not known.
struct Context {
  int android_sdk = 0;
  std::string maker;       // as the phone says it; case does not matter
  bool band_seen = false;  // a device that may be the band is in the evidence, or was named
  bool can_ask = true;     // someone is there to answer questions
  std::vector<std::string> failed_fixes;  // ids of steps that were carried out in vain
  std::vector<std::string> not_known;     // findings that the person was asked and cannot tell
  // Nothing was left that is worth it, and the person goes on all the same: what helps rarely is
  // proposed too (Model::to_the_end), without questions, each harm after all that is less.
  bool to_the_end = false;
};

// How much a plan may dare.
struct Limits {
  LossClass worst = LossClass::kBandData;  // nothing more harmful is proposed at all
  // Nobody knows where the fault is: a step that costs the pairing or more waits for every less
  // harmful one that is worth proposing.
  bool cautious = false;
  // Reckon with the chances that a verdict says: for whoever asks in order to say one. A plan
  // reckons more with the unknown fault (BeliefModel::ForPlan).
  bool as_verdict = false;
};

struct Choice {
  enum class Kind : std::uint8_t { kFix, kAsk, kGiveUp };
  Kind kind = Kind::kGiveUp;
  std::size_t index = 0;  // into Knowledge::fixes or ::findings
  // kFix: further fixes, done after `index` and before the one test whether the band works.
  std::vector<std::size_t> more;
};

// What is believed, and what is left to do. Made by Planner::Start; a value, copied freely.
struct Situation {
  std::shared_ptr<const Hypotheses> hypotheses;
  std::vector<double> chances;      // by hypothesis; sums to one; see Planner::Marginals
  std::vector<char> fix_open;       // by Knowledge::fixes
  std::vector<char> question_open;  // by Knowledge::findings
  bool cautious = false;            // see Limits
  Spot place = 0;                   // where the last step has left one
};

// What asking brings.
struct QuestionValue {
  std::size_t finding = 0;
  double saves = 0;  // priced minutes that its answers save, less what asking costs; may be < 0
};

// What to do when no step is left.
struct Ending {
  std::size_t cause = BeliefModel::npos;  // whose Cause::instead it is; npos = no known one
  bool now = false;  // it is the likeliest and cannot be cured from here: say so before the steps
};

class Planner {
 public:
  using Choice = troubleshoot::Choice;
  using Situation = troubleshoot::Situation;

  // Keeps a reference: `model` must outlive the planner.
  // `to_the_end`: see Context.
  explicit Planner(const BeliefModel& model, bool to_the_end = false);

  // `failed`: fixes tried in vain, as indices into Knowledge::fixes.
  [[nodiscard]] Situation Start(std::span<const Observation> observations,
                                std::span<const std::size_t> failed, const Context& context,
                                const Limits& limits = {}) const;
  // `work`: about how many multiplications it may take to look further ahead than a single step
  // over the ratio rule, where the problem is small enough for that to tell (search.h); 0 = none.
  [[nodiscard]] Choice Next(const Situation& situation, std::size_t work = kWork) const;
  static constexpr std::size_t kWork = 2'000'000;
  [[nodiscard]] StepCost CostOf(const Situation& situation, const Choice& choice) const;
  [[nodiscard]] Ending EndingOf(const Situation& situation) const;

  // The chance of each cause to be at work, given that something is wrong; last: the unknown fault.
  [[nodiscard]] std::vector<double> Marginals(const Situation& situation) const;

  // The chance that the band works once the fix is done; that the fix cures something.
  [[nodiscard]] double CureChance(const Situation& situation, std::size_t fix) const;
  [[nodiscard]] double HelpChance(const Situation& situation, std::size_t fix) const;
  // The situation when it was done and the band still does not work; of a choice: all its fixes.
  void Fail(Situation& situation, std::size_t fix) const;
  void Fail(Situation& situation, const Choice& choice) const;
  // Likewise, and it was read back that what the fix sets is right now: causes that would show it
  // wrong again become less likely still.
  void Done(Situation& situation, std::size_t fix) const;

  // The chance that a person answers yes; then the situation with the answer, or without one.
  [[nodiscard]] double YesChance(const Situation& situation, std::size_t question) const;
  void Answer(Situation& situation, std::size_t question, bool yes) const;
  void Skip(Situation& situation, std::size_t question) const;   // "I don't know": not asked again
  void Close(Situation& situation, std::size_t question) const;  // not to be asked, without asking
  // Of the open questions that separate the causes best, Model::questions_weighed with what each is
  // worth, the most valuable first.
  [[nodiscard]] std::vector<QuestionValue> WorthAsking(const Situation& situation) const;

  // Whether harm and preconditions allow the fix now.
  [[nodiscard]] bool MayPropose(const Situation& situation, std::size_t fix) const;
  // Expected priced minutes with fixes alone, by the ratio rule.
  [[nodiscard]] double FixesOnly(const Situation& situation) const;
  // Expected priced minutes of what Next begins, and what no policy undercuts (lower_bound.h): what
  // was not weighed set by set costs nothing in the bound.
  struct Outlook {
    Choice first;  // what Next gives
    double expected = 0;
    double bound = 0;
    bool exact = false;  // no policy for these hypotheses does better than `expected`
  };
  [[nodiscard]] Outlook OutlookOf(const Situation& situation, std::size_t work = kWork) const;

  [[nodiscard]] const BeliefModel& model() const { return *model_; }

 private:
  void Weigh(Situation& situation, std::size_t fix, bool read_back) const;

  const BeliefModel* model_;
  std::shared_ptr<const PlanTables> tables_;  // situations refer to it: they outlive the planner
};

}  // namespace bk::troubleshoot
