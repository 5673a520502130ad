#include "app/messages.h"

namespace bk::app {

std::vector<Message> Messages() {
  std::vector<Message> all;
  language::Append(kBandSays, all);
  language::Append(kIngestSays, all);
  language::Append(kTimelineSays, all);
  return all;
}

}  // namespace bk::app
