#include "app/phone/bug_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/phone/messages.h"
#include "base/text.h"

namespace bk::app {
namespace {

using namespace std::chrono_literals;
using ports::PhoneAnswer;
using End = PhoneAnswer::End;

constexpr auto kWriteTime = 600'000ms;
constexpr std::size_t kReportBytesMax = std::size_t{512} << 20;
constexpr std::size_t kLineBytesMax = 4096;

// What `bugreportz -p` prints, in any pieces.
class Progress {
 public:
  Progress(const std::function<void(std::string_view)>& show, const language::Language& language)
      : show_(show), language_(language) {}

  void Push(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const std::string_view part = text.substr(0, end);
      line_ += part.substr(0, kLineBytesMax - std::min(kLineBytesMax, line_.size()));
      if (end == std::string_view::npos) return;
      Line(Trim(line_));
      line_.clear();
      text.remove_prefix(end + 1);
    }
  }
  void End() {
    Line(Trim(line_));
    line_.clear();
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  void Line(std::string_view line) {
    const auto take = [&](std::string_view start) {
      if (!line.starts_with(start)) return false;
      line.remove_prefix(start.size());
      return true;
    };
    if (take("OK:")) {
      path_ = line;
    } else if (take("FAIL:")) {
      failure_ = line.empty() ? "no reason given" : std::string(line);
    } else if (take("PROGRESS:")) {
      const std::size_t slash = line.find('/');
      const auto done = ParseInt<std::uint32_t>(line.substr(0, slash));
      const auto total = slash == std::string_view::npos
                             ? std::nullopt
                             : ParseInt<std::uint32_t>(line.substr(slash + 1));
      // The phone guesses the whole anew as it goes on: what was shown never goes back.
      if (done && total && *total > 0)
        percent_ = std::max<std::uint64_t>(
            percent_, std::min<std::uint64_t>(99, std::uint64_t{*done} * 100 / *total));
      if (show_) show_(language_.Say(kLiveSays.report_written, {{"percent", percent_}}));
    }
  }

  const std::function<void(std::string_view)>& show_;
  const language::Language& language_;
  std::string line_, path_, failure_;
  std::uint64_t percent_ = 0;
};

std::unexpected<Error> Ended(const PhoneAnswer& answer) {
  if (answer.end == End::kStopped) return Fail(ErrorCode::kStopped, "Stopped.");
  if (answer.end == End::kTimedOut)
    return Fail(ErrorCode::kTimedOut, "it was not done within ten minutes");
  return Fail(ErrorCode::kNotReadable, answer.why.empty() ? "no reason given" : answer.why);
}

Result<FetchedReport> FetchText(ports::Phone& phone) {
  PhoneAnswer answer =
      phone.Run({.line = "bugreport", .time_out = kWriteTime, .bytes_max = kReportBytesMax});
  constexpr std::string_view kFirst = "== dumpstate: ";
  if (!answer.ran()) return Ended(answer);
  if (!std::string_view(answer.out).substr(0, 2000).contains(kFirst))
    return Fail(ErrorCode::kNotReadable,
                "this phone has no program for it (neither bugreportz nor bugreport)");
  FetchedReport report{.name = "bugreport.txt", .bytes = {}};
  const Bytes bytes = AsBytes(answer.out);
  report.bytes.assign(bytes.begin(), bytes.end());
  return report;
}

}  // namespace

Result<FetchedReport> FetchBugReport(ports::Phone& phone,
                                     const std::function<void(std::string_view)>& progress,
                                     const language::Language& language) {
  if (progress) progress(language.Say(kLiveSays.report_begins));
  Progress writing(progress, language);
  const PhoneAnswer answer =
      phone.Follow({.line = "bugreportz -p", .time_out = kWriteTime}, [&](std::string_view text) {
        writing.Push(text);
        return true;
      });
  writing.End();
  if (!writing.failure().empty()) return Fail(ErrorCode::kNotReadable, writing.failure());
  if (!answer.ran()) return Ended(answer);
  if (writing.path().empty()) return FetchText(phone);

  FetchedReport report;
  report.name = writing.path().substr(writing.path().rfind('/') + 1);
  bool too_large = false;
  std::size_t shown = 0;
  const auto pulled = phone.Pull(writing.path(), [&](Bytes bytes) {
    too_large = report.bytes.size() + bytes.size() > kReportBytesMax;
    if (too_large) return false;
    report.bytes.insert(report.bytes.end(), bytes.begin(), bytes.end());
    if (progress && report.bytes.size() >> 20 != shown) {
      shown = report.bytes.size() >> 20;
      progress(language.Say(kLiveSays.report_fetched, {{"megabytes", shown}}));
    }
    return true;
  });
  if (too_large)
    return Fail(ErrorCode::kTooLarge,
                fmt::format("its report is larger than {} MB", kReportBytesMax >> 20));
  if (!pulled) return std::unexpected(pulled.error());
  return report;
}

}  // namespace bk::app
