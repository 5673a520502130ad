// The package and Bluetooth dumps of real reports against a slow, plainly right reader. Skipped
// where ../shared is not there.
#include <gtest/gtest.h>

#include <cctype>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "android/bluetooth/bluetooth_state.h"
#include "android/packages/package_state.h"
#include "base/corpus_testing.h"

namespace bk::android {
namespace {

namespace fs = std::filesystem;

// Bodies of "DUMP OF SERVICE [PRIORITY] name:", each to the next dashed line.
std::vector<std::string> Services(const std::string& text, const std::string& name) {
  std::vector<std::string> bodies;
  std::istringstream in(text);
  std::string line, body;
  bool inside = false;
  while (std::getline(in, line)) {
    if (line.rfind("--------------------------------------------------", 0) == 0 ||
        line.rfind("--------- ", 0) == 0) {
      if (inside) bodies.push_back(body);
      inside = false;
      body.clear();
    } else if (line.rfind("DUMP OF SERVICE", 0) == 0 &&
               line.find(" " + name + ":") != std::string::npos) {
      inside = true;
    } else if (inside) {
      body += line + "\n";
    }
  }
  if (inside) bodies.push_back(body);
  return bodies;
}

std::set<std::string> PackagesByGrep(const std::string& body) {
  std::set<std::string> names;
  std::istringstream in(body);
  std::string line;
  while (std::getline(in, line)) {
    if (line.rfind("Hidden system packages:", 0) == 0) break;
    if (line.rfind("  Package [", 0) == 0) names.insert(line.substr(11, line.find(']') - 11));
  }
  return names;
}

// Blocks that are not cut: they have a "User N:" line, or are older than those.
std::uint64_t WholeBlocksByGrep(const std::string& body) {
  std::uint64_t whole = 0;
  bool inside = false, user = false, modern = false;
  const auto close = [&] {
    if (inside && (user || !modern)) ++whole;
    inside = user = modern = false;
  };
  std::istringstream in(body);
  std::string line;
  while (std::getline(in, line)) {
    if (line.rfind("Hidden system packages:", 0) == 0) break;
    if (!line.empty() && line[0] != ' ') close();
    if (line.rfind("  Package [", 0) == 0) {
      close();
      inside = true;
    }
    user |= line.rfind("    User ", 0) == 0;
    modern |= line.rfind("    versionCode=", 0) == 0 && line.find("targetSdk=") != line.npos;
  }
  close();
  return whole;
}

int BondsByGrep(const std::string& body) {
  int count = 0;
  bool inside = false;
  std::istringstream in(body);
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t start = line.find_first_not_of(' ');
    if (line.find("Bonded devices:") != std::string::npos) {
      inside = true;
    } else if (inside && start != std::string::npos && start >= 2 && line.size() > start + 17 &&
               line[start + 2] == ':' && line[start + 5] == ':' && line[start + 14] == ':') {
      ++count;
    } else if (inside && start != std::string::npos) {
      inside = false;
    }
  }
  return count;
}

std::string ValueByGrep(const std::string& body, const std::string& key) {
  std::istringstream in(body);
  std::string line;
  while (std::getline(in, line))
    if (line.rfind(key, 0) == 0) return line.substr(key.size());
  return "";
}

TEST(Corpus, EveryPackageAndBondIsRead) {
  if (!fs::is_directory(corpus::Folder())) {
    GTEST_SKIP() << "skipped: no " << corpus::Folder();
  }
  int dumps = 0, bluetooth = 0;
  for (const char* folder : {"bugreport", "dumpsys"}) {
    for (const auto& entry : fs::directory_iterator(corpus::Folder() / folder)) {
      const std::string text = corpus::ReadReportText(entry.path());
      std::vector<std::string> packages = Services(text, "package");
      if (packages.empty() && text.find("\nPackages:\n") != std::string::npos &&
          text.find("DUMP OF SERVICE") == std::string::npos)
        packages.push_back(text);
      for (const std::string& body : packages) {
        const std::set<std::string> expected = PackagesByGrep(body);
        if (expected.empty()) continue;
        ++dumps;
        Section section{.name = "package", .body = body, .member_text = body};
        PackageState state;
        std::vector<evidence::Loss> losses;
        ParsePackageSection(section, {}, state, losses);
        std::set<std::string> read;
        for (const PackageName& name : state.names) read.insert(name.name);
        EXPECT_EQ(read, expected) << entry.path();
        EXPECT_EQ(state.blocks_seen, expected.size()) << entry.path();
        EXPECT_EQ(state.blocks_understood, WholeBlocksByGrep(body)) << entry.path();
        EXPECT_EQ(losses.empty(), state.blocks_seen == state.blocks_understood) << entry.path();
        // "Read completed" counts what was there at boot: apps come and go after it.
        if (body.find("Read completed successfully: ") != std::string::npos) {
          EXPECT_TRUE(state.whole_list) << entry.path();
        }
      }
      for (const std::string& body : Services(text, "bluetooth_manager")) {
        ++bluetooth;
        Section section{.name = "bluetooth_manager", .body = body, .member_text = body};
        BluetoothState state;
        std::vector<evidence::Loss> losses;
        ParseBluetoothSection(section, state, losses);
        EXPECT_TRUE(losses.empty()) << entry.path() << ": " << losses.front().text;
        EXPECT_EQ(state.dumps, 1U) << entry.path();
        EXPECT_EQ(static_cast<int>(state.bonds.size()), BondsByGrep(body)) << entry.path();
        EXPECT_EQ(state.adapter_name, ValueByGrep(body, "  name: ")) << entry.path();
        EXPECT_EQ(state.enabled, ValueByGrep(body, "  enabled: ") == "true") << entry.path();
        EXPECT_EQ(state.bonds_listed, body.find("Bonded devices:") != std::string::npos);
        const std::string crashes = ValueByGrep(body, "Bluetooth crashed ");
        if (!crashes.empty()) {
          EXPECT_EQ(static_cast<int>(state.crashes.value_or(0)), std::atoi(crashes.c_str()));
        }
      }
    }
  }
  std::printf("%d package dumps and %d Bluetooth dumps agree with the plain reader\n", dumps,
              bluetooth);
  EXPECT_GE(dumps, 3);
}

}  // namespace
}  // namespace bk::android
