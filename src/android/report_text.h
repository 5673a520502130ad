// Whole bug reports of our own making, in the words of each Android version and of vendors. For
// tests, fuzz seeds and benches; phones, addresses and apps are invented.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evidence/companion_app.h"
#include "ports/scan.h"

namespace bk::android::testing {

// Finds nothing: for readers of texts without logs.
class NoPatterns : public ports::PatternCompiler {
 public:
  std::unique_ptr<ports::PatternSet> Compile(std::span<const std::string_view>) const override {
    class None : public ports::PatternSet {
      void Scan(std::string_view,
                const std::function<bool(std::uint32_t, std::uint64_t)>&) const override {}
    };
    return std::make_unique<None>();
  }
};

inline std::vector<evidence::CompanionApp> CompanionApps() {
  evidence::CompanionApp zepp_life{.id = "zepp_life",
                                   .title = "Zepp Life (Mi Fit)",
                                   .packages = {"com.xiaomi.hm.health"},
                                   .speaks_to_band4 = true,
                                   .from_maker = true,
                                   .needs_account = true};
  zepp_life.permissions = {"android.permission.BLUETOOTH_SCAN",
                           "android.permission.BLUETOOTH_CONNECT",
                           "android.permission.ACCESS_FINE_LOCATION"};
  evidence::CompanionApp gadgetbridge{.id = "gadgetbridge",
                                      .title = "Gadgetbridge",
                                      .packages = {"nodomain.freeyourgadget.gadgetbridge"},
                                      .speaks_to_band4 = true};
  gadgetbridge.permissions = zepp_life.permissions;
  return {zepp_life, gadgetbridge};
}

}  // namespace bk::android::testing
