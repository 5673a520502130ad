#include "app/desk/messages.h"

namespace bk::app {

std::vector<Message> DeskRoomMessages() {
  std::vector<Message> all;
  language::Append(kDeskSays, all);
  return all;
}

}  // namespace bk::app
