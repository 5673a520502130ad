// What is said of a binding with a key of this computer's own (bind_band.h).
#pragma once

#include "language/message.h"

namespace bk::app {

struct BindMessages {
  using Message = language::Message;
  Message price{
      "bind.price",
      "Without its key the band can only be bound anew, with a key that this computer makes and a "
      "tap on the band that allows it. That takes the band away from whoever has it now: the old "
      "key is void, the official app and every other phone lose the band until it is bound there "
      "again (which makes this computer's key void in turn), and minutes that were not synced "
      "there may be lost. A Mi Smart Band 4 as it is sold wants a signature of the maker's server "
      "for this and will refuse: then nothing is changed, and the way is to pair it in the "
      "official app and to bring its key here."};
  Message word{"bind.word", "bind"};
  Message tap{"bind.tap", "Tap the band now: it asks whether this computer may have it"};
  Message bound{"bind.bound", "Bound: you tapped, and the band accepts this computer's key."};
  Message needs_signature{
      "bind.needs_signature",
      "The band wants a signature of the maker's server, which only the official app can get. "
      "Nothing was changed. Pair it there, then bring its key here."};
  Message refused{"bind.refused",
                  "The band refused: its question was answered with no, or not answered in time. "
                  "Nothing was changed."};
  Message nobody_tapped{"bind.nobody_tapped",
                        "Nobody tapped the band within a minute. Nothing was changed."};
  Message already{"bind.already",
                  "The band is bound already and takes no other key. Nothing was changed. Bring "
                  "its present key here, or reset it first (which erases it)."};
  Message not_bound{"bind.not_bound", "The band was not bound. Nothing was changed."};
  Message perhaps{"bind.perhaps",
                  "Whether the band took the key is not known: the key is kept. Ask the band with "
                  "its key (in a terminal: `bandkeeper info`) before you bind it again."};
  Message no_random{"bind.no_random", "This computer gives no random numbers for a key."};
};
inline constexpr BindMessages kBindSays;

}  // namespace bk::app
