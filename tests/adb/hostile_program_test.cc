// The whole program against a phone that means harm, over stock adb: what it says is huge, without
// end, binary, or drives terminals, and its packages are named like commands. Nothing hangs,
// nothing crashes, nothing paints the terminal, no word of it is run.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>

#include "adb/adb_fixture.h"

namespace bk::testing {
namespace {

using simulate::adbd::RunningCommand;
using Time = simulate::adbd::Time;

enum class Harm : std::uint8_t { kHuge, kEndless, kBinary, kEscapes, kNoise };
constexpr std::array kNames = {"huge", "endless", "binary", "escapes", "noise"};

constexpr std::string_view kPaint =
    "\x1b[2J\x1b]0;owned\x07\xc2\x9b"
    "31m\r\x08";

std::string Escapes(std::string_view line) {
  const std::string paint(kPaint);
  if (line.starts_with("getprop"))
    return "[ro.build.version.sdk]: [34]\n[ro.product.model]: [Evil" + paint +
           "]\n[ro.product.manufacturer]: [" + paint + "$(reboot)]\n";
  if (line.starts_with("pm list packages"))
    return "package:com.xiaomi.hm.health\npackage:com.huami.watch.hmwatchmanager;reboot\n"
           "package:$(reboot)\npackage:`reboot`\npackage:com.xiaomi.wearable' 'reboot\n" +
           paint + "\n";
  std::string text;
  for (int i = 0; i < 2000; ++i)
    text += fmt::format("{}Permission denied: {}{}\n  state: ON{}\n", paint, line, i, paint);
  return text;
}

class HarmfulCommand final : public RunningCommand {
 public:
  HarmfulCommand(Harm harm, std::string_view line) : harm_(harm), text_(Escapes(line)) {}
  Piece Next(Time, std::size_t bytes_max) override {
    constexpr std::size_t kHugeBytes = 40'000'000, kBinaryBytes = 300'000;
    Piece piece;
    const auto much = [&](std::size_t left, auto byte) {
      std::string bytes(std::min(left, bytes_max), '\0');
      for (char& c : bytes) c = byte(said_++);
      return bytes;
    };
    switch (harm_) {
      case Harm::kEndless:
        piece.out = std::string(bytes_max, 'A');
        break;
      case Harm::kHuge:
        piece.out = much(kHugeBytes - said_, [](std::size_t n) {
          return n % 60 == 59 ? '\n' : static_cast<char>('a' + n % 25);
        });
        if (said_ == kHugeBytes) piece.exit = 0;
        break;
      case Harm::kBinary:
        piece.out = much(kBinaryBytes - said_,
                         [](std::size_t n) { return static_cast<char>((n * 2654435761U) >> 13U); });
        if (said_ == kBinaryBytes) piece.exit = 0;
        break;
      case Harm::kEscapes: {
        const std::size_t size = std::min(bytes_max, text_.size() - said_);
        piece.out = text_.substr(said_, size);
        said_ += size;
        if (said_ == text_.size()) piece.exit = 0;
        break;
      }
      case Harm::kNoise:
        piece.out = "\n\n";
        piece.err = std::string(kPaint) + "Can't find service: everything\n";
        piece.exit = 255;
        break;
    }
    return piece;
  }

 private:
  Harm harm_;
  std::string text_;
  std::size_t said_ = 0;
};

class HarmfulPhone final : public simulate::adbd::DeviceServices {
 public:
  explicit HarmfulPhone(Harm harm) : harm_(harm) {}
  std::unique_ptr<RunningCommand> Run(std::string_view line, Time) override {
    const std::scoped_lock hold(mutex_);
    lines_.emplace_back(line);
    return std::make_unique<HarmfulCommand>(harm_, line);
  }
  std::optional<simulate::adbd::FileStat> Stat(const std::string&, Time) override { return {}; }
  std::vector<simulate::adbd::FileEntry> List(const std::string&, Time) override { return {}; }
  Result<std::shared_ptr<const std::string>> Read(const std::string&, Time) override {
    return Fail(ErrorCode::kNotFound, std::string(kPaint));
  }
  void Restart(std::string_view, Time) override { ADD_FAILURE() << "restarted"; }
  std::vector<std::string> Lines() {
    const std::scoped_lock hold(mutex_);
    return lines_;
  }

 private:
  Harm harm_;
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

// The first byte that a terminal would take for more than text; npos: none.
std::size_t FirstPaint(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\n') || c == 0x7f) return i;
    // U+0080 to U+009F.
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
      return i;
  }
  return std::string_view::npos;
}

class HostileProgramTest : public WithStockAdb, public ::testing::WithParamInterface<Harm> {};

TEST_P(HostileProgramTest, NeitherHangsNorCrashesNorPaints) {
  HarmfulPhone harmful(GetParam());
  simulate::adbd::Device device(harmful, {}, {});
  PhoneOnThread phone(device);
  ASSERT_TRUE(adb_->Connect(phone.address()));
  std::vector<std::string> variables = adb_->variables();
  variables.push_back("XDG_STATE_HOME=" + adb_->home().string());
  std::vector<std::vector<std::string>> verbs = {{"doctor", "--json"}, {"fix", "--dry-run"}};
  const bool quick = GetParam() != Harm::kHuge && GetParam() != Harm::kEndless;
  if (quick)
    verbs.insert(verbs.end(), {{"doctor", "-v"}, {"doctor", "--everyday"}, {"fix", "--yes"}});
  for (const std::vector<std::string>& words : verbs) {
    std::vector<std::string> all = words;
    all.insert(all.begin(), BK_PROGRAM);
    all.insert(all.end(), {"--serial", phone.address()});
    const auto start = std::chrono::steady_clock::now();
    const Ran ran =
        RunProgram(all, RunHow{.variables = variables, .patience = std::chrono::seconds(150)});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    fmt::print("{}: {} {}: exit {}, {:.1f} s, {} MB\n",
               kNames[static_cast<std::size_t>(GetParam())], words[0], words[1], ran.exit,
               took.count(), ran.rss_kb / 1024);
    EXPECT_GE(ran.exit, 0) << "signal " << ran.signal;
    EXPECT_NE(ran.exit, 5) << ran.err;
    EXPECT_FALSE((ran.out + ran.err).empty());
    // Each answer is kept up to its limit (12 MB), all at once: app/phone/collect_phone.cc.
    EXPECT_LT(ran.rss_kb, 700 * 1024);
    for (const std::string& text : {ran.out, ran.err})
      EXPECT_EQ(FirstPaint(text), std::string_view::npos)
          << text.substr(std::min(text.size(), FirstPaint(text)), 40);
  }
  for (const std::string& line : harmful.Lines())
    EXPECT_TRUE(!line.contains("reboot") || line.contains("'")) << line;
  (void)adb_->Do({"disconnect", phone.address()});
}

INSTANTIATE_TEST_SUITE_P(Harms, HostileProgramTest,
                         ::testing::Values(Harm::kHuge, Harm::kEndless, Harm::kBinary,
                                           Harm::kEscapes, Harm::kNoise),
                         [](const auto& one) {
                           return std::string(kNames[static_cast<std::size_t>(one.param)]);
                         });

}  // namespace
}  // namespace bk::testing
