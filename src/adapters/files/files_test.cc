#include "adapters/files/files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace bk::adapters {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<ports::Files> Make() {
  return MakeFiles([](Bytes) -> Result<std::unique_ptr<ports::Archive>> {
    return Fail(ErrorCode::kNotOurs, "asked");
  });
}

class Files : public ::testing::Test {
 protected:
  Files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "bk_files_XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~Files() override { std::filesystem::remove_all(directory_); }
  [[nodiscard]] std::string Path(const std::string &name) const { return directory_ / name; }
  [[nodiscard]] std::string Write(const std::string &name, std::string_view text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }

  std::filesystem::path directory_;
};

std::string ReadStream(ports::ByteStream &stream) {
  std::string text;
  while (true) {
    const auto piece = stream.Next();
    if (!piece) return text + "<" + piece.error().message + ">";
    if (piece->empty()) return text;
    text += AsText(*piece);
  }
}

std::string Whole(ports::Files &files, const std::string &path) {
  const auto blob = files.OpenWhole(path);
  return blob ? std::string(AsText((*blob)->bytes())) : "<" + blob.error().message + ">";
}

std::string Streamed(ports::Files &files, const std::string &path) {
  const auto stream = files.OpenStream(path);
  return stream ? ReadStream(**stream) : "<" + stream.error().message + ">";
}

std::string LargeText() {
  std::string text;
  for (int i = 0; text.size() < 1'000'003; ++i) text += std::to_string(i) + "\n";
  return text;
}

TEST_F(Files, AFileIsTheSameWholeAndStreamed) {
  const std::string text = LargeText();
  const std::string path = Write("large \xff name", text);
  const auto files = Make();
  EXPECT_EQ(Whole(*files, path), text);
  EXPECT_EQ(Streamed(*files, path), text);
}

TEST_F(Files, AMappedFileOutlivesItsName) {
  const std::string path = Write("a", "content");
  const auto blob = Make()->OpenWhole(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(blob);
  EXPECT_EQ(AsText((*blob)->bytes()), "content");
}

TEST_F(Files, AnEmptyFileIsEmptyAndNoError) {
  const std::string path = Write("empty", "");
  const auto files = Make();
  EXPECT_EQ(Whole(*files, path), "");
  EXPECT_EQ(Streamed(*files, path), "");
}

TEST_F(Files, AFifoIsReadToItsEnd) {
  const std::string text = LargeText();
  const auto files = Make();
  for (const bool whole : {true, false}) {
    const std::string path = Path(whole ? "fifo1" : "fifo2");
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    const std::jthread writer([&] { std::ofstream(path, std::ios::binary) << text; });
    EXPECT_EQ(whole ? Whole(*files, path) : Streamed(*files, path), text);
  }
}

TEST_F(Files, AFileOfProcThatClaimsNoSizeIsRead) {
  if (!std::filesystem::exists("/proc/self/cmdline")) GTEST_SKIP() << "skipped: no /proc";
  EXPECT_THAT(Whole(*Make(), "/proc/self/cmdline"), Not(::testing::IsEmpty()));
}

TEST_F(Files, StandardInputIsReadOnceWhateverItIs) {
  const int saved = dup(STDIN_FILENO);
  const std::string path = Write("in", "0123456789");
  for (const bool whole : {true, false}) {
    const int fd = open(path.c_str(), O_RDONLY);
    dup2(fd, STDIN_FILENO);
    close(fd);
    const auto files = Make();
    EXPECT_EQ(whole ? Whole(*files, "-") : Streamed(*files, "-"), "0123456789");
    EXPECT_EQ(Whole(*files, "-"), "<standard input can be read only once>");
    EXPECT_NE(fcntl(STDIN_FILENO, F_GETFD), -1) << "standard input stays open";
  }
  // Someone read the beginning: only the rest is there.
  const int fd = open(path.c_str(), O_RDONLY);
  lseek(fd, 4, SEEK_SET);
  dup2(fd, STDIN_FILENO);
  EXPECT_EQ(Whole(*Make(), "-"), "456789");
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  dup2(ends[0], STDIN_FILENO);
  ASSERT_EQ(write(ends[1], "piped", 5), 5);
  close(ends[1]);
  EXPECT_EQ(Whole(*Make(), "-"), "piped");
  if (saved >= 0) dup2(saved, STDIN_FILENO);
  for (const int each : {saved, fd, ends[0]}) close(each);
}

TEST_F(Files, WhatCannotBeReadIsSaidInASentence) {
  const auto files = Make();
  for (const bool whole : {true, false}) {
    const auto error = [&](const std::string &path) {
      if (whole) return files->OpenWhole(path).error();
      return files->OpenStream(path).error();
    };
    EXPECT_EQ(error(Path("none")).code, ErrorCode::kNotFound);
    EXPECT_EQ(error(Path("none")).message, "there is no file " + Path("none"));
    EXPECT_EQ(error(Write("file", "x") + "/below").code, ErrorCode::kNotFound);
    EXPECT_EQ(error(directory_).code, ErrorCode::kNotReadable);
    EXPECT_THAT(error(directory_).message, HasSubstr("is a directory"));
    EXPECT_EQ(error("").code, ErrorCode::kInvalid);
    EXPECT_EQ(error(std::string("a\0b", 3)).code, ErrorCode::kInvalid);
  }
}

TEST_F(Files, AForbiddenFileIsSaidToBeForbidden) {
  if (geteuid() == 0) GTEST_SKIP() << "skipped: root may read everything";
  const std::string path = Write("secret", "x");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const auto blob = Make()->OpenWhole(path);
  ASSERT_FALSE(blob);
  EXPECT_EQ(blob.error().code, ErrorCode::kNotReadable);
  EXPECT_THAT(blob.error().message, HasSubstr("permission"));
}

TEST_F(Files, ArchivesGoToTheOpener) {
  EXPECT_EQ(Make()->OpenArchive({}).error().message, "asked");
}

}  // namespace
}  // namespace bk::adapters
