#include "app/repair/goal_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "android/report.h"
#include "base/shell_quote.h"
#include "base/text.h"

namespace bk::app {
namespace {

using ports::PhoneAnswer;
using ports::PhoneCommand;

constexpr std::chrono::milliseconds kTimeOut{10'000};
constexpr std::size_t kBytesMax = std::size_t{8} * 1024 * 1024;

bool Digits(std::string_view text, std::string_view shape) {
  return text.size() == shape.size() && std::ranges::equal(text, shape, [](char c, char s) {
           return s == '0' ? c >= '0' && c <= '9' : c == s;
         });
}

}  // namespace

GoalWatch::GoalWatch(ports::Phone& phone, const ports::PatternCompiler& patterns,
                     std::span<const evidence::CompanionApp> apps, evidence::BandId band,
                     std::string companion)
    : phone_(phone),
      patterns_(patterns),
      apps_(apps),
      band_(std::move(band)),
      companion_(std::move(companion)) {}

Status GoalWatch::Begin() {
  const PhoneAnswer answer =
      phone_.Run({.line = "date '+%m-%d %H:%M:%S'", .time_out = kTimeOut, .bytes_max = 1024});
  const std::string_view now = Trim(std::string_view(answer.out).substr(0, answer.out.find('\n')));
  if (!answer.ran() || !Digits(now, "00-00 00:00:00"))
    return Fail(
        answer.end == PhoneAnswer::End::kStopped ? ErrorCode::kStopped : ErrorCode::kNotReadable,
        "The phone does not tell its time.");
  since_ = std::string(now) + ".000";
  return {};
}

GoalSeen GoalWatch::Look() {
  const std::array<PhoneCommand, 2> commands = {
      PhoneCommand{
          .line = "dumpsys bluetooth_manager", .time_out = kTimeOut, .bytes_max = kBytesMax},
      PhoneCommand{.line = "logcat -d -v threadtime -b main,system -T " + ShellQuote(since_),
                   .time_out = kTimeOut,
                   .bytes_max = kBytesMax}};
  const std::vector<PhoneAnswer> answers = phone_.Run(commands);
  GoalSeen seen;
  if (answers.size() != commands.size() || !answers[0].ran()) return seen;
  seen.answered = true;
  android::ReportReader reader(patterns_, apps_);
  reader.AddOutput(commands[0].line, AsBytes(answers[0].out), phone_.serial());
  reader.AddOutput("logcat -d -v threadtime", AsBytes(answers[1].out), phone_.serial());
  const android::PhoneState state = std::move(reader).Finish();

  const bool known = band_.address || !band_.masked_address.empty();
  const auto of_companion = [&](std::string_view package) {
    if (!companion_.empty()) return package == companion_;
    return std::ranges::any_of(apps_, [&](const evidence::CompanionApp& app) {
      return app.speaks_to_band4 && std::ranges::count(app.packages, package) > 0;
    });
  };
  for (const android::AppRadioUse& app : state.bluetooth.apps)
    for (const android::GattConnection& connection : app.connections)
      if (app.map == android::MapKind::kClient && of_companion(app.package) &&
          (!known || band_.MayBe(connection.address))) {
        seen.link = true;
        seen.link_text = fmt::format("{} holds a connection to the band.", app.package);
      }
  for (const android::OpenLink& link : state.bluetooth.open_links)
    if (!seen.link && known && link.le != false && band_.MayBe(link.address)) {
      seen.link = true;
      seen.link_text = "The phone's Bluetooth is connected with the band.";
    }
  for (const android::log::LogFact& fact : state.log.facts)
    if (fact.kind == android::log::FactKind::kSyncCompleted &&
        (fact.package.empty() || of_companion(fact.package))) {
      seen.synced = true;
      seen.sync_text = fmt::format("A sync came to its end at {}.", FormatInstant(fact.at));
    }
  return seen;
}

}  // namespace bk::app
