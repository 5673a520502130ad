// The stairs of the house go one way: reads every #include and every room's papers, and names the
// file and line that breaks a rule. docs/architecture.md shows the same rules as a picture.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

const fs::path kRoot = BK_SOURCE_DIR;

struct Room {
  Names may_include;  // rooms, besides itself and base
  Names libraries;    // first part of third-party <includes>; "*" = any
};

// Rows may include columns. simulate may not see companion or troubleshoot: a mistake that the
// client and the simulated band share would cancel out.
const std::map<std::string, Room>& Rooms() {
  static const Names core_libraries = {"fmt", "nlohmann"};
  static const std::map<std::string, Room> rooms = {
      {"base", {{}, core_libraries}},
      {"language", {{}, {}}},
      {"codec", {{}, core_libraries}},
      {"evidence", {{}, core_libraries}},
      {"ports", {{"evidence"}, {}}},
      {"capture", {{"evidence", "codec", "ports"}, core_libraries}},
      {"android", {{"evidence", "codec", "ports"}, core_libraries}},
      {"troubleshoot", {{"evidence", "language"}, core_libraries}},
      {"companion", {{"evidence", "codec", "ports"}, core_libraries}},
      {"repair",
       {{"evidence", "language", "codec", "ports", "companion", "troubleshoot"}, core_libraries}},
      {"simulate", {{"evidence", "codec", "ports"}, {"*"}}},
      {"adapters", {{"evidence", "language", "codec", "ports", "troubleshoot"}, {"*"}}},
      {"app",
       {{"evidence", "language", "codec", "ports", "capture", "android", "troubleshoot",
         "companion", "repair"},
        core_libraries}},
      {"cli",
       {{"app", "evidence", "language", "codec", "ports", "capture", "android", "troubleshoot",
         "companion", "repair"},
        {"fmt", "nlohmann", "CLI"}}},
      {"server",
       {{"app", "evidence", "language", "codec", "ports", "capture", "android", "troubleshoot",
         "companion", "repair"},
        {"fmt", "nlohmann", "boost"}}},
      {"main", {{"*"}, {"*"}}},
  };
  return rooms;
}

// The core travels to places without files, threads, sockets and exceptions.
const Names kCore = {"base",    "language", "codec",        "evidence",
                     "capture", "android",  "troubleshoot", "companion"};
const Names kNotInCore = {
    "thread", "mutex",  "condition_variable", "future", "filesystem", "fstream", "iostream",
    "regex",  "atomic", "stdexcept",          "locale", "semaphore"};

struct Include {
  std::string target;
  bool quoted;
  int line;
};

std::vector<Include> IncludesOf(const fs::path& file) {
  std::vector<Include> found;
  std::ifstream in(file);
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    const auto hash = text.find_first_not_of(" \t");
    if (hash == std::string::npos || text.compare(hash, 8, "#include") != 0) continue;
    const auto open = text.find_first_of("\"<", hash + 8);
    if (open == std::string::npos) continue;
    const auto close = text.find_first_of("\">", open + 1);
    if (close == std::string::npos) continue;
    found.push_back({text.substr(open + 1, close - open - 1), text[open] == '"', line});
  }
  return found;
}

bool IsSource(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cc";
}
bool IsTest(const fs::path& path) {
  const std::string stem = path.stem().string();
  for (const std::string_view end : {"_test", "_fuzz", "_testing"})
    if (stem.ends_with(end)) return true;
  return false;
}

std::vector<fs::path> Sources() {
  std::vector<fs::path> sources;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src"))
    if (entry.is_regular_file() && IsSource(entry.path())) sources.push_back(entry.path());
  std::ranges::sort(sources);
  return sources;
}

std::string RoomOf(const fs::path& relative) { return relative.begin()->string(); }

TEST(Layers, EveryIncludeGoesDownTheStairs) {
  for (const fs::path& file : Sources()) {
    const fs::path relative = fs::relative(file, kRoot / "src");
    const std::string room = RoomOf(relative);
    ASSERT_TRUE(Rooms().contains(room)) << relative << " lies in a room that no rule knows";
    const Room& rules = Rooms().at(room);
    for (const Include& include : IncludesOf(file)) {
      const std::string place = relative.string() + ":" + std::to_string(include.line);
      const std::string first = include.target.substr(0, include.target.find('/'));
      if (include.quoted) {
        EXPECT_TRUE(fs::exists(kRoot / "src" / include.target) ||
                    first == "embedded")  // generated into the build folder
            << place << " includes \"" << include.target << "\", which is no path under src/";
        EXPECT_TRUE(first == room || first == "base" || rules.may_include.contains(first) ||
                    rules.may_include.contains("*"))
            << place << ": " << room << " may not include " << first;
      } else if (!IsTest(file)) {
        if (include.target.find('/') != std::string::npos && first != "sys") {
          EXPECT_TRUE(rules.libraries.contains(first) || rules.libraries.contains("*"))
              << place << ": third-party header <" << include.target << "> does not belong in "
              << room;
        }
        if (kCore.contains(room)) {
          EXPECT_FALSE(kNotInCore.contains(include.target) || include.target.starts_with("sys/") ||
                       include.target.ends_with("stat.h") || include.target == "unistd.h")
              << place << ": <" << include.target << "> is not for the core, which has no files, "
              << "threads or exceptions";
        }
      }
    }
  }
}

TEST(Layers, AdaptersDoNotKnowEachOther) {
  for (const fs::path& file : Sources()) {
    const fs::path relative = fs::relative(file, kRoot / "src");
    if (RoomOf(relative) != "adapters") continue;
    const std::string own = (++relative.begin())->string();
    for (const Include& include : IncludesOf(file))
      if (include.quoted && include.target.starts_with("adapters/")) {
        EXPECT_EQ(include.target.substr(9, include.target.find('/', 9) - 9), own)
            << relative << ":" << include.line;
      }
  }
}

TEST(Layers, EveryRoomHasItsPapers) {
  std::set<fs::path> folders;
  for (const fs::path& file : Sources()) folders.insert(file.parent_path());
  for (const fs::path& folder : folders) {
    const fs::path relative = fs::relative(folder, kRoot);
    EXPECT_TRUE(fs::exists(folder / "CMakeLists.txt")) << relative << " has no build target";
    std::ifstream readme(folder / "README.md");
    EXPECT_TRUE(readme.is_open()) << relative << " has no README.md";
    std::string line;
    int lines = 0;
    while (std::getline(readme, line)) ++lines;
    EXPECT_LE(lines, 20) << relative << "/README.md: at most 20 lines";
  }
}

TEST(Layers, FilesStayShort) {
  for (const fs::path& file : Sources()) {
    std::ifstream in(file);
    const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
    EXPECT_LT(lines, 800) << fs::relative(file, kRoot) << ": split it";
  }
}

// A test must be able to fail: this one is shown a wrong stair.
TEST(Layers, AWrongStairIsSeen) {
  EXPECT_FALSE(Rooms().at("codec").may_include.contains("capture"));
  EXPECT_FALSE(Rooms().at("simulate").may_include.contains("companion"));
  EXPECT_FALSE(Rooms().at("simulate").may_include.contains("troubleshoot"));
  const fs::path sample = fs::path(testing::TempDir()) / "wrong.cc";
  std::ofstream(sample) << "#include <string>\n  #include \"app/privacy.h\"\n";
  const auto includes = IncludesOf(sample);
  ASSERT_EQ(includes.size(), 2U);
  EXPECT_TRUE(includes[1].quoted);
  EXPECT_EQ(includes[1].target, "app/privacy.h");
  EXPECT_EQ(includes[1].line, 2);
}

}  // namespace
