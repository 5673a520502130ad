// What a case knows of who is who on the phone: hints for repair/situation.h, and what the band and
// the phone are called.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/repair/goal_watch.h"
#include "app/report.h"
#include "base/result.h"
#include "evidence/companion_app.h"
#include "language/language.h"
#include "ports/phone.h"
#include "ports/scan.h"
#include "repair/situation.h"

namespace bk::app {

// What the phone's Bluetooth stack tells now of the apps that use it. One round trip; empty where
// it tells nothing.
std::vector<repair::RadioUse> ReadRadioUse(ports::Phone& phone,
                                           const ports::PatternCompiler& patterns,
                                           std::span<const evidence::CompanionApp> apps);

// For a repair: only apps that can speak to the band count. `companion`: what the owner said; may
// be empty. Views into `report` and `radio`, which must outlive the hints.
repair::Hints HintsOf(const Report& report, std::span<const repair::RadioUse> radio,
                      std::string companion = {});

// The installed package that --app names: a package, or the first of an app's id that is there.
// kInvalid: no app for bands of that name is on the phone; the message says which are known.
Result<std::string> CompanionNamed(std::string_view app, const repair::PhoneTraits& traits,
                                   std::span<const evidence::CompanionApp> apps);

// Which app was taken as the band's, for the person and for --json.
struct CompanionChoice {
  std::string package;              // empty: none is there
  std::string why;                  // one sentence
  std::vector<std::string> others;  // packages that could be it as well
};
CompanionChoice ChoiceOf(const repair::WhoIsWho& who);
// "Also there: Gadgetbridge (--app nodomain.…)."; empty where there is no other.
std::string OthersText(const CompanionChoice& choice, const repair::PhoneTraits& traits);

// Of the band that the report chose; empty where none was.
evidence::BandId BandOf(const Report& report);

// Whose link and syncs show that the band works. `companion`: its package; may be empty.
GoalOf GoalFor(const Report& report, const repair::PhoneTraits& traits,
               const std::string& companion);

// "Xiaomi Redmi Note 8 (Android 11)"; "the phone" where nothing is known.
std::string PhoneNameOf(const Report& report);
// What PhoneNameOf gave, which is kept in the journal, as the owner reads it.
std::string PhoneNameIn(const language::Language& language, std::string_view kept);

}  // namespace bk::app
