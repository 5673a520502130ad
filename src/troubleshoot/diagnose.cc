#include "troubleshoot/diagnose.h"

#include <algorithm>

namespace bk::troubleshoot {

Limits LimitsFor(const BeliefModel& model, std::span<const Observation> observations,
                 const Belief& belief, Hearing heard, bool to_the_end) {
  const Model& numbers = model.knowledge().model;
  Limits limits;
  const auto limit_by = [&](const Belief& by) {
    const Verdict verdict =
        Judge(model, observations, by, JudgeLayers(model, observations, by), heard);
    if (verdict.outcome == Outcome::kLayer)
      limits.worst = std::min(limits.worst, numbers.dares_layer);
    if (verdict.outcome != Outcome::kCannotTell) return;
    limits.cautious = true;
    limits.worst = std::min(
        limits.worst, verdict.cause == kNoneOfThese ? numbers.dares_unfit : numbers.dares_untold);
  };
  limit_by(belief);
  limit_by(model.ForPlan(belief));
  if (to_the_end) {
    limits.worst = std::max(limits.worst, numbers.to_the_end.dares);
    limits.cautious = true;
  }
  return limits;
}

Diagnosis Diagnose(const BeliefModel& model, std::span<const evidence::Finding> findings,
                   const Context& context) {
  Diagnosis diagnosis;
  for (const evidence::Finding& finding : findings)
    if (model.FindingIndex(finding.id) == BeliefModel::npos)
      diagnosis.unknown_findings.push_back(finding.id);
  std::ranges::sort(diagnosis.unknown_findings);
  const auto repeated = std::ranges::unique(diagnosis.unknown_findings);
  diagnosis.unknown_findings.erase(repeated.begin(), repeated.end());

  const std::vector<std::size_t> failed = model.FixIndices(context.failed_fixes);
  const std::vector<Observation> observations = model.Observe(findings);
  const Belief belief = model.Believe(observations, failed);
  diagnosis.causes = SortedCauses(model, belief);
  diagnosis.fault_sets = LikeliestSets(model, belief, Diagnosis::kSetsShown);
  diagnosis.fault_sets_rest = 1;
  for (const CauseSet& one : diagnosis.fault_sets) diagnosis.fault_sets_rest -= one.probability;
  diagnosis.fault_sets_rest = std::max(0.0, diagnosis.fault_sets_rest);
  diagnosis.more_faults_at_most = belief.beyond;
  diagnosis.healthy = belief.healthy;
  diagnosis.layers = JudgeLayers(model, observations, belief);
  const Hearing heard = {
      .of_band = context.band_seen || SpeaksOfBand(model, findings),
      .from_person = std::ranges::any_of(findings, [](const evidence::Finding& finding) {
        return finding.source == evidence::SourceKind::kPerson;
      })};
  diagnosis.verdict = Judge(model, observations, belief, diagnosis.layers, heard);
  if (diagnosis.verdict.outcome == Outcome::kNoBand) {
    for (LayerVerdict& layer : diagnosis.layers) {
      const auto kind = std::ranges::find(model.knowledge().layers, layer.id, &Layer::id);
      layer.state = LayerState::kUnknown;
      layer.text = kind->unknown_text;
      layer.shown_by.clear();
    }
    return diagnosis;
  }
  diagnosis.explanation = Explain(model, findings, observations, failed, belief);
  if (diagnosis.verdict.outcome == Outcome::kHealthy ||
      diagnosis.verdict.outcome == Outcome::kNoTrouble)
    return diagnosis;
  diagnosis.plan = MakePlan(Planner(model, context.to_the_end), observations, failed, context,
                            LimitsFor(model, observations, belief, heard, context.to_the_end));
  return diagnosis;
}

Diagnosis Diagnose(const Knowledge& knowledge, std::span<const evidence::Finding> findings,
                   const Context& context) {
  return Diagnose(BeliefModel(knowledge), findings, context);
}

}  // namespace bk::troubleshoot
