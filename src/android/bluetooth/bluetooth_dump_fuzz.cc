#include <span>
#include <string_view>

#include "android/bluetooth/bluetooth_state.h"
#include "base/result.h"

void Fuzz(std::span<const std::byte> input);  // NOLINT: the driver calls it

void Fuzz(std::span<const std::byte> input) {
  using namespace bk;           // NOLINT
  using namespace bk::android;  // NOLINT
  const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
  static const std::vector<evidence::CompanionApp> kApps = {
      {.id = "zepp_life", .title = "Zepp Life", .packages = {"com.xiaomi.hm.health"}}};
  Section section{.name = "bluetooth_manager", .body = text, .member_text = text, .file = "f"};
  BluetoothState state;
  std::vector<evidence::Loss> losses;
  ParseBluetoothSection(section, state, losses);
  for (const evidence::BandSeen& seen : Sightings(state))
    BK_CHECK(seen.address || !seen.masked_address.empty());
  const evidence::BandId band{.address = ParseAddress("C8:0F:10:01:02:03"),
                              .masked_address = {},
                              .name = "Mi Smart Band 4"};
  for (const evidence::BandId& one : {band, evidence::BandId{}})
    for (const evidence::Finding& finding : Findings(state, one, kApps).findings)
      BK_CHECK(!finding.text.empty() && finding.where.offset <= text.size());
}
