#include "app/repair/everyday_case.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/evidence_json.h"
#include "app/repair/repair_hints.h"
#include "troubleshoot/plan/plan.h"

namespace bk::app {
namespace {

using Is = repair::EverydayState::Is;

std::string_view StateName(Is is) {
  switch (is) {
    case Is::kGood:
      return "good";
    case Is::kOff:
      return "off";
    case Is::kByEye:
    case Is::kNotAsked:
      break;
  }
  return "look";
}

}  // namespace

std::size_t EverydayReport::CountOf(Is is) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(items, [&](const EverydayItem& item) { return item.state.is == is; }));
}

Result<EverydayReport> LookAtEveryday(const EverydayRequest& request, ports::Phone& phone,
                                      const troubleshoot::Knowledge& knowledge) {
  BK_TRY(repair::PhoneTraits traits, repair::ReadTraits(phone, &knowledge.language));
  repair::Hints hints;
  if (!request.app.empty()) {
    BK_TRY(hints.companion, CompanionNamed(request.app, traits, knowledge.apps));
  }
  repair::WhoIsWho who = repair::FindWhoIsWho(phone, traits, knowledge.apps, hints);
  return LookAtEverydayOf(std::move(traits), std::move(who), phone, knowledge);
}

EverydayReport LookAtEverydayOf(repair::PhoneTraits traits, repair::WhoIsWho who,
                                ports::Phone& phone, const troubleshoot::Knowledge& knowledge) {
  EverydayReport report{
      .traits = std::move(traits), .who = std::move(who), .items = {}, .habits = {}};
  std::vector<repair::EverydayCheck> checks =
      repair::EverydayChecks(report.traits, report.who.situation);
  std::vector<repair::EverydayState> states = repair::LookAtEveryday(phone, report.traits, checks);
  const troubleshoot::Context context{.android_sdk = report.traits.sdk,
                                      .maker = report.traits.maker};
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (states[i].is == Is::kNotAsked) continue;
    EverydayItem item{.check = std::move(checks[i]), .state = std::move(states[i])};
    const auto action = repair::ActionFor(item.check.fix, report.traits, report.who.situation);
    item.tool_can = action && !action->moves.empty();
    const auto fix = std::ranges::find(knowledge.fixes, item.check.fix, &troubleshoot::Fix::id);
    if (fix != knowledge.fixes.end())
      if (const auto* words = troubleshoot::WordsFor(*fix, context)) item.steps = words->steps;
    report.items.push_back(std::move(item));
  }
  report.habits = repair::EverydayHabits(report.traits, report.who.situation);
  return report;
}

nlohmann::ordered_json ToJson(const EverydayReport& report) {
  nlohmann::ordered_json json = {{"schema", "bandkeeper.everyday/1"},
                                 {"android_sdk", report.traits.sdk},
                                 {"maker", ValidUtf8(report.traits.maker)},
                                 {"app", ValidUtf8(report.who.situation.companion)},
                                 {"app_text", ValidUtf8(report.who.why)},
                                 {"good", report.CountOf(Is::kOff) == 0},
                                 {"checks", nlohmann::ordered_json::array()},
                                 {"habits", report.habits}};
  for (const EverydayItem& item : report.items) {
    nlohmann::ordered_json differs = nlohmann::ordered_json::array();
    for (const std::string& one : item.state.differs) differs.push_back(ValidUtf8(one));
    json["checks"].push_back({{"fix", item.check.fix},
                              {"title", ValidUtf8(item.check.title)},
                              {"state", StateName(item.state.is)},
                              {"differs", std::move(differs)},
                              {"why", item.check.why},
                              {"by", item.tool_can ? "tool" : "person"},
                              {"steps", item.steps},
                              {"refusal", ValidUtf8(item.state.refusal)}});
  }
  return json;
}

}  // namespace bk::app
