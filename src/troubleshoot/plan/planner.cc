// The policy: which step is next, and what a situation is worth. plan.cc makes the list from it.
#include "troubleshoot/plan/planner.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace bk::troubleshoot {
namespace {

double Sum(const std::vector<double>& chances) {
  return std::accumulate(chances.begin(), chances.end(), 0.0);
}

void Normalise(std::vector<double>& chances) {
  const double sum = Sum(chances);
  if (sum > 0)
    for (double& chance : chances) chance /= sum;
}

}  // namespace

// A situation while fixes fail one after the other: chances are not scaled back, so that their sum
// is the chance to get here.
class Planner::Work {
 public:
  Work(const Planner& planner, const Situation& situation)
      : planner_(planner),
        n_(planner.hypotheses_),
        chances_(situation.chances),
        open_(situation.fix_open),
        cautious_(situation.cautious),
        mass_(Sum(chances_)) {
    for (std::size_t fix = 0; fix < open_.size(); ++fix)
      if (open_[fix] != 0) fixes_.push_back(fix);
    cures_.resize(open_.size());
    Refresh();
  }

  // The fix that comes next, or npos.
  [[nodiscard]] std::size_t Best() const {
    const auto better = [&](std::size_t a, std::size_t b) {
      const double left = cures_[a] * planner_.minutes_[b];
      const double right = cures_[b] * planner_.minutes_[a];
      if (left != right) return left > right;
      return LossOf(a) != LossOf(b) ? LossOf(a) < LossOf(b) : a < b;
    };
    // By falling price, until one need not wait: mostly the first or second, so no sorting.
    std::size_t waits = BeliefModel::npos;
    std::size_t harm = std::numeric_limits<std::size_t>::max();  // what waits is so harmful
    while (true) {
      std::size_t best = BeliefModel::npos;
      for (const std::size_t fix : fixes_)
        if (LossOf(fix) < harm && Worthwhile(fix, cures_[fix], mass_) &&
            (waits == BeliefModel::npos || better(waits, fix)) &&
            (best == BeliefModel::npos || better(fix, best)))
          best = fix;
      if (best == BeliefModel::npos) break;
      if (!MustWait(best)) return best;
      waits = best;
      harm = LossOf(best);  // a dearer one of the same harm does not overtake it
    }
    if (waits == BeliefModel::npos) return waits;
    // All that is worthwhile waits for what would only become so once it has failed. So that comes
    // first, although its chance is small now.
    std::size_t best = BeliefModel::npos;
    for (const std::size_t fix : fixes_)
      if (cures_[fix] > 0 && !Worthwhile(fix, cures_[fix], mass_) && HoldsUp(fix, waits) &&
          !MustWait(fix) && (best == BeliefModel::npos || better(fix, best)))
        best = fix;
    return best != BeliefModel::npos ? best : waits;
  }

  [[nodiscard]] bool MayPropose(std::size_t fix) const {
    if (open_[fix] == 0) return false;
    return (Worthwhile(fix, cures_[fix], mass_) && !MustWait(fix)) || Best() == fix;
  }

  void Fail(std::size_t fix) {
    for (const std::size_t h : planner_.treats_[fix])
      chances_[h] *= 1 - planner_.cure_[fix * n_ + h];
    mass_ = Sum(chances_);
    std::erase(fixes_, fix);
    open_[fix] = 0;
    Refresh();
  }

  [[nodiscard]] double mass() const { return mass_; }

 private:
  [[nodiscard]] std::size_t LossOf(std::size_t fix) const {
    return static_cast<std::size_t>(planner_.model_->knowledge().fixes[fix].loss);
  }
  [[nodiscard]] const Model& limits() const { return planner_.model_->knowledge().model; }

  // Not below the least chance of its class, and worth its minutes against giving up.
  [[nodiscard]] bool Worthwhile(std::size_t fix, double cures, double mass) const {
    return cures > 0 && cures >= limits().least_chance[LossOf(fix)] * mass &&
           cures * limits().give_up_minutes > planner_.minutes_[fix] * mass;
  }

  // Harm comes last: a less harmful fix has a real chance, now or once this one has failed.
  [[nodiscard]] bool MustWait(std::size_t fix) const {
    return LossOf(fix) != 0 &&
           std::ranges::any_of(fixes_, [&](std::size_t other) { return HoldsUp(other, fix); });
  }

  [[nodiscard]] bool HoldsUp(std::size_t other, std::size_t fix) const {
    const std::size_t loss = LossOf(fix);
    if (LossOf(other) >= loss) return false;
    const bool all = cautious_ && loss >= static_cast<std::size_t>(LossClass::kPairing);
    const double real = all ? 0 : limits().waits_for_chance[loss];
    if (cures_[other] >= real * mass_ && Worthwhile(other, cures_[other], mass_)) return true;
    const double mass_after = mass_ - cures_[fix];
    // What both cure only lowers it.
    if (cures_[other] < real * mass_after || !Worthwhile(other, cures_[other], mass_after))
      return false;
    double both = 0;
    for (const std::size_t h : planner_.treats_[fix])
      both += chances_[h] * planner_.cure_[fix * n_ + h] * planner_.cure_[other * n_ + h];
    const double after = cures_[other] - both;
    return after >= real * mass_after && Worthwhile(other, after, mass_after);
  }

  void Refresh() {
    for (const std::size_t fix : fixes_) {
      double cures = 0;
      for (const std::size_t h : planner_.treats_[fix])
        cures += chances_[h] * planner_.cure_[fix * n_ + h];
      cures_[fix] = cures;
    }
  }

  const Planner& planner_;
  std::size_t n_;
  std::vector<double> chances_;
  std::vector<char> open_;
  bool cautious_;
  std::vector<std::size_t> fixes_;
  std::vector<double> cures_;  // by fix: chance to get here and to be cured by it
  double mass_;
};

Planner::Planner(const BeliefModel& model)
    : model_(&model), hypotheses_(model.knowledge().causes.size() + 1) {
  const Knowledge& knowledge = model.knowledge();
  const std::size_t n = hypotheses_;
  cure_.assign(knowledge.fixes.size() * n, 0);
  treats_.resize(knowledge.fixes.size());
  for (std::size_t fix = 0; fix < knowledge.fixes.size(); ++fix) {
    minutes_.push_back(std::max(knowledge.fixes[fix].minutes, 1e-3));
    for (std::size_t c = 0; c + 1 < n; ++c) {
      cure_[fix * n + c] = model.FixChance(fix, c);
      if (cure_[fix * n + c] > 0) treats_[fix].push_back(c);
    }
  }
  closed_by_yes_.resize(knowledge.findings.size());
  closed_by_no_.resize(knowledge.findings.size());
  for (std::size_t fix = 0; fix < knowledge.fixes.size(); ++fix) {
    const auto closes = [&](const std::vector<std::string>& ids, bool value) {
      for (const std::string& id : ids) {
        const std::size_t f = model.FindingIndex(id);
        if (f == BeliefModel::npos) continue;
        const auto [first, inverted] = model.CanonicalOf(f);
        (value != inverted ? closed_by_yes_ : closed_by_no_)[first].push_back(fix);
      }
    };
    closes(knowledge.fixes[fix].requires_true, false);
    closes(knowledge.fixes[fix].requires_false, true);
    closes(knowledge.fixes[fix].tried_as, true);
  }
  yes_.assign(knowledge.findings.size() * n, 0);
  can_be_asked_.assign(knowledge.findings.size(), 0);
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    if (knowledge.findings[f].question.empty()) continue;
    can_be_asked_[f] = 1;
    const double right = model.TrustOf(f, evidence::SourceKind::kPerson);
    const double leak = model.Chance(BeliefModel::npos, f);
    const auto says_yes = [&](double chance) {
      return right * chance + (1 - right) * (1 - chance);
    };
    for (std::size_t h = 0; h < n; ++h) {
      const double chance = h + 1 < n ? model.Chance(h, f) : leak;
      // Answers are tempered as the belief is, in a way that keeps yes and no a whole.
      yes_[f * n + h] = says_yes(leak) + (says_yes(chance) - says_yes(leak)) /
                                             std::max(1.0, knowledge.model.temperature);
    }
  }
}

Situation Planner::Start(std::span<const Observation> observations,
                         std::span<const std::size_t> failed, const Context& context,
                         const Limits& limits) const {
  const Knowledge& knowledge = model_->knowledge();
  Situation situation;
  const Belief belief = model_->Believe(observations, failed);
  std::vector<double> marginals = belief.causes;
  marginals.push_back(belief.none);
  // One fault at a time: of a set each member has its share, the likelier the larger.
  situation.chances.assign(hypotheses_, 0.0);
  for (const SetChance& one : belief.sets) {
    double all = 0;
    for (const std::uint16_t fault : one.set.Members()) all += marginals[fault];
    for (const std::uint16_t fault : one.set.Members())
      situation.chances[fault] += one.chance * marginals[fault] / all;
  }
  for (std::size_t h = 0; h < hypotheses_; ++h)  // what no listed set holds
    situation.chances[h] = std::max(situation.chances[h], belief.rest * marginals[h]);
  Normalise(situation.chances);
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
    situation.question_open.push_back(context.can_ask && can_be_asked_[f] != 0 && !seen && fits);
  }
  for (const std::string& id : context.not_known)
    if (const std::size_t f = model_->FindingIndex(id); f != BeliefModel::npos) Skip(situation, f);
  return situation;
}

double Planner::CureChance(const Situation& situation, std::size_t fix) const {
  double cures = 0;
  for (std::size_t h = 0; h < hypotheses_; ++h)
    cures += situation.chances[h] * cure_[fix * hypotheses_ + h];
  return cures;
}

void Planner::Fail(Situation& situation, std::size_t fix) const {
  for (std::size_t h = 0; h < hypotheses_; ++h)
    situation.chances[h] *= 1 - cure_[fix * hypotheses_ + h];
  Normalise(situation.chances);
  situation.fix_open[fix] = 0;
}

double Planner::YesChance(const Situation& situation, std::size_t question) const {
  double yes = 0;
  for (std::size_t h = 0; h < hypotheses_; ++h)
    yes += situation.chances[h] * yes_[question * hypotheses_ + h];
  return yes;
}

void Planner::Answer(Situation& situation, std::size_t question, bool yes) const {
  for (std::size_t h = 0; h < hypotheses_; ++h) {
    const double says_yes = yes_[question * hypotheses_ + h];
    situation.chances[h] *= yes ? says_yes : 1 - says_yes;
  }
  Normalise(situation.chances);
  const std::size_t first = model_->CanonicalOf(question).finding;
  for (std::size_t f = 0; f < situation.question_open.size(); ++f)
    if (model_->CanonicalOf(f).finding == first) situation.question_open[f] = 0;
  const bool turned = model_->CanonicalOf(question).inverted;
  for (const std::size_t fix : (yes != turned ? closed_by_yes_ : closed_by_no_)[first])
    situation.fix_open[fix] = 0;
}

bool Planner::MayPropose(const Situation& situation, std::size_t fix) const {
  return Work(*this, situation).MayPropose(fix);
}

double Planner::FixesOnly(const Situation& situation) const {
  Work work(*this, situation);
  double minutes = 0;
  for (std::size_t fix; (fix = work.Best()) != BeliefModel::npos; work.Fail(fix))
    minutes += work.mass() * minutes_[fix];
  return minutes + work.mass() * model_->knowledge().model.give_up_minutes;
}

void Planner::Fail(Situation& situation, const Choice& choice) const {
  Fail(situation, choice.index);
  for (const std::size_t fix : choice.more) Fail(situation, fix);
}

void Planner::Done(Situation& situation, std::size_t fix) const {
  const Fix& done = model_->knowledge().fixes[fix];
  for (const std::string& id : done.requires_true) {
    const std::size_t f = model_->FindingIndex(id);
    if (f == BeliefModel::npos) continue;
    for (const std::size_t c : treats_[fix]) {
      // What it sets was forced, so that it says nothing of other causes.
      const double shows = model_->Chance(c, f);
      if (shows > model_->Chance(BeliefModel::npos, f)) situation.chances[c] *= 1 - shows;
    }
  }
  Fail(situation, fix);
}

void Planner::Skip(Situation& situation, std::size_t question) const {
  const std::size_t first = model_->CanonicalOf(question).finding;
  for (std::size_t f = 0; f < situation.question_open.size(); ++f)
    if (model_->CanonicalOf(f).finding == first) situation.question_open[f] = 0;
}

std::vector<double> Planner::Marginals(const Situation& situation) const {
  return situation.chances;
}

StepCost Planner::CostOf(const Situation&, const Choice& choice) const {
  const Knowledge& knowledge = model_->knowledge();
  StepCost cost;
  if (choice.kind == Choice::Kind::kAsk) {
    cost.minutes = cost.hands_on = cost.price = knowledge.findings[choice.index].minutes;
  } else if (choice.kind == Choice::Kind::kFix) {
    const auto add = [&](std::size_t fix) {
      cost.minutes += knowledge.fixes[fix].minutes;
      cost.hands_on += knowledge.fixes[fix].hands_on;
      cost.price += minutes_[fix];
    };
    add(choice.index);
    for (const std::size_t fix : choice.more) add(fix);
  } else {
    cost.price = knowledge.model.give_up_minutes;
  }
  return cost;
}

Ending Planner::EndingOf(const Situation& situation) const {
  const Knowledge& knowledge = model_->knowledge();
  const std::vector<double> chances = Marginals(situation);
  const auto top = static_cast<std::size_t>(std::ranges::max_element(chances) - chances.begin());
  if (top + 1 >= chances.size() || knowledge.causes[top].instead.empty()) return {};
  return {top, !knowledge.causes[top].curable && chances[top] >= knowledge.model.name_cause};
}

std::vector<std::size_t> Planner::SeparateBest(const Situation& situation,
                                               std::size_t limit) const {
  const Knowledge& knowledge = model_->knowledge();
  std::vector<std::pair<double, std::size_t>> ranked;
  for (std::size_t q = 0; q < situation.question_open.size(); ++q) {
    if (situation.question_open[q] == 0) continue;
    const double mean = YesChance(situation, q);
    if (mean <= 0 || mean >= 1) continue;
    double variance = 0;
    for (std::size_t h = 0; h < hypotheses_; ++h) {
      const double off = yes_[q * hypotheses_ + h] - mean;
      variance += situation.chances[h] * off * off;
    }
    const double worth = variance / (mean * (1 - mean)) /
                         (knowledge.findings[q].minutes + knowledge.model.reading_minutes);
    if (worth > 1e-6) ranked.emplace_back(-worth, q);
  }
  const std::size_t count = std::min(limit, ranked.size());
  std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::size_t> best;
  for (std::size_t i = 0; i < count; ++i) best.push_back(ranked[i].second);
  return best;
}

// The expected minutes when the question is asked now and fixes follow.
double Planner::AskedFirst(const Situation& situation, std::size_t question) const {
  const double yes = YesChance(situation, question);
  double minutes = model_->knowledge().findings[question].minutes;
  for (const bool answer : {true, false}) {
    Situation then = situation;
    Answer(then, question, answer);
    minutes += (answer ? yes : 1 - yes) * FixesOnly(then);
  }
  return minutes;
}

std::vector<QuestionValue> Planner::WorthAsking(const Situation& situation,
                                                std::size_t limit) const {
  const auto weighed =
      static_cast<std::size_t>(std::max(0, model_->knowledge().model.questions_weighed));
  const double unasked = FixesOnly(situation);
  std::vector<QuestionValue> values;
  for (const std::size_t q : SeparateBest(situation, std::max(limit, weighed)))
    values.push_back({q, unasked - AskedFirst(situation, q), YesChance(situation, q)});
  std::ranges::stable_sort(values, std::ranges::greater{}, &QuestionValue::saves);
  if (values.size() > limit) values.resize(limit);
  return values;
}

Choice Planner::Next(const Situation& situation) const {
  const Knowledge& knowledge = model_->knowledge();
  const std::vector<std::size_t> questions = SeparateBest(
      situation, static_cast<std::size_t>(std::max(0, knowledge.model.questions_weighed)));
  const std::size_t fix = Work(*this, situation).Best();
  double ask_minutes =
      questions.empty() ? 0 : FixesOnly(situation) - knowledge.model.question_saves;
  std::size_t question = BeliefModel::npos;
  for (const std::size_t q : questions) {
    const double minutes = AskedFirst(situation, q);
    if (minutes >= ask_minutes) continue;
    ask_minutes = minutes;
    question = q;
  }
  if (question == BeliefModel::npos)
    return fix == BeliefModel::npos ? Choice{} : Choice{Choice::Kind::kFix, fix, {}};
  if (fix != BeliefModel::npos) {
    // The question may wait until the fix has failed.
    const double cures = CureChance(situation, fix);
    Situation failed = situation;
    Fail(failed, fix);
    if (minutes_[fix] + (1 - cures) * AskedFirst(failed, question) < ask_minutes)
      return {Choice::Kind::kFix, fix, {}};
  }
  return {Choice::Kind::kAsk, question, {}};
}

}  // namespace bk::troubleshoot
