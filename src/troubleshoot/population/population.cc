#include "troubleshoot/population/population.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/odds.h"
#include "troubleshoot/population/random.h"

namespace bk::troubleshoot {
namespace {

using evidence::SourceKind;

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
constexpr double kNearlyNever = 1e-6;  // a chance that is moved stays this far from 0 and 1

// What a stream of chance is for; part of its key.
enum Purpose : std::uint64_t {
  kOfPriors,
  kOfLeaks,
  kOfHealth,
  kOfEffects,
  kOfFixes,
  kFaults,
  kMimic,
  kCures,
  kGroups,
  kSeverity,
  kHolds,
  kTried,
  kErrs,
  kPresent,
  kTells,
  kKnows,
};

double Moved(double chance, double by) {
  if (by == 0) return chance;
  return ChanceOfLogOdds(LogOdds(chance, kNearlyNever) + by);
}

// The share of a normal variable below z.
double Below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

bool Reads(const FindingKind& kind, SourceKind source) {
  // A bug report is the phone's own account, written down.
  const auto name =
      evidence::SourceName(source == SourceKind::kBugReport ? SourceKind::kPhone : source);
  return std::ranges::find(kind.readers, name) != kind.readers.end();
}

}  // namespace

struct Population::Draw {
  std::uint64_t seed, number;
  [[nodiscard]] Random Of(Purpose purpose, std::uint64_t index = 0) const {
    return Random({seed, number, purpose, index});
  }
};

Population::Population(const Knowledge& knowledge, const World& world, std::uint64_t seed)
    : knowledge_(&knowledge), world_(world), seed_(seed) {
  const std::size_t n = knowledge.findings.size(), unknown = knowledge.causes.size();
  for (std::size_t f = 0; f < n; ++f) finding_index_.emplace(knowledge.findings[f].id, f);
  const auto normal = [&](Purpose purpose, std::uint64_t a, std::uint64_t b = 0) {
    return Random({world.seed, purpose, a, b}).Normal();
  };

  for (std::size_t f = 0; f < n; ++f) {
    const std::size_t other = FindingIndex(knowledge.findings[f].opposite);
    first_.push_back(other < f ? other : f);
  }
  group_.resize(n);
  for (std::size_t f = 0; f < n; ++f) {
    const FindingKind& kind = knowledge.findings[f];
    const double moved = Moved(kind.leak, world.leak_sigma * normal(kOfLeaks, f));
    leak_.push_back(moved);
    healthy_.push_back(kind.when_healthy
                           ? Moved(*kind.when_healthy, world.leak_sigma * normal(kOfHealth, f))
                           : moved);
    if (group_[first_[f]].empty()) group_[first_[f]] = kind.group;
  }
  for (std::size_t f = 0; f < n; ++f)  // of a pair, the second may be the one that speaks of health
    if (first_[f] != f && !knowledge.findings[first_[f]].when_healthy &&
        knowledge.findings[f].when_healthy)
      healthy_[first_[f]] = 1 - healthy_[f];

  effect_.assign(unknown + 1, leak_);
  std::vector<char> spoken_of(n, 0);
  for (std::size_t c = 0; c < unknown; ++c)
    for (const Effect& effect : knowledge.causes[c].effects) {
      const std::size_t f = FindingIndex(effect.finding);
      if (f == kNowhere) continue;
      const double chance = Moved(effect.chance, world.effect_sigma * normal(kOfEffects, c, f));
      effect_[c][first_[f]] = first_[f] == f ? chance : 1 - chance;
      spoken_of[first_[f]] = 1;
    }

  cure_.assign(unknown + 1, std::vector<double>(knowledge.fixes.size(), 0));
  for (std::size_t x = 0; x < knowledge.fixes.size(); ++x) {
    for (std::size_t c = 0; c < unknown; ++c)
      for (const Treatment& treatment : knowledge.causes[c].fixes)
        if (treatment.fix == knowledge.fixes[x].id && treatment.chance > 0)
          cure_[c][x] = Moved(treatment.chance, world.cure_sigma * normal(kOfFixes, c, x));
    for (const std::string& id : knowledge.fixes[x].tried_as)
      if (const std::size_t f = FindingIndex(id);
          f != kNowhere && first_[f] == f && spoken_of[f] == 0)
        tried_.push_back({f, x});
  }

  for (std::size_t c = 0; c < unknown; ++c)
    weights_.push_back(knowledge.causes[c].prior *
                       std::exp(world.prior_sigma * normal(kOfPriors, c)));
  const double known = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  weights_.push_back(world.unknown_share < 0
                         ? knowledge.none_prior
                         : known * world.unknown_share / (1 - world.unknown_share));
  const double sum = known + weights_.back();
  for (double& weight : weights_) weight /= sum;
  double squares = 0, cubes = 0;
  for (const double weight : weights_) {
    squares += weight * weight;
    cubes += weight * weight * weight;
  }
  // Sums over all sets of one, two and three different faults (Newton's identities).
  const double pairs = (1 - squares) / 2, triples = (1 - 3 * squares + 2 * cubes) / 6;
  sizes_ = {1, world.more_faults * pairs, world.more_faults * world.more_faults * triples};
}

std::size_t Population::FindingIndex(std::string_view id) const {
  const auto found = finding_index_.find(id);
  return found == finding_index_.end() ? kNowhere : found->second;
}

double Population::CureChance(std::size_t fix, std::size_t fault) const {
  return cure_[fault][fix];
}

double Population::RightChance(std::size_t finding, SourceKind source) const {
  double right = knowledge_->model.trust[static_cast<std::size_t>(source)];
  for (const Trust& trust : knowledge_->findings[finding].trust)
    if (trust.source == source) right = trust.right;
  return std::max(0.5, 1 - (1 - right) * world_.error_times);
}

// Each fault that makes a sign likelier does so by itself, over a leak that the others lower. What
// shows that the band works is turned round: each fault takes it away by itself.
double Population::Combine(std::size_t first, std::span<const double> alone) const {
  const bool good = healthy_[first] > leak_[first];
  const auto turned = [&](double chance) { return good ? 1 - chance : chance; };
  double leak = turned(leak_[first]), spared = 1;
  for (const double chance : alone) {
    const double own = turned(chance), base = turned(leak_[first]);
    if (own > base)
      spared *= (1 - own) / (1 - base);
    else
      leak *= own / base;
  }
  return turned(1 - (1 - leak) * spared);
}

double Population::Chance(std::span<const std::size_t> faults, std::size_t finding) const {
  const std::size_t first = first_[finding];
  std::vector<double> alone;
  for (const std::size_t fault : faults) alone.push_back(effect_[fault][first]);
  double chance = faults.empty() ? healthy_[first] : Combine(first, alone);
  if (!faults.empty())
    for (const Tried& tried : tried_)
      if (tried.finding == first)
        for (const std::size_t fault : faults) chance *= 1 - cure_[fault][tried.fix];
  return first == finding ? chance : 1 - chance;
}

Owner Population::Make(std::uint64_t number) const {
  return MakeWith(number, DrawFaults({seed_, number}));
}

Owner Population::MakeWith(std::uint64_t number, std::vector<std::size_t> faults) const {
  const Draw draw{seed_, number};
  Owner owner;
  owner.number = number;
  owner.faults = std::move(faults);
  Random mimic = draw.Of(kMimic);
  const bool unknown = !owner.faults.empty() && owner.faults.back() == unknown_fault();
  if (unknown && mimic.Happens(world_.mimic_share) && weights_.back() < 1) {
    std::size_t like = 0;
    for (double left = mimic.Uniform() * (1 - weights_.back()) - weights_[0];
         left >= 0 && like + 1 < unknown_fault(); left -= weights_[like])
      ++like;
    owner.mimicked = like;
  }
  DrawCures(draw, owner);
  DrawFindings(draw, owner);
  DrawTried(draw, owner);
  DrawReports(draw, owner);
  return owner;
}

std::vector<std::size_t> Population::DrawFaults(const Draw& draw) const {
  Random random = draw.Of(kFaults);
  std::vector<std::size_t> faults;
  if (random.Happens(world_.healthy_share)) return faults;
  const auto pick = [](Random& r, std::span<const double> weights) {
    double left = r.Uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    std::size_t at = 0;
    while (at + 1 < weights.size() && (left -= weights[at]) >= 0) ++at;
    return at;
  };
  const std::size_t size = pick(random, sizes_) + 1;
  // Draws with a repetition are thrown away whole: what is left has the chances of sets.
  do {
    faults.clear();
    for (std::size_t i = 0; i < size; ++i) faults.push_back(pick(random, weights_));
    std::ranges::sort(faults);
  } while (std::ranges::adjacent_find(faults) != faults.end());
  return faults;
}

void Population::DrawCures(const Draw& draw, Owner& owner) const {
  owner.cures.assign(knowledge_->fixes.size(), 0);
  for (std::size_t i = 0; i < owner.faults.size(); ++i) {
    const std::size_t fault = owner.faults[i];
    for (std::size_t x = 0; x < owner.cures.size(); ++x)
      if (cure_[fault][x] > 0 &&
          draw.Of(kCures, fault * owner.cures.size() + x).Happens(cure_[fault][x]))
        owner.cures[x] = static_cast<std::uint8_t>(owner.cures[x] | (1U << i));
  }
}

void Population::DrawFindings(const Draw& draw, Owner& owner) const {
  const std::size_t n = knowledge_->findings.size();
  owner.holds.assign(n, 0);
  const double together = world_.group_correlation, severe = world_.severity_correlation;
  const double severity = draw.Of(kSeverity).Normal();
  std::vector<double> alone;
  for (std::size_t f = 0; f < n; ++f) {
    if (first_[f] != f) continue;
    alone.clear();
    for (const std::size_t fault : owner.faults) {
      const bool like = fault == unknown_fault() && owner.mimicked &&
                        draw.Of(kMimic, f + 1).Happens(world_.mimic_likeness);
      alone.push_back(effect_[like ? *owner.mimicked : fault][f]);
    }
    const double chance = owner.faults.empty() ? healthy_[f] : Combine(f, alone);
    // Bad signs come together, and good ones stay away with them.
    const double bad = healthy_[f] > leak_[f] ? -1 : 1;
    double own = 1, z = 0;
    if (!group_[f].empty() && together > 0) {
      const std::size_t group =
          static_cast<std::size_t>(std::ranges::find(group_, group_[f]) - group_.begin());
      z -= bad * std::sqrt(together) * draw.Of(kGroups, group).Normal();
      own -= together;
    }
    if (severe > 0 && healthy_[f] != leak_[f]) {
      z -= bad * std::sqrt(severe) * severity;
      own -= severe;
    }
    Random random = draw.Of(kHolds, f);
    // Without hidden causes in common, plainly: it is exact.
    owner.holds[f] = own == 1 ? random.Happens(chance)
                              : Below(z + std::sqrt(std::max(0.0, own)) * random.Normal()) < chance;
  }
  for (std::size_t f = 0; f < n; ++f)
    if (first_[f] != f) owner.holds[f] = owner.holds[first_[f]] == 0;
}

// Who says that a fix was tried in vain has tried it: it cures nothing here.
void Population::DrawTried(const Draw& draw, Owner& owner) const {
  if (owner.faults.empty()) return;
  for (const Tried& tried : tried_) {
    // The leak is the chance that it was tried at all; where it cured, this owner is not there.
    const bool was = draw.Of(kTried, tried.finding).Happens(leak_[tried.finding]);
    owner.holds[tried.finding] = was && owner.cures[tried.fix] == 0;
  }
  for (std::size_t x = 0; x < knowledge_->fixes.size(); ++x)
    for (const std::string& id : knowledge_->fixes[x].tried_as)
      if (const std::size_t f = FindingIndex(id); f != kNowhere && owner.holds[f] != 0)
        owner.cures[x] = 0;
}

void Population::DrawReports(const Draw& draw, Owner& owner) const {
  const std::size_t n = knowledge_->findings.size();
  owner.answers.assign(n, Answer::kDontKnow);
  for (std::size_t s = 0; s < world_.sources.size(); ++s) {
    const auto source = static_cast<SourceKind>(s);
    const Coverage& coverage = world_.sources[s];
    const bool present = draw.Of(kPresent, s).Happens(coverage.present);
    if (!present && source != SourceKind::kPerson) continue;
    for (std::size_t f = 0; f < n; ++f) {
      const FindingKind& kind = knowledge_->findings[f];
      const bool asked = source == SourceKind::kPerson && !kind.question.empty();
      const std::size_t first = first_[f];
      // Of opposites a source speaks of one.
      const bool speaks =
          Reads(kind, source) && (first == f || !Reads(knowledge_->findings[first], source));
      if (!asked && !speaks) continue;
      // Asked of opposites, a person errs in both alike.
      const bool errs = !draw.Of(kErrs, s * n + first).Happens(RightChance(f, source));
      const bool says = (owner.holds[f] != 0) != errs;
      if (asked && !draw.Of(kKnows, first).Happens(world_.dont_know))
        owner.answers[f] = says ? Answer::kTrue : Answer::kFalse;
      const double tells = owner.holds[f] != 0 ? coverage.says_yes : coverage.says_no;
      if (!present || !speaks || !draw.Of(kTells, s * n + first).Happens(tells)) continue;
      evidence::Finding finding;
      finding.id = kind.id;
      finding.value = says;
      finding.source = source;
      owner.told.push_back(std::move(finding));
    }
  }
}

}  // namespace bk::troubleshoot
