#include "app/messages.h"

namespace bk::app {

std::vector<Message> Messages() {
  std::vector<Message> all;
  language::Append(kBandSays, all);
  return all;
}

}  // namespace bk::app
