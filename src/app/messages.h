// The sentences of this room that a report shows, in English (language/message.h). Errors, and what
// `read` tells, are English alone.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::app {

using language::Message;

struct BandMessages {
  Message nameless{"band.nameless", "a device without a name"};
  Message list{"band.list", "{first}, {second}"};
  Message and_more{"band.and_more", "{list} and {count} more"};
  Message name_says_so{"band.name_says_so", "its name says that it is a Mi Smart Band 4"};
  Message same_maker{"band.same_maker", "it is a band of the same maker"};
  Message only_afar{"band.only_afar", "{why}, though it was only heard from afar"};
  Message asked_for{"band.asked_for", "you asked for it"};
  Message taken{"band.taken", "Taken as the band: {band}, because {why}."};
  Message also_seen{"band.also_seen", "{taken} Also seen: {others}. Choose another with --band."};
  Message all_afar{"band.all_afar",
                   "Bands were heard from afar, and nothing shows that this phone ever dealt with "
                   "one: {bands}. If one is yours, name it with --band."};
  Message other_makes{"band.other_makes",
                      "The evidence shows no band of the maker, only {count:a wearable of another "
                      "make|# wearables of other makes}. To have one looked at all the same, name "
                      "it with --band."};
  Message none{"band.none", "The evidence shows no device that could be the band."};
};
inline constexpr BandMessages kBandSays;

// All of them.
std::vector<Message> Messages();

}  // namespace bk::app
