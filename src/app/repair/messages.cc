#include "app/repair/messages.h"

namespace bk::app {

std::vector<Message> RepairMessages() {
  std::vector<Message> all;
  language::Append(kFixSays, all);
  language::Append(kGoalSays, all);
  language::Append(kKeptSays, all);
  language::Append(kWatchSays, all);
  language::Append(kFaceSays, all);
  return all;
}

}  // namespace bk::app
