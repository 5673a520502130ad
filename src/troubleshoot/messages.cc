#include "troubleshoot/messages.h"

namespace bk::troubleshoot {

std::vector<Message> Messages() {
  std::vector<Message> all;
  language::Append(kVerdictSays, all);
  language::Append(kExplainSays, all);
  language::Append(kPlanSays, all);
  language::Append(kInterviewSays, all);
  return all;
}

}  // namespace bk::troubleshoot
