#include "repair/messages.h"

namespace bk::repair {

std::vector<Message> Messages() {
  std::vector<Message> all;
  language::Append(kSettingSays, all);
  language::Append(kValueSays, all);
  language::Append(kRefusalSays, all);
  language::Append(kNoteSays, all);
  language::Append(kPageSays, all);
  language::Append(kStepSays, all);
  language::Append(kConsentSays, all);
  language::Append(kUndoSays, all);
  language::Append(kEverydaySays, all);
  language::Append(kWhoSays, all);
  return all;
}

}  // namespace bk::repair
