// What earlier repairs set on this phone, and whether it stands: some makers' systems put settings
// back, at a restart or days later, without a word.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/privacy.h"
#include "app/world.h"
#include "repair/journal.h"
#include "repair/setting.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::app {

struct PutBackSetting {
  repair::Change change;  // of the journal: `left` is what we set
  repair::SettingValue now;
  std::int64_t set_at = 0;  // milliseconds since 1970, by the computer's clock
  std::string text;         // for the person: what, when, and what it is now
};

// The settings that the journal says stand on this phone and that read otherwise now. Not among
// them: what people switch all day (Bluetooth, location, battery saver ...), what Android moves by
// itself (standby classes), and what the phone does not tell. One round trip; none where nothing
// stands. `now`: milliseconds since 1970.
std::vector<PutBackSetting> FindPutBack(ports::Phone& phone, const repair::PhoneTraits& traits,
                                        const repair::RepairJournal& journal, std::int64_t now);

// The same for `doctor`, which must not fail over it: empty where there is no journal or no phone.
// Opens the phone only where its journal has something.
std::vector<PutBackSetting> LookAtPutBack(const std::string& serial,
                                          const troubleshoot::Knowledge& knowledge,
                                          const World& world);

// "3 days ago", "yesterday", "2 hours ago", "just now". Milliseconds.
std::string Ago(const repair::PhoneTraits& traits, std::int64_t then, std::int64_t now);

// [{text, set_at, repair}]
nlohmann::ordered_json ToJson(const std::vector<PutBackSetting>& all, Privacy& privacy);

}  // namespace bk::app
