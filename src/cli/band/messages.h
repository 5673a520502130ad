// What only the terminal says at the band's verbs, in English (language/message.h); the rest is
// app/band/messages.h.
#pragma once

#include "language/message.h"

namespace bk::cli {

struct BandTalkMessages {
  using Message = language::Message;
  Message simulated{"bandtalk.simulated", "This is a simulated band, not a real one: {band}."};
  Message its_key{"bandtalk.its_key", "Its key is {key}; a real one is secret."};
  Message nothing_simulated{"bandtalk.nothing_simulated", "No band can be simulated here."};
  Message not_kept{"bandtalk.not_kept", "The simulated band is not kept for the next run: {why}"};
  // pair
  Message nameless{"bandtalk.nameless", "a band of this family"};
  Message not_heard{"bandtalk.not_heard", "The band that --band names was not heard."};
  Message several{"bandtalk.several", "Several bands are heard:"};
  Message where_keys{
      "bandtalk.where_keys",
      "The key is made when the official app pairs the band, and is 32 hex digits long. Tools such "
      "as huami-token read it from your account (sign in with the login with which the band was "
      "paired). After a factory reset it is another one."};
  Message ask_key{"bandtalk.ask_key",
                  "The band's key (nothing is sent anywhere; empty: there is none): "};
  Message give_key{"bandtalk.give_key", "Give the band's key with --key-file FILE."};
  // reset
  Message nobody{"bandtalk.nobody", "A factory reset needs somebody who agrees to it."};
  Message type_word{"bandtalk.type_word", "Type {word} to do it, anything else to leave it: "};
  // watch
  Message no_systemd{"bandtalk.no_systemd", "There is no systemd here."};
  Message removed{"bandtalk.removed", "Removed {path}."};
  Message if_it_runs{"bandtalk.if_it_runs", "If it runs: {commands}"};
  Message written{"bandtalk.written", "Written: {path}. It starts nothing by itself yet:"};
  Message what_it_says{"bandtalk.what_it_says", "what it says"};
  Message takes_away{"bandtalk.takes_away", "`{command}` takes it away again."};
};
inline constexpr BandTalkMessages kBandTalkSays;

}  // namespace bk::cli
