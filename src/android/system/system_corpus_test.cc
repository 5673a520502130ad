// Real reports and live outputs against slow, plainly right counts. Skipped where ../shared is not
// there.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "android/sectioner.h"
#include "android/system/system_state.h"
#include "android/text.h"
#include "base/corpus_testing.h"

namespace bk::android::system {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> LinesOf(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

std::string Word(const std::string& line, const std::string& key) {
  const std::size_t at = line.find(key);
  if (at == std::string::npos) return {};
  std::istringstream in(line.substr(at + key.size()));
  std::string word;
  in >> word;
  return word;
}

// What a person with grep would count in one section.
struct Plain {
  std::set<std::string> buckets;  // "user package"
  std::set<std::string> processes;
  int exits = 0;
  std::string sdk, model;
};

void CountPlainly(const Section& section, Plain& plain) {
  for (const std::string& line : LinesOf(section.body)) {
    if (section.name == "usagestats" && line.find("package=") != std::string::npos &&
        line.find(" bucket=") != std::string::npos && line.find(" u=") != std::string::npos)
      plain.buckets.insert(Word(line, " u=") + " " + Word(line, "package="));
    if (section.name == "activity" && line.starts_with("  *") &&
        line.find("* UID ") != std::string::npos)
      plain.processes.insert(Word(line, "ProcessRecord{"));
    if (section.name == "activity" && line.find("ApplicationExitInfo #") != std::string::npos)
      ++plain.exits;
    if (line.starts_with("[ro.build.version.sdk]: ["))
      plain.sdk = line.substr(25, line.size() - 26);
    if (line.starts_with("[ro.product.model]: [")) plain.model = line.substr(21, line.size() - 22);
  }
}

TEST(SystemCorpus, AgreesWithPlainCounts) {
  if (!fs::exists(corpus::Folder())) GTEST_SKIP() << "skipped: no corpus";
  int read = 0;
  for (const char* folder : {"bugreport", "dumpsys"}) {
    if (!fs::exists(corpus::Folder() / folder)) continue;
    for (const auto& entry : fs::directory_iterator(corpus::Folder() / folder)) {
      const std::string raw = corpus::ReadReportText(entry.path());
      const DecodedText decoded = DecodeText(std::as_bytes(std::span(raw)));
      TextOrigin origin{.text = decoded.text, .file = entry.path().filename().string()};
      SplitText split = SplitSections(origin);
      if (split.sections.empty()) split.sections = SplitByContent(origin, decoded.text);
      SCOPED_TRACE(origin.file);
      SystemState state;
      Plain plain;
      bool any = false;
      for (const Section& section : split.sections) {
        if (!ReadSystemSection(section, state)) continue;
        any = true;
        CountPlainly(section, plain);
      }
      if (!any) continue;
      ++read;
      std::set<std::string> buckets;
      std::size_t exits = 0;
      for (const auto& [name, app] : state.apps) {
        for (const BucketFact& bucket : app.buckets)
          if (!bucket.reason.starts_with("idle="))
            buckets.insert(std::to_string(bucket.user) + " " + name);
        exits += app.exits.size();
      }
      EXPECT_EQ(buckets, plain.buckets);
      EXPECT_EQ(exits, static_cast<std::size_t>(plain.exits));
      if (!plain.sdk.empty() && state.device.sdk) {
        EXPECT_EQ(std::to_string(state.device.sdk->value), plain.sdk);
      }
      if (!plain.model.empty()) {
        ASSERT_TRUE(state.device.model.has_value());
        EXPECT_EQ(state.device.model->value, plain.model);
      }
      // A companion on that phone: its findings must point into the text.
      const evidence::Evidence seen = Findings(
          state, std::vector<evidence::CompanionApp>{{.id = "any",
                                                      .title = "The app",
                                                      .packages = {"com.google.android.gms"},
                                                      .speaks_to_band4 = true}});
      for (const auto& one : seen.findings) {
        EXPECT_LE(one.where.offset, decoded.text.size()) << one.id;
        if (std::getenv("BK_SHOW") != nullptr)
          std::printf("%s %s=%d %s\n", origin.file.c_str(), one.id.c_str(),
                      std::get<bool>(one.value) ? 1 : 0, one.text.c_str());
      }
      for (const auto& loss : seen.losses)
        ADD_FAILURE() << loss.text << " at " << loss.where.offset;
    }
  }
  if (read == 0) GTEST_SKIP() << "skipped: no report in the corpus";
}

}  // namespace
}  // namespace bk::android::system
