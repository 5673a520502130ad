// What is said while heart rate and steps are watched live (live_band.h).
#pragma once

#include "language/message.h"

namespace bk::app {

struct PulseMessages {
  using Message = language::Message;
  Message waiting{"pulse.waiting", "The band measures; its first value takes some seconds"};
  Message beats{"pulse.beats", "Heart rate {beats}"};
  Message skin{"pulse.skin", "No contact with the skin: wear the band a little tighter"};
  Message now_steps{"pulse.now_steps", "{text}; {count} {count:step|steps} today"};
  Message measured{"pulse.measured",
                   "Measured for {time}: heart rate {low} to {high}, {mean} on average."};
  Message no_contact{"pulse.no_contact",
                     "In {time} the band measured no heart rate: it must touch the skin and not "
                     "lie on its charger."};
  Message with_steps{"pulse.with_steps", "{text} {count} {count:step|steps} today."};
};
inline constexpr PulseMessages kPulseSays;

}  // namespace bk::app
