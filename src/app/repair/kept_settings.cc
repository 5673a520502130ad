#include "app/repair/kept_settings.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "app/evidence_json.h"
#include "app/repair/messages.h"
#include "repair/record.h"
#include "repair/situation.h"

namespace bk::app {
namespace {

using repair::Change;
using repair::Repair;

// Whether nobody but a system that tidies up would change it back.
bool IsToBeKept(const repair::SettingId& id) {
  constexpr std::array<std::string_view, 9> kKinds = {"global/",
                                                      "secure/",
                                                      "app_op/",
                                                      "uid_op/",
                                                      "permission/",
                                                      "doze_exempt/",
                                                      "data_saver_exempt/",
                                                      "notification_listener/",
                                                      "package_enabled/"};
  return std::ranges::any_of(kKinds,
                             [&](std::string_view kind) { return id.text.starts_with(kind); });
}

struct Standing {
  const Change* change = nullptr;
  const Repair* repair = nullptr;
};

// The last word of the journal on each setting of the phone, where it is one that stands.
std::map<repair::SettingId, Standing> StandingOf(const repair::RepairJournal& journal,
                                                 const std::string& mark) {
  std::map<repair::SettingId, Standing> standing;
  for (const Repair& repair : journal.repairs()) {
    if (repair.phone != mark || repair.hot()) continue;
    for (const Change& change : repair.changes) {
      if (change.temporary || !IsToBeKept(change.setting)) continue;
      if (change.state == Change::State::kMade)
        standing[change.setting] = {&change, &repair};
      else if (change.state == Change::State::kLeft || change.state == Change::State::kRestored)
        standing.erase(change.setting);  // the person wanted another value, or ours undone
    }
  }
  std::erase_if(standing, [](const auto& one) { return !repair::IsKnown(one.first); });
  return standing;
}

}  // namespace

std::string Ago(const repair::PhoneTraits& traits, std::int64_t then, std::int64_t now) {
  constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
  const std::int64_t passed = std::max<std::int64_t>(now - then, 0);
  if (passed < 2 * kMinute) return traits.Say(kKeptSays.just_now);
  if (passed < 2 * kHour) return traits.Say(kKeptSays.minutes, {{"count", passed / kMinute}});
  if (passed < kDay) return traits.Say(kKeptSays.hours, {{"count", passed / kHour}});
  if (passed < 2 * kDay) return traits.Say(kKeptSays.yesterday);
  return traits.Say(kKeptSays.days, {{"count", passed / kDay}});
}

std::vector<PutBackSetting> FindPutBack(ports::Phone& phone, const repair::PhoneTraits& traits,
                                        const repair::RepairJournal& journal, std::int64_t now) {
  std::vector<PutBackSetting> all;
  const auto standing = StandingOf(journal, repair::PhoneMark(phone.serial()));
  if (standing.empty()) return all;
  std::vector<repair::SettingId> ids;
  for (const auto& [id, one] : standing) ids.push_back(id);
  const std::vector<repair::Reading> readings = repair::ReadSettings(phone, traits, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Standing& one = standing.at(ids[i]);
    const repair::Reading& reading = readings[i];
    if (!reading || repair::Same(ids[i], *reading, one.change->left)) continue;
    const bool before = repair::Same(ids[i], *reading, one.change->before);
    all.push_back(
        {.change = *one.change,
         .now = *reading,
         .set_at = one.repair->at,
         .text = traits.Say(before ? kKeptSays.put_back : kKeptSays.changed,
                            {{"what", repair::Describe(traits, ids[i])},
                             {"left", repair::DescribeValue(traits, ids[i], one.change->left)},
                             {"ago", Ago(traits, one.repair->at, now)},
                             {"now", repair::DescribeValue(traits, ids[i], *reading)}})});
  }
  return all;
}

std::vector<PutBackSetting> LookAtPutBack(const std::string& serial,
                                          const troubleshoot::Knowledge& knowledge,
                                          const World& world) {
  if (world.phones == nullptr || !world.journal || !world.clock) return {};
  const auto clock = world.clock();
  const auto file = world.journal(false);
  if (!file) return {};
  const auto journal = repair::RepairJournal::Open(**file, *clock);
  if (!journal || std::ranges::none_of(journal->repairs(), &Repair::undoable)) return {};
  const auto phone = world.phones->Open(serial);
  if (!phone || StandingOf(*journal, repair::PhoneMark((*phone)->serial())).empty()) return {};
  auto traits = repair::ReadTraits(**phone, &knowledge.language);
  if (!traits) return {};
  repair::AddTitles(knowledge.apps, *traits);
  return FindPutBack(**phone, *traits, *journal, clock->WallMillis());
}

nlohmann::ordered_json ToJson(const std::vector<PutBackSetting>& all, Privacy& privacy) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const PutBackSetting& one : all)
    list.push_back({{"text", privacy.Scrub(ValidUtf8(one.text))},
                    {"set_at", one.set_at},
                    {"repair", one.change.repair}});
  return list;
}

}  // namespace bk::app
