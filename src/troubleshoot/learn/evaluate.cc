#include "troubleshoot/learn/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/odds.h"
#include "troubleshoot/diagnose.h"
#include "troubleshoot/knowledge/guide_order.h"

namespace bk::troubleshoot {
namespace {

constexpr double kLeast = 1e-12;

// An effect "case count: ..." or "...; case count: ..." was shaped by someone who read cases.
bool SaysCasesWereRead(const Origin& from) { return from.find("case count") != Origin::npos; }

// With less of what the cases may have put into the elicited numbers.
Knowledge Doubted(Knowledge knowledge, double doubt) {
  const BeliefModel model(knowledge);
  std::vector<double> leaks;
  leaks.reserve(knowledge.findings.size());
  for (const FindingKind& finding : knowledge.findings)
    leaks.push_back(finding.leak_elicited ? finding.leak_elicited->number : finding.leak);
  for (Cause& cause : knowledge.causes)
    for (Effect& effect : cause.effects) {
      const std::size_t finding = model.FindingIndex(effect.finding);
      if (finding == BeliefModel::npos ||
          !SaysCasesWereRead(effect.elicited ? effect.elicited->from : effect.from))
        continue;
      const double leak = LogOdds(leaks[finding]);
      double& number = effect.elicited ? effect.elicited->number : effect.chance;
      number = ChanceOfLogOdds(leak + (1 - doubt) * (LogOdds(number) - leak));
    }
  return knowledge;
}

// Collects the steps up to the fix that cured.
class FixCounter {
 public:
  explicit FixCounter(const Knowledge& knowledge) : knowledge_(&knowledge) {}

  void Add(std::span<const std::size_t> order, std::string_view cured_by) {
    std::size_t rank = 0, lossy = 0;
    double minutes = 0;
    bool found = false;
    for (const std::size_t index : order) {
      const Fix& fix = knowledge_->fixes[index];
      ++rank;
      minutes += fix.minutes;
      found = fix.id == cured_by;
      if (found) break;
      if (fix.loss >= LossClass::kPairing) ++lossy;
    }
    if (!found) ++rank;
    ++score_.cases;
    score_.listed += found ? 1U : 0U;
    score_.first += found && rank == 1 ? 1U : 0U;
    score_.in_three += found && rank <= 3 ? 1U : 0U;
    score_.mean_minutes += minutes;
    score_.lossy_before += static_cast<double>(lossy);
    score_.cases_with_lossy += lossy > 0 ? 1U : 0U;
    ranks_.push_back(rank);
  }

  FixScore Done() {
    if (score_.cases == 0) return score_;
    const auto n = static_cast<double>(score_.cases);
    score_.mean_minutes /= n;
    score_.lossy_before /= n;
    std::ranges::sort(ranks_);
    const std::size_t half = ranks_.size() / 2;
    score_.median_rank =
        ranks_.size() % 2 == 1
            ? static_cast<double>(ranks_[half])
            : (static_cast<double>(ranks_[half - 1]) + static_cast<double>(ranks_[half])) / 2;
    return score_;
  }

 private:
  const Knowledge* knowledge_;
  FixScore score_;
  std::vector<std::size_t> ranks_;
};

// The layer that the case's cause sits in; empty for a cause that is not known.
std::string_view LayerOf(const Knowledge& knowledge, const ClosedCase& closed) {
  const auto cause = std::ranges::find(knowledge.causes, closed.cause, &Cause::id);
  return cause == knowledge.causes.end() ? std::string_view() : std::string_view(cause->layer);
}

void AddVerdict(CauseScore& score, const ClosedCase& closed, std::string_view layer,
                const Verdict& verdict) {
  const bool right = verdict.cause == closed.cause;
  switch (verdict.outcome) {
    case Outcome::kCause:
      ++score.named;
      if (!right) ++score.named_wrong;
      if (verdict.sure) ++score.sure;
      if (verdict.sure && !right) ++score.sure_wrong;
      break;
    case Outcome::kLayer:
      ++score.layer_only;
      if (verdict.layer != layer) ++score.layer_only_wrong;
      break;
    case Outcome::kCannotTell:
      ++score.cannot_tell;
      break;
    default:
      ++score.other;
      break;
  }
}

void AddCauses(CauseScore& score, const ClosedCase& closed, std::string_view right_layer,
               const Diagnosis& diagnosis) {
  ++score.cases;
  const auto layer = std::ranges::max_element(
      diagnosis.layers, [](const auto& a, const auto& b) { return a.probability < b.probability; });
  if (layer != diagnosis.layers.end() && layer->id == right_layer) ++score.layer;
  std::size_t rank = 0;
  for (const CauseChance& cause : diagnosis.causes) {
    const bool is = cause.id == closed.cause;
    const double off = cause.probability - (is ? 1 : 0);
    score.brier += off * off;
    if (is) score.log_score += std::log(std::max(cause.probability, kLeast));
    if (cause.id == kNoneOfThese) continue;
    if (is && rank == 0) ++score.first;
    if (is && rank < 3) ++score.in_three;
    if (rank++ > 0) continue;
    const auto bins = static_cast<double>(score.calibration.size());
    CalibrationBin& bin = score.calibration[std::min(
        score.calibration.size() - 1, static_cast<std::size_t>(cause.probability * bins))];
    ++bin.cases;
    bin.said += cause.probability;
    if (is) ++bin.right;
  }
  AddVerdict(score, closed, right_layer, diagnosis.verdict);
}

CauseScore Finished(CauseScore score) {
  if (score.cases > 0) {
    score.brier /= static_cast<double>(score.cases);
    score.log_score /= static_cast<double>(score.cases);
  }
  for (CalibrationBin& bin : score.calibration)
    if (bin.cases > 0) bin.said /= static_cast<double>(bin.cases);
  return score;
}

class CaseJudge {
 public:
  CaseJudge(const Knowledge& knowledge, Numbers numbers, bool with_deduced) : fixes_(knowledge) {
    scores_.numbers = numbers;
    scores_.with_deduced = with_deduced;
    const auto bins = static_cast<double>(scores_.causes.calibration.size());
    for (std::size_t i = 0; i < scores_.causes.calibration.size(); ++i) {
      scores_.causes.calibration[i].low = static_cast<double>(i) / bins;
      scores_.causes.calibration[i].high = static_cast<double>(i + 1) / bins;
    }
  }

  void Add(const BeliefModel& model, const ClosedCase& closed) {
    // Nobody is there to answer: only what the case tells counts.
    const Context context{.band_seen = true, .can_ask = false};
    const Diagnosis diagnosis = Diagnose(model, EvidenceOf(closed, scores_.with_deduced), context);
    AddCauses(scores_.causes, closed, LayerOf(model.knowledge(), closed), diagnosis);
    if (model.FixIndex(closed.cured_by) == BeliefModel::npos) return;
    std::vector<std::size_t> order;
    for (const Step& step : diagnosis.plan.steps)
      if (step.kind == Step::Kind::kFix) order.push_back(model.FixIndex(step.id));
    fixes_.Add(order, closed.cured_by);
  }

  Scores Done() {
    scores_.causes = Finished(scores_.causes);
    scores_.fixes = fixes_.Done();
    return scores_;
  }

 private:
  Scores scores_;
  FixCounter fixes_;
};

void JudgeGuide(const Knowledge& knowledge, std::span<const ClosedCase> cases,
                Evaluation& evaluation) {
  FixCounter counter(knowledge);
  for (const ClosedCase& closed : cases) {
    const auto seen = [&](std::string_view id) {
      return std::ranges::any_of(closed.findings, [&](const CaseFinding& known) {
        return known.value && known.known != HowKnown::kDeduced && known.id == id;
      });
    };
    GuideCauses& causes = evaluation.guide_causes;
    if (const GuidePassage* passage = GuideDiagnosis(knowledge, seen); passage != nullptr) {
      const auto place = std::ranges::find(passage->suspects, closed.cause);
      const auto rank = place - passage->suspects.begin();
      if (passage->layer == LayerOf(knowledge, closed)) ++causes.layer;
      if (place != passage->suspects.end() && rank == 0) ++causes.first;
      if (place != passage->suspects.end() && rank < 3) ++causes.in_three;
    } else {
      ++causes.nothing;
    }
    if (!closed.cured_by.empty()) counter.Add(GuideOrder(knowledge, seen), closed.cured_by);
  }
  evaluation.guide = counter.Done();
}

}  // namespace

std::string_view NumbersName(Numbers numbers) {
  switch (numbers) {
    case Numbers::kStored:
      return "stored";
    case Numbers::kCrossValidated:
      return "cross_validated";
    case Numbers::kDoubted:
      return "doubted";
  }
  return "stored";
}

Evaluation Evaluate(const Knowledge& knowledge, std::span<const ClosedCase> cases,
                    std::size_t folds, const SizesOf& sizes, std::span<const Numbers> wanted) {
  Evaluation evaluation;
  evaluation.folds = std::max<std::size_t>(2, folds);
  const BeliefModel stored(knowledge);
  std::vector<ClosedCase> usable;
  for (const ClosedCase& closed : cases) {
    if (stored.CauseIndex(closed.cause) == BeliefModel::npos) {
      evaluation.notes.push_back(
          fmt::format("{}: there is no cause \"{}\".", closed.id, closed.cause));
      continue;
    }
    usable.push_back(closed);
    if (closed.cured_by.empty() || stored.FixIndex(closed.cured_by) != BeliefModel::npos) continue;
    evaluation.notes.push_back(
        fmt::format("{}: there is no fix \"{}\".", closed.id, closed.cured_by));
    usable.back().cured_by.clear();
  }
  evaluation.cases = usable.size();
  JudgeGuide(knowledge, usable, evaluation);

  evaluation.doubt = knowledge.learning.doubt;
  const Knowledge doubted = Doubted(knowledge, evaluation.doubt);
  for (const Numbers numbers : wanted) {
    CaseJudge told(knowledge, numbers, false), shown(knowledge, numbers, true);
    if (numbers == Numbers::kStored) {
      for (const ClosedCase& closed : usable) {
        told.Add(stored, closed);
        shown.Add(stored, closed);
      }
    } else {
      const Knowledge& from = numbers == Numbers::kDoubted ? doubted : knowledge;
      for (std::size_t fold = 0; fold < evaluation.folds; ++fold) {
        std::vector<ClosedCase> kept;
        for (std::size_t i = 0; i < usable.size(); ++i)
          if (i % evaluation.folds != fold) kept.push_back(usable[i]);
        const Sizes chosen = sizes ? sizes(from, kept) : ChooseSizes(from, kept);
        if (numbers == Numbers::kCrossValidated) evaluation.chosen.push_back(chosen);
        const Knowledge fitted = FitNumbers(from, kept, chosen);
        const BeliefModel model(fitted);
        for (std::size_t i = fold; i < usable.size(); i += evaluation.folds) {
          told.Add(model, usable[i]);
          shown.Add(model, usable[i]);
        }
      }
    }
    evaluation.scores.push_back(told.Done());
    evaluation.scores.push_back(shown.Done());
  }
  return evaluation;
}

}  // namespace bk::troubleshoot
