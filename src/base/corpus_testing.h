// For tests alone: the real files of ../shared/corpus, or of $BK_SHARED/corpus. Where the folder is
// not there, a test that needs it is skipped and says so.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace bk::corpus {

// ctest runs in the source folder.
inline std::filesystem::path Folder() {
  const char* shared = std::getenv("BK_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : "../shared") / "corpus";
}

// Empty where it cannot be read.
inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The text of a bug report: the file itself, or of a zip what `unzip`, not our own reader, makes of
// its large members.
inline std::string ReadReportText(const std::filesystem::path& path) {
  if (path.extension() != ".zip") return ReadFile(path);
  std::string out;
  const std::string command = "unzip -p '" + path.string() + "' '*ugreport-*.txt' 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");  // NOLINT: a test of files that are ours
  if (pipe == nullptr) return out;
  std::string piece(65536, '\0');
  for (std::size_t n = 0; (n = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
    out.append(piece, 0, n);
  pclose(pipe);
  return out;
}

}  // namespace bk::corpus
