#include "cli/everyday_text.h"

#include "app/evidence_json.h"
#include "cli/messages.h"

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

void AddOff(Lines& out, const app::EverydayItem& item, const repair::PhoneTraits& traits) {
  for (const std::string& differs : item.state.differs)
    out.Add("      ", 6, traits.Say(kDailySays.now, {{"what", differs}}));
  out.Add("      ", 6, item.check.why);
  AddSteps(out, item);
}

}  // namespace

std::string EverydayText(const app::EverydayReport& report, const Style& style, bool verbose) {
  const repair::PhoneTraits& traits = report.traits;
  Lines out(style);
  // As the lines at the top of a report.
  out.Add("  " + traits.Say(kDailySays.app) + "   ", 8, report.who.why, Tone::kFaint);
  out.Heading(traits.Say(kDailySays.settings));
  for (const app::EverydayItem& item : report.items) {
    switch (item.state.is) {
      case Is::kGood:
        out.Add("  ✔ ", 4, item.check.title, Tone::kGood);
        if (verbose) out.Add("      ", 6, item.check.why, Tone::kFaint);
        break;
      case Is::kOff:
        out.Add("  ✖ ", 4, item.check.title, Tone::kBad);
        AddOff(out, item, traits);
        break;
      case Is::kByEye:
        out.Add("  ? ", 4, item.check.title, Tone::kUnsure);
        out.Add(
            "      ", 6,
            item.state.refusal.empty() ? traits.Say(kDailySays.look_yourself) : item.state.refusal);
        AddSteps(out, item);
        break;
      case Is::kNotAsked:
        break;
    }
  }
  out.Heading(traits.Say(kDailySays.habits));
  for (const std::string& habit : report.habits) out.Add("  • ", 4, habit);
  const std::size_t off = report.CountOf(Is::kOff);
  const std::size_t eye = report.CountOf(Is::kByEye);
  if (off > 0)
    out.Heading(traits.Say(kDailySays.some_off, {{"count", off}, {"all", report.items.size()}}));
  else if (eye > 0)
    out.Heading(traits.Say(kDailySays.good_but, {{"count", eye}}));
  else
    out.Heading(traits.Say(kDailySays.all_good));
  return out.Take();
}

std::string SettableText(const language::Language& language, std::size_t settable) {
  return language.Say(kDailySays.settable, {{"count", settable}});
}

std::string LaterText(const language::Language& language, std::size_t settable,
                      const Style& style) {
  return "\n" + style.Wrap(language.Say(kDailySays.later, {{"count", settable}}), 0, 0) + "\n";
}

std::string SetText(const app::EverydaySet& set, const app::EverydayReport& after,
                    const Style& style) {
  const repair::PhoneTraits& traits = after.traits;
  Lines out(style);
  if (!set.changed.empty()) {
    out.Heading(traits.Say(kDailySays.set_now));
    for (const std::string& change : set.changed) out.Add("  ✔ ", 4, change, Tone::kGood);
  }
  bool heading = false;
  for (const app::EverydaySet::Done& one : set.done) {
    if (one.end == "done" || one.end == "already") continue;
    if (!heading) out.Heading(traits.Say(kDailySays.not_set));
    heading = true;
    out.Add("  ✖ ", 4,
            one.sentence.empty()
                ? one.title
                : traits.Say(kDailySays.why_not, {{"title", one.title}, {"why", one.sentence}}),
            Tone::kBad);
  }
  const std::size_t off = after.CountOf(Is::kOff);
  out.Heading(off == 0 ? traits.Say(kDailySays.good_now)
                       : traits.Say(kDailySays.left_for_you,
                                    {{"count", off}, {"all", after.items.size()}}));
  return out.Take();
}

}  // namespace bk::cli
