// What tshark counts in a capture, and what we count in it, are equal.
//
// Runs over every capture of ../shared/corpus (or $BK_SHARED/corpus); skipped where there is none.
// tshark's answer is taken twice: live, and from corpus/captures_tshark.jsonl, which another
// version of it wrote. What tshark cannot do is named where the counts are made equal:
// kDebugHandle, kVersion2, kRingRecords, kRadio.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/corpus_testing.h"
#include "capture/capture_reader.h"
#include "capture/talk/band_talk.h"

namespace bk::capture {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Captures() {
  std::vector<fs::path> files;
  for (const char* folder : {"btsnoop", "pcap"}) {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(corpus::Folder() / folder, none))
      files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool HasTshark() { return std::system("tshark --version >/dev/null 2>&1") == 0; }

// tshark 4.0 reads Qualcomm's controller messages, which come as data on a handle that is no link,
// as L2CAP, and takes their bytes for ATT and SMP.
constexpr const char* kDebugHandle = "0x0edc";
// tshark 4.0 knows no Encryption Change version 2 (0x59): it tells the event, not its status.
constexpr const char* kVersion2 = "encryption, status not told";
// tshark reads no ring records behind a btsnoop header, as some vendors write them: no packets.
constexpr auto kRingRecords = codec::snoop::Encapsulation::kBtsnooz;
// tshark reads captures from the air, we refuse them with a sentence.
constexpr auto kRadio = ErrorCode::kNotSupported;

// A count per name: "le 0x00", "disconnect 0x13", "att 0x52", "att error 0x0a", ...
using Counts = std::map<std::string, std::uint64_t>;

std::string Name(const char* what, unsigned code) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%s 0x%02x", what, code);
  return text.data();
}

void Add(Counts& counts, const char* what, const ByCode& codes) {
  for (unsigned code = 0; code < codes.size(); ++code)
    if (codes[code] != 0) counts[Name(what, code)] += codes[code];
}

struct Ours {
  std::optional<Error> refused;
  Story story;
  codec::snoop::Format format;
};

Ours Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  talk::BandTalkMaker talk;
  CaptureReader reader({.file = path.filename().string(), .member = "", .observers = &talk});
  Ours ours;
  if (auto pushed = reader.Push(std::as_bytes(std::span(bytes))); !pushed) {
    ours.refused = pushed.error();
    return ours;
  }
  auto story = reader.Finish();
  if (story)
    ours.story = *std::move(story);
  else
    ours.refused = story.error();
  ours.format = reader.format();
  return ours;
}

Counts CountsOf(const Counters& counters) {
  Counts counts;
  counts["packets"] = counters.packets;
  Add(counts, "le", counters.le_connections);
  Add(counts, "classic", counters.classic_connections);
  Add(counts, "disconnect", counters.disconnects);
  Add(counts, "encryption", counters.encryption_changes);
  Add(counts, "att", counters.att_opcodes);
  Add(counts, "att error", counters.att_errors);
  Add(counts, "smp", counters.smp_opcodes);
  Add(counts, "smp failure", counters.smp_failures);
  return counts;
}

std::vector<std::string> Split(const std::string& text, char by) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == by)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

unsigned Number(const std::string& text) {
  return static_cast<unsigned>(std::strtoul(text.c_str(), nullptr, 0));
}

std::optional<Counts> Tshark(const fs::path& path) {
  const std::string command =
      "tshark -n -r '" + path.string() +
      "' -T fields -e frame.number -e bthci_evt.code -e bthci_evt.le_meta_subevent"
      " -e bthci_evt.status -e bthci_evt.reason -e btatt.opcode -e btatt.error_code"
      " -e btsmp.opcode -e btsmp.reason -e bthci_acl.chandle 2>/dev/null";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 65536> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), got);
  pclose(pipe);
  Counts counts;
  counts["packets"] = 0;
  for (const std::string& line : Split(text, '\n')) {
    if (line.empty()) continue;
    std::vector<std::string> cell = Split(line, '\t');
    cell.resize(10);
    ++counts["packets"];
    if (!cell[1].empty()) {
      const unsigned code = Number(cell[1]);
      const unsigned status = Number(cell[3]);
      if (code == 0x3e && !cell[2].empty() && !cell[3].empty()) {
        const unsigned subevent = Number(cell[2]);
        if (subevent == 0x01 || subevent == 0x0a || subevent == 0x29) ++counts[Name("le", status)];
      } else if (code == 0x03 && !cell[3].empty()) {
        ++counts[Name("classic", status)];
      } else if (code == 0x05 && status == 0 && !cell[4].empty()) {
        ++counts[Name("disconnect", Number(cell[4]))];
      } else if (code == 0x08 || code == 0x30 || code == 0x59) {
        ++counts[cell[3].empty() ? kVersion2 : Name("encryption", status)];
      }
    }
    const auto each = [&](std::size_t at, const char* what) {
      if (cell[at].empty()) return;
      for (const std::string& value : Split(cell[at], ',')) ++counts[Name(what, Number(value))];
    };
    if (cell[9] == kDebugHandle) continue;
    each(5, "att");
    each(6, "att error");
    each(7, "smp");
    each(8, "smp failure");
  }
  return counts;
}

std::string Differences(const Counts& ours, const Counts& theirs) {
  std::set<std::string> names;
  for (const auto* counts : {&ours, &theirs})
    for (const auto& [name, count] : *counts) names.insert(name);
  std::string text;
  for (const std::string& name : names) {
    const auto of = [&](const Counts& counts) {
      const auto at = counts.find(name);
      return at == counts.end() ? 0 : at->second;
    };
    if (of(ours) != of(theirs))
      text += "  " + name + ": ours " + std::to_string(of(ours)) + ", tshark " +
              std::to_string(of(theirs)) + "\n";
  }
  return text;
}

// Events of which tshark tells no status become one count on both sides.
void ForgetUntoldStatus(Counts& ours, Counts& theirs) {
  if (!theirs.contains(kVersion2)) return;
  for (Counts* counts : {&ours, &theirs}) {
    std::uint64_t sum = 0;
    std::erase_if(*counts, [&](const auto& entry) {
      const bool is = entry.first.starts_with("encryption");
      if (is) sum += entry.second;
      return is;
    });
    (*counts)[kVersion2] = sum;
  }
}

TEST(Tshark, CountsTheSame) {
  const auto files = Captures();
  if (files.empty()) GTEST_SKIP() << "no captures in " << corpus::Folder();
  if (!HasTshark()) GTEST_SKIP() << "no tshark";
  for (const fs::path& path : files) {
    SCOPED_TRACE(path.filename());
    const Ours ours = Read(path);
    if (ours.refused) {
      EXPECT_EQ(ours.refused->code, kRadio);
      continue;
    }
    auto theirs = Tshark(path);
    ASSERT_TRUE(theirs);
    if (ours.format.encapsulation == kRingRecords) {
      EXPECT_EQ((*theirs)["packets"], 0U);
      EXPECT_GT(ours.story.counters.packets, 0U);
      continue;
    }
    Counts counts = CountsOf(ours.story.counters);
    ForgetUntoldStatus(counts, *theirs);
    EXPECT_EQ(Differences(counts, *theirs), "");
  }
}

// The record keeps this many of a capture's opcodes, the most frequent, and the sum of all.
constexpr std::size_t kRecordedOpcodes = 14;
// The names that it uses for them.
constexpr std::pair<const char*, unsigned> kAttNames[] = {
    {"Err", 0x01},           {"MTUreq", 0x02},        {"MTUrsp", 0x03},
    {"FindInfoReq", 0x04},   {"FindInfoRsp", 0x05},   {"FindByTypeReq", 0x06},
    {"FindByTypeRsp", 0x07}, {"ReadByTypeReq", 0x08}, {"ReadByTypeRsp", 0x09},
    {"ReadReq", 0x0a},       {"ReadRsp", 0x0b},       {"ReadByGrpReq", 0x10},
    {"ReadByGrpRsp", 0x11},  {"WriteReq", 0x12},      {"WriteRsp", 0x13},
    {"Notify", 0x1b},        {"Ind", 0x1d},           {"Cfm", 0x1e},
    {"WriteCmd", 0x52},
};

std::string AttName(const std::string& name) {
  for (const auto& [known, code] : kAttNames)
    if (name == known) return Name("att", code);
  return "att " + name;
}

Counts Recorded(const nlohmann::json& record) {
  Counts counts;
  counts["packets"] = record["packets"].get<std::uint64_t>();
  const auto each = [&](const char* key, auto&& name) {
    for (const auto& [text, count] : record[key].items())
      counts[name(text)] += count.template get<std::uint64_t>();
  };
  const auto hex = [](const char* what) {
    return [what](const std::string& text) { return Name(what, Number(text)); };
  };
  counts["att total"] = record["att_total"].get<std::uint64_t>();
  each("disc", hex("disconnect"));
  each("att", AttName);
  each("att_err", hex("att error"));
  each("smp", hex("smp"));
  each("smp_fail", hex("smp failure"));
  each("conn", [](const std::string& text) {  // "LE status 0x00", "BR status 0x04"
    return Name(text.starts_with("LE") ? "le" : "classic", Number(text.substr(text.size() - 4)));
  });
  return counts;
}

TEST(Tshark, RecordedCountsAreTheSame) {
  std::ifstream file(corpus::Folder() / "captures_tshark.jsonl");
  if (!file) GTEST_SKIP() << "no record in " << corpus::Folder();
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line);
    const auto name = record["file"].get<std::string>();
    SCOPED_TRACE(name);
    const Ours ours = Read(corpus::Folder() / name);
    if (ours.refused) {
      EXPECT_EQ(ours.refused->code, kRadio);
      continue;
    }
    Counts theirs = Recorded(record);
    if (ours.format.encapsulation == kRingRecords) {
      EXPECT_EQ(theirs["packets"], 0U);
      continue;
    }
    Counts counts = CountsOf(ours.story.counters);
    std::erase_if(counts, [](const auto& entry) { return entry.first.starts_with("encryption"); });
    counts["att total"] = ours.story.counters.att_total;
    if (record["att"].size() >= kRecordedOpcodes)
      std::erase_if(counts, [&](const auto& entry) {
        return entry.first.starts_with("att 0x") && !theirs.contains(entry.first);
      });
    // Of kDebugHandle the record does not tell which; there are as many as the handle had packets.
    const std::uint64_t excused = ours.story.counters.controller_debug;
    for (auto& [what, count] : theirs) {
      if (!what.starts_with("att") && !what.starts_with("smp")) continue;
      const std::uint64_t have = counts[what];
      const std::uint64_t over = count > have ? count - have : 0;
      if (over > excused) continue;
      count -= over;
    }
    EXPECT_EQ(Differences(counts, theirs), "");
  }
}

}  // namespace
}  // namespace bk::capture
