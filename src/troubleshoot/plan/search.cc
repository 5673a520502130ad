#include "troubleshoot/plan/search.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

#include "troubleshoot/plan/lower_bound.h"
#include "troubleshoot/plan/ratio_rule.h"
#include "troubleshoot/plan/separate.h"

namespace bk::troubleshoot {
namespace {

constexpr int kDepthMax = 40;  // more steps than a plan has
constexpr double kEqual = 1e-9;
// A problem is small, and every step is looked at, up to so many fixes and questions.
constexpr std::size_t kSmallFixes = 16, kSmallQuestions = 8;
// Else the look is one step deep, at the most promising of each: deeper and wider looks chose no
// better on simulated owners (docs/design/0003-caution.md).
constexpr std::size_t kFixesWide = 3, kQuestionsWide = 3;

class Searcher {
 public:
  Searcher(const Progress& root, std::size_t work) : root_(root), work_(work) {
    small_ = root.fixes().size() <= kSmallFixes && root.questions().size() <= kSmallQuestions;
    root_.KeepQuestions(SeparateBest(root, small_ ? kSmallQuestions : kQuestionsWide));
    const StepPrices& prices = root.tables().prices;
    shares_ = false;
    for (const std::size_t fix : root.fixes())
      shares_ = shares_ || prices.Test(fix) > 0 || prices.AfterAct(fix) != 0;
    per_node_ = root.chances().size() * 4 + root.fixes().size() * root.fixes().size() * 2;
  }

  Found Run() {
    Found found;
    const double mass = root_.mass();
    if (mass <= 0) return found;
    const int deepest = small_ ? kDepthMax : 1;
    for (int depth = 0; depth <= deepest; ++depth) {
      Choice choice;
      bool exact = true;
      const double value = Value(root_, depth, &choice, exact);
      // Of a round that was broken off, what it found is worth as much as it says.
      if (!out_of_work_ || value < found.cost * mass) found = {choice, value / mass, exact};
      if (depth == 1 && !exact) MayWait(found);
      if (exact || out_of_work_) break;
      bounded_ = depth > 0;  // the first look is always taken whole
    }
    return found;
  }

 private:
  // A question may wait until the rule's next fixes have failed; a look of one step does not see
  // it.
  void MayWait(Found& found) {
    if (found.choice.kind != Choice::Kind::kAsk) return;
    const StepPrices& prices = root_.tables().prices;
    const std::size_t q = found.choice.index;
    Progress failed = root_;
    double price = 0;
    const std::vector<std::size_t> group = TakeNextGroup(failed, price);
    if (group.empty()) return;
    price += failed.mass() * prices.Question(q, failed.place());
    for (const bool answer : {true, false}) {
      Progress then = failed;
      then.MoveTo(prices.AfterQuestion(q, failed.place()));
      then.Answer(q, answer);
      price += FixesOnlyCost(then);
    }
    if (price > found.cost * root_.mass()) return;
    found.cost = price / root_.mass();
    SetFixes(found.choice, group);
  }

  struct Known {
    int depth = -1;    // so far was looked; -1 = not at all
    double rule = 0;   // what the ratio rule costs
    double value = 0;  // the least that was found
    double bound = 0;
    bool exact = false;
  };

  static std::uint64_t KeyOf(const Progress& progress) {
    std::uint64_t key = 0x9e3779b97f4a7c15ULL ^ progress.place();
    const auto mix = [&](std::uint64_t value) {
      key ^= value + 0x9e3779b97f4a7c15ULL + (key << 6) + (key >> 2);
      key *= 0xff51afd7ed558ccdULL;
      key ^= key >> 32;
    };
    // The last bits depend on the order of the steps.
    for (const double chance : progress.chances())
      mix(std::bit_cast<std::uint32_t>(static_cast<float>(chance)));
    for (const std::size_t fix : progress.fixes()) mix(fix);
    for (const std::size_t q : progress.questions()) mix(q + (1ULL << 32));
    return key;
  }

  // The least cost that the look finds, times the mass. `choice`: where it is wanted. `exact`
  // becomes false where a better one may have been missed.
  double Value(const Progress& progress, int depth, Choice* choice, bool& exact) {
    if (progress.mass() <= 0) return 0;
    const std::uint64_t key = KeyOf(progress);
    Known known = known_[key];
    if (known.depth < 0) {
      known.rule = known.value = FixesOnlyCost(progress);
      known.bound = KnownFaultsBound(progress);
      known.depth = 0;
      known.exact = known.value <= known.bound + kEqual * progress.mass() ||
                    (progress.fixes().empty() && progress.questions().empty());
      Spend(per_node_ * (1 + progress.fixes().size() / 4));
    }
    if (choice != nullptr) {
      known.value = known.rule;  // the step that leads to a better one is to be found again
      *choice = RuleChoice(progress, known.rule);
    } else if (known.exact || known.depth >= depth) {
      exact = exact && known.exact;
      known_[key] = known;
      return known.value;
    }
    if (!known.exact && depth > 0 && !out_of_work_) {
      bool complete = true;
      known.value = Look(progress, depth, choice, known.value, complete);
      if (!out_of_work_) {
        known.depth = depth;
        known.exact = complete;
      }
    }
    known_[key] = known;
    exact = exact && known.exact;
    return known.value;
  }

  // What the ratio rule does first.
  static Choice RuleChoice(const Progress& progress, double value) {
    Choice choice;
    if (value >= progress.mass() * progress.tables().limits->give_up_minutes) return choice;
    Progress then = progress;
    double price = 0;
    SetFixes(choice, TakeNextGroup(then, price));
    return choice;
  }

  static void SetFixes(Choice& choice, const std::vector<std::size_t>& group) {
    if (group.empty()) return;
    choice = {Choice::Kind::kFix, group.front(), {group.begin() + 1, group.end()}};
  }

  double Look(const Progress& progress, int depth, Choice* choice, double best, bool& exact) {
    best = LookAtFixes(progress, depth, choice, best, exact);
    return LookAtQuestions(progress, depth, choice, best, exact);
  }

  double LookAtFixes(const Progress& progress, int depth, Choice* choice, double best,
                     bool& exact) {
    const StepPrices& prices = progress.tables().prices;
    std::vector<std::pair<double, std::size_t>> order;
    for (const std::size_t fix : progress.Proposable())
      order.emplace_back(
          -progress.Gains(fix) / (prices.Act(fix, progress.place()) + prices.Test(fix)), fix);
    std::ranges::sort(order);
    if (!small_ && order.size() > kFixesWide) {
      order.resize(kFixesWide);
      exact = false;
    }
    for (const auto& [ratio, fix] : order) {
      if (out_of_work_) break;
      Progress then = progress;
      std::vector<std::size_t> group = {fix};
      const double act = progress.mass() * prices.Act(fix, progress.place());
      then.MoveTo(prices.AfterAct(fix));
      then.Fail(fix);
      best =
          Together(then, group, progress.mass(), act, prices.Test(fix), depth, choice, best, exact);
    }
    return best;
  }

  // `group` was done and not tested: test it, or do another before.
  double Together(const Progress& done, std::vector<std::size_t>& group, double paying, double paid,
                  double test, int depth, Choice* choice, double best, bool& exact) {
    const PlanTables& tables = done.tables();
    const StepPrices& prices = tables.prices;
    Spend(per_node_);
    Progress tested = done;
    tested.MoveTo(prices.AfterTest(done.place()));
    const double cost = paid + paying * test;
    if (cost + KnownFaultsBound(tested) < best) {
      const double value = cost + Value(tested, depth - 1, nullptr, exact);
      if (value < best - kEqual * paying) {
        best = value;
        if (choice != nullptr) SetFixes(*choice, group);
      }
    }
    const auto most = static_cast<std::size_t>(std::max(1, tables.limits->together_max));
    if (!shares_ || group.size() >= most || tables.loss[group[0]] > LossClass::kSetting)
      return best;
    std::vector<std::pair<double, std::size_t>> order;
    for (const std::size_t fix : done.fixes()) {
      if (tables.loss[fix] != tables.loss[group[0]]) continue;
      const double joins = prices.Act(fix, done.place()) + std::max(0.0, prices.Test(fix) - test);
      const double apart = prices.Act(fix, prices.AfterTest(done.place())) + prices.Test(fix);
      if (joins >= apart || !done.MayPropose(fix)) continue;  // nothing is shared
      if (paid + paying * (joins + test) >= best) continue;
      order.emplace_back(-done.Gains(fix) / joins, fix);
    }
    std::ranges::sort(order);
    if (!small_ && order.size() > 1) {
      order.resize(1);
      exact = false;
    }
    for (const auto& [ratio, fix] : order) {
      if (out_of_work_) break;
      Progress then = done;
      group.push_back(fix);
      then.MoveTo(prices.AfterAct(fix));
      then.Fail(fix);
      best = Together(then, group, paying, paid + paying * prices.Act(fix, done.place()),
                      std::max(test, prices.Test(fix)), depth, choice, best, exact);
      group.pop_back();
    }
    return best;
  }

  double LookAtQuestions(const Progress& progress, int depth, Choice* choice, double best,
                         bool& exact) {
    const StepPrices& prices = progress.tables().prices;
    std::vector<std::size_t> questions = progress.questions();
    if (!small_ && questions.size() > kQuestionsWide) {
      questions = SeparateBest(progress, kQuestionsWide);
      exact = false;
    }
    for (const std::size_t q : questions) {
      if (out_of_work_) break;
      const double cost = progress.mass() * prices.Question(q, progress.place());
      Progress yes = progress, no = progress;
      yes.MoveTo(prices.AfterQuestion(q, progress.place()));
      no.MoveTo(yes.place());
      yes.Answer(q, true);
      no.Answer(q, false);
      Spend(per_node_ * 2);
      const double bound_no = KnownFaultsBound(no);
      if (cost + KnownFaultsBound(yes) + bound_no >= best) continue;
      double value = cost + Value(yes, depth - 1, nullptr, exact);
      if (value + bound_no >= best) continue;
      value += Value(no, depth - 1, nullptr, exact);
      if (value >= best - kEqual * progress.mass()) continue;
      best = value;
      if (choice != nullptr) *choice = {Choice::Kind::kAsk, q, {}};
    }
    return best;
  }

  void Spend(std::size_t work) {
    spent_ += work;
    out_of_work_ = bounded_ && spent_ > work_;
  }

  Progress root_;
  std::size_t work_, spent_ = 0, per_node_ = 0;
  bool small_ = false, shares_ = true, bounded_ = false, out_of_work_ = false;
  std::unordered_map<std::uint64_t, Known> known_;
};

}  // namespace

Found Search(const Progress& root, std::size_t work) { return Searcher(root, work).Run(); }

}  // namespace bk::troubleshoot
