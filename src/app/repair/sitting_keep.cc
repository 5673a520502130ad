// After the proof: what is off on the phone although the band works. Two faults come at once at
// times, and the goal, a link and a sync, shows only that none is left that stops these.
#include <algorithm>

#include "app/repair/everyday_set.h"
#include "app/repair/messages.h"
#include "app/repair/repair_sitting.h"

namespace bk::app {
namespace {

// "Battery saver is off (Battery saver: on)".
std::string TextOf(const EverydayItem& item) {
  std::string text = item.check.title;
  for (const std::string& now : item.state.differs)
    text += (&now == &item.state.differs.front() ? " (" : ", ") + now;
  return item.state.differs.empty() ? text : text + ")";
}

}  // namespace

void RepairSitting::KeepItSo() {
  if (clock_->stopped()) return;
  struct Off {
    std::string text;
    const troubleshoot::Fix* fix;
    std::optional<repair::Action> action;
  };
  std::vector<Off> can_set;
  std::vector<std::string> offered;
  const auto take = [&](std::string text, const troubleshoot::Fix* fix, bool tool_can) {
    Off off{std::move(text), fix, std::nullopt};
    if (tool_can && fix != nullptr) off.action = repair::ActionFor(fix->id, traits_, situation_);
    if (!off.action || repair::QuestionFor(*fix, &*off.action).harm != repair::Harm::kHarmless) {
      outcome_.everyday_off.push_back(std::move(off.text));
      return;
    }
    offered.push_back(off.text);
    can_set.push_back(std::move(off));
  };
  for (const Beside& one : SeenBeside()) take(one.text, one.fix, true);
  const EverydayReport look =
      LookAtEverydayOf(traits_, {.situation = situation_}, *phone_, knowledge_);
  for (const EverydayItem& item : look.items)
    if (item.state.is == repair::EverydayState::Is::kOff)
      take(TextOf(item), FixNamed(item.check.fix), item.tool_can);
  const bool agreed = !can_set.empty() && request_.can_ask &&
                      face_.OfferEveryday(offered) == Reply::kYes && Begin();
  for (const Off& off : can_set) {
    if (agreed) {
      consents_.Agree(off.fix->id);
      const auto permit = consents_.PermitFor(*off.fix, &*off.action);
      if (permit) {
        const repair::StepResult result =
            repair::CarryOut(*off.action, false, *permit, At(outcome_.repair), face_);
        (void)journal_.EndFix(outcome_.repair, off.fix->id, repair::EndName(result.end));
        if (result.done()) continue;
        face_.Tell(result.sentence);
      }
    }
    outcome_.everyday_off.push_back(off.text);
  }
}

// "Take notification access away and give it again (the app's notification listener is not
// running)"
std::vector<RepairSitting::Beside> RepairSitting::SeenBeside() {
  std::vector<Beside> beside;
  const auto report = Diagnose();
  if (!report) return beside;
  for (const troubleshoot::Fix& fix : knowledge_.fixes) {
    if (std::ranges::count(so_far_.failed, fix.id) > 0) continue;
    for (const std::string& id : fix.worth_beside) {
      const bool seen = std::ranges::any_of(report->evidence.findings, [&](const auto& finding) {
        return finding.id == id && finding.value == evidence::FindingValue(true);
      });
      const auto kind = std::ranges::find(knowledge_.findings, id, &troubleshoot::FindingKind::id);
      if (!seen || kind == knowledge_.findings.end()) continue;
      beside.push_back(
          {&fix, Say(kFixSays.beside, {{"fix", fix.title}, {"seen", kind->statement}})});
      break;
    }
  }
  return beside;
}

}  // namespace bk::app
