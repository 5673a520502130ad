#include "app/phone/messages.h"

namespace bk::app {

std::vector<Message> PhoneMessages() {
  std::vector<Message> all;
  language::Append(kLiveSays, all);
  return all;
}

}  // namespace bk::app
