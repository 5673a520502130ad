// Whole bug reports of our own making, in the words of each Android version and of vendors. For
// tests, fuzz seeds and benches; phones, addresses and apps are invented.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "evidence/companion_app.h"
#include "ports/scan.h"

namespace bk::android::testing {

enum class Flavour : std::uint8_t { kPlain, kSamsung, kXiaomi };

struct ReportPlan {
  int android = 13;  // 7..15
  Flavour flavour = Flavour::kPlain;
  bool bluetooth = true;  // the phone has a Bluetooth service
  bool done = true;       // ends with "== dumpstate: done"
  bool header = true;
  std::size_t log_bytes = 20'000;     // of SYSTEM LOG, about
  std::size_t filler_bytes = 10'000;  // of services that nobody here reads, about
  std::size_t other_packages = 20;    // in the package dump, besides the companions
};

// What the plan's report says: for assertions.
inline constexpr const char* kBandAddress = "C8:0F:10:01:02:03";
inline constexpr const char* kBandName = "Mi Smart Band 4";
int SdkOf(int android);
std::string ModelOf(Flavour flavour);

std::string MakeReport(const ReportPlan& plan);

// Finds nothing: for readers of texts whose logs do not matter.
std::unique_ptr<ports::PatternCompiler> NoPatterns();

// Two companions that can own the band: the maker's app and Gadgetbridge.
std::vector<evidence::CompanionApp> CompanionApps();

}  // namespace bk::android::testing
