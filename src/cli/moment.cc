#include "cli/moment.h"

#include <fmt/format.h>

#include <ctime>

#include "cli/messages.h"

namespace bk::cli {

std::string Moment(const language::Language& language, std::int64_t milliseconds) {
  if (milliseconds <= 0) return language.Say(kTalkSays.unknown_time);
  const std::time_t seconds = milliseconds / 1000;
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return language.Say(kTalkSays.unknown_time);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.tm_year + 1900, local.tm_mon + 1,
                     local.tm_mday, local.tm_hour, local.tm_min);
}

}  // namespace bk::cli
