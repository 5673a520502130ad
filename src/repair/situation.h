// Who is who on the phone: which app the band belongs to, which others there are.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/companion_app.h"
#include "evidence/evidence.h"
#include "repair/action.h"
#include "repair/setting.h"

namespace bk::repair {

// What the phone's Bluetooth stack tells of one app now.
struct RadioUse {
  std::string package;
  bool client = false;    // has a GATT client
  bool link = false;      // holds a connection with it
  bool scanning = false;  // a scan is going on
};

struct Hints {
  std::string companion;     // what the owner said; must be installed to count
  std::string band_address;  // upper case; empty: unknown
  // Of the case: who uses Bluetooth all the time and what is missing stand in their texts.
  std::span<const evidence::Finding> findings;
  // nullopt: the stack was not looked at. Else the app that holds a link comes first, then one that
  // has a client, then the maker's; and apps for no band that scan or hold a link are hogs.
  std::optional<std::span<const RadioUse>> radio = std::nullopt;
  // Apps for other bands alone are none of Situation::other_companions.
  bool others_must_speak = false;
};

struct WhoIsWho {
  Situation situation;
  // Installed apps that can own the band, the chosen one first; with several the owner may know
  // better.
  std::vector<std::string> candidates;
  std::string why;  // one sentence: how the companion was chosen, or that there is none
};

// Gives the apps' titles, as one says them: "Zepp Life" for "Zepp Life (Mi Fit)".
void AddTitles(std::span<const evidence::CompanionApp> apps, PhoneTraits& traits);

// One round trip; none where no candidate is installed. Adds the titles to `traits`. By `radio`
// first, then an app that runs before one that may run before the rest, then in the order of
// `apps`. An app of the phone itself is never a hog. Where the phone tells nothing, the first
// candidate in that order is taken; a phone that does not answer is no error here.
WhoIsWho FindWhoIsWho(ports::Phone& phone, PhoneTraits& traits,
                      std::span<const evidence::CompanionApp> apps, const Hints& hints);

// The names of packages in a sentence: "com.example.app".
std::vector<std::string> PackagesIn(std::string_view text);

}  // namespace bk::repair
