// Every text of real reports, dumps and logs through the reader. Skipped where ../shared is not
// there.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "android/report.h"
#include "android/report_text.h"
#include "base/corpus_testing.h"

namespace bk::android {
namespace {

namespace fs = std::filesystem;

std::string_view KindName(TextKind kind) {
  constexpr std::string_view kNames[] = {"nothing",  "bugreport",    "dumpsys", "output",
                                         "logcat",   "gadgetbridge", "kernel",  "tombstone",
                                         "progress", "board"};
  return kNames[static_cast<std::size_t>(kind)];
}

TEST(ReportCorpus, EveryTextIsRecognised) {
  const fs::path folder_of_all = corpus::Folder();
  if (!fs::exists(folder_of_all)) GTEST_SKIP() << "skipped: no " << folder_of_all;
  const bool show = std::getenv("BK_SHOW") != nullptr;
  const auto compiler = testing::NoPatterns();
  const auto apps = testing::CompanionApps();
  for (const char* folder : {"bugreport", "dumpsys", "logcat"}) {
    for (const auto& entry : fs::directory_iterator(folder_of_all / folder)) {
      const std::string name = entry.path().filename().string();
      const std::string text = corpus::ReadReportText(entry.path());
      const auto before = std::chrono::steady_clock::now();
      ReportReader reader(*compiler, apps);
      const Recognised seen = reader.Add(AsBytes(text), name);
      const PhoneState phone = std::move(reader).Finish();
      const evidence::Evidence evidence = FindingsFor(phone, {}, apps);
      const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::steady_clock::now() - before);
      if (show) {
        std::printf("%s: %s | %s | %zu bytes, %ld ms\n", name.c_str(),
                    std::string(KindName(seen.kind)).c_str(), seen.sentence.c_str(), text.size(),
                    static_cast<long>(took.count()));
        std::printf("  phone %s|%s|%s|%d|%s|%s\n", phone.phone.maker.c_str(),
                    phone.phone.model.c_str(), phone.phone.android_version.c_str(), phone.phone.sdk,
                    phone.phone.patch.c_str(), phone.phone.skin.c_str());
        for (const auto& f : evidence.findings)
          std::printf(
              "  %s=%s %s:%lu %s\n", f.id.c_str(),
              std::holds_alternative<bool>(f.value) ? (std::get<bool>(f.value) ? "true" : "false")
                                                    : std::get<std::string>(f.value).c_str(),
              f.where.member.c_str(), static_cast<unsigned long>(f.where.line), f.text.c_str());
        for (const auto& l : evidence.losses)
          std::printf("  LOSS %s x%lu %s:%lu %s\n", std::string(evidence::LossName(l.kind)).c_str(),
                      static_cast<unsigned long>(l.count), l.where.member.c_str(),
                      static_cast<unsigned long>(l.where.line), l.text.c_str());
        std::printf("  bands %zu snooz %zu events %zu\n", phone.bands.size(), phone.snooz.size(),
                    evidence.events.size());
      }
      // Names in the corpus say what a file is; a wrong kind shows here.
      if (name.find("netstats") != std::string::npos) continue;  // an output that nobody reads
      if (name.find("not_a_") != std::string::npos || name.find("negative") != std::string::npos)
        EXPECT_EQ(seen.kind, TextKind::kNothing) << name;
      else if (name.find("_log_only") != std::string::npos || name.starts_with("dumpstate_log"))
        EXPECT_EQ(seen.kind, TextKind::kProgressLog) << name;
      else if (name.find("board") != std::string::npos)
        EXPECT_EQ(seen.kind, TextKind::kBoard) << name;
      else if (std::string_view(folder) == "logcat")
        EXPECT_EQ(seen.kind, TextKind::kLogcat) << name;
      else
        EXPECT_TRUE(seen.useful()) << name << ": " << seen.sentence;
      for (const auto& finding : evidence.findings)
        EXPECT_GT(finding.where.line, 0U) << name << " " << finding.id;
    }
  }
}

}  // namespace
}  // namespace bk::android
