// Every zip of the shared corpus against unzip, when both are there.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/archive/archive.h"
#include "base/corpus_testing.h"

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;

std::string Output(const std::string &command) {
  std::string text;
  FILE *pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  char piece[65536];
  while (const std::size_t count = std::fread(piece, 1, sizeof piece, pipe))
    text.append(piece, count);
  pclose(pipe);
  return text;
}

std::string AllMembers(ports::Archive &archive) {
  std::string all;
  for (std::size_t i = 0; i < archive.members().size(); ++i) {
    const auto blob = archive.Read(i);
    EXPECT_TRUE(blob) << archive.members()[i].name;
    if (!blob) continue;
    EXPECT_EQ((*blob)->damage(), "") << archive.members()[i].name;
    all += AsText((*blob)->bytes());
  }
  return all;
}

TEST(ArchiveCorpus, EveryZipIsReadAsUnzipReadsItAlsoWithoutItsDirectory) {
  if (!fs::exists(corpus::Folder())) GTEST_SKIP() << "skipped: no corpus";
  if (std::system("unzip -v >/dev/null 2>&1") != 0) GTEST_SKIP() << "skipped: no unzip";
  int zips = 0;
  for (const auto &entry : fs::recursive_directory_iterator(corpus::Folder())) {
    if (entry.path().extension() != ".zip") continue;
    SCOPED_TRACE(entry.path().filename());
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto archive = OpenArchive(AsBytes(bytes));
    ASSERT_TRUE(archive) << archive.error().message;
    const std::string expected = Output("unzip -p '" + entry.path().string() + "' 2>/dev/null");
    EXPECT_EQ((*archive)->damage(), "");
    EXPECT_TRUE(AllMembers(**archive) == expected);

    const std::size_t directory = bytes.find("PK\x01\x02");
    const std::string headless = bytes.substr(0, directory);
    const auto walked = OpenArchive(AsBytes(headless));
    ASSERT_TRUE(walked) << walked.error().message;
    EXPECT_NE((*walked)->damage(), "");
    EXPECT_EQ((*walked)->members().size(), (*archive)->members().size());
    EXPECT_TRUE(AllMembers(**walked) == expected);
    ++zips;
  }
  if (zips == 0) GTEST_SKIP() << "skipped: the corpus holds no zip";
}

}  // namespace
}  // namespace bk::adapters
