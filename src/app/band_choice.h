// Which of the devices in the evidence is the band that the person asks about, and why.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"
#include "language/language.h"

namespace bk::app {

// One device, from every place where it was seen.
struct Candidate {
  std::optional<Address> address;
  std::string masked_address;
  std::string name;
  int likeness = 0;               // the best of its sightings
  bool overheard = true;          // in every sighting: perhaps somebody else's
  std::vector<std::string> seen;  // how, each once, in order
  evidence::Where where;          // of the best sighting
};

struct BandChoice {
  std::optional<Candidate> chosen;  // none: no device in the evidence may be a band
  std::vector<Candidate> others;    // other devices with a likeness above 0, likeliest first
  std::string text;                 // one sentence: which was taken and why, or that none was found
};

// Sightings of one address become one candidate. A masked address joins the only full one that it
// fits and whose name does not contradict. Then: bands of the maker that the phone dealt with, then
// likeness, then number of ways in which it was seen, then order of first sight.
std::vector<Candidate> MergeSightings(std::span<const evidence::BandSeen> seen);

// The addresses of all devices, some masked, in the order in which `device-1` counts them: what
// Privacy::Number is told first, so that a report's <device-2> is what --band takes.
std::vector<std::string> DevicesInOrder(std::span<const evidence::BandSeen> seen);

// Without a wish only a band of the maker is taken, and one that was merely overheard only when its
// name says that it is a Mi Smart Band 4: whoever sits nearby with another wearable has nothing to
// do with the case. `wish`: what --band says, empty for none: an address, the end of one (last two
// octets or more), a part of the name, in either case of letters, or device-N as a report without
// addresses calls it. A wish that fits none or
// several is an error that lists what there is.
// The choice's text is in the language; errors are English.
Result<BandChoice> ChooseBand(std::span<const evidence::BandSeen> seen, std::string_view wish,
                              const language::Language& language = {});

}  // namespace bk::app
