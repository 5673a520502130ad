#include "app/band/messages.h"

#include "app/band/bind_messages.h"
#include "app/band/ledger_messages.h"
#include "app/band/probe_messages.h"
#include "app/band/pulse_messages.h"

namespace bk::app {

std::vector<Message> BandRoomMessages() {
  std::vector<Message> all;
  language::Append(kWaySays, all);
  language::Append(kPairSays, all);
  language::Append(kInfoSays, all);
  language::Append(kMinutesSays, all);
  language::Append(kCommandSays, all);
  language::Append(kUpdateSays, all);
  language::Append(kStandSays, all);
  language::Append(kWhichSays, all);
  language::Append(kInventedSays, all);
  language::Append(kProbeSays, all);
  language::Append(kLedgerSays, all);
  language::Append(kPulseSays, all);
  language::Append(kBindSays, all);
  return all;
}

}  // namespace bk::app
