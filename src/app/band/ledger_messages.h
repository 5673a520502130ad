// What is said of the minutes that are stored and of those that are not (ledger.h).
#pragma once

#include "language/message.h"

namespace bk::app {

struct LedgerMessages {
  using Message = language::Message;
  Message nothing{"ledger.nothing", "No minute of this band is stored here yet."};
  Message stored{"ledger.stored", "Stored: {minutes}, from {from} to {to}."};
  Message whole{"ledger.whole", "No minute in between is missing."};
  Message earlier{"ledger.earlier", "{count} earlier {count:gap|gaps} not shown."};
  Message gap{"ledger.gap", "{from} to {to} ({time}): {why}."};
  Message off{"ledger.off", "the band recorded nothing (off, empty or restarting)"};
  Message overwritten{"ledger.overwritten", "older than what the band still had"};
  Message clock_wrong{"ledger.clock_wrong",
                      "the band's clock was wrong and has been set since; what it recorded then "
                      "stands at the time that its clock showed"};
  Message not_worn{"ledger.not_worn", "recorded, but the band was not worn"};
  Message lost{"ledger.lost", "lost: nothing says why it is not here"};
};
inline constexpr LedgerMessages kLedgerSays;

}  // namespace bk::app
