#include "cli/doctor_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/evidence_json.h"
#include "cli/messages.h"

namespace bk::cli {
namespace {

using troubleshoot::Diagnosis;
using troubleshoot::LayerState;
using troubleshoot::Outcome;
using troubleshoot::Step;

constexpr std::size_t kProofsShown = 4;
constexpr double kProofShare = 0.1;  // of the strongest proof's weight: below, it is detail
constexpr std::size_t kStepsShown = 3;
constexpr double kWorthNaming = 0.02;

class Writer {
 public:
  Writer(const Style& style, app::Privacy& privacy, const language::Language& language)
      : style_(style), privacy_(privacy), language_(language) {}

  [[nodiscard]] std::string Say(const Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return language_.Say(message, arguments);
  }
  // Where something was read: "capture.log, packet 27"; empty where that is not known.
  [[nodiscard]] std::string Place(const evidence::Where& where) const {
    return PlaceText(where, language_);
  }
  // "the text [capture.log, packet 27]"
  [[nodiscard]] std::string WithPlace(std::string_view text, const evidence::Where& where) const {
    const std::string place = Place(where);
    return place.empty() ? std::string(text) : fmt::format("{} [{}]", text, place);
  }

  void Blank() { out_ += '\n'; }
  void Heading(const Message& message) { Heading(Say(message)); }
  void Heading(std::string_view text) {
    Blank();
    out_ += style_.Paint(Tone::kStrong, text) + "\n";
  }
  // `lead` as it is, then `text` wrapped under itself.
  void Line(std::string_view lead, std::string_view text, Tone tone = Tone::kPlain) {
    const std::size_t indent = Columns(lead);
    out_ += lead;
    out_ += style_.Paint(tone, style_.Wrap(Safe(text), indent, indent)) + "\n";
  }
  void Light(std::string_view title, std::string_view light, Tone tone, std::string_view text) {
    const std::size_t indent = Columns(title) + Columns(light) + 2;
    out_ += fmt::format("{}{}", title, style_.Paint(tone, light));
    if (!text.empty()) out_ += "  " + style_.Wrap(Safe(text), indent, indent);
    out_ += '\n';
  }
  [[nodiscard]] std::string Safe(std::string_view text) const {
    return privacy_.Scrub(app::ValidUtf8(text));
  }
  std::string Take() { return std::move(out_); }

 private:
  const Style& style_;
  app::Privacy& privacy_;
  const language::Language& language_;
  std::string out_;
};

std::string Light(const Writer& out, LayerState state) {
  switch (state) {
    case LayerState::kOk:
      return "✔ " + out.Say(kReportSays.ok);
    case LayerState::kTrouble:
      return "✖ " + out.Say(kReportSays.trouble);
    case LayerState::kUnknown:
      break;
  }
  return "? " + out.Say(kReportSays.unknown);
}
Tone LightTone(LayerState state) {
  return state == LayerState::kOk        ? Tone::kGood
         : state == LayerState::kTrouble ? Tone::kBad
                                         : Tone::kFaint;
}

std::string TitleOf(const troubleshoot::Knowledge& knowledge, std::string_view layer) {
  for (const auto& known : knowledge.layers)
    if (known.id == layer) return known.title;
  return std::string(layer);
}
std::string CauseTitle(const troubleshoot::Knowledge& knowledge, std::string_view id) {
  for (const auto& cause : knowledge.causes)
    if (cause.id == id) return cause.title;
  return id == troubleshoot::kNoneOfThese ? knowledge.language.Say(kReportSays.none_of_the_known)
                                          : std::string(id);
}

std::string Minutes(const Writer& out, double minutes) {
  return minutes < 1 ? out.Say(kReportSays.under_a_minute)
                     : out.Say(kReportSays.about_minutes, {{"minutes", std::lround(minutes)}});
}
std::string Harm(const Writer& out, const Step& step) {
  return step.loss == troubleshoot::LossClass::kNone
             ? out.Say(kReportSays.nothing_lost)
             : out.Say(kReportSays.costs, {{"loss", step.loss_text}});
}

void WriteSources(Writer& out, const app::Report& report) {
  for (const app::ReadFile& file : report.files)
    out.Line(fmt::format("  {}  ", out.Say(kReportSays.read)),
             file.member.empty() ? fmt::format("{}: {}", file.path, file.format)
                                 : fmt::format("{} » {}: {}", file.path, file.member, file.format),
             Tone::kFaint);
  if (!report.files.empty() && !report.band.text.empty())
    out.Line(fmt::format("  {}  ", out.Say(kReportSays.band)), report.band.text, Tone::kFaint);
}

void WriteProbe(Writer& out, const app::ProbeResult& probe) {
  out.Heading(kReportSays.probe);
  out.Line("  ", probe.text);
  for (const std::string& sentence : probe.untold) out.Line("  - ", sentence, Tone::kFaint);
}

void WriteLights(Writer& out, const Diagnosis& found, const troubleshoot::Knowledge& knowledge) {
  out.Blank();
  // Wide enough for each, in whatever language.
  std::size_t title_width = 30, light_width = 0;
  for (const auto& layer : found.layers) {
    title_width = std::max(title_width, Columns(TitleOf(knowledge, layer.id)) + 1);
    light_width = std::max(light_width, Columns(Light(out, layer.state)));
  }
  const auto padded = [](std::string text, std::size_t width) {
    text.append(width - std::min(width, Columns(text)), ' ');
    return text;
  };
  for (const auto& layer : found.layers) {
    const bool told = layer.state == LayerState::kTrouble;
    const std::string light = Light(out, layer.state);
    out.Light("  " + padded(TitleOf(knowledge, layer.id), title_width),
              told ? padded(light, light_width) : light, LightTone(layer.state),
              told ? layer.text : "");
  }
}

// Lines of proof, each said once: one observation can decide two findings (weak_signal, not
// strong_signal).
class Proofs {
 public:
  Proofs(Writer& out, const app::Report& report) : out_(out), report_(report) {}

  [[nodiscard]] std::size_t said() const { return said_.size(); }
  void Say(std::string_view lead, const troubleshoot::Contribution& contribution) {
    const evidence::Finding* proof = app::ProofOf(report_, contribution);
    std::string line =
        proof == nullptr ? contribution.text : out_.WithPlace(contribution.text, proof->where);
    if (std::ranges::find(said_, line) != said_.end()) return;
    out_.Line(lead, line);
    said_.push_back(std::move(line));
  }

 private:
  Writer& out_;
  const app::Report& report_;
  std::vector<std::string> said_;
};

void WriteProof(Writer& out, const app::Report& report, const troubleshoot::Knowledge& knowledge,
                bool verbose) {
  const troubleshoot::Explanation& why = report.diagnosis.explanation;
  if (why.moved_by.empty()) return;
  out.Heading(kReportSays.why);
  Proofs proofs(out, report);
  double strongest = 0;
  for (const auto& moved : why.moved_by) strongest = std::max(strongest, moved.log_odds);
  for (const auto& moved : why.moved_by)
    if (moved.log_odds > 0 &&
        (verbose || (proofs.said() < kProofsShown && moved.log_odds >= kProofShare * strongest)))
      proofs.Say("  - ", moved);
  if (proofs.said() == 0) {
    // Nothing speaks for it by itself: it is what is left. What rules the next one out says more.
    out.Line("  ", out.Say(kReportSays.left_over, {{"cause", CauseTitle(knowledge, why.next)}}));
    for (const auto& moved : why.moved_by)
      if (moved.against_next > 0 && proofs.said() < kProofsShown) proofs.Say("  - ", moved);
  }
  if (verbose)
    for (const auto& moved : why.moved_by)
      if (moved.log_odds < 0) proofs.Say(fmt::format("  {} ", out.Say(kReportSays.against)), moved);
  for (const std::string& both : why.contradictions) out.Line("  - ", both, Tone::kUnsure);
  for (const auto& also : why.also) {
    if (also.moved_by.empty()) continue;
    out.Line("  ",
             out.Say(kReportSays.also_because, {{"cause", CauseTitle(knowledge, also.cause)}}));
    Proofs beside(out, report);
    for (const auto& moved : also.moved_by)
      if (verbose || beside.said() < kProofsShown / 2) beside.Say("  - ", moved);
    const auto cause = std::ranges::find(knowledge.causes, also.cause, &troubleshoot::Cause::id);
    if (cause != knowledge.causes.end()) out.Line("    ", cause->explain, Tone::kFaint);
  }
}

void WriteStep(Writer& out, const Step& step, std::string_view number) {
  if (step.kind == Step::Kind::kAsk) {
    out.Line(fmt::format("  {} ", number),
             out.Say(kReportSays.answer_this, {{"question", step.text}}), Tone::kStrong);
    if (!step.why.empty()) out.Line("     ", step.why);
    return;
  }
  out.Line(fmt::format("  {} ", number), step.text, Tone::kStrong);
  out.Line("     ", fmt::format("{}; {}", Minutes(out, step.minutes), Harm(out, step)),
           step.loss == troubleshoot::LossClass::kNone ? Tone::kFaint : Tone::kUnsure);
}

void WritePlan(Writer& out, const troubleshoot::Plan& plan, bool verbose) {
  if (plan.instead_now && !plan.instead.empty()) {
    out.Heading(kReportSays.what_to_do);
    out.Line("  ", plan.instead);
  }
  if (!plan.steps.empty()) {
    const Step& first = plan.steps.front();
    out.Heading(plan.instead_now ? kReportSays.all_the_same : kReportSays.what_to_do_now);
    WriteStep(out, first, "1.");
    if (first.kind == Step::Kind::kFix) {
      for (const std::string& word : first.words) out.Line("     • ", word);
      if (!first.why.empty()) out.Line("     ", first.why, Tone::kFaint);
      if (first.test_later)
        out.Line("     ", out.Say(kReportSays.test_later));
      else if (!first.check.empty())
        out.Line(fmt::format("     {} ", out.Say(kReportSays.did_it_help)), first.check);
      if (verbose && !first.undo.empty())
        out.Line(fmt::format("     {} ", out.Say(kReportSays.to_undo)), first.undo);
    }
    if (plan.steps.size() > 1) {
      out.Heading(first.test_later ? kReportSays.then : kReportSays.if_not);
      const std::size_t count =
          verbose ? plan.steps.size() : std::min(plan.steps.size(), kStepsShown + 1);
      for (std::size_t i = 1; i < count; ++i) {
        WriteStep(out, plan.steps[i], fmt::format("{}.", i + 1));
        if (plan.steps[i].test_later)
          out.Line("     ", out.Say(kReportSays.test_later), Tone::kFaint);
      }
      if (count < plan.steps.size())
        out.Line("     ", out.Say(kReportSays.more_steps, {{"count", plan.steps.size() - count}}),
                 Tone::kFaint);
    }
  }
  if (!plan.instead_now && !plan.instead.empty()) {
    out.Heading(kReportSays.if_nothing);
    out.Line("  ", plan.instead);
  }
}

void WriteDetail(Writer& out, const app::Report& report, const troubleshoot::Knowledge& knowledge) {
  out.Heading(kReportSays.every_cause);
  for (const auto& cause : report.diagnosis.causes)
    if (cause.probability >= kWorthNaming)
      out.Line(fmt::format("  {:3.0f} %  ", 100 * cause.probability),
               CauseTitle(knowledge, cause.id));
  const auto& sets = report.diagnosis.fault_sets;
  if (std::ranges::any_of(sets, [](const auto& set) {
        return set.causes.size() > 1 && set.probability >= kWorthNaming;
      })) {
    out.Heading(kReportSays.together);
    for (const auto& set : sets) {
      if (set.probability < kWorthNaming) continue;
      std::string titles;
      for (const std::string& cause : set.causes)
        titles += (titles.empty() ? "" : " + ") + CauseTitle(knowledge, cause);
      out.Line(fmt::format("  {:3.0f} %  ", 100 * set.probability), titles);
    }
  }
  if (!report.diagnosis.explanation.would_change.empty()) {
    out.Heading(kReportSays.would_change);
    for (const auto& change : report.diagnosis.explanation.would_change)
      out.Line("  - ", change.text);
  }
  out.Heading(kReportSays.everything);
  for (const auto& finding : report.evidence.findings) {
    const bool* truth = std::get_if<bool>(&finding.value);
    const std::string value = truth == nullptr ? std::get<std::string>(finding.value)
                                               : out.Say(*truth ? kReportSays.yes : kReportSays.no);
    out.Line(fmt::format("  {} = {}: ", finding.id, out.Safe(value)),
             out.WithPlace(troubleshoot::TextOf(knowledge, finding), finding.where));
  }
}

void WriteLosses(Writer& out, const app::Report& report, bool verbose) {
  const auto& losses = report.evidence.losses;
  if (losses.empty()) return;
  if (!verbose) {
    out.Blank();
    out.Line("", out.Say(kReportSays.losses, {{"count", losses.size()}}), Tone::kFaint);
    return;
  }
  out.Heading(kReportSays.not_read);
  for (const auto& loss : losses)
    out.Line(fmt::format("  {} × {}: ", loss.count, evidence::LossName(loss.kind)),
             out.WithPlace(loss.text, loss.where));
}

// A finding that some cause nearly always shows and other cases rarely do: worth telling even where
// no band is in sight.
bool IsTelling(const troubleshoot::Knowledge& knowledge, const evidence::Finding& finding) {
  constexpr double kNearlyAlways = 0.95, kRarely = 0.2;
  const bool* truth = std::get_if<bool>(&finding.value);
  if (truth == nullptr || !*truth) return false;
  const auto kind =
      std::ranges::find(knowledge.findings, finding.id, &troubleshoot::FindingKind::id);
  if (kind == knowledge.findings.end() || kind->leak > kRarely) return false;
  return std::ranges::any_of(knowledge.causes, [&](const troubleshoot::Cause& cause) {
    return std::ranges::any_of(cause.effects, [&](const troubleshoot::Effect& effect) {
      return effect.finding == finding.id && effect.chance >= kNearlyAlways;
    });
  });
}

void WriteFactsWithoutBand(Writer& out, const app::Report& report,
                           const troubleshoot::Knowledge& knowledge) {
  bool told = false;
  for (const auto& finding : report.evidence.findings) {
    if (!IsTelling(knowledge, finding)) continue;
    if (!told) out.Heading(kReportSays.without_band);
    told = true;
    out.Line("  - ", out.WithPlace(troubleshoot::TextOf(knowledge, finding), finding.where));
  }
}

Tone VerdictTone(Outcome outcome) {
  return outcome == Outcome::kHealthy     ? Tone::kGood
         : outcome == Outcome::kNoBand    ? Tone::kUnsure
         : outcome == Outcome::kNoTrouble ? Tone::kUnsure
                                          : Tone::kStrong;
}

}  // namespace

std::string PlaceText(const evidence::Where& where, const language::Language& language) {
  // The folder is the person's own and takes half a line.
  std::string place = where.file.substr(where.file.find_last_of('/') + 1);
  if (!where.member.empty()) place += (place.empty() ? "" : " » ") + where.member;
  if (where.line != 0)
    return language.Say(kReportSays.line, {{"file", place}, {"line", where.line}});
  if (where.packet != 0)
    return language.Say(kReportSays.packet, {{"file", place}, {"packet", where.packet}});
  if (where.offset != 0)
    return language.Say(kReportSays.byte, {{"file", place}, {"offset", where.offset}});
  return place;
}

std::string DoctorText(const app::Report& report, const troubleshoot::Knowledge& knowledge,
                       const Style& style, app::Privacy& privacy, bool verbose) {
  Writer out(style, privacy, knowledge.language);
  const Diagnosis& found = report.diagnosis;
  WriteSources(out, report);
  out.Blank();
  out.Line("", found.verdict.text, VerdictTone(found.verdict.outcome));
  if (!found.verdict.explain.empty()) out.Line("", found.verdict.explain);
  if (report.probe) WriteProbe(out, *report.probe);
  if (found.verdict.outcome == Outcome::kNoBand) {
    WriteFactsWithoutBand(out, report, knowledge);
  } else {
    WriteLights(out, found, knowledge);
    if (found.verdict.outcome != Outcome::kHealthy &&
        found.verdict.outcome != Outcome::kNoTrouble) {
      WriteProof(out, report, knowledge, verbose);
      WritePlan(out, found.plan, verbose);
    }
    if (verbose) WriteDetail(out, report, knowledge);
  }
  for (const std::string& unknown : found.unknown_findings)
    out.Line(fmt::format("{}: ", out.Say(kReportSays.note)),
             out.Say(kReportSays.unknown_finding, {{"id", unknown}}), Tone::kUnsure);
  WriteLosses(out, report, verbose);
  return out.Take();
}

}  // namespace bk::cli
