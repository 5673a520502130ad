#include "troubleshoot/belief/all_sets.h"

#include <bit>
#include <cmath>
#include <string>

namespace bk::troubleshoot::all_sets {
namespace {

double Between(std::mt19937& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

bool Coin(std::mt19937& random, double chance) { return Between(random, 0, 1) < chance; }

double CureOf(const Knowledge& knowledge, std::size_t fix, std::size_t fault) {
  if (fault >= knowledge.causes.size()) return 0;
  for (const Treatment& treatment : knowledge.causes[fault].fixes)
    if (treatment.fix == knowledge.fixes[fix].id) return treatment.chance;
  return 0;
}

}  // namespace

Knowledge RandomKnowledge(std::mt19937& random, const ModelKind& kind) {
  Knowledge knowledge;
  Model& model = knowledge.model;
  model.chance_floor = 1e-6;
  model.second_fault = Between(random, 0.01, 0.6);
  model.temperature = kind.tempered ? Between(random, 0.6, 1.5) : 1;
  model.group_damping = kind.tempered ? Between(random, 0.1, 1) : 1;
  for (double& trust : model.trust) trust = Between(random, 0.6, 0.995);
  knowledge.none_prior = Between(random, 0.01, 0.5);
  if (kind.mimics) {
    model.mimics_in_verdict = Between(random, 0, 1);
    model.mimics_in_plan = Between(random, 0, 1);
    model.unknown_likeness = Between(random, 0, 1);
  }
  knowledge.healthy_prior = 0.2;
  for (const char* layer : {"low", "high"}) knowledge.layers.push_back({layer, "", "", "", "", {}});
  const std::size_t findings = 1 + random() % kind.findings_max;
  for (std::size_t f = 0; f < findings; ++f) {
    FindingKind finding;
    finding.id = "f" + std::to_string(f);
    finding.leak = Between(random, 0.01, 0.7);
    if (Coin(random, 0.6)) finding.when_healthy = Between(random, 0.01, 0.9);
    if (kind.tempered && Coin(random, 0.3)) finding.group = "g" + std::to_string(random() % 2);
    knowledge.findings.push_back(finding);
  }
  const std::size_t fixes = random() % 4;
  for (std::size_t x = 0; x < fixes; ++x) {
    Fix fix;
    fix.id = "x" + std::to_string(x);
    knowledge.fixes.push_back(fix);
  }
  const std::size_t causes = 1 + random() % kind.causes_max;
  for (std::size_t c = 0; c < causes; ++c) {
    Cause cause;
    cause.id = "c" + std::to_string(c);
    cause.layer = Coin(random, 0.5) ? "low" : "high";
    cause.prior = Between(random, 0.01, 1);
    for (const FindingKind& finding : knowledge.findings)
      if (Coin(random, 0.4))
        cause.effects.push_back(
            {finding.id,
             Coin(random, 0.5) ? Between(random, 0.6, 0.995) : Between(random, 0.003, 0.3), ""});
    for (const Fix& fix : knowledge.fixes)
      if (Coin(random, 0.4)) cause.fixes.push_back({fix.id, Between(random, 0.1, 0.99), ""});
    knowledge.causes.push_back(cause);
  }
  return knowledge;
}

std::vector<evidence::Finding> RandomEvidence(std::mt19937& random, const Knowledge& knowledge) {
  std::vector<evidence::Finding> findings;
  for (const FindingKind& kind : knowledge.findings)
    while (Coin(random, 0.55)) {
      evidence::Finding finding;
      finding.id = kind.id;
      finding.value = Coin(random, 0.6);
      finding.source = static_cast<evidence::SourceKind>(random() % 6);
      findings.push_back(finding);
    }
  return findings;
}

double Chance(const Knowledge& knowledge, std::size_t finding, Mask faults) {
  const FindingKind& kind = knowledge.findings[finding];
  // A sign that something works is turned round: its absence is the sign of a fault.
  const bool turned = kind.when_healthy.value_or(kind.leak) > kind.leak;
  const double leak = turned ? 1 - kind.leak : kind.leak;
  double spares = 1, lowers = 1;
  for (std::size_t c = 0; c < knowledge.causes.size(); ++c) {
    if ((faults >> c & 1) == 0) continue;
    for (const Effect& effect : knowledge.causes[c].effects) {
      if (effect.finding != kind.id) continue;
      const double chance = turned ? 1 - effect.chance : effect.chance;
      if (chance > leak) spares *= (1 - chance) / (1 - leak);
      if (chance < leak) lowers *= chance / leak;
    }
  }
  const double sign = 1 - (1 - leak * lowers) * spares;
  return turned ? 1 - sign : sign;
}

Sum SumOf(const Knowledge& knowledge, const BeliefModel& model,
          std::span<const Observation> observations, const std::vector<std::size_t>& failed,
          std::size_t most, bool for_plan) {
  const std::size_t faults = knowledge.causes.size() + 1;
  const Mask all = (Mask{1} << faults) - 1;
  const std::vector<double> shares = model.Shares(observations);
  const auto likely = [](const Observation& seen, double chance) {
    return chance * seen.if_true + (1 - chance) * seen.if_false;
  };
  std::vector<double> weights(all + 1, 0.0);
  double priors = knowledge.none_prior;
  for (const Cause& cause : knowledge.causes) priors += cause.prior;
  for (Mask set = 1; set <= all; ++set) {
    const auto size = static_cast<std::size_t>(std::popcount(set));
    if (size > most) continue;
    double weight = std::pow(knowledge.model.second_fault, static_cast<double>(size - 1));
    for (std::size_t c = 0; c < faults; ++c)
      if ((set >> c & 1) != 0)
        weight *= (c + 1 < faults ? knowledge.causes[c].prior : knowledge.none_prior) / priors;
    for (std::size_t i = 0; i < observations.size(); ++i) {
      const std::size_t f = observations[i].finding;
      weight *= std::pow(likely(observations[i], Chance(knowledge, f, set)) /
                             likely(observations[i], knowledge.findings[f].leak),
                         shares[i] / knowledge.model.temperature);
    }
    weights[set] = weight;
  }
  // The unknown fault alone may look like a known one.
  const Model& numbers = knowledge.model;
  const double mimics = for_plan ? numbers.mimics_in_plan : numbers.mimics_in_verdict;
  double known = 0, looks = 1 - mimics;
  for (const Cause& cause : knowledge.causes) known += cause.prior;
  for (std::size_t c = 0; c + 1 < faults; ++c) {
    double weight = mimics * knowledge.causes[c].prior / known;
    for (std::size_t i = 0; i < observations.size(); ++i) {
      const std::size_t f = observations[i].finding;
      const double leak = knowledge.findings[f].leak;
      const double chance = numbers.unknown_likeness * Chance(knowledge, f, Mask{1} << c) +
                            (1 - numbers.unknown_likeness) * leak;
      weight *= std::pow(likely(observations[i], chance) / likely(observations[i], leak),
                         shares[i] / numbers.temperature);
    }
    looks += weight;
  }
  weights[Mask{1} << (faults - 1)] *= looks;
  Sum sum;
  // Which part of each present set comes from more than three faults.
  std::vector<double> from_big(all + 1, 0.0);
  for (Mask set = 1; set <= all; ++set)
    if (std::popcount(set) > 3) from_big[set] = weights[set];
  for (const std::size_t fix : failed)
    for (std::vector<double>* of : {&weights, &from_big}) {
      std::vector<double> after(all + 1, 0.0);
      for (Mask set = 1; set <= all; ++set)
        for (Mask left = set; left != 0; left = (left - 1) & set) {
          double chance = (*of)[set];
          for (std::size_t c = 0; c < faults; ++c)
            if ((set >> c & 1) != 0) {
              const double cures = CureOf(knowledge, fix, c);
              chance *= (left >> c & 1) != 0 ? 1 - cures : cures;
            }
          after[left] += chance;
        }
      *of = after;
    }
  double total = 0;
  for (Mask set = 1; set <= all; ++set) total += weights[set];
  sum.faults.assign(faults, 0.0);
  sum.sets.assign(all + 1, 0.0);
  for (Mask set = 1; set <= all; ++set) {
    sum.sets[set] = weights[set] / total;
    sum.beyond += from_big[set] / total;
    for (std::size_t c = 0; c < faults; ++c)
      if ((set >> c & 1) != 0) sum.faults[c] += weights[set] / total;
  }
  return sum;
}

}  // namespace bk::troubleshoot::all_sets
