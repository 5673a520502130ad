#include <span>
#include <string_view>

#include "android/packages/package_state.h"
#include "base/result.h"

void Fuzz(std::span<const std::byte> input);  // NOLINT: the driver calls it

void Fuzz(std::span<const std::byte> input) {
  using namespace bk;           // NOLINT
  using namespace bk::android;  // NOLINT
  const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
  static const std::vector<evidence::CompanionApp> kApps = {
      {.id = "zepp_life",
       .title = "Zepp Life",
       .packages = {"com.xiaomi.hm.health"},
       .speaks_to_band4 = true,
       .from_maker = true,
       .permissions = {"android.permission.ACCESS_FINE_LOCATION",
                       "android.permission.BLUETOOTH_SCAN"}}};
  Section section{.name = "package", .body = text, .member_text = text, .file = "f"};
  PackageState state;
  std::vector<evidence::Loss> losses;
  ParsePackageSection(section, kApps, state, losses);
  BK_CHECK(state.blocks_understood <= state.blocks_seen);
  ParsePackageList(section, kApps, state, losses);
  ParseCompanionDeviceSection(section, state, losses);
  for (std::size_t i = 1; i < state.names.size(); ++i)
    BK_CHECK(state.names[i - 1].name < state.names[i].name);
  (void)Sightings(state);
  for (const int sdk : {0, 22, 28, 34})
    for (const evidence::Finding& finding : Findings(state, sdk, {}, kApps).findings)
      BK_CHECK(!finding.text.empty() && finding.where.offset <= text.size());
}
