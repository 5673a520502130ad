// Every parser of the room over the same bytes: by a service's name or a command, then findings.
#include <array>
#include <span>
#include <string_view>

#include "android/system/system_state.h"
#include "base/result.h"

void Fuzz(std::span<const std::byte> input);  // NOLINT: the driver calls it

namespace {

using bk::android::Section;

struct Entry {
  Section::Kind kind;
  std::string_view name;
};
constexpr std::array<Entry, 32> kEntries{{
    {Section::Kind::kHeader, ""},
    {Section::Kind::kService, "activity"},
    {Section::Kind::kService, "alarm"},
    {Section::Kind::kService, "appops"},
    {Section::Kind::kService, "battery"},
    {Section::Kind::kService, "batterystats"},
    {Section::Kind::kService, "connectivity"},
    {Section::Kind::kService, "device_policy"},
    {Section::Kind::kService, "deviceidle"},
    {Section::Kind::kService, "jobscheduler"},
    {Section::Kind::kService, "location"},
    {Section::Kind::kService, "netpolicy"},
    {Section::Kind::kService, "notification"},
    {Section::Kind::kService, "power"},
    {Section::Kind::kService, "settings"},
    {Section::Kind::kService, "time_detector"},
    {Section::Kind::kService, "time_zone_detector"},
    {Section::Kind::kService, "usagestats"},
    {Section::Kind::kService, "user"},
    {Section::Kind::kCommand, "getprop"},
    {Section::Kind::kCommand, "uptime"},
    {Section::Kind::kCommand, "settings list global"},
    {Section::Kind::kCommand, "settings get secure location_mode"},
    {Section::Kind::kCommand, "appops get com.xiaomi.hm.health"},
    {Section::Kind::kCommand, "cmd deviceidle whitelist"},
    {Section::Kind::kCommand, "cmd deviceidle get deep"},
    {Section::Kind::kCommand, "am get-standby-bucket com.xiaomi.hm.health"},
    {Section::Kind::kCommand, "am get-bg-restriction-level com.xiaomi.hm.health"},
    {Section::Kind::kCommand, "cmd netpolicy get restrict-background"},
    {Section::Kind::kCommand, "cmd netpolicy list restrict-background-whitelist"},
    {Section::Kind::kCommand, "cmd location is-location-enabled"},
    {Section::Kind::kCommand, "dumpsys activity exit-info com.xiaomi.hm.health"},
}};

}  // namespace

// The first byte chooses the output ('A' the first of the list), the rest is its text.
void Fuzz(std::span<const std::byte> input) {
  using namespace bk;                   // NOLINT
  using namespace bk::android::system;  // NOLINT
  if (input.empty()) return;
  static const std::vector<evidence::CompanionApp> kApps = {{.id = "zepp_life",
                                                             .title = "Zepp Life",
                                                             .packages = {"com.xiaomi.hm.health"},
                                                             .speaks_to_band4 = true,
                                                             .from_maker = true}};
  const std::size_t chosen =
      (static_cast<std::size_t>(input[0]) + kEntries.size() * 8 - 'A') % kEntries.size();
  const std::string_view text(reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1);
  Section section;
  section.kind = kEntries[chosen].kind;
  section.name = std::string(kEntries[chosen].name);
  section.body = text;
  section.member_text = text;
  section.file = "f";
  SystemState state;
  BK_CHECK(ReadSystemSection(section, state));
  // A second reading of the same output may not double anything that was read whole.
  BK_CHECK(ReadSystemSection(section, state));
  static const std::vector<PackageUid> kUids = {{"com.xiaomi.hm.health", 10143}};
  for (const bool listed : {false, true}) {
    const auto seen = Findings(
        state, kApps, listed ? std::span<const PackageUid>(kUids) : std::span<const PackageUid>());
    for (std::size_t i = 0; i < seen.findings.size(); ++i) {
      const evidence::Finding& one = seen.findings[i];
      BK_CHECK(!one.text.empty() && one.where.offset <= text.size() && one.where.file == "f");
      for (std::size_t j = 0; j < i; ++j) BK_CHECK(seen.findings[j].id != one.id);
    }
    for (const evidence::Event& event : seen.events)
      BK_CHECK(!event.text.empty() && event.where.offset <= text.size());
  }
}
