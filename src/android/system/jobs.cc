// dumpsys jobscheduler: jobs that wait because their app is restricted in the background.
#include "android/system/parsers.h"

namespace bk::android::system {

void ParseJobs(const Section& section, SystemState& state) {
  Scope scope(section, state);
  std::string_view package;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    if (line.size() < 8 || line[0] != ' ') continue;
    const char first = line[4];
    if (first == 'S') {
      if (!line.starts_with("    Source: ")) continue;
      const std::size_t at = line.find(" pkg=");
      package = at == std::string_view::npos ? std::string_view() : line.substr(at + 5);
      package = package.substr(0, package.find(' '));
    } else if (first == ' ') {
      if (package.empty() || !line.starts_with("      readyNotRestrictedInBg: false")) continue;
      scope.App(package).jobs_blocked = scope.Make(true, line);
    } else if (line[2] == 'J' && line.starts_with("  JOB ")) {
      package = {};
    }
  }
}

}  // namespace bk::android::system
