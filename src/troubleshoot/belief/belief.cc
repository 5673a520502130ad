#include "troubleshoot/belief/belief.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "base/odds.h"

namespace bk::troubleshoot {
namespace {

using evidence::SourceKind;

template <class Thing>
std::unordered_map<std::string_view, std::size_t> IndexById(const std::vector<Thing>& things) {
  std::unordered_map<std::string_view, std::size_t> index;
  index.reserve(things.size());
  for (std::size_t i = 0; i < things.size(); ++i) index.emplace(things[i].id, i);
  return index;
}

std::size_t Find(const std::unordered_map<std::string_view, std::size_t>& index,
                 std::string_view id) {
  const auto found = index.find(id);
  return found == index.end() ? BeliefModel::npos : found->second;
}

double Likelihood(const Observation& observation, double chance) {
  return chance * observation.if_true + (1 - chance) * observation.if_false;
}

bool Says(const Observation& observation, bool value) {
  return value ? observation.if_true > observation.if_false
               : observation.if_true < observation.if_false;
}

}  // namespace

bool Holds(const evidence::FindingValue& value) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag;
  return !std::get<std::string>(value).empty();
}

BeliefModel::BeliefModel(const Knowledge& knowledge)
    : knowledge_(&knowledge),
      finding_index_(IndexById(knowledge.findings)),
      cause_index_(IndexById(knowledge.causes)),
      fix_index_(IndexById(knowledge.fixes)) {
  const std::size_t n = knowledge.findings.size();
  const double floor = std::clamp(knowledge.model.chance_floor, 1e-9, 0.25);
  const auto bounded = [&](double chance) { return std::clamp(chance, floor, 1 - floor); };

  std::vector<char> paired(n, 0);
  canonical_.resize(n);
  for (std::size_t i = 0; i < n; ++i) canonical_[i] = {i, false};
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t j = FindingIndex(knowledge.findings[i].opposite);
    if (j == npos || j == i || paired[i] != 0 || paired[j] != 0) continue;
    paired[i] = paired[j] = 1;
    canonical_[std::max(i, j)] = {std::min(i, j), true};
  }

  std::unordered_map<std::string_view, int> groups;
  leak_.resize(n);
  healthy_.resize(n);
  group_.assign(n, -1);
  for (std::size_t i = 0; i < n; ++i) {
    const FindingKind& kind = knowledge.findings[i];
    leak_[i] = bounded(kind.leak);
    healthy_[i] = bounded(kind.when_healthy.value_or(kind.leak));
    if (!kind.group.empty())
      group_[i] = groups.emplace(kind.group, static_cast<int>(groups.size())).first->second;
  }
  for (std::size_t i = 0; i < n; ++i) {  // a pair may state health or group on its second half
    const auto [first, inverted] = canonical_[i];
    if (!inverted) continue;
    if (!knowledge.findings[first].when_healthy && knowledge.findings[i].when_healthy)
      healthy_[first] = 1 - healthy_[i];
    if (group_[first] < 0) group_[first] = group_[i];
  }

  effects_.resize(n);
  for (std::size_t c = 0; c < knowledge.causes.size(); ++c)
    for (const Effect& effect : knowledge.causes[c].effects) {
      const std::size_t f = FindingIndex(effect.finding);
      if (f == npos) continue;
      const auto [first, inverted] = canonical_[f];
      if (!effects_[first].empty() && effects_[first].back().cause == c) continue;
      effects_[first].push_back({c, bounded(inverted ? 1 - effect.chance : effect.chance)});
    }

  treats_.resize(knowledge.fixes.size());
  for (std::size_t c = 0; c < knowledge.causes.size(); ++c)
    for (const Treatment& treatment : knowledge.causes[c].fixes)
      if (const std::size_t f = FixIndex(treatment.fix); f != npos && treatment.chance > 0)
        treats_[f].push_back({c, std::min(treatment.chance, 1 - floor)});

  // "Tried in vain" speaks against what the fix cures, where no cause says so itself.
  std::vector<std::vector<double>> missed(n);
  for (std::size_t x = 0; x < knowledge.fixes.size(); ++x)
    for (const std::string& id : knowledge.fixes[x].tried_as) {
      const std::size_t f = FindingIndex(id);
      if (f == npos || canonical_[f].inverted || !effects_[f].empty()) continue;
      missed[f].resize(knowledge.causes.size(), 1);
      for (const Entry& entry : treats_[x])
        missed[f][entry.cause] = std::min(missed[f][entry.cause], 1 - entry.chance);
    }
  for (std::size_t f = 0; f < n; ++f)
    for (std::size_t c = 0; c < missed[f].size(); ++c)
      if (missed[f][c] < 1) effects_[f].push_back({c, bounded(leak_[f] * missed[f][c])});

  implies_.resize(n);
  for (std::size_t a = 0; a < n; ++a)
    for (const std::string& id : knowledge.findings[a].excludes) {
      const std::size_t b = FindingIndex(id);
      if (b == npos || canonical_[a].finding == canonical_[b].finding) continue;
      const auto imply = [&](const Canonical& holds, const Canonical& fails) {
        implies_[holds.finding].push_back({!holds.inverted, fails.finding, fails.inverted});
      };
      imply(canonical_[a], canonical_[b]);
      imply(canonical_[b], canonical_[a]);
    }

  signs_.resize(n);
  for (std::size_t f = 0; f < n; ++f) {
    Sign& sign = signs_[f];
    sign.turned = healthy_[f] > leak_[f];
    sign.leak = sign.turned ? 1 - leak_[f] : leak_[f];
    for (const Entry& entry : effects_[f]) {
      const double chance = sign.turned ? 1 - entry.chance : entry.chance;
      if (chance > sign.leak)
        sign.parts.push_back({entry.cause, (1 - chance) / (1 - sign.leak), 1});
      else if (chance < sign.leak)
        sign.parts.push_back({entry.cause, 1, chance / sign.leak});
    }
  }

  for (const Cause& cause : knowledge.causes) {
    const auto layer = std::ranges::find(knowledge.layers, cause.layer, &Layer::id);
    layer_.push_back(layer == knowledge.layers.end()
                         ? npos
                         : static_cast<std::size_t>(layer - knowledge.layers.begin()));
  }

  double sum = knowledge.none_prior;
  for (const Cause& cause : knowledge.causes) sum += cause.prior;
  for (const Cause& cause : knowledge.causes) log_prior_.push_back(std::log(cause.prior / sum));
  log_prior_.push_back(std::log(knowledge.none_prior / sum));
  // Elementary symmetric sums of the shares, which themselves sum to one.
  double pairs = 0, triples = 0, so_far = 0;
  for (const double log_share : log_prior_) {
    const double share = std::exp(log_share);
    triples += share * pairs;
    pairs += share * so_far;
    so_far += share;
  }
  const double further = knowledge.model.second_fault;
  log_prior_sum_ = std::log(so_far + further * pairs + further * further * triples);
}

std::size_t BeliefModel::FindingIndex(std::string_view id) const {
  return Find(finding_index_, id);
}
std::size_t BeliefModel::CauseIndex(std::string_view id) const { return Find(cause_index_, id); }
std::size_t BeliefModel::FixIndex(std::string_view id) const { return Find(fix_index_, id); }

double BeliefModel::Chance(std::size_t cause, std::size_t finding) const {
  const auto [first, inverted] = canonical_[finding];
  double chance = leak_[first];
  for (const Entry& entry : effects_[first])
    if (entry.cause == cause) chance = entry.chance;
  return inverted ? 1 - chance : chance;
}

double BeliefModel::SignChance(const Sign& sign, const FaultSet& set) const {
  double spares = 1, lowers = 1;
  for (const std::uint16_t fault : set.Members()) {
    const auto part = std::ranges::lower_bound(sign.parts, fault, {}, &Part::cause);
    if (part == sign.parts.end() || part->cause != fault) continue;
    spares *= part->spares;
    lowers *= part->lowers;
  }
  return (1 - spares) + sign.leak * lowers * spares;
}

double BeliefModel::Chance(const FaultSet& set, std::size_t finding) const {
  const auto [first, inverted] = canonical_[finding];
  const double chance = SignChance(signs_[first], set);
  return inverted != signs_[first].turned ? 1 - chance : chance;
}

double BeliefModel::CureChance(std::size_t fix, const FaultSet& set) const {
  double cures = set.size > 0 ? 1 : 0;
  for (const std::uint16_t fault : set.Members()) cures *= FixChance(fix, fault);
  return cures;
}

std::vector<SetChance> BeliefModel::AfterFailure(std::size_t fix,
                                                 std::span<const SetChance> sets) const {
  std::map<FaultSet, double> after;
  for (const SetChance& one : sets) {
    std::array<double, FaultSet::kMost> cured{}, stays{};
    for (std::size_t i = 0; i < one.set.size; ++i) {
      cured[i] = FixChance(fix, one.set.members[i]);
      stays[i] = 1 - cured[i];
    }
    ForEachOutcome(one.set.size, cured, stays, [&](unsigned gone, double chance) {
      FaultSet left;
      for (std::size_t i = 0; i < one.set.size; ++i)
        if ((gone >> i & 1U) == 0) left.Add(one.set.members[i]);
      if (left.size > 0) after[left] += one.chance * chance;  // else it is cured
    });
  }
  std::vector<SetChance> result;
  result.reserve(after.size());
  for (const auto& [set, chance] : after) result.push_back({set, chance});
  return result;
}

double BeliefModel::FixChance(std::size_t fix, std::size_t cause) const {
  for (const Entry& entry : treats_[fix])
    if (entry.cause == cause) return entry.chance;
  return 0;
}

double BeliefModel::TrustOf(std::size_t finding, SourceKind source) const {
  double right = knowledge_->model.trust[static_cast<std::size_t>(source)];
  for (const Trust& trust : knowledge_->findings[finding].trust)
    if (trust.source == source) right = trust.right;
  const double floor = std::clamp(knowledge_->model.chance_floor, 1e-9, 0.25);
  return std::clamp(right, 0.5, 1 - floor);
}

std::vector<Observation> BeliefModel::Observe(std::span<const evidence::Finding> findings) const {
  struct Reports {
    // By source kind: the trust of what said that the canonical finding holds, and does not; 0 =
    // nothing said.
    std::array<double, 6> yes{}, no{};
  };
  std::unordered_map<std::size_t, Reports> reports;
  for (const evidence::Finding& finding : findings) {
    const std::size_t index = FindingIndex(finding.id);
    if (index == npos) continue;
    const auto [first, inverted] = canonical_[index];
    const auto source = static_cast<std::size_t>(finding.source);
    auto& side = Holds(finding.value) != inverted ? reports[first].yes : reports[first].no;
    side[source] = std::max(side[source], TrustOf(index, finding.source));
  }
  std::vector<Observation> observations;
  observations.reserve(reports.size());
  for (const auto& [index, report] : reports) {
    double log_odds = 0;  // of the reports, holding against not holding
    for (std::size_t source = 0; source < report.yes.size(); ++source) {
      const double yes = report.yes[source], no = report.no[source];
      if (yes > 0) log_odds += LogOdds(yes);
      if (no > 0) log_odds -= LogOdds(no);
    }
    observations.push_back(
        {index, std::exp(std::min(0.0, log_odds)), std::exp(std::min(0.0, -log_odds))});
  }
  std::ranges::sort(observations, {}, &Observation::finding);
  return observations;
}

void BeliefModel::Weigh(const Observation& observation, std::span<double> weights) const {
  std::ranges::fill(weights, 0.0);
  const double base = std::log(Likelihood(observation, leak_[observation.finding]));
  for (const Entry& entry : effects_[observation.finding])
    weights[entry.cause] = std::log(Likelihood(observation, entry.chance)) - base;
}

std::vector<double> BeliefModel::Shares(std::span<const Observation> observations) const {
  std::vector<double> shares(observations.size(), 1.0);
  std::vector<double> spread(observations.size(), 0.0);
  std::vector<double> weights(knowledge_->causes.size());
  std::vector<std::size_t> grouped;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    const std::size_t f = observations[i].finding;
    if (group_[f] < 0) continue;
    Weigh(observations[i], weights);
    const double healthy = HealthyWeight(observations[i]);
    double low = std::min(0.0, healthy), high = std::max(0.0, healthy);
    for (const Entry& entry : effects_[f]) {
      low = std::min(low, weights[entry.cause]);
      high = std::max(high, weights[entry.cause]);
    }
    spread[i] = high - low;
    grouped.push_back(i);
  }
  std::ranges::sort(grouped, [&](std::size_t a, std::size_t b) {
    const int group_a = group_[observations[a].finding], group_b = group_[observations[b].finding];
    if (group_a != group_b) return group_a < group_b;
    if (spread[a] != spread[b]) return spread[a] > spread[b];
    return observations[a].finding < observations[b].finding;
  });
  for (std::size_t i = 1; i < grouped.size(); ++i)
    if (group_[observations[grouped[i]].finding] == group_[observations[grouped[i - 1]].finding])
      shares[grouped[i]] = knowledge_->model.group_damping;
  for (const Observation& seen : observations)
    for (const Implied& implied : implies_[seen.finding]) {
      if (!Says(seen, implied.when)) continue;
      for (std::size_t i = 0; i < observations.size(); ++i)
        if (observations[i].finding == implied.finding && Says(observations[i], implied.value))
          shares[i] = 0;
    }
  return shares;
}

double BeliefModel::HealthyWeight(const Observation& observation) const {
  return std::log(Likelihood(observation, healthy_[observation.finding]) /
                  Likelihood(observation, leak_[observation.finding]));
}

std::vector<std::size_t> BeliefModel::TriedInVain(std::span<const Observation> observations) const {
  std::vector<std::size_t> tried;
  for (std::size_t x = 0; x < knowledge_->fixes.size(); ++x)
    if (std::ranges::any_of(knowledge_->fixes[x].tried_as, [&](const std::string& id) {
          return Known(*this, observations, FindingIndex(id)) > 0;
        }))
      tried.push_back(x);
  return tried;
}

std::vector<std::size_t> BeliefModel::FixIndices(std::span<const std::string> ids) const {
  std::vector<std::size_t> fixes;
  for (const std::string& id : ids)
    if (const std::size_t fix = FixIndex(id); fix != npos) fixes.push_back(fix);
  std::ranges::sort(fixes);
  const auto again = std::ranges::unique(fixes);
  fixes.erase(again.begin(), again.end());
  return fixes;
}

int Known(const BeliefModel& model, std::span<const Observation> observations,
          std::size_t finding) {
  if (finding == BeliefModel::npos) return 0;
  const auto [first, inverted] = model.CanonicalOf(finding);
  const auto seen = std::ranges::lower_bound(observations, first, {}, &Observation::finding);
  if (seen == observations.end() || seen->finding != first || seen->if_true == seen->if_false)
    return 0;
  return (seen->if_true > seen->if_false) != inverted ? 1 : -1;
}

}  // namespace bk::troubleshoot
