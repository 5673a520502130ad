#include "troubleshoot/learn/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/odds.h"
#include "troubleshoot/belief/belief.h"

namespace bk::troubleshoot {
namespace {

constexpr double kTimesForNewEffect = 2;
constexpr double kSame = 1e-9;     // log-odds: the same number written twice
constexpr double kNearest = 1e-6;  // chances for log-odds are kept so far from 0 and 1

struct Tally {
  double told_yes = 0, told_no = 0, read_yes = 0, read_no = 0;
  [[nodiscard]] double said() const { return told_yes + told_no + read_yes + read_no; }
};
using TallyByCause = std::map<std::size_t, Tally>;

// Three digits are more than so few cases carry.
double Rounded(double number) {
  if (!(number > 0)) return 0;
  const double scale = std::pow(10, 2 - std::floor(std::log10(number)));
  return std::round(number * scale) / scale;
}

const Elicited& Or(const std::optional<Elicited>& elicited, const Elicited& now) {
  return elicited ? *elicited : now;
}

class Fitter {
 public:
  Fitter(const Knowledge& knowledge, std::span<const ClosedCase> cases, const Sizes& sizes,
         bool explain)
      : model_(knowledge), sizes_(sizes), explain_(explain) {
    fitted_.knowledge = knowledge;
    fitted_.sizes = sizes;
    effects_.resize(knowledge.causes.size());
    for (std::size_t c = 0; c < knowledge.causes.size(); ++c)
      for (std::size_t e = 0; e < knowledge.causes[c].effects.size(); ++e)
        if (const std::size_t f = model_.FindingIndex(knowledge.causes[c].effects[e].finding);
            f != BeliefModel::npos)
          effects_[c].emplace(model_.CanonicalOf(f).finding,
                              EffectPlace{e, model_.CanonicalOf(f).inverted});
    Count(cases);
  }

  Fitted Run() {
    Priors();
    Findings();
    Fixes();
    Temperature();
    return std::move(fitted_);
  }

 private:
  void Count(std::span<const ClosedCase> cases) {
    cases_of_.assign(model_.knowledge().causes.size(), 0);
    findings_.resize(model_.knowledge().findings.size());
    cures_.resize(model_.knowledge().fixes.size());
    for (const ClosedCase& closed : cases) {
      const std::size_t cause = model_.CauseIndex(closed.cause);
      if (cause == BeliefModel::npos) {
        fitted_.notes.push_back(
            fmt::format("{}: there is no cause \"{}\".", closed.id, closed.cause));
        continue;
      }
      ++cases_of_[cause];
      ++cases_;
      CountFindings(closed, cause);
      CountCures(closed, cause);
    }
  }

  void CountFindings(const ClosedCase& closed, std::size_t cause) {
    struct Said {
      bool yes = false, no = false, read = false;
    };
    std::map<std::size_t, Said> said;
    for (const CaseFinding& known : closed.findings) {
      if (known.known == HowKnown::kDeduced) continue;
      const std::size_t index = model_.FindingIndex(known.id);
      if (index == BeliefModel::npos) {
        fitted_.notes.push_back(
            fmt::format("{}: there is no finding \"{}\".", closed.id, known.id));
        continue;
      }
      const auto [first, inverted] = model_.CanonicalOf(index);
      Said& one = said[first];
      const bool read = known.known == HowKnown::kRead;
      if (one.read && !read) continue;  // what was read outweighs what was told
      if (read && !one.read) one = {.read = true};
      (known.value != inverted ? one.yes : one.no) = true;
    }
    for (const auto& [finding, one] : said) {
      if (one.yes == one.no) continue;
      Tally& tally = findings_[finding][cause];
      ++(one.yes ? (one.read ? tally.read_yes : tally.told_yes)
                 : (one.read ? tally.read_no : tally.told_no));
    }
  }

  void CountCures(const ClosedCase& closed, std::size_t cause) {
    const Knowledge& knowledge = model_.knowledge();
    std::set<std::string_view> told;
    for (const CaseFinding& known : closed.findings)
      if (known.value && known.known != HowKnown::kDeduced) told.insert(known.id);
    for (std::size_t x = 0; x < knowledge.fixes.size(); ++x) {
      const Fix& fix = knowledge.fixes[x];
      if (fix.id == closed.cured_by) {
        ++cures_[x][cause].told_yes;
        if (model_.FixChance(x, cause) <= 0)
          fitted_.notes.push_back(fmt::format("{}: cured by {}, which {} does not list.", closed.id,
                                              fix.id, closed.cause));
      } else if (std::ranges::any_of(fix.tried_as,
                                     [&](const auto& id) { return told.contains(id); })) {
        ++cures_[x][cause].told_no;
      }
    }
    if (!closed.cured_by.empty() && model_.FixIndex(closed.cured_by) == BeliefModel::npos)
      fitted_.notes.push_back(
          fmt::format("{}: there is no fix \"{}\".", closed.id, closed.cured_by));
  }

  [[nodiscard]] double worth_saying() const { return fitted_.knowledge.learning.worth_saying; }

  // Puts `wanted` into `number`, or what was elicited where the cases hardly move it.
  template <class Why>
  void Set(Change change, const Why& why, double wanted, bool share, double& number, Origin& from,
           std::optional<Elicited>& elicited) {
    const auto apart = [&](double a, double b) {
      return share ? std::abs(std::log(a / b))
                   : std::abs(LogOdds(a, kNearest) - LogOdds(b, kNearest));
    };
    const Elicited first = Or(elicited, {number, from});
    change.back = apart(wanted, first.number) < worth_saying();
    change.after = change.back ? first.number : Rounded(wanted);
    change.before = number;
    change.elicited = first.number;
    change.elicited_from = first.from;
    if (change.back) {
      change.from = first.from;
      elicited.reset();
    } else {
      elicited = first;
    }
    number = change.after;
    if (!explain_ || apart(change.before, change.after) < kSame) return;
    if (!change.back) change.from = why();
    from = change.from;
    fitted_.changes.push_back(std::move(change));
  }

  void Priors() {
    std::vector<Cause>& causes = fitted_.knowledge.causes;
    double elicited = 0;  // the sum stays, and with it the share of none_of_these
    for (const Cause& cause : causes)
      elicited += Or(cause.prior_elicited, {cause.prior, {}}).number;
    if (!(elicited > 0) || !(sizes_.prior + cases_ > 0)) return;
    for (std::size_t c = 0; c < causes.size(); ++c) {
      Cause& cause = causes[c];
      const double first = Or(cause.prior_elicited, {cause.prior, {}}).number / elicited;
      const double share = (sizes_.prior * first + cases_of_[c]) / (sizes_.prior + cases_);
      const auto why = [&] {
        return fmt::format(
            "case count: {} of {}; elicited share {:.3g} weighs as {:.2g} of {:g} cases",
            cases_of_[c], cases_, first, sizes_.prior * first, sizes_.prior);
      };
      Set({.kind = NumberKind::kPrior, .id = cause.id}, why, share * elicited, true, cause.prior,
          cause.prior_from, cause.prior_elicited);
    }
  }

  // Of a finding: the cell of each cause that lists it or tells it often, then that of the leak.
  struct FindingColumn {
    std::size_t finding = 0;
    std::vector<std::size_t> causes;
    std::vector<Tally> tallies;  // as the causes, then the leak
  };

  static Cell CellOf(double elicited, double size, const Tally& tally, double cases) {
    return {elicited,
            size,
            tally.told_yes,
            tally.told_no,
            tally.read_yes,
            tally.read_no,
            std::max(0.0, cases - tally.said())};
  }

  // The effect of a cause on a canonical finding, whichever of the pair it names.
  Effect* EffectOf(std::size_t cause, std::size_t finding, bool& inverted) {
    const auto place = effects_[cause].find(finding);
    if (place == effects_[cause].end()) return nullptr;
    inverted = place->second.inverted;
    return &fitted_.knowledge.causes[cause].effects[place->second.index];
  }

  static std::string Count(const Tally& tally, double cases, bool inverted) {
    const double yes = inverted ? tally.told_no : tally.told_yes;
    const double no = inverted ? tally.told_yes : tally.told_no;
    std::string text = fmt::format("case count: told in {:g} of {:g}", yes, cases);
    if (no > 0) text += fmt::format(", the opposite in {:g}", no);
    const double read = tally.read_yes + tally.read_no;
    if (read > 0)
      text +=
          fmt::format(", read in {:g} of {:g}", inverted ? tally.read_no : tally.read_yes, read);
    return text;
  }

  void Findings() {
    Knowledge& knowledge = fitted_.knowledge;
    std::set<std::size_t> by_fix;  // their chances follow from what was tried in vain
    for (const Fix& fix : knowledge.fixes)
      for (const std::string& id : fix.tried_as)
        if (const std::size_t f = model_.FindingIndex(id); f != BeliefModel::npos)
          by_fix.insert(model_.CanonicalOf(f).finding);
    std::set<std::size_t> paired;
    for (std::size_t f = 0; f < knowledge.findings.size(); ++f)
      if (model_.CanonicalOf(f).inverted) paired.insert(model_.CanonicalOf(f).finding);

    std::vector<FindingColumn> about;
    std::vector<Column> columns;
    for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
      if (model_.CanonicalOf(f).inverted) continue;
      FindingColumn& one = about.emplace_back();
      one.finding = f;
      Column column;
      column.can_tell_no = paired.contains(f);
      const Elicited leak =
          Or(knowledge.findings[f].leak_elicited, {knowledge.findings[f].leak, {}});
      Tally rest;
      double rest_cases = 0;
      for (std::size_t c = 0; c < knowledge.causes.size(); ++c) {
        const auto counted = findings_[f].find(c);
        const Tally tally = counted == findings_[f].end() ? Tally{} : counted->second;
        if (tally.told_no + tally.read_no > 0) column.can_tell_no = true;
        bool inverted = false;
        const Effect* effect = EffectOf(c, f, inverted);
        if (effect == nullptr &&
            (by_fix.contains(f) || tally.told_yes + tally.read_yes < kTimesForNewEffect)) {
          rest.told_yes += tally.told_yes;
          rest.told_no += tally.told_no;
          rest.read_yes += tally.read_yes;
          rest.read_no += tally.read_no;
          rest_cases += cases_of_[c];
          continue;
        }
        double elicited = leak.number;
        if (effect != nullptr) {
          elicited = Or(effect->elicited, {effect->chance, {}}).number;
          if (inverted) elicited = 1 - elicited;
        }
        one.causes.push_back(c);
        one.tallies.push_back(tally);
        column.cells.push_back(CellOf(elicited, sizes_.effect, tally, cases_of_[c]));
      }
      one.tallies.push_back(rest);
      column.cells.push_back(CellOf(leak.number, sizes_.leak, rest, rest_cases));
      rest_cases_.push_back(rest_cases);
      columns.push_back(std::move(column));
    }
    const Estimate estimate = EstimateChances(columns, knowledge.learning.mention_size);
    fitted_.mentioned = estimate.common;
    // Leaks first, as changes stand in the order of kinds.
    for (std::size_t j = 0; j < about.size(); ++j)
      SetLeak(about[j], estimate.chances[j].back(), rest_cases_[j]);
    for (std::size_t j = 0; j < about.size(); ++j)
      for (std::size_t i = 0; i < about[j].causes.size(); ++i)
        SetEffect(about[j], i, estimate.chances[j][i]);
    std::ranges::stable_sort(fitted_.changes, [](const Change& a, const Change& b) {
      return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
    });
  }

  void SetLeak(const FindingColumn& about, double chance, double cases) {
    Knowledge& knowledge = fitted_.knowledge;
    for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
      const auto [first, inverted] = model_.CanonicalOf(f);
      if (first != about.finding) continue;
      FindingKind& kind = knowledge.findings[f];
      const auto why = [&] {
        return fmt::format("{} of causes that do not list it; elicited {:g} weighs as {:g}",
                           Count(about.tallies.back(), cases, inverted),
                           Or(kind.leak_elicited, {kind.leak, {}}).number, sizes_.leak);
      };
      Set({.kind = NumberKind::kLeak, .id = kind.id}, why, inverted ? 1 - chance : chance, false,
          kind.leak, kind.leak_from, kind.leak_elicited);
    }
  }

  void SetEffect(const FindingColumn& about, std::size_t i, double chance) {
    const std::size_t c = about.causes[i];
    Cause& cause = fitted_.knowledge.causes[c];
    const Tally& tally = about.tallies[i];
    bool inverted = false;
    Effect* effect = EffectOf(c, about.finding, inverted);
    const auto why = [&](double elicited) {
      return fmt::format("{}; elicited {:g} weighs as {:g}", Count(tally, cases_of_[c], inverted),
                         elicited, sizes_.effect);
    };
    if (effect != nullptr) {
      const double elicited = Or(effect->elicited, {effect->chance, {}}).number;
      Set(
          {.kind = NumberKind::kEffect, .id = cause.id, .item = effect->finding},
          [&] { return why(elicited); }, inverted ? 1 - chance : chance, false, effect->chance,
          effect->from, effect->elicited);
      return;
    }
    const FindingKind& kind = fitted_.knowledge.findings[about.finding];
    const Elicited leak = Or(kind.leak_elicited, {kind.leak, {}});
    if (std::abs(LogOdds(chance, kNearest) - LogOdds(leak.number, kNearest)) < worth_saying())
      return;
    const Origin nothing = "the leak: no mechanism was known";
    cause.effects.push_back(
        {kind.id, Rounded(chance), why(leak.number), Elicited{leak.number, nothing}});
    if (!explain_) return;
    fitted_.changes.push_back({.kind = NumberKind::kEffect,
                               .id = cause.id,
                               .item = kind.id,
                               .before = leak.number,
                               .after = Rounded(chance),
                               .elicited = leak.number,
                               .elicited_from = nothing,
                               .added = true,
                               .from = why(leak.number)});
  }

  void Fixes() {
    for (std::size_t c = 0; c < fitted_.knowledge.causes.size(); ++c) {
      Cause& cause = fitted_.knowledge.causes[c];
      for (Treatment& treatment : cause.fixes) {
        const std::size_t x = model_.FixIndex(treatment.fix);
        if (x == BeliefModel::npos) continue;
        const double elicited = Or(treatment.elicited, {treatment.chance, {}}).number;
        const auto counted = cures_[x].find(c);
        const Tally tally = counted == cures_[x].end() ? Tally{} : counted->second;
        const double chance = (sizes_.fix * elicited + tally.told_yes) /
                              (sizes_.fix + tally.told_yes + tally.told_no);
        const auto why = [&] {
          std::string text =
              fmt::format("case count: cured {:g} of {}", tally.told_yes, cases_of_[c]);
          if (tally.told_no > 0) text += fmt::format(", tried in vain in {:g}", tally.told_no);
          return text + fmt::format("; elicited {:g} weighs as {:g}", elicited, sizes_.fix);
        };
        Set({.kind = NumberKind::kTreatment, .id = cause.id, .item = treatment.fix}, why, chance,
            false, treatment.chance, treatment.from, treatment.elicited);
      }
    }
  }

  void Temperature() {
    double& now = fitted_.knowledge.model.temperature;
    if (now == sizes_.temperature || !(sizes_.temperature > 0)) return;
    fitted_.changes.push_back(
        {.kind = NumberKind::kTemperature,
         .before = now,
         .after = sizes_.temperature,
         .from = fmt::format("case count: cross-validation over {} cases", cases_)});
    now = sizes_.temperature;
  }

  struct EffectPlace {
    std::size_t index = 0;
    bool inverted = false;
  };

  BeliefModel model_;                                        // of the knowledge as given
  std::vector<std::map<std::size_t, EffectPlace>> effects_;  // by cause, then canonical finding
  Sizes sizes_;
  bool explain_;
  Fitted fitted_;
  int cases_ = 0;
  std::vector<int> cases_of_;           // by cause
  std::vector<TallyByCause> findings_;  // by canonical finding
  std::vector<TallyByCause> cures_;     // by fix
  std::vector<double> rest_cases_;      // by column
};

}  // namespace

std::string_view NumberKindName(NumberKind kind) {
  switch (kind) {
    case NumberKind::kPrior:
      return "prior";
    case NumberKind::kLeak:
      return "leak";
    case NumberKind::kEffect:
      return "effect";
    case NumberKind::kTreatment:
      return "fix";
    case NumberKind::kTemperature:
      return "temperature";
  }
  return "effect";
}

Fitted Fit(const Knowledge& knowledge, std::span<const ClosedCase> cases, const Sizes& sizes) {
  return Fitter(knowledge, cases, sizes, true).Run();
}

Knowledge FitNumbers(const Knowledge& knowledge, std::span<const ClosedCase> cases,
                     const Sizes& sizes) {
  return Fitter(knowledge, cases, sizes, false).Run().knowledge;
}

}  // namespace bk::troubleshoot
