#include "report_zip.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <random>
#include <string_view>
#include <vector>

#include "adapters/archive/testing.h"
#include "android/report_text.h"
#include "base/bytes.h"
#include "codec/snoop/writer.h"

namespace bk::bench {
namespace {

constexpr std::size_t kPackages = 600;
constexpr std::size_t kWords = 3000;
constexpr std::size_t kSentences = 250;
constexpr std::size_t kBlockBytes = 2000;

// Lines that the log reader looks at; not all tell it something.
constexpr std::array<std::string_view, 8> kTelling = {
    "ActivityManager: Process: com.example.app{0} (pid {1})",
    "ActivityManager: Start proc {1}:com.example.app{0}/u0a{0} for service",
    "ActivityManager: Killing {1}:com.example.app{0}/u0a{0} (adj 906): empty #17",
    "am_proc_start: [0,{1},10{0},com.example.app{0},service,com.example.app{0}/.Main]",
    "am_kill : [0,{1},com.example.app{0},906,empty #17]",
    "ActivityManager: Background execution not allowed: receiving Intent {{ act=x{1} }}",
    "BtGatt.GattService: connect() - device: C8:0F:10:01:02:03, isDirect=true",
    "Vendor: state 0106 of part {0} is {1}"};

// Sentences of invented words, with holes for numbers, so that texts repeat as logs do.
class Talker {
 public:
  Talker() {
    std::vector<std::string> words(kWords);
    for (std::string& word : words) {
      const std::size_t letters = 3 + random_() % 8;
      for (std::size_t i = 0; i < letters; ++i)
        word +=
            static_cast<char>('a' + (i % 2 == 0 ? random_() % 26 : "aeiou"[random_() % 5] - 'a'));
    }
    sentences_.resize(kSentences);
    for (auto& parts : sentences_) {
      parts.resize(1 + random_() % 4);
      for (std::string& part : parts) {
        const std::size_t count = 1 + random_() % 3;
        for (std::size_t i = 0; i < count; ++i) part += words[random_() % kWords] + ' ';
        part.back() = random_() % 2 == 0 ? '=' : ' ';
      }
    }
  }
  unsigned Random(unsigned below) { return static_cast<unsigned>(random_() % below); }
  // Few sentences make up most of a text.
  void Say(std::string& out) {
    const unsigned which = Random(kSentences);
    const auto& parts = sentences_[which * which / kSentences];
    for (const std::string& part : parts) {
      out += part;
      const unsigned kind = Random(24);
      if (kind == 0)
        fmt::format_to(std::back_inserter(out), "0x{:x}", random_() & 0xffffff);
      else if (kind < 4)
        fmt::format_to(std::back_inserter(out), "{}", Random(kind == 1 ? 100'000 : 40));
      else
        out += kind < 14 ? "true" : "null";
      out += ", ";
    }
  }

 private:
  std::mt19937 random_{4};
  std::vector<std::vector<std::string>> sentences_;
};

void AppendLog(Talker& talker, std::size_t bytes, std::string& out) {
  const std::size_t end = out.size() + bytes;
  std::uint64_t ms = 0;
  while (out.size() < end) {
    ms += talker.Random(12);
    const unsigned who = talker.Random(40) * talker.Random(40) / 40;
    fmt::format_to(std::back_inserter(out), "03-04 {:02}:{:02}:{:02}.{:03}  1000 {:5} {:5} {} ",
                   ms / 3'600'000 % 24, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000, 1300 + who * 7,
                   1400 + who * 7 + talker.Random(3), "DDDIIVWE"[talker.Random(8)]);
    if (talker.Random(160) == 0) {
      fmt::format_to(std::back_inserter(out), fmt::runtime(kTelling[talker.Random(8)]),
                     100 + talker.Random(90), 2000 + talker.Random(9000));
    } else {
      fmt::format_to(std::back_inserter(out), "Tag{}: ", who);
      talker.Say(out);
    }
    out += '\n';
  }
}

void AppendDump(Talker& talker, std::size_t bytes, std::string& out) {
  const std::size_t end = out.size() + bytes;
  while (out.size() < end) {
    // Dumps list the same of one thing after the other.
    if (out.size() > kBlockBytes && talker.Random(14) == 0) {
      const std::size_t begin = out.find('\n', out.size() - kBlockBytes) + 1;
      out += std::string(out, begin);
    }
    out.append(2 + 2 * talker.Random(5), ' ');
    talker.Say(out);
    if (talker.Random(3) == 0) talker.Say(out);
    if (talker.Random(160) == 0)
      fmt::format_to(std::back_inserter(out), " Process: com.example.app{}", talker.Random(90));
    out += '\n';
  }
}

// Adverts and notifications.
std::string MakeSnoop(std::size_t packets) {
  std::vector<std::byte> file, data;
  codec::snoop::SnoopWriter writer(codec::snoop::FileKind::kBtsnoopH4, file);
  std::mt19937 random(9);
  std::int64_t now = 1'704'067'200'000'000;
  for (std::size_t i = 0; i < packets; ++i) {
    codec::snoop::Packet packet;
    data.clear();
    ByteWriter out(data);
    if (i % 3 == 0) {
      out.U8(0x3e).U8(12 + 31).U8(2).U8(1).U8(0).U8(1).Le48(0x5d0000000000 + i / 3 % 300).U8(31);
      for (int k = 0; k < 31; ++k) out.U8(k == 0 ? 30 : 0xff);
      out.U8(0xb0);
      packet.kind = codec::snoop::PacketKind::kEvent;
    } else {
      out.Le16(0x2001).Le16(27).Le16(23).Le16(4).U8(0x1b).Le16(0x3e);
      for (int k = 0; k < 20; ++k) out.U8(random() & 0xff);
      packet.kind = codec::snoop::PacketKind::kAcl;
    }
    packet.time = {now += 1250};
    packet.data = data;
    packet.original_length = static_cast<std::uint32_t>(data.size());
    writer.Add(packet);
  }
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

}  // namespace

std::string MakeReportZip(std::size_t text_bytes, std::size_t snoop_packets) {
  std::string text = android::testing::MakeReport(
      {.android = 12,
       .log_bytes = 2'000,
       .filler_bytes = 2'000,
       .other_packages = std::min<std::size_t>(text_bytes / 40'000, kPackages)});
  Talker talker;
  const std::size_t rest = text_bytes - std::min(text_bytes, text.size());
  std::string dump, log;
  AppendDump(talker, rest * 4 / 10, dump);
  AppendLog(talker, rest * 6 / 10, log);
  // From the end to the beginning, so that places stay right.
  text.insert(text.find('\n', text.find("DUMP OF SERVICE meminfo:")) + 1, dump);
  text.insert(text.find('\n', text.find("------ SYSTEM LOG (")) + 1, log);
  dump = {};
  log = {};
  adapters::testing::ZipBuilder zip;
  zip.Add({.name = "version.txt", .text = "2.0"});
  zip.Add(
      {.name = "bugreport-invented-BAND1.12.021-2022-03-04-17-06-30.txt", .text = std::move(text)});
  zip.Add(
      {.name = "FS/data/misc/bluetooth/logs/btsnoop_hci.log", .text = MakeSnoop(snoop_packets)});
  zip.Add({.name = "main_entry.txt",
           .text = "bugreport-invented-BAND1.12.021-2022-03-04-17-06-30.txt"});
  return zip.Whole();
}

}  // namespace bk::bench
