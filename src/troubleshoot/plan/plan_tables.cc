#include "troubleshoot/plan/plan_tables.h"

#include <algorithm>

namespace bk::troubleshoot {

namespace {

std::shared_ptr<const Model> LimitsOf(const Model& model, bool to_the_end) {
  if (!to_the_end) return {std::shared_ptr<const Model>(), &model};
  auto limits = std::make_shared<Model>(model);
  limits->give_up_minutes = model.to_the_end.give_up_minutes;
  limits->least_chance = model.to_the_end.least_chance;
  return limits;
}

}  // namespace

PlanTables::PlanTables(const BeliefModel& of, bool to_the_end)
    : model(&of), limits(LimitsOf(of.knowledge().model, to_the_end)), prices(of.knowledge()) {
  const Knowledge& knowledge = of.knowledge();
  cures.resize(knowledge.fixes.size());
  cured_by.resize(knowledge.causes.size());
  for (std::size_t x = 0; x < knowledge.fixes.size(); ++x) {
    loss.push_back(knowledge.fixes[x].loss);
    milder_of_class.push_back(of.FixIndices(knowledge.fixes[x].loses_more_than));
    worth.push_back(std::min(prices.Least(x), knowledge.fixes[x].minutes));
    for (std::size_t c = 0; c < knowledge.causes.size(); ++c) {
      const double chance = of.FixChance(x, c);
      if (chance <= 0) continue;
      cures[x].push_back({c, chance});
      cured_by[c].push_back({x, chance});
    }
  }
  for (std::vector<Cure>& fixes : cured_by)
    std::ranges::sort(fixes, [&](const Cure& a, const Cure& b) {
      const double left = prices.Least(a.other) * b.chance;
      const double right_side = prices.Least(b.other) * a.chance;
      return left != right_side ? left < right_side : a.other < b.other;
    });

  closed_by_yes.resize(knowledge.findings.size());
  closed_by_no.resize(knowledge.findings.size());
  for (std::size_t x = 0; x < knowledge.fixes.size(); ++x) {
    const auto closes = [&](const std::vector<std::string>& ids, bool value) {
      for (const std::string& id : ids) {
        const std::size_t f = of.FindingIndex(id);
        if (f == BeliefModel::npos) continue;
        const auto [first, inverted] = of.CanonicalOf(f);
        (value != inverted ? closed_by_yes : closed_by_no)[first].push_back(x);
      }
    };
    closes(knowledge.fixes[x].requires_true, false);
    closes(knowledge.fixes[x].requires_false, true);
    closes(knowledge.fixes[x].tried_as, true);
  }
  std::vector<std::vector<std::size_t>> spoken_of(knowledge.findings.size());  // by canonical
  for (std::size_t c = 0; c < knowledge.causes.size(); ++c)
    for (const Effect& effect : knowledge.causes[c].effects)
      if (const std::size_t f = of.FindingIndex(effect.finding); f != BeliefModel::npos)
        if (auto& causes = spoken_of[of.CanonicalOf(f).finding];
            causes.empty() || causes.back() != c)
          causes.push_back(c);
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f)
    if (spoken_of[f].empty() && !closed_by_yes[f].empty())  // tried_as speaks for itself
      for (std::size_t c = 0; c < knowledge.causes.size(); ++c) spoken_of[f].push_back(c);
  effects.resize(knowledge.findings.size());
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    can_be_asked.push_back(knowledge.findings[f].question.empty() ? 0 : 1);
    right.push_back(of.TrustOf(f, evidence::SourceKind::kPerson));
    if (can_be_asked[f] == 0) continue;
    const double leak = of.Chance(BeliefModel::npos, f);
    for (const std::size_t c : spoken_of[of.CanonicalOf(f).finding])
      if (const double chance = of.Chance(c, f); chance != leak) effects[f].push_back({c, chance});
  }
}

bool PlanTables::Milder(std::size_t other, std::size_t fix) const {
  return loss[other] < loss[fix] || std::ranges::binary_search(milder_of_class[fix], other);
}

double PlanTables::SaysYes(std::size_t finding, double chance) const {
  const double r = right[finding];
  const auto says = [&](double p) { return r * p + (1 - r) * (1 - p); };
  const double leak = says(model->Chance(BeliefModel::npos, finding));
  return leak + (says(chance) - leak) / std::max(1.0, limits->temperature);
}

}  // namespace bk::troubleshoot
