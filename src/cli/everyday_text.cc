#include "cli/everyday_text.h"

#include <fmt/format.h>

#include "app/evidence_json.h"

namespace bk::cli {
namespace {

using Is = repair::EverydayState::Is;

class Lines {
 public:
  explicit Lines(const Style& style) : style_(style) {}
  void Heading(std::string_view text) { out_ += "\n" + style_.Paint(Tone::kStrong, text) + "\n"; }
  void Add(std::string_view lead, std::size_t indent, std::string_view text,
           Tone tone = Tone::kPlain) {
    out_ += lead;
    out_ += style_.Paint(tone, style_.Wrap(app::ValidUtf8(text), indent, indent)) + "\n";
  }
  std::string Take() { return std::move(out_); }

 private:
  const Style& style_;
  std::string out_;
};

void AddSteps(Lines& out, const app::EverydayItem& item) {
  for (const std::string& step : item.steps) out.Add("      • ", 8, step, Tone::kFaint);
}

void AddOff(Lines& out, const app::EverydayItem& item) {
  for (const std::string& differs : item.state.differs) out.Add("      ", 6, "now: " + differs);
  out.Add("      ", 6, item.check.why);
  AddSteps(out, item);
}

}  // namespace

std::string EverydayText(const app::EverydayReport& report, const Style& style, bool verbose) {
  Lines out(style);
  out.Add("  app   ", 8, report.who.why, Tone::kFaint);
  out.Heading("Everyday settings");
  for (const app::EverydayItem& item : report.items) {
    switch (item.state.is) {
      case Is::kGood:
        out.Add("  ✔ ", 4, item.check.title, Tone::kGood);
        if (verbose) out.Add("      ", 6, item.check.why, Tone::kFaint);
        break;
      case Is::kOff:
        out.Add("  ✖ ", 4, item.check.title, Tone::kBad);
        AddOff(out, item);
        break;
      case Is::kByEye:
        out.Add("  ? ", 4, item.check.title, Tone::kUnsure);
        out.Add("      ", 6,
                item.state.refusal.empty() ? "The phone does not tell: look yourself."
                                           : item.state.refusal);
        AddSteps(out, item);
        break;
      case Is::kNotAsked:
        break;
    }
  }
  out.Heading("Habits that no setting replaces");
  for (const std::string& habit : report.habits) out.Add("  • ", 4, habit);
  const std::size_t off = report.CountOf(Is::kOff);
  const std::size_t eye = report.CountOf(Is::kByEye);
  out.Heading(off == 0 ? (eye == 0 ? "All everyday settings are good."
                                   : fmt::format("All that the phone tells is good; look at {} "
                                                 "yourself.",
                                                 eye))
                       : fmt::format("{} of {} everyday settings are not as they should be.", off,
                                     report.items.size()));
  return out.Take();
}

std::string SettableText(std::size_t settable) {
  return fmt::format(
      "bandkeeper can set {} of them over the cable. That loses nothing, and `bandkeeper undo` "
      "puts "
      "every one back. Set {}?",
      settable, settable == 1 ? "it" : "them");
}

std::string LaterText(std::size_t settable, const Style& style) {
  return "\n" +
         style.Wrap(fmt::format("`bandkeeper doctor --everyday --yes` sets {} of them over the "
                                "cable; `bandkeeper undo` puts that back.",
                                settable),
                    0, 0) +
         "\n";
}

std::string SetText(const app::EverydaySet& set, const app::EverydayReport& after,
                    const Style& style) {
  Lines out(style);
  if (!set.changed.empty()) {
    out.Heading("Set now; `bandkeeper undo` puts it back");
    for (const std::string& change : set.changed) out.Add("  ✔ ", 4, change, Tone::kGood);
  }
  bool heading = false;
  for (const app::EverydaySet::Done& one : set.done) {
    if (one.end == "done" || one.end == "already") continue;
    if (!heading) out.Heading("Not set");
    heading = true;
    out.Add("  ✖ ", 4, one.title + (one.sentence.empty() ? "" : ": " + one.sentence), Tone::kBad);
  }
  const std::size_t off = after.CountOf(Is::kOff);
  out.Heading(
      off == 0 ? "All that the phone tells is good now."
               : fmt::format("{} of {} are left for you, as said above.", off, after.items.size()));
  return out.Take();
}

}  // namespace bk::cli
