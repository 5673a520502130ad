#include "cli/messages.h"

#include "app/band/messages.h"
#include "app/desk/messages.h"
#include "app/messages.h"
#include "app/phone/messages.h"
#include "app/repair/messages.h"
#include "cli/band/messages.h"
#include "repair/messages.h"
#include "troubleshoot/messages.h"

namespace bk::cli {

std::vector<Message> AllMessages() {
  std::vector<Message> all = troubleshoot::Messages();
  for (const Message& message : app::Messages()) all.push_back(message);
  for (const Message& message : repair::Messages()) all.push_back(message);
  for (const Message& message : app::PhoneMessages()) all.push_back(message);
  for (const Message& message : app::RepairMessages()) all.push_back(message);
  for (const Message& message : app::BandRoomMessages()) all.push_back(message);
  for (const Message& message : app::DeskRoomMessages()) all.push_back(message);
  language::Append(kReportSays, all);
  language::Append(kAskSays, all);
  language::Append(kTalkSays, all);
  language::Append(kOutcomeSays, all);
  language::Append(kPlanTextSays, all);
  language::Append(kDailySays, all);
  language::Append(kSimulatedSays, all);
  language::Append(kBandTalkSays, all);
  return all;
}

}  // namespace bk::cli
