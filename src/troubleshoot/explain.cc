#include "troubleshoot/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace bk::troubleshoot {
namespace {

constexpr double kMoved = 1e-6;
constexpr std::size_t kChangesMax = 3;

double LogOdds(double chance) { return std::log(chance / (1 - chance)); }

double ChanceOf(const Belief& belief, std::size_t hypothesis) {
  return hypothesis < belief.causes.size() ? belief.causes[hypothesis] : belief.none;
}

std::size_t TopOf(const Belief& belief) {
  const auto top = std::ranges::max_element(belief.causes);
  if (top == belief.causes.end() || *top < belief.none) return belief.causes.size();
  return static_cast<std::size_t>(top - belief.causes.begin());
}

std::string NameOf(const Knowledge& knowledge, std::size_t hypothesis) {
  return hypothesis < knowledge.causes.size() ? knowledge.causes[hypothesis].id
                                              : std::string(kNoneOfThese);
}

bool HoldsIn(const evidence::Finding& finding) {
  const bool* flag = std::get_if<bool>(&finding.value);
  return flag == nullptr ? !std::get<std::string>(finding.value).empty() : *flag;
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
    const bool says_holds = HoldsIn(findings[i]) != inverted;
    const bool agrees = says_holds == (observation.if_true >= observation.if_false);
    const double trust = model.TrustOf(index, findings[i].source) + (agrees ? 1 : 0);
    if (trust > best_trust) {
      best = i;
      best_trust = trust;
    }
  }
  return best;
}

std::vector<MindChange> WouldChange(const BeliefModel& model,
                                    std::span<const Observation> observations, const Belief& belief,
                                    std::size_t top) {
  const Knowledge& knowledge = model.knowledge();
  std::vector<MindChange> changes;
  if (top >= belief.causes.size()) return changes;
  std::vector<double> weights(belief.causes.size());
  std::set<std::string_view> groups;
  for (const Observation& seen : observations)
    groups.insert(knowledge.findings[seen.finding].group);
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    if (model.CanonicalOf(f).inverted) continue;
    if (std::ranges::binary_search(observations, f, {}, &Observation::finding)) continue;
    double chance = belief.none * model.Leak(f);
    for (std::size_t c = 0; c < belief.causes.size(); ++c)
      chance += belief.causes[c] * model.Chance(c, f);
    const double right = model.TrustOf(f, evidence::SourceKind::kPerson);
    const std::string& group = knowledge.findings[f].group;
    const double share =
        (!group.empty() && groups.contains(group) ? knowledge.model.group_damping : 1.0) /
        knowledge.model.temperature;
    for (const bool value : {true, false}) {
      const double likely = value ? chance : 1 - chance;
      if (likely < knowledge.model.answer_worth_saying) continue;
      const double other = (1 - right) / right;
      model.Weigh({f, value ? 1 : other, value ? other : 1}, weights);
      double sum = belief.none, best = 0;
      std::size_t new_top = top;
      for (std::size_t c = 0; c < weights.size(); ++c) {
        const double then = belief.causes[c] * std::exp(share * weights[c]);
        sum += then;
        if (then <= best) continue;
        best = then;
        new_top = c;
      }
      // That two near each other change places is no news.
      if (new_top == top ||
          best / sum < knowledge.model.answer_raises_by * belief.causes[new_top] ||
          best < belief.none)
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
    change.text =
        fmt::format("If it turned out that {}{}, the likeliest cause would be: {}.",
                    change.value ? "" : "it is not so that ", finding.statement,
                    cause == BeliefModel::npos ? "none of these" : knowledge.causes[cause].title);
  }
  return changes;
}

}  // namespace

Explanation Explain(const BeliefModel& model, std::span<const evidence::Finding> findings,
                    std::span<const Observation> observations, std::span<const std::size_t> failed,
                    const Belief& belief) {
  const Knowledge& knowledge = model.knowledge();
  const std::size_t top = TopOf(belief);
  Explanation explanation;
  explanation.cause = NameOf(knowledge, top);
  const double now = LogOdds(ChanceOf(belief, top));
  std::vector<Observation> without;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    without.assign(observations.begin(), observations.end());
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    const double moved = now - LogOdds(ChanceOf(model.Believe(without, failed), top));
    const auto report = ReportOf(model, findings, observations[i]);
    if (!report) continue;
    const evidence::Finding& finding = findings[*report];
    if (observations[i].if_true == observations[i].if_false)
      explanation.contradictions.push_back(
          fmt::format("The sources contradict each other on whether {}; it counts for nothing.",
                      knowledge.findings[model.FindingIndex(finding.id)].statement));
    if (std::abs(moved) < kMoved) continue;
    explanation.moved_by.push_back(
        {finding.id, HoldsIn(finding), moved,
         !finding.text.empty() ? finding.text
                               : knowledge.findings[model.FindingIndex(finding.id)].statement,
         *report});
  }
  std::ranges::stable_sort(explanation.moved_by, [](const auto& a, const auto& b) {
    return std::abs(a.log_odds) > std::abs(b.log_odds);
  });
  explanation.would_change = WouldChange(model, observations, belief, top);
  return explanation;
}

}  // namespace bk::troubleshoot
