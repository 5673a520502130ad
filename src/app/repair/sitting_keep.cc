// After the proof: what is off on the phone although the band works. Two faults come at once at
// times, and the goal, a link and a sync, shows only that none is left that stops these.
#include <algorithm>

#include "app/repair/everyday_set.h"
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
  const EverydayReport look =
      LookAtEverydayOf(traits_, {.situation = situation_}, *phone_, knowledge_);
  struct Off {
    const EverydayItem* item;
    const troubleshoot::Fix* fix;
    std::optional<repair::Action> action;
  };
  std::vector<Off> can_set;
  std::vector<std::string> offered;
  for (const EverydayItem& item : look.items) {
    if (item.state.is != repair::EverydayState::Is::kOff) continue;
    Off off{&item, FixNamed(item.check.fix),
            repair::ActionFor(item.check.fix, traits_, situation_)};
    if (item.tool_can && off.fix != nullptr &&
        repair::QuestionFor(*off.fix, &*off.action).harm == repair::Harm::kHarmless) {
      offered.push_back(TextOf(item));
      can_set.push_back(std::move(off));
    } else {
      outcome_.everyday_off.push_back(TextOf(item));
    }
  }
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
    outcome_.everyday_off.push_back(TextOf(*off.item));
  }
}

}  // namespace bk::app
