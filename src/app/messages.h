// The sentences of this room that a report shows, in English (language/message.h), and why there is
// none. What `read` tells, and what a format's reader says of bytes, is English alone.
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
  // A wish that nothing fits.
  Message no_device{"band.no_device",
                    "The evidence shows no device at all, so none that is called {wish}."};
  Message no_such{"band.no_such", "No device in the evidence is called {wish}. Seen: {seen}."};
  Message several{"band.several",
                  "{wish} fits several devices: {seen}. Give one as this list calls it."};
};
inline constexpr BandMessages kBandSays;

// A file in which nothing is evidence. {path}: the file's.
struct IngestMessages {
  Message reading{"ingest.reading", "reading {path} ({megabytes} MB)"};
  Message empty{"ingest.empty", "{path}: the file is empty."};
  Message zeros{"ingest.zeros", "{path}: holds zeros instead of text or packets"};
  Message too_deep{"ingest.too_deep", "{path}: archives within archives, too deep."};
  Message nothing_in{"ingest.nothing_in",
                     "{path}: an archive in which nothing is a bug report, a log or a capture."};
  Message not_known{"ingest.not_known",
                    "{path}: no bug report, dump, log or capture that is known here."};
};
inline constexpr IngestMessages kIngestSays;

// The clocks of a timeline. {clock}, {common}: of the first five.
struct TimelineMessages {
  Message the_report{"timeline.the_report", "the bug report"};
  Message the_log{"timeline.the_log", "the log"};
  Message the_capture{"timeline.the_capture", "the capture"};
  Message named{"timeline.named", "{source} {file}"};
  Message this_computer{"timeline.this_computer", "this computer"};
  Message linked{"timeline.linked",
                 "{clock} is linked to {common} by {moments} shared moments, offset {offset}, to "
                 "within {seconds} s"};
  Message none_shared{"timeline.none_shared",
                      "{clock} and {common} could not be linked: no shared moments"};
  Message too_few{"timeline.too_few",
                  "{clock} and {common} could not be linked: what they share ({moments} at most) "
                  "may be chance"};
  Message ambiguous{"timeline.ambiguous",
                    "{clock} and {common} could not be linked: their moments fit several offsets"};
};
inline constexpr TimelineMessages kTimelineSays;

// All of them.
std::vector<Message> Messages();

}  // namespace bk::app
