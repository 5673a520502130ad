// Any bytes as kept answers: refused, or read and written again as they were.
#include <span>

#include "app/interview/interview_state.h"
#include "base/bytes.h"

void Fuzz(std::span<const std::byte> bytes) {
  const auto state = bk::app::ParseInterviewState(bk::AsText(bytes));
  if (!state) return;
  const auto again = bk::app::ParseInterviewState(bk::app::ToText(*state));
  BK_CHECK(again.has_value() && again->answers == state->answers);
}
