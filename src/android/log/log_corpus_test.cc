// Real logs against a slow, plainly right count of their lines. Skipped where ../shared is not
// there.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <string>

#include "android/log/log_reader.h"
#include "android/log/plain_scan.h"
#include "android/text.h"
#include "base/corpus_testing.h"

namespace bk::android::log {
namespace {

namespace fs = std::filesystem;

struct Counts {
  std::uint64_t lines = 0, understood = 0;
};

// By regular expressions over each line, without the reader's code.
Counts CountPlainly(const std::string& text) {
  static const std::regex kTime(
      R"(\s*((\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?|\d+\.\d{3,9})( [+-]\d{4})? +)"
      R"((([A-Za-z0-9_]+:? *)?\d+ +\d+ [VDIWEFSA] ([^:]|:[^ ])*:( .*)?|[VDIWEFSA]/.*:( .*)?))",
      std::regex::optimize);
  static const std::regex kBrief(R"([VDIWEFSA]/.*:( .*)?|[VDIWEFSA]\( *\d+.*)",
                                 std::regex::optimize);
  static const std::regex kKernel(R"((<\d+>)?\[ *\d+\.\d+\].*)", std::regex::optimize);
  Counts counts;
  std::istringstream in(text);
  std::string line;
  while (std::getline(in, line)) {
    while (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (line.rfind("--------- beginning of ", 0) == 0 || line.rfind("--------- switch to ", 0) == 0)
      continue;
    ++counts.lines;
    // The head is enough: std::regex recurses over what is longer.
    const std::string head = line.substr(0, 400);
    if (std::regex_match(head, kTime) || std::regex_match(head, kBrief) ||
        std::regex_match(head, kKernel))
      ++counts.understood;
  }
  return counts;
}

TEST(Corpus, EveryLineIsCounted) {
  if (!fs::is_directory(corpus::Folder())) {
    GTEST_SKIP() << "skipped: no " << corpus::Folder();
  }
  const testing::PlainCompiler compiler;
  const std::vector<evidence::CompanionApp> apps = {
      {.id = "zepp_life", .packages = {"com.xiaomi.hm.health"}},
      {.id = "gadgetbridge", .packages = {"nodomain.freeyourgadget.gadgetbridge"}}};
  const LogReader reader(compiler, apps);
  int files = 0;
  for (const char* folder : {"logcat", "other"}) {
    for (const auto& entry : fs::directory_iterator(corpus::Folder() / folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      const DecodedText decoded = DecodeText(AsBytes(bytes));
      const LogTextKind kind = RecogniseLog(decoded.text);
      EXPECT_EQ(kind == LogTextKind::kLogcat, std::string(folder) == "logcat") << entry.path();
      LogState state;
      reader.Add({.kind = Section::Kind::kLog,
                  .body = decoded.text,
                  .member_text = decoded.text,
                  .file = entry.path().filename().string()},
                 state);
      const Counts plain = CountPlainly(std::string(decoded.text));
      EXPECT_EQ(state.lines, plain.lines) << entry.path();
      EXPECT_EQ(state.understood, plain.understood) << entry.path();
      std::map<int, int> kinds;
      for (const LogFact& fact : state.facts) ++kinds[static_cast<int>(fact.kind)];
      std::printf("%s: %llu lines, %llu understood, %zu facts\n", entry.path().filename().c_str(),
                  static_cast<unsigned long long>(state.lines),
                  static_cast<unsigned long long>(state.understood), state.facts.size());
      if (std::getenv("BK_SHOW") != nullptr)
        for (const LogFact& fact : state.facts)
          std::printf("    %s kind %d code %d %s %s | %s\n", FormatInstant(fact.at).c_str(),
                      static_cast<int>(fact.kind), fact.code, fact.address.c_str(),
                      fact.package.c_str(), fact.text.c_str());
      ++files;
    }
  }
  EXPECT_GE(files, 10);
}

}  // namespace
}  // namespace bk::android::log
