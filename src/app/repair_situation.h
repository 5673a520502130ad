// What an action must know of the case: which app is the companion, what the phone is called.
#pragma once

#include <string>
#include <vector>

#include "app/report.h"
#include "repair/action.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::app {

// Titles of the companion apps that knowledge has, by package.
void AddTitles(const troubleshoot::Knowledge& knowledge, repair::PhoneTraits& traits);

// Installed apps that can speak to the band, as packages; those that hold a link or a client now
// come first, then those of the maker.
std::vector<std::string> CompanionsOn(ports::Phone& phone, const repair::PhoneTraits& traits,
                                      const troubleshoot::Knowledge& knowledge,
                                      const ports::PatternCompiler& patterns,
                                      std::vector<std::string>& hogs);

repair::Situation SituationOf(const std::string& companion,
                              const std::vector<std::string>& companions,
                              const std::vector<std::string>& hogs, const Report& report,
                              const repair::PhoneTraits& traits,
                              const troubleshoot::Knowledge& knowledge);

// Of the band that the report chose; empty where none was.
evidence::BandId BandOf(const Report& report);

// "Xiaomi Redmi Note 8 (Android 11)"; "the phone" where nothing is known.
std::string PhoneNameOf(const Report& report);

}  // namespace bk::app
