// `doctor --everyday`: whether the phone on the cable has the settings with which a band stays
// connected, and what would set those that are not so.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/world.h"
#include "repair/everyday.h"
#include "repair/situation.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::app {

struct EverydayRequest {
  std::string app;  // package or id of the companion; empty: found out
};

struct EverydayItem {
  repair::EverydayCheck check;
  repair::EverydayState state;
  bool tool_can = false;           // bandkeeper sets it over the cable
  std::vector<std::string> steps;  // else, and for a look: the words for this phone
};

struct EverydayReport {
  repair::PhoneTraits traits;  // speaks the language of the knowledge, which outlives it
  repair::WhoIsWho who;
  std::vector<EverydayItem> items;  // those that concern this phone
  std::vector<std::string> habits;

  [[nodiscard]] std::size_t CountOf(repair::EverydayState::Is is) const;
};

// Two round trips more than the traits. kInvalid: `app` is not installed or no app for bands.
Result<EverydayReport> LookAtEveryday(const EverydayRequest& request, ports::Phone& phone,
                                      const troubleshoot::Knowledge& knowledge);

// The same where both are known already. `traits` speaks the language of the knowledge.
EverydayReport LookAtEverydayOf(repair::PhoneTraits traits, repair::WhoIsWho who,
                                ports::Phone& phone, const troubleshoot::Knowledge& knowledge);

// "bandkeeper.everyday/1": {schema, android, maker, app, good, checks: [{fix, title, state: "good"
// | "off" | "look", differs, why, by: "tool"|"person", steps, refusal}], habits}
nlohmann::ordered_json ToJson(const EverydayReport& report);

}  // namespace bk::app
