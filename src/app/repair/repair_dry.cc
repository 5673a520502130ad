#include <algorithm>

#include "app/phone/open_phone.h"
#include "app/repair/messages.h"
#include "app/repair/repair_case.h"
#include "app/repair/repair_guard.h"
#include "app/repair/repair_hints.h"

namespace bk::app {
Result<DryRun> RunDry(const RepairRequest& request, const troubleshoot::Knowledge& knowledge,
                      const World& world, const DiagnosePhone& diagnose) {
  if (const Status able = CanRepair(world, knowledge.language); !able)
    return std::unexpected(able.error());
  BK_TRY(const auto phone, OpenPhone(*world.phones, request.serial, knowledge.language));
  BK_TRY(repair::PhoneTraits traits, repair::ReadTraits(*phone, &knowledge.language));
  std::string app;
  if (!request.app.empty()) {
    BK_TRY(app, CompanionNamed(request.app, traits, knowledge.apps));
  }
  DryRun dry;
  BK_TRY(dry.report, diagnose(*phone, {}));
  const auto radio = ReadRadioUse(*phone, *world.patterns, knowledge.apps);
  const repair::WhoIsWho who = repair::FindWhoIsWho(*phone, traits, knowledge.apps,
                                                    HintsOf(dry.report, radio, std::move(app)));
  const repair::Situation& situation = who.situation;
  dry.companion = ChoiceOf(who);
  dry.other_companions = OthersText(dry.companion, traits);
  const auto fix_named = [&](const std::string& id) -> const troubleshoot::Fix* {
    const auto found = std::ranges::find(knowledge.fixes, id, &troubleshoot::Fix::id);
    return found == knowledge.fixes.end() ? nullptr : &*found;
  };
  for (const troubleshoot::Step& step : dry.report.diagnosis.plan.steps) {
    const troubleshoot::Fix* const fix = fix_named(step.id);
    if (step.kind != troubleshoot::Step::Kind::kFix || fix == nullptr) continue;
    DryStep shown{.fix = fix, .title = step.text, .why = step.why, .words = step.words};
    const auto action = repair::ActionFor(fix->id, traits, situation);
    shown.consent = repair::QuestionFor(*fix, action ? &*action : nullptr, &knowledge.language);
    if (action) {
      shown.doer = action->moves.empty() ? repair::Doer::kFinger : repair::Doer::kTool;
      shown.lines = repair::Preview(*action, false, *phone, traits);
      shown.by_finger = repair::Preview(*action, true, *phone, traits);
    }
    dry.steps.push_back(std::move(shown));
  }
  const auto minutes = static_cast<std::int64_t>(knowledge.model.background_minutes);
  if (!dry.steps.empty() && minutes > 0) {
    const std::string title = situation.companion.empty() ? traits.Say(kFixSays.the_app)
                                                          : traits.TitleOf(situation.companion);
    repair::PreviewLine home = repair::PreviewHome(traits);
    home.what = traits.Say(kFixSays.would_look, {{"app", title}, {"minutes", minutes}});
    dry.afterwards.push_back(std::move(home));
  }
  return dry;
}

}  // namespace bk::app
