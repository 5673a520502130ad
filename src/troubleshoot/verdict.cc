#include "troubleshoot/verdict.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "troubleshoot/messages.h"

namespace bk::troubleshoot {
namespace {

constexpr double kMovesNothing = 1e-9;

// Whether the observations separate the causes at all.
bool MovesTheBelief(const BeliefModel& model, std::span<const Observation> observations) {
  std::vector<double> weights(model.knowledge().causes.size());
  for (const Observation& observation : observations) {
    model.Weigh(observation, weights);
    if (std::ranges::any_of(weights, [](double w) { return std::abs(w) > kMovesNothing; }))
      return true;
  }
  return false;
}

int Percent(double probability) {
  return static_cast<int>(std::lround(std::clamp(probability, 0.01, 0.99) * 100));
}

// "in the Bluetooth link"
std::string WhereOf(const Knowledge& knowledge, std::string_view layer) {
  const auto found = std::ranges::find(knowledge.layers, layer, &Layer::id);
  return found == knowledge.layers.end() ? std::string(layer) : found->within;
}

// "a leftover pairing no longer matches (91 %)"
std::string CauseText(const Knowledge& knowledge, const CauseChance& cause) {
  const auto found = std::ranges::find(knowledge.causes, cause.id, &Cause::id);
  if (found == knowledge.causes.end()) return cause.id;
  return knowledge.language.Say(kVerdictSays.cause,
                                {{"cause", knowledge.language.WithinSentence(found->title)},
                                 {"percent", Percent(cause.probability)}});
}

// The findings that speak most for the cause, as their ids, strongest first.
std::vector<std::string> StrongestFor(const BeliefModel& model,
                                      std::span<const Observation> observations,
                                      std::size_t cause) {
  constexpr std::size_t kShown = 3;
  std::vector<std::pair<double, std::size_t>> ranked;
  std::vector<double> weights(model.knowledge().causes.size());
  for (const Observation& observation : observations) {
    model.Weigh(observation, weights);
    if (weights[cause] > kMovesNothing) ranked.emplace_back(-weights[cause], observation.finding);
  }
  std::ranges::sort(ranked);
  if (ranked.size() > kShown) ranked.resize(kShown);
  std::vector<std::string> ids;
  for (const auto& [weight, finding] : ranked)
    ids.push_back(model.knowledge().findings[finding].id);
  return ids;
}

std::string HealthyText(const BeliefModel& model, std::span<const Observation> observations) {
  double best = 0;
  std::string shown;
  for (const Observation& observation : observations) {
    const double weight = model.HealthyWeight(observation);
    if (weight <= best || observation.if_true <= observation.if_false) continue;
    best = weight;
    shown = model.knowledge().findings[observation.finding].statement;
  }
  const language::Language& language = model.knowledge().language;
  return shown.empty() ? language.Say(kVerdictSays.healthy)
                       : language.Say(kVerdictSays.healthy_seen, {{"seen", shown}});
}

// The observations that some cause explains clearly better than health does.
std::vector<const Observation*> SignsOfTrouble(const BeliefModel& model,
                                               std::span<const Observation> observations) {
  const double sign = std::log(std::max(1.0, model.knowledge().model.trouble_sign));
  std::vector<double> weights(model.knowledge().causes.size());
  std::vector<const Observation*> signs;
  for (const Observation& observation : observations) {
    model.Weigh(observation, weights);
    const double most = weights.empty() ? 0 : *std::ranges::max_element(weights);
    if (most - model.HealthyWeight(observation) >= sign) signs.push_back(&observation);
  }
  return signs;
}

// Whether the end that a band is for was seen.
bool HealthIsShown(const BeliefModel& model, std::span<const Observation> observations) {
  const std::vector<std::string>& shown_by = model.knowledge().model.healthy_shown_by;
  return shown_by.empty() || std::ranges::any_of(shown_by, [&](const std::string& id) {
           return Known(model, observations, model.FindingIndex(id)) == 1;
         });
}

// What holds and could become the fault, though it does not look like being one now: "; ...".
std::string Risks(const BeliefModel& model, std::span<const Observation* const> signs) {
  const language::Language& language = model.knowledge().language;
  std::string risks;
  for (const Observation* sign : signs) {
    if (sign->if_true <= sign->if_false) continue;
    const std::string& one = model.knowledge().findings[sign->finding].statement;
    risks =
        risks.empty() ? one : language.Say(kVerdictSays.list, {{"first", risks}, {"second", one}});
  }
  return risks;
}

}  // namespace

std::string_view LayerStateName(LayerState state) {
  switch (state) {
    case LayerState::kOk:
      return "ok";
    case LayerState::kTrouble:
      return "trouble";
    case LayerState::kUnknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNoBand:
      return "no_band";
    case Outcome::kHealthy:
      return "healthy";
    case Outcome::kNoTrouble:
      return "no_trouble_seen";
    case Outcome::kCannotTell:
      return "cannot_tell";
    case Outcome::kLayer:
      return "layer";
    case Outcome::kCause:
      return "cause";
  }
  return "cannot_tell";
}

std::vector<CauseChance> SortedCauses(const BeliefModel& model, const Belief& belief) {
  std::vector<CauseChance> causes;
  causes.reserve(belief.causes.size() + 1);
  for (std::size_t c = 0; c < belief.causes.size(); ++c)
    causes.push_back(
        {model.knowledge().causes[c].id, model.knowledge().causes[c].layer, belief.causes[c]});
  causes.push_back({std::string(kNoneOfThese), "", belief.none});
  std::ranges::sort(causes, [](const CauseChance& a, const CauseChance& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.id < b.id;
  });
  return causes;
}

std::vector<CauseSet> LikeliestSets(const BeliefModel& model, const Belief& belief,
                                    std::size_t most) {
  const Knowledge& knowledge = model.knowledge();
  std::vector<CauseSet> sets;
  for (std::size_t i = 0; i < std::min(most, belief.sets.size()); ++i) {
    CauseSet& one = sets.emplace_back();
    one.probability = belief.sets[i].chance;
    for (const std::uint16_t fault : belief.sets[i].set.Members())
      one.causes.push_back(fault < knowledge.causes.size() ? knowledge.causes[fault].id
                                                           : std::string(kNoneOfThese));
  }
  return sets;
}

std::vector<std::size_t> AlsoAtWork(const BeliefModel& model, const Belief& belief,
                                    std::size_t main) {
  const double named = model.knowledge().model.name_cause;
  // Two rivals may share the chance between them: so both must be likely together, too.
  std::vector<double> beside(belief.causes.size(), 0.0);
  for (const SetChance& one : belief.sets)
    if (one.set.Has(main))
      for (const std::uint16_t fault : one.set.Members())
        if (fault < beside.size() && fault != main) beside[fault] += one.chance;
  std::vector<std::size_t> also;
  for (std::size_t c = 0; c < beside.size(); ++c)
    if (beside[c] >= named * belief.causes[main] && belief.causes[c] >= named) also.push_back(c);
  std::ranges::stable_sort(also, std::greater{}, [&](std::size_t c) { return belief.causes[c]; });
  return also;
}

std::vector<LayerVerdict> JudgeLayers(const BeliefModel& model,
                                      std::span<const Observation> observations,
                                      const Belief& belief) {
  const Knowledge& knowledge = model.knowledge();
  const bool healthy = belief.healthy >= knowledge.model.call_healthy;
  const bool moved = MovesTheBelief(model, observations);
  std::vector<LayerVerdict> verdicts;
  for (std::size_t l = 0; l < knowledge.layers.size(); ++l) {
    const Layer& layer = knowledge.layers[l];
    LayerVerdict verdict{layer.id, LayerState::kUnknown, belief.layers[l], layer.unknown_text, {}};
    std::size_t top = BeliefModel::npos;
    for (std::size_t c = 0; c < knowledge.causes.size(); ++c) {
      if (knowledge.causes[c].layer != layer.id) continue;
      if (top == BeliefModel::npos || belief.causes[c] > belief.causes[top]) top = c;
    }
    const auto met = [&](const Condition& condition) {
      return Known(model, observations, model.FindingIndex(condition.finding)) ==
             (condition.value ? 1 : -1);
    };
    if (moved && !healthy && verdict.probability >= knowledge.model.trouble_layer) {
      verdict.state = LayerState::kTrouble;
      verdict.text = layer.trouble_text;
      verdict.shown_by = StrongestFor(model, observations, top);
    } else if (healthy || verdict.probability < knowledge.model.ok_layer_below) {
      for (const auto& conditions : layer.ok_when) {
        if (conditions.empty() || !std::ranges::all_of(conditions, met)) continue;
        verdict.state = LayerState::kOk;
        verdict.text = layer.ok_text;
        for (const Condition& condition : conditions) verdict.shown_by.push_back(condition.finding);
        break;
      }
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

bool SpeaksOfBand(const BeliefModel& model, std::span<const evidence::Finding> findings) {
  return std::ranges::any_of(findings, [&](const evidence::Finding& finding) {
    const std::size_t index = model.FindingIndex(finding.id);
    if (index == BeliefModel::npos) return false;
    if (finding.source == evidence::SourceKind::kPerson) return true;
    return Holds(finding.value) && model.knowledge().findings[index].about_band;
  });
}

Verdict Judge(const BeliefModel& model, std::span<const Observation> observations,
              const Belief& belief, std::span<const LayerVerdict> layers, Hearing heard) {
  const Knowledge& knowledge = model.knowledge();
  const Model& limits = knowledge.model;
  const auto say = [&](const Message& message,
                       const std::vector<language::Argument>& arguments = {}) {
    return knowledge.language.Say(message, arguments);
  };
  Verdict verdict;
  if (!heard.of_band) {
    verdict.outcome = Outcome::kNoBand;
    verdict.text = say(kVerdictSays.no_band);
    return verdict;
  }
  const bool healthy = belief.healthy >= limits.call_healthy;
  const std::vector<const Observation*> signs = SignsOfTrouble(model, observations);
  if (healthy && HealthIsShown(model, observations)) {
    verdict.outcome = Outcome::kHealthy;
    verdict.probability = belief.healthy;
    verdict.sure = true;
    verdict.text = HealthyText(model, observations);
    if (const std::string risks = Risks(model, signs); !risks.empty())
      verdict.text += " " + say(kVerdictSays.risks, {{"risks", risks}});
    return verdict;
  }
  if (!heard.from_person && !observations.empty() && (healthy || signs.empty())) {
    verdict.outcome = Outcome::kNoTrouble;
    verdict.probability = belief.healthy;
    const std::string risks = Risks(model, signs);
    verdict.text = risks.empty() ? say(kVerdictSays.no_trouble)
                                 : say(kVerdictSays.no_trouble_but_risks, {{"risks", risks}});
    return verdict;
  }
  const std::vector<CauseChance> causes = SortedCauses(model, belief);
  const auto known = std::ranges::find_if(
      causes, [](const CauseChance& cause) { return cause.id != kNoneOfThese; });
  const auto layer = std::ranges::max_element(
      layers, [](const auto& a, const auto& b) { return a.probability < b.probability; });
  if (!MovesTheBelief(model, observations) || known == causes.end() || layer == layers.end()) {
    verdict.text = say(kVerdictSays.nothing_separates);
    return verdict;
  }
  if (known->probability >= limits.name_cause) {
    verdict.outcome = Outcome::kCause;
    verdict.layer = known->layer;
    verdict.cause = known->id;
    verdict.probability = known->probability;
    verdict.sure = known->probability >= limits.sure_cause;
    verdict.explain = knowledge.causes[model.CauseIndex(known->id)].explain;
    std::string others;
    for (const std::size_t c : AlsoAtWork(model, belief, model.CauseIndex(known->id))) {
      const Cause& cause = knowledge.causes[c];
      verdict.also.push_back({cause.id, cause.layer, belief.causes[c]});
      const std::string one = CauseText(knowledge, verdict.also.back());
      others = others.empty() ? one : say(kVerdictSays.list, {{"first", others}, {"second", one}});
    }
    const std::string main = CauseText(knowledge, *known);
    verdict.text = say(verdict.sure ? kVerdictSays.sure : kVerdictSays.probable,
                       {{"where", WhereOf(knowledge, known->layer)},
                        {"causes", others.empty() ? main
                                                  : say(kVerdictSays.causes,
                                                        {{"first", main}, {"others", others}})}});
    return verdict;
  }
  if (layer->probability >= limits.trouble_layer) {
    const auto in_layer = std::ranges::find(causes, layer->id, &CauseChance::layer);
    verdict.outcome = Outcome::kLayer;
    verdict.layer = layer->id;
    verdict.cause = in_layer->id;
    verdict.probability = layer->probability;
    verdict.text = say(kVerdictSays.layer, {{"where", WhereOf(knowledge, layer->id)},
                                            {"percent", Percent(layer->probability)},
                                            {"cause", CauseText(knowledge, *in_layer)}});
    return verdict;
  }
  verdict.probability = known->probability;
  const bool mention = known->probability >= limits.mention_cause;
  if (belief.none >= known->probability) {
    verdict.cause = kNoneOfThese;
    verdict.probability = belief.none;
    verdict.text = say(mention ? kVerdictSays.none_fits_well : kVerdictSays.none_fits,
                       {{"cause", CauseText(knowledge, *known)}});
  } else {
    verdict.text = say(mention ? kVerdictSays.likeliest : kVerdictSays.many,
                       {{"cause", CauseText(knowledge, *known)}});
  }
  return verdict;
}

}  // namespace bk::troubleshoot
