#include "troubleshoot/plan/planner.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "troubleshoot/plan/lower_bound.h"
#include "troubleshoot/plan/progress.h"
#include "troubleshoot/plan/ratio_rule.h"
#include "troubleshoot/plan/search.h"
#include "troubleshoot/plan/separate.h"

namespace bk::troubleshoot {
namespace {

void Normalise(std::vector<double>& chances) {
  const double sum = std::accumulate(chances.begin(), chances.end(), 0.0);
  if (sum > 0)
    for (double& chance : chances) chance /= sum;
}

// The expected price when the question is asked now and fixes follow.
double AskedFirst(const Progress& progress, std::size_t question) {
  const StepPrices& prices = progress.tables().prices;
  double price = progress.mass() * prices.Question(question, progress.place());
  for (const bool answer : {true, false}) {
    Progress then = progress;
    then.MoveTo(prices.AfterQuestion(question, progress.place()));
    then.Answer(question, answer);
    price += FixesOnlyCost(then);
  }
  return price;
}

}  // namespace

Planner::Planner(const BeliefModel& model, bool to_the_end)
    : model_(&model), tables_(std::make_shared<const PlanTables>(model, to_the_end)) {}

Situation Planner::Start(std::span<const Observation> observations,
                         std::span<const std::size_t> failed, const Context& context,
                         const Limits& limits) const {
  const Knowledge& knowledge = model_->knowledge();
  Situation situation;
  situation.cautious = limits.cautious;
  const auto known = [&](const std::string& id) {
    return Known(*model_, observations, model_->FindingIndex(id));
  };
  for (const Fix& fix : knowledge.fixes)
    situation.fix_open.push_back(
        fix.loss <= limits.worst &&
        std::ranges::none_of(fix.requires_true, [&](const auto& id) { return known(id) < 0; }) &&
        std::ranges::none_of(fix.requires_false, [&](const auto& id) { return known(id) > 0; }));
  for (const std::size_t fix : failed) situation.fix_open[fix] = 0;
  for (const std::size_t fix : model_->TriedInVain(observations)) situation.fix_open[fix] = 0;
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    const std::size_t first = model_->CanonicalOf(f).finding;
    const bool seen = std::ranges::binary_search(observations, first, {}, &Observation::finding);
    const auto& presumes = knowledge.findings[f].presumes;
    const bool fits = presumes.empty() ||
                      std::ranges::any_of(presumes, [&](const auto& id) { return known(id) > 0; });
    situation.question_open.push_back(context.can_ask && !context.to_the_end &&
                                      tables_->can_be_asked[f] != 0 && !seen && fits);
  }
  for (const std::string& id : context.not_known)
    if (const std::size_t f = model_->FindingIndex(id); f != BeliefModel::npos) Close(situation, f);
  situation.place = 0;
  situation.hypotheses = std::make_shared<const Hypotheses>(
      tables_,
      limits.as_verdict ? model_->Believe(observations, failed, /*bound=*/false)
                        : model_->ForPlan(model_->Believe(observations, failed, false)),
      situation.question_open);
  situation.chances = situation.hypotheses->start();
  return situation;
}

double Planner::CureChance(const Situation& situation, std::size_t fix) const {
  double cures = 0;
  for (const Hypotheses::Reach& reach : situation.hypotheses->ReachOf(fix))
    cures += situation.chances[reach.hypothesis] * reach.cures;
  return cures;
}

double Planner::HelpChance(const Situation& situation, std::size_t fix) const {
  double helps = 0;
  for (const Hypotheses::Reach& reach : situation.hypotheses->ReachOf(fix))
    helps += situation.chances[reach.hypothesis] * reach.helps;
  return helps;
}

// What it sets was forced, so that reading it back says nothing of other causes; of one that the
// fix treats and has not cured, it says that it would have shown again.
void Planner::Weigh(Situation& situation, std::size_t fix, bool read_back) const {
  const Hypotheses& hypotheses = *situation.hypotheses;
  const Fix& kind = model_->knowledge().fixes[fix];
  std::vector<double> cured(tables_->cured_by.size() + 1, 0), stays(cured.size(), 1);
  for (const auto& [cause, chance] : tables_->cures[fix]) {
    cured[cause] = chance;
    stays[cause] = 1 - chance;
    if (!read_back) continue;
    double hidden = 1;
    for (const std::string& id : kind.requires_true)
      if (const std::size_t f = model_->FindingIndex(id); f != BeliefModel::npos)
        if (const double shows = model_->Chance(cause, f);
            shows > model_->Chance(BeliefModel::npos, f))
          hidden = std::min(hidden, 1 - shows);
    stays[cause] *= hidden;
  }
  std::vector<double> after = situation.chances;
  for (const Hypotheses::Reach& reach : hypotheses.ReachOf(fix)) {
    const std::size_t h = reach.hypothesis;
    const FaultSet& set = hypotheses.set(h);
    after[h] -= situation.chances[h];
    std::array<double, FaultSet::kMost> member_cured{}, member_stays{};
    for (std::size_t i = 0; i < set.size; ++i) {
      member_cured[i] = cured[set.members[i]];
      member_stays[i] = stays[set.members[i]];
    }
    ForEachOutcome(set.size, member_cured, member_stays, [&](unsigned gone, double chance) {
      if (const std::size_t left = hypotheses.Left(h, gone); left != BeliefModel::npos)
        after[left] += situation.chances[h] * chance;
    });
  }
  for (double& chance : after) chance = std::max(chance, 0.0);
  situation.chances = std::move(after);
  Normalise(situation.chances);
  situation.fix_open[fix] = 0;
  situation.place = tables_->prices.AfterTest(tables_->prices.AfterAct(fix));
}

void Planner::Fail(Situation& situation, std::size_t fix) const { Weigh(situation, fix, false); }

void Planner::Fail(Situation& situation, const Choice& choice) const {
  Weigh(situation, choice.index, false);
  for (const std::size_t fix : choice.more) Weigh(situation, fix, false);
}

void Planner::Done(Situation& situation, std::size_t fix) const { Weigh(situation, fix, true); }

double Planner::YesChance(const Situation& situation, std::size_t question) const {
  if (!situation.hypotheses->CanAsk(question)) return 0;
  const std::span<const double> yes = situation.hypotheses->Yes(question);
  return std::inner_product(yes.begin(), yes.end(), situation.chances.begin(), 0.0);
}

void Planner::Answer(Situation& situation, std::size_t question, bool yes) const {
  if (situation.hypotheses->CanAsk(question)) {
    const std::span<const double> says_yes = situation.hypotheses->Yes(question);
    for (std::size_t h = 0; h < says_yes.size(); ++h)
      situation.chances[h] *= yes ? says_yes[h] : 1 - says_yes[h];
    Normalise(situation.chances);
  }
  Skip(situation, question);
  const auto [first, turned] = model_->CanonicalOf(question);
  for (const std::size_t fix :
       (yes != turned ? tables_->closed_by_yes : tables_->closed_by_no)[first])
    situation.fix_open[fix] = 0;
}

void Planner::Skip(Situation& situation, std::size_t question) const {
  Close(situation, question);
  situation.place = tables_->prices.AfterQuestion(question, situation.place);
}

void Planner::Close(Situation& situation, std::size_t question) const {
  const std::size_t first = model_->CanonicalOf(question).finding;
  for (std::size_t f = 0; f < situation.question_open.size(); ++f)
    if (model_->CanonicalOf(f).finding == first) situation.question_open[f] = 0;
}

std::vector<double> Planner::Marginals(const Situation& situation) const {
  std::vector<double> marginals(tables_->cured_by.size() + 1, 0);
  for (std::size_t h = 0; h < situation.chances.size(); ++h)
    for (const std::size_t member : situation.hypotheses->set(h).Members())
      marginals[member] += situation.chances[h];
  return marginals;
}

StepCost Planner::CostOf(const Situation& situation, const Choice& choice) const {
  switch (choice.kind) {
    case Choice::Kind::kAsk:
      return tables_->prices.OfQuestion(choice.index, situation.place);
    case Choice::Kind::kFix: {
      std::vector<std::size_t> fixes = {choice.index};
      fixes.insert(fixes.end(), choice.more.begin(), choice.more.end());
      return tables_->prices.OfFixes(fixes, situation.place);
    }
    case Choice::Kind::kGiveUp:
      break;
  }
  const double give_up = tables_->limits->give_up_minutes;
  return {give_up, give_up, give_up};
}

Ending Planner::EndingOf(const Situation& situation) const {
  const Knowledge& knowledge = model_->knowledge();
  const std::vector<double> chances = Marginals(situation);
  const auto top = static_cast<std::size_t>(std::ranges::max_element(chances) - chances.begin());
  if (top + 1 >= chances.size() || knowledge.causes[top].instead.empty()) return {};
  return {top, !knowledge.causes[top].curable && chances[top] >= knowledge.model.name_cause};
}

std::vector<QuestionValue> Planner::WorthAsking(const Situation& situation) const {
  const Progress progress(situation);
  const auto weighed = static_cast<std::size_t>(std::max(0, tables_->limits->questions_weighed));
  const double unasked = FixesOnlyCost(progress);
  std::vector<QuestionValue> values;
  for (const std::size_t q : SeparateBest(progress, weighed))
    values.push_back({q, unasked - AskedFirst(progress, q) + tables_->limits->question_saves});
  std::ranges::stable_sort(values, std::ranges::greater{}, &QuestionValue::saves);
  return values;
}

bool Planner::MayPropose(const Situation& situation, std::size_t fix) const {
  return Progress(situation).MayPropose(fix);
}

double Planner::FixesOnly(const Situation& situation) const {
  return FixesOnlyCost(Progress(situation));
}

Planner::Outlook Planner::OutlookOf(const Situation& situation, std::size_t work) const {
  const Progress progress(situation);
  const Found found = Search(progress, work);
  Situation listed = situation;
  for (std::size_t h = 0; h < listed.chances.size(); ++h)
    listed.chances[h] *= situation.hypotheses->Listed(h);
  return {found.choice, found.cost, std::min(found.cost, LowerBound(Progress(listed))),
          found.exact};
}

Choice Planner::Next(const Situation& situation, std::size_t work) const {
  return Search(Progress(situation), work).choice;
}

}  // namespace bk::troubleshoot
