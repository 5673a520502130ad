#include "cli/messages.h"

#include "app/messages.h"
#include "troubleshoot/messages.h"

namespace bk::cli {

std::vector<Message> AllMessages() {
  std::vector<Message> all = troubleshoot::Messages();
  for (const Message& message : app::Messages()) all.push_back(message);
  language::Append(kReportSays, all);
  language::Append(kAskSays, all);
  return all;
}

}  // namespace bk::cli
