#include "app/repair/everyday_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/evidence_json.h"
#include "app/repair/messages.h"
#include "app/repair/repair_guard.h"
#include "repair/undo.h"

namespace bk::app {
namespace {

using Is = repair::EverydayState::Is;

std::string PhoneNameOf(const repair::PhoneTraits& traits) {
  if (traits.maker.empty()) return std::string(kFixSays.the_phone.english);
  std::string name = traits.maker;
  if (name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name + " phone";
}

bool IsSettable(const EverydayItem& item) { return item.state.is == Is::kOff && item.tool_can; }

}  // namespace

bool EverydaySet::whole() const {
  return std::ranges::all_of(
      done, [](const Done& one) { return one.end == "done" || one.end == "already"; });
}

std::size_t CountOfSettable(const EverydayReport& report) {
  return static_cast<std::size_t>(std::ranges::count_if(report.items, IsSettable));
}

Result<EverydaySet> SetEveryday(
    const EverydayReport& report, const troubleshoot::Knowledge& knowledge, ports::Phone& phone,
    ports::Clock& clock, repair::RepairJournal& journal, repair::StepTeller& teller,
    const std::function<bool(const repair::ConsentQuestion& question)>& agree) {
  EverydaySet set;
  repair::Consents consents(&knowledge.language);
  consents.AgreeToHarmless();
  for (const EverydayItem& item : report.items) {
    if (!IsSettable(item)) continue;
    const auto fix = std::ranges::find(knowledge.fixes, item.check.fix, &troubleshoot::Fix::id);
    const auto action = repair::ActionFor(item.check.fix, report.traits, report.who.situation);
    if (fix == knowledge.fixes.end() || !action) continue;
    const repair::ConsentQuestion question =
        repair::QuestionFor(*fix, &*action, &knowledge.language);
    if (question.harm == repair::Harm::kDisruptive && agree(question)) consents.Agree(fix->id);
    const auto permit = consents.PermitFor(*fix, &*action);
    if (!permit) {
      set.done.push_back(
          {fix->id, item.check.title, "skipped", knowledge.language.Say(kFixSays.not_agreed)});
      continue;
    }
    if (set.repair == 0) {
      BK_TRY(set.repair, journal.BeginRepair(phone.serial(), PhoneNameOf(report.traits)));
    }
    const repair::Workplace place{phone, clock, journal, report.traits, set.repair};
    const repair::StepResult result = repair::CarryOut(*action, false, *permit, place, teller);
    const std::string_view end = repair::EndName(result.end);
    // What cannot be recorded any more costs only a look at the phone when it is undone.
    (void)journal.EndFix(set.repair, fix->id, end);
    set.done.push_back({fix->id, item.check.title, std::string(end), result.sentence});
    if (result.end == repair::StepResult::End::kStopped ||
        result.end == repair::StepResult::End::kPhoneGone ||
        result.end == repair::StepResult::End::kJournal)
      break;
  }
  if (set.repair != 0) {
    if (const repair::Repair* made = journal.Find(set.repair))
      for (const repair::Change& change : made->changes)
        if (change.undoable())
          set.changed.push_back(
              repair::DescribeChange(report.traits, change.setting, change.before, change.left));
    (void)journal.EndRepair(set.repair, set.whole() ? "everyday settings set" : "not all was set");
  }
  return set;
}

Result<EverydaySet> SetEverydayHere(
    const EverydayReport& report, const troubleshoot::Knowledge& knowledge, const World& world,
    ports::Phone& phone, repair::StepTeller& teller,
    const std::function<bool(const repair::ConsentQuestion& question)>& agree) {
  if (const Status able = CanRepair(world, knowledge.language); !able)
    return std::unexpected(able.error());
  const auto clock = world.clock();
  BK_TRY(const auto file, AwaitJournal(world, *clock));
  BK_TRY(auto journal, repair::RepairJournal::Open(*file, *clock));
  if (!repair::HotRepairs(journal, phone.serial()).empty())
    return Fail(ErrorCode::kRefused, knowledge.language.Say(kFixSays.interrupted_first));
  return SetEveryday(report, knowledge, phone, *clock, journal, teller, agree);
}

nlohmann::ordered_json ToJson(const EverydaySet& set) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const EverydaySet::Done& one : set.done)
    steps.push_back({{"fix", one.fix},
                     {"title", ValidUtf8(one.title)},
                     {"outcome", one.end},
                     {"text", ValidUtf8(one.sentence)}});
  nlohmann::ordered_json changed = nlohmann::ordered_json::array();
  for (const std::string& change : set.changed) changed.push_back(ValidUtf8(change));
  return {{"repair",
           set.repair == 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(set.repair)},
          {"whole", set.whole()},
          {"steps", std::move(steps)},
          {"changed", std::move(changed)}};
}

}  // namespace bk::app
