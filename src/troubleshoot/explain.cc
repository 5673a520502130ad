#include "troubleshoot/explain.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

#include "base/odds.h"
#include "troubleshoot/messages.h"

namespace bk::troubleshoot {
namespace {

constexpr double kMoved = 1e-6;
constexpr std::size_t kChangesMax = 3;

double ChanceOf(const Belief& belief, std::size_t hypothesis) {
  return hypothesis < belief.causes.size() ? belief.causes[hypothesis] : belief.none;
}

// The likeliest of causes and unknown fault, without those left out.
std::size_t TopOf(const Belief& belief, std::span<const std::size_t> without = {}) {
  std::size_t top = BeliefModel::npos;
  for (std::size_t h = 0; h <= belief.causes.size(); ++h)
    if (std::ranges::find(without, h) == without.end() &&
        (top == BeliefModel::npos || ChanceOf(belief, h) > ChanceOf(belief, top)))
      top = h;
  return top;
}

std::string NameOf(const Knowledge& knowledge, std::size_t hypothesis) {
  return hypothesis < knowledge.causes.size() ? knowledge.causes[hypothesis].id
                                              : std::string(kNoneOfThese);
}

// The report that stands for an observation: one that says what the sources together came to.
std::optional<std::size_t> ReportOf(const BeliefModel& model,
                                    std::span<const evidence::Finding> findings,
                                    const Observation& observation) {
  std::optional<std::size_t> best;
  double best_trust = -1;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const std::size_t index = model.FindingIndex(findings[i].id);
    if (index == BeliefModel::npos) continue;
    const auto [first, inverted] = model.CanonicalOf(index);
    if (first != observation.finding) continue;
    const bool says_holds = Holds(findings[i].value) != inverted;
    const bool agrees = says_holds == (observation.if_true >= observation.if_false);
    const double trust = model.TrustOf(index, findings[i].source) + (agrees ? 1 : 0);
    if (trust > best_trust) {
      best = i;
      best_trust = trust;
    }
  }
  return best;
}

// How an answer would move each fault's chance, over the likeliest sets.
class Answers {
 public:
  Answers(const BeliefModel& model, const Belief& belief) : model_(model), belief_(belief) {
    // Sets beyond these cannot come to the fore by one answer that is worth saying.
    constexpr double kRarest = 1e-4;
    sets_ = static_cast<std::size_t>(
        std::ranges::find_if(belief.sets, [](const auto& one) { return one.chance < kRarest; }) -
        belief.sets.begin());
  }

  // From here on of this finding.
  void Take(std::size_t finding) {
    finding_ = finding;
    chances_.clear();
    holds_ = 0;
    double sum = 0;
    for (std::size_t i = 0; i < sets_; ++i) {
      chances_.push_back(model_.Chance(belief_.sets[i].set, finding));
      holds_ += belief_.sets[i].chance * chances_.back();
      sum += belief_.sets[i].chance;
    }
    if (sum > 0) holds_ /= sum;
  }
  [[nodiscard]] double holds() const { return holds_; }

  // The chance of each fault once a person has given the answer, which keeps `share` of its weight.
  [[nodiscard]] std::vector<double> After(bool value, double share) const {
    const double right = model_.TrustOf(finding_, evidence::SourceKind::kPerson);
    const double if_true = value ? right : 1 - right;
    std::vector<double> faults(belief_.causes.size() + 1, 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < sets_; ++i) {
      const double likely = chances_[i] * if_true + (1 - chances_[i]) * (1 - if_true);
      const double then = belief_.sets[i].chance * std::pow(likely, share);
      sum += then;
      for (const std::uint16_t fault : belief_.sets[i].set.Members()) faults[fault] += then;
    }
    for (double& fault : faults) fault /= sum;
    return faults;
  }

 private:
  const BeliefModel& model_;
  const Belief& belief_;
  std::size_t sets_ = 0;
  std::size_t finding_ = 0;
  std::vector<double> chances_;
  double holds_ = 0;
};

std::string Statement(const Knowledge& knowledge, const FindingKind& finding, bool holds) {
  return holds ? finding.statement
               : knowledge.language.Say(kExplainSays.not_so, {{"statement", finding.statement}});
}

std::vector<MindChange> WouldChange(const BeliefModel& model,
                                    std::span<const Observation> observations, const Belief& belief,
                                    std::size_t top) {
  const Knowledge& knowledge = model.knowledge();
  std::vector<MindChange> changes;
  if (top >= belief.causes.size()) return changes;
  std::set<std::string_view> groups;
  for (const Observation& seen : observations)
    groups.insert(knowledge.findings[seen.finding].group);
  Answers answers(model, belief);
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    if (model.CanonicalOf(f).inverted) continue;
    if (std::ranges::binary_search(observations, f, {}, &Observation::finding)) continue;
    answers.Take(f);
    const std::string& group = knowledge.findings[f].group;
    const double share =
        (!group.empty() && groups.contains(group) ? knowledge.model.group_damping : 1.0) /
        knowledge.model.temperature;
    for (const bool value : {true, false}) {
      const double likely = value ? answers.holds() : 1 - answers.holds();
      if (likely < knowledge.model.answer_worth_saying) continue;
      const std::vector<double> then = answers.After(value, share);
      const auto best = std::ranges::max_element(then);
      const auto new_top = static_cast<std::size_t>(best - then.begin());
      // That two near each other change places is no news; nor is that none of the causes leads.
      if (new_top == top || new_top >= belief.causes.size() ||
          *best < knowledge.model.answer_raises_by * belief.causes[new_top])
        continue;
      changes.push_back({knowledge.findings[f].id, value, NameOf(knowledge, new_top), likely, ""});
    }
  }
  std::ranges::sort(changes, [](const MindChange& a, const MindChange& b) {
    return a.chance != b.chance ? a.chance > b.chance : a.finding < b.finding;
  });
  if (changes.size() > kChangesMax) changes.resize(kChangesMax);
  for (MindChange& change : changes) {
    const FindingKind& finding = knowledge.findings[model.FindingIndex(change.finding)];
    const std::size_t cause = model.CauseIndex(change.to_cause);
    change.text = knowledge.language.Say(
        kExplainSays.would_change,
        {{"statement", Statement(knowledge, finding, change.value)},
         {"cause", cause == BeliefModel::npos ? knowledge.language.Say(kExplainSays.none_of_these)
                                              : knowledge.causes[cause].title}});
  }
  return changes;
}

}  // namespace

std::string TextOf(const Knowledge& knowledge, const evidence::Finding& finding) {
  const bool told = finding.source == evidence::SourceKind::kPerson;
  if (!finding.text.empty() && (told || knowledge.language.IsEnglish())) return finding.text;
  const auto kind = std::ranges::find(knowledge.findings, finding.id, &FindingKind::id);
  return kind == knowledge.findings.end() ? finding.text
                                          : Statement(knowledge, *kind, Holds(finding.value));
}

Explanation Explain(const BeliefModel& model, std::span<const evidence::Finding> findings,
                    std::span<const Observation> observations, std::span<const std::size_t> failed,
                    const Belief& belief) {
  const Knowledge& knowledge = model.knowledge();
  const std::size_t top = TopOf(belief);
  std::vector<std::size_t> led = {top};
  if (top < belief.causes.size())
    for (const std::size_t c : AlsoAtWork(model, belief, top)) led.push_back(c);
  const std::size_t next = TopOf(belief, led);
  Explanation explanation;
  explanation.cause = NameOf(knowledge, top);
  if (next != BeliefModel::npos) explanation.next = NameOf(knowledge, next);
  for (std::size_t i = 1; i < led.size(); ++i)
    explanation.also.push_back({NameOf(knowledge, led[i]), {}});

  std::vector<Observation> without;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    const auto report = ReportOf(model, findings, observations[i]);
    if (!report) continue;
    const evidence::Finding& finding = findings[*report];
    const std::string& statement = knowledge.findings[model.FindingIndex(finding.id)].statement;
    if (observations[i].if_true == observations[i].if_false)
      explanation.contradictions.push_back(
          knowledge.language.Say(kExplainSays.contradiction, {{"statement", statement}}));
    without.assign(observations.begin(), observations.end());
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    const std::vector<double> before = model.Marginals(without, failed);
    const auto moved = [&](std::size_t h) {
      return LogOdds(ChanceOf(belief, h)) - LogOdds(before[h]);
    };
    Contribution one{finding.id, Holds(finding.value),       moved(top),
                     0,          TextOf(knowledge, finding), *report};
    if (next != BeliefModel::npos)
      one.against_next = std::log(ChanceOf(belief, top) / ChanceOf(belief, next)) -
                         std::log(before[top] / before[next]);
    if (std::abs(one.log_odds) >= kMoved || std::abs(one.against_next) >= kMoved)
      explanation.moved_by.push_back(one);
    for (std::size_t j = 1; j < led.size(); ++j) {
      one.log_odds = moved(led[j]);
      if (one.log_odds >= kMoved) explanation.also[j - 1].moved_by.push_back(one);
    }
  }
  const auto by_strength = [](const auto& a, const auto& b) {
    return std::abs(a.log_odds) > std::abs(b.log_odds);
  };
  std::ranges::stable_sort(explanation.moved_by, by_strength);
  for (AlsoExplained& also : explanation.also) std::ranges::stable_sort(also.moved_by, by_strength);
  explanation.would_change = WouldChange(model, observations, belief, top);
  return explanation;
}

}  // namespace bk::troubleshoot
