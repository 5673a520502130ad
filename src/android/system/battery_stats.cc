// dumpsys batterystats: who kept the radio scanning. The history, most of the dump, is skipped.
#include "android/system/parsers.h"

namespace bk::android::system {

void ParseBatteryStats(const Section& section, SystemState& state) {
  Scope scope(section, state);
  constexpr std::size_t kUidsMax = 50'000;
  std::string_view rest = section.body;
  // The first line where the history was not asked for.
  constexpr std::string_view kHeading = "Statistics since last charge:";
  if (!rest.starts_with(kHeading)) {
    const std::size_t statistics = rest.find("\nStatistics since last charge:");
    if (statistics == std::string_view::npos) return;
    rest.remove_prefix(statistics + 1);
  }
  std::optional<std::uint32_t> uid;
  std::string_view line;
  while (NextLine(rest, line)) {
    if (line.size() < 5 || line[0] != ' ' || line[1] != ' ') continue;
    if (line[2] == 'u' || (line[2] >= '0' && line[2] <= '9')) {
      std::string_view text = line.substr(2);
      uid = text.ends_with(':') ? ParseUid(text.substr(0, text.size() - 1)) : std::nullopt;
    } else if (line[2] == 'T') {
      std::string_view text = line.substr(2);
      if (Eat(text, "Total run time: "))
        if (const auto ms = ParseSpacedDuration(text)) state.stats_ms = scope.Make(*ms, line);
    } else if (uid && line[4] == 'B' && state.uids.size() < kUidsMax) {
      std::string_view text = line.substr(4);
      if (Eat(text, "Bluetooth Scan (total actual realtime): ")) {
        if (const auto ms = ParseSpacedDuration(text))
          state.uids[*uid].ble_scan_ms = scope.Make(*ms, line);
      } else if (Eat(text, "Bluetooth Unoptimized Scan (actual realtime): ")) {
        if (const auto ms = ParseSpacedDuration(text))
          state.uids[*uid].ble_unoptimised_scan_ms = scope.Make(*ms, line);
      }
    }
  }
}

}  // namespace bk::android::system
