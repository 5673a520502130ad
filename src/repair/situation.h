// Who is who on the phone: which app the band belongs to, which others there are.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/companion_app.h"
#include "evidence/evidence.h"
#include "repair/action.h"
#include "repair/setting.h"

namespace bk::repair {

struct Hints {
  std::string companion;     // what the owner said; must be installed to count
  std::string band_address;  // upper case; empty: unknown
  // Of the case: who uses Bluetooth all the time and what is missing stand in their texts.
  std::span<const evidence::Finding> findings;
};

struct WhoIsWho {
  Situation situation;
  // Installed apps that can own the band, the chosen one first; with several the owner may know
  // better.
  std::vector<std::string> candidates;
  std::string why;  // one sentence: how the companion was chosen, or that there is none
};

// One round trip. Gives the apps' titles to `traits`. Where the phone tells nothing, the first
// candidate in the order of `apps` is taken; a phone that does not answer is no error here.
WhoIsWho FindWhoIsWho(ports::Phone& phone, PhoneTraits& traits,
                      std::span<const evidence::CompanionApp> apps, const Hints& hints);

// The names of packages in a sentence: "com.example.app".
std::vector<std::string> PackagesIn(std::string_view text);

}  // namespace bk::repair
