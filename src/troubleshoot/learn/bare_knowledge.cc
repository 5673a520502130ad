#include "troubleshoot/learn/bare_knowledge.h"

#include <optional>

namespace bk::troubleshoot {

Knowledge AsElicited(Knowledge knowledge) {
  for (FindingKind& finding : knowledge.findings) finding.leak_elicited.reset();
  for (Cause& cause : knowledge.causes) {
    cause.prior_elicited.reset();
    for (Effect& effect : cause.effects) effect.elicited.reset();
    for (Treatment& treatment : cause.fixes) treatment.elicited.reset();
  }
  return knowledge;
}

Knowledge NumbersOnly(const Knowledge& knowledge) {
  Knowledge bare;
  bare.layers = knowledge.layers;
  for (const FindingKind& kind : knowledge.findings) {
    FindingKind& copy = bare.findings.emplace_back();
    copy.id = kind.id;
    copy.leak = kind.leak;
    copy.when_healthy = kind.when_healthy;
    copy.trust = kind.trust;
    copy.opposite = kind.opposite;
    copy.group = kind.group;
    copy.about_band = kind.about_band;
    if (kind.leak_elicited) copy.leak_elicited = Elicited{kind.leak_elicited->number, {}};
  }
  const auto number = [](const std::optional<Elicited>& elicited) {
    return elicited ? std::optional(Elicited{elicited->number, {}}) : std::nullopt;
  };
  for (const Cause& cause : knowledge.causes) {
    Cause& copy = bare.causes.emplace_back();
    copy.id = cause.id;
    copy.layer = cause.layer;
    copy.prior = cause.prior;
    copy.prior_elicited = number(cause.prior_elicited);
    for (const Effect& effect : cause.effects)
      copy.effects.push_back({effect.finding, effect.chance, {}, number(effect.elicited)});
    for (const Treatment& treatment : cause.fixes)
      copy.fixes.push_back({treatment.fix, treatment.chance, {}, number(treatment.elicited)});
  }
  for (const Fix& fix : knowledge.fixes) {
    Fix& copy = bare.fixes.emplace_back();
    copy.id = fix.id;
    copy.tried_as = fix.tried_as;
  }
  bare.none_prior = knowledge.none_prior;
  bare.healthy_prior = knowledge.healthy_prior;
  bare.model = knowledge.model;
  bare.learning = knowledge.learning;
  return bare;
}

}  // namespace bk::troubleshoot
