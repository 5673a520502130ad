// What the direct probe says (probe_band.h). The texts of its findings and events stay English, as
// those of every reader do.
#pragma once

#include "language/message.h"

namespace bk::app {

struct ProbeMessages {
  using Message = language::Message;
  Message listening{"probe.listening", "Listening for the band"};
  Message connecting{"probe.connecting", "Connecting to the band"};
  Message key{"probe.key", "Asking the band with its key"};
  Message records{"probe.records", "Reading what the band recorded of late"};
  Message several{"probe.several",
                  "Several bands are heard and none is known here: {list}. {which}"};
  Message none{"probe.none",
               "No band is heard, and none is known here. Switch Bluetooth off on every phone that "
               "knows it (a connected band is silent), bring it within a metre, and try again."};
  // What it comes to.
  Message unheard{"probe.unheard",
                  "The band was not heard: it is empty, out of reach, or held by another device."};
  Message held{"probe.held",
               "The band is awake, but another device has its link: as long as that lasts nobody "
               "else gets one."};
  Message no_link{"probe.no_link",
                  "The band is awake and sends its presence, but no connection came about."};
  Message hangs{"probe.hangs",
                "The band takes a connection but then does not answer: it hangs, and a restart of "
                "it (More > Settings > Reboot) is the first thing to try."};
  Message other_key{"probe.other_key",
                    "The band is awake and refuses the key that this computer has: it was reset, "
                    "unbound or bound anew since."};
  Message without_key{"probe.without_key",
                      "The band is awake and answers. What needs its key was not tried."};
  Message records_fail{
      "probe.records_fail",
      "The band accepts its key, but its records do not come: the fault lies with the band."};
  Message no_records{"probe.no_records",
                     "The band accepts its key but has recorded nothing of late."};
  Message well{"probe.well",
               "Over Bluetooth the band is well: it connects, accepts its key and gives its "
               "records. What does not work with the phone is at the phone's end."};
  Message half_updated{
      "probe.half_updated",
      "The band connects, accepts its key and gives its records, but its update is half done: it "
      "runs firmware {after} with the resources of {held}. Send those of {after} too (in a "
      "terminal: "
      "`bandkeeper update`), or let the official app do it."};
  Message changed{
      "probe.changed",
      "The band connects, accepts its key and gives its records, but its firmware was changed "
      "elsewhere ({before} -> {after}); its resources may not fit. Where pictures or texts on it "
      "are missing or it says 'connect to app', send those of {after} (in a terminal: "
      "`bandkeeper update`), or let the official app do it."};
  Message low{"probe.low", "{text} Its battery is at {percent} %: charge it."};
  Message faint{"probe.faint", "{text} It is heard faintly though, at {dbm} dBm: bring it nearer."};
  // What it cannot tell.
  Message may_be_held{"probe.may_be_held",
                      "The band was not heard, which proves little while a phone may hold it: a "
                      "connected band is silent. Switch Bluetooth off on every phone that knows it "
                      "and run this again with --phones-off."};
  Message may_be_deaf{"probe.may_be_deaf",
                      "Nothing at all was heard, so this computer's Bluetooth may be deaf, or "
                      "another device holds the band after all: its silence proves nothing."};
  Message no_key{"probe.no_key",
                 "Without the band's key this computer cannot tell whether the band accepts it, "
                 "nor whether a sync works: `bandkeeper pair` makes it known here."};
  Message app_key{
      "probe.app_key",
      "Whether the phone's app has the same key was not seen: only the band was asked."};
  Message resources{"probe.resources",
                    "Whether resources of an update are missing a band does not tell over "
                    "Bluetooth: it shows 'connect to app' or lacks pictures then."};
};
inline constexpr ProbeMessages kProbeSays;

}  // namespace bk::app
