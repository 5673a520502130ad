#include "cli/learn_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>
#include <vector>

#include "app/evidence_json.h"
#include "base/odds.h"
#include "cli/style.h"

namespace bk::cli {
namespace {

namespace ts = troubleshoot;

constexpr std::string_view kFitCaveats =
    "What no weighing mends: only solved and written-up cases count, so what owners mend alone "
    "and\n"
    "what nobody solves is rarer here than among bands; of the remedies tried, the one that worked "
    "is\n"
    "told; a finding that is not told is not known. none_of_these keeps its share.\n";

// Names of cases and causes come from files.
std::string Note(std::string_view note) {
  return "note: " + Printable(app::ValidUtf8(note)) + "\n";
}

std::string HeadOf(const ts::Change& change) {
  switch (change.kind) {
    case ts::NumberKind::kPrior:
      return "prior of " + change.id;
    case ts::NumberKind::kLeak:
      return "leak of " + change.id;
    case ts::NumberKind::kEffect:
      return fmt::format("{} given {}", change.item, change.id);
    case ts::NumberKind::kTreatment:
      return fmt::format("{} cures {}", change.item, change.id);
    case ts::NumberKind::kTemperature:
      return "temperature of the belief";
  }
  return change.id;
}

double Strength(const ts::Change& change) {
  const auto odds = [&](double chance) {
    if (change.kind == ts::NumberKind::kPrior) return std::log(chance);
    return LogOdds(chance, 1e-6);
  };
  return std::abs(odds(change.after) - odds(change.before));
}

// A row of the table: what is measured, then a cell for each column.
class Table {
 public:
  explicit Table(std::size_t columns) : columns_(columns) {}
  void Row(std::string_view name, const std::vector<std::string>& cells) {
    text_ += fmt::format("  {:<42}", name);
    for (std::size_t i = 0; i < columns_; ++i)
      text_ += fmt::format("{:>12}", i < cells.size() ? cells[i] : "");
    while (text_.ends_with(' ')) text_.pop_back();
    text_ += '\n';
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t columns_;
  std::string text_;
};

std::string Share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{} ({:.0f} %)", part,
                     100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string Of(std::size_t part, std::size_t whole) { return fmt::format("{} of {}", part, whole); }

std::vector<std::string> Cells(const std::vector<const ts::Scores*>& scores,
                               const std::function<std::string(const ts::Scores&)>& cell) {
  std::vector<std::string> cells;
  cells.reserve(scores.size());
  for (const ts::Scores* one : scores) cells.push_back(cell(*one));
  return cells;
}

std::string CauseTable(const std::vector<const ts::Scores*>& scores, const ts::GuideCauses& guide) {
  Table table(scores.size() + 1);
  table.Row("", {"stored", "cross-val.", "doubted", "the guide"});
  const auto row = [&](std::string_view name,
                       const std::function<std::string(const ts::CauseScore&)>& cell,
                       const std::string& of_guide = "") {
    auto cells = Cells(scores, [&](const ts::Scores& one) { return cell(one.causes); });
    cells.push_back(of_guide);
    table.Row(name, cells);
  };
  const std::size_t cases = scores.front()->causes.cases;
  row(
      "layer right", [](const auto& s) { return Share(s.layer, s.cases); },
      Share(guide.layer, cases));
  row(
      "cause right", [](const auto& s) { return Share(s.first, s.cases); },
      Share(guide.first, cases));
  row(
      "cause among the first three", [](const auto& s) { return Share(s.in_three, s.cases); },
      Share(guide.in_three, cases));
  row("Brier score (0 best, 2 worst)",
      [](const auto& s) { return fmt::format("{:.3f}", s.brier); });
  row("verdict: sure of a cause", [](const auto& s) { return Share(s.sure, s.cases); });
  row("  of these wrong: sure and wrong", [](const auto& s) { return Of(s.sure_wrong, s.sure); });
  row("verdict: a probable cause", [](const auto& s) { return Share(s.named - s.sure, s.cases); });
  row("  of these wrong",
      [](const auto& s) { return Of(s.named_wrong - s.sure_wrong, s.named - s.sure); });
  row("verdict: a layer only", [](const auto& s) { return Share(s.layer_only, s.cases); });
  row("  of these wrong", [](const auto& s) { return Of(s.layer_only_wrong, s.layer_only); });
  row(
      "verdict: cannot tell", [](const auto& s) { return Share(s.cannot_tell, s.cases); },
      Share(guide.nothing, cases));
  if (std::ranges::any_of(scores, [](const auto* s) { return s->causes.other > 0; }))
    row("no trouble seen", [](const auto& s) { return Share(s.other, s.cases); });
  table.Row("chance said for the first cause: said, right", {});
  for (std::size_t i = 0; i < scores.front()->causes.calibration.size(); ++i) {
    const ts::CalibrationBin& range = scores.front()->causes.calibration[i];
    row(fmt::format("  {:.0f} to {:.0f} %", range.low * 100, range.high * 100), [i](const auto& s) {
      const ts::CalibrationBin& bin = s.calibration[i];
      if (bin.cases == 0) return std::string("-");
      return fmt::format("{:.0f} %, {}/{}", bin.said * 100, bin.right, bin.cases);
    });
  }
  return table.text();
}

std::string FixTable(const std::vector<const ts::Scores*>& scores, const ts::FixScore& guide) {
  Table table(scores.size() + 1);
  table.Row("", {"stored", "cross-val.", "doubted", "the guide"});
  const auto row = [&](std::string_view name,
                       const std::function<std::string(const ts::FixScore&)>& cell) {
    auto cells = Cells(scores, [&](const ts::Scores& one) { return cell(one.fixes); });
    cells.push_back(cell(guide));
    table.Row(name, cells);
  };
  row("the fix that cured is among the steps",
      [](const auto& s) { return Share(s.listed, s.cases); });
  row("  as the first", [](const auto& s) { return Share(s.first, s.cases); });
  row("  among the first three", [](const auto& s) { return Share(s.in_three, s.cases); });
  row("its median place", [](const auto& s) { return fmt::format("{:g}", s.median_rank); });
  row("minutes of all steps up to it, mean",
      [](const auto& s) { return fmt::format("{:.0f}", s.mean_minutes); });
  row("needless lossy steps before it, mean",
      [](const auto& s) { return fmt::format("{:.2f}", s.lossy_before); });
  row("cases with any needless lossy step",
      [](const auto& s) { return Share(s.cases_with_lossy, s.cases); });
  return table.text();
}

}  // namespace

std::string FitText(const ts::Fitted& fitted, std::size_t cases, bool verbose) {
  std::string text = fmt::format(
      "{} closed cases against the elicited numbers, which weigh as {:g} cases (priors, all "
      "together), "
      "{:g} (each effect),\n{:g} (each leak), {:g} (each fix); temperature {:g}; chosen by "
      "cross-validation. Of what holds, about {:.0f} in 100\nis mentioned.\n\n",
      cases, fitted.sizes.prior, fitted.sizes.effect, fitted.sizes.leak, fitted.sizes.fix,
      fitted.sizes.temperature, fitted.mentioned.yes * 100);
  std::vector<const ts::Change*> changes;
  changes.reserve(fitted.changes.size());
  for (const ts::Change& change : fitted.changes) changes.push_back(&change);
  std::ranges::stable_sort(changes, [](const auto* a, const auto* b) {
    return a->kind != b->kind ? a->kind < b->kind : Strength(*a) > Strength(*b);
  });
  constexpr std::size_t kShown = 12;  // of a kind
  std::size_t of_kind = 0, hidden = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const ts::Change& change = *changes[i];
    of_kind = i > 0 && changes[i - 1]->kind == change.kind ? of_kind + 1 : 0;
    if (!verbose && of_kind >= kShown) {
      ++hidden;
      continue;
    }
    text += fmt::format("  {}: {:.3g} -> {:.3g}{}  ({})\n", HeadOf(change), change.before,
                        change.after, change.added ? ", new" : "", change.from);
  }
  if (changes.empty()) text += "Nothing changes.\n";
  if (hidden > 0) text += fmt::format("  and {} more (-v)\n", hidden);
  for (const std::string& note : fitted.notes) text += Note(note);
  text += fmt::format("\n{} numbers change. ", changes.size());
  return text + std::string(kFitCaveats);
}

std::string EvaluationText(const ts::Evaluation& evaluation, bool verbose) {
  std::vector<const ts::Scores*> told, shown;
  for (const ts::Scores& one : evaluation.scores) (one.with_deduced ? shown : told).push_back(&one);
  if (told.empty() || shown.empty()) return {};
  std::string text =
      fmt::format("{} closed cases, {} folds\n\n", evaluation.cases, evaluation.folds);
  text += "From what people told alone:\n" + CauseTable(told, evaluation.guide_causes);
  if (verbose)
    text +=
        "\nWith what the phone would have shown (inferred from the solution, so it flatters):\n" +
        CauseTable(shown, evaluation.guide_causes);
  text += fmt::format(
      "\nSteps, from what people told, in the {} cases whose fix is known; lossy = costs the "
      "pairing "
      "or more:\n",
      evaluation.guide.cases);
  text += FixTable(told, evaluation.guide);
  text += fmt::format(
      "\nstored: the numbers as they are, fitted on these very cases.\n"
      "cross-val.: each fold judged with numbers fitted anew on the others. Still optimistic: the\n"
      "  elicited numbers behind the fit were written by people who had read the cases.\n"
      "doubted: cross-validated after every effect for which cases were read has lost {:.0f} % of "
      "its\n  weight ([learning] doubt). Pessimistic: that also takes what those people knew "
      "anyway.\n"
      "the guide: followed as written, from what is seen to the passage on it; it gives no "
      "chances.\n",
      evaluation.doubt * 100);
  for (const std::string& note : evaluation.notes) text += Note(note);
  return text;
}

}  // namespace bk::cli
