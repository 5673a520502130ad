#include "capture/words.h"

#include <fmt/format.h>

namespace bk::capture {

std::string DurationText(std::int64_t us) {
  if (us < 0) us = 0;
  const double seconds = static_cast<double>(us) / 1e6;
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const std::int64_t whole = us / 1'000'000;
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  if (whole < 86'400) return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
  return fmt::format("{} d {} h", whole / 86'400, whole / 3600 % 24);
}

std::string CountText(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string MillisecondsText(double milliseconds) { return fmt::format("{:g} ms", milliseconds); }

}  // namespace bk::capture
