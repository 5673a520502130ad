#include "app/phone/collect_phone.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/phone/messages.h"
#include "base/shell_quote.h"
#include "base/text.h"

namespace bk::app {
namespace {

using namespace std::chrono_literals;
using evidence::LossKind;
using ports::PhoneAnswer;
using ports::PhoneCommand;
using End = PhoneAnswer::End;

// Android's levels by number.
constexpr int kAndroid7 = 24, kAndroid8 = 26, kAndroid10 = 29, kAndroid11 = 30, kAndroid13 = 33;

// A dump of a busy phone is some MB, and some thirty are kept at once; dumpsys itself gives up on a
// service after 10 s.
constexpr std::size_t kDumpBytesMax = std::size_t{12} << 20;
constexpr auto kDumpTime = 15'000ms;
constexpr std::size_t kSmallBytesMax = std::size_t{1} << 20;
constexpr auto kSmallTime = 8'000ms;
// The newest lines: a phone keeps up to some hundred thousand, and a failure is looked into soon.
constexpr int kLogLines = 50'000;
constexpr std::size_t kPackagesMax = 50;
// For a silent one after the others, and as long again as they took (ports/phone.h).
constexpr auto kStraggle = 1'200ms;

PhoneCommand Dump(std::string service) {
  return {.line = "dumpsys " + service, .time_out = kDumpTime, .bytes_max = kDumpBytesMax};
}
PhoneCommand Small(std::string line) {
  return {.line = std::move(line), .time_out = kSmallTime, .bytes_max = kSmallBytesMax};
}

constexpr std::string_view kGetprop = "getprop";
constexpr std::string_view kDate = "date '+%Y-%m-%d %H:%M:%S'";
constexpr std::string_view kCurrentUser = "am get-current-user";
constexpr std::string_view kPackages = "pm list packages";
// Set on phones of `bandkeeper simulate` alone.
constexpr std::string_view kSimulated = "ro.bandkeeper.simulated";

std::string_view Property(std::string_view getprop, std::string_view name) {
  const auto value = After(getprop, fmt::format("[{}]: [", name), "]\n");
  return value ? *value : std::string_view();
}

// Answers that the readers take no part in.
bool IsForUs(std::string_view line) { return line == kCurrentUser; }

// What a phone says instead where a version has no such command: no evidence is lost.
bool IsAbsent(const PhoneAnswer& answer) {
  return answer.exit == 127 || answer.err.contains("Can't find service: ") ||
         answer.err.contains("Unknown command: ") || answer.err.contains("Unknown option: ");
}

// Null: it is whole.
const Message* Cut(const PhoneAnswer& answer) {
  switch (answer.end) {
    case End::kExited:
      return nullptr;
    case End::kTimedOut:
      return &kLiveSays.took_too_long;
    case End::kTooLong:
      return &kLiveSays.too_long;
    default:
      return &kLiveSays.connection_lost;
  }
}

class Collector {
 public:
  Collector(const ports::PatternCompiler& patterns, std::span<const evidence::CompanionApp> apps,
            const language::Language& language)
      : reader_(patterns, apps), language_(language) {}

  // False: the person wants to stop.
  void Take(const PhoneCommand& command, PhoneAnswer answer) {
    ++asked_;
    if (answer.end == End::kStopped) stopped_ = true;
    if (answer.end == End::kRefused || answer.end == End::kCut) {
      if (why_.empty()) why_ = answer.why;
      if (answer.out.empty()) {
        ++unanswered_;
        Lose(LossKind::kRefused, command,
             language_.Say(kLiveSays.no_answer, {{"why", answer.why}}));
        return;
      }
    }
    if (answer.end != End::kCut && answer.end != End::kRefused && answer.end != End::kStopped)
      ++answered_;
    if (IsForUs(command.line)) return;
    if (answer.out.empty() && answer.err.empty() && answer.ran()) return;
    if (answer.out.empty() && answer.end == End::kTimedOut)
      return Lose(LossKind::kTruncated, command,
                  language_.Say(kLiveSays.too_slow, {{"why", answer.why}}));
    // What dumpsys and the shell complain about is no output, but the only answer at times.
    std::string& text = answer.out.empty() ? answer.err : answer.out;
    if (answer.out.empty() && IsAbsent(answer) &&
        !text.contains("Can't find service: bluetooth_manager"))
      return;
    const Message* const cut = Cut(answer);
    if (cut != nullptr)
      Lose(answer.end == End::kTooLong ? LossKind::kTooLarge : LossKind::kTruncated, command,
           language_.Say(kLiveSays.not_whole, {{"why", language_.Say(*cut)}}));
    texts_.push_back(std::make_unique<std::string>(std::move(text)));
    reader_.AddOutput(command.line, AsBytes(*texts_.back()), kLivePhone,
                      cut == nullptr ? std::string() : std::string(cut->english));
  }

  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] bool answers() const { return answered_ > 0; }
  [[nodiscard]] const std::string& why() const { return why_; }

  // So that no report of it is mistaken for a real phone's.
  void NoteSimulated() { simulated_ = true; }

  void NoteUser(int user) {
    if (user == 0) return;
    losses_.push_back({.kind = LossKind::kUnsupported,
                       .where = {.file = kLivePhone},
                       .text = language_.Say(kLiveSays.other_user, {{"user", user}})});
  }

  CollectedPhone Finish() && {
    // One sentence where the cable was pulled out, not one for each command.
    constexpr std::size_t kFew = 3;
    if (unanswered_ > kFew) {
      std::erase_if(losses_,
                    [](const evidence::Loss& loss) { return loss.kind == LossKind::kRefused; });
      losses_.push_back(
          {.kind = LossKind::kRefused,
           .where = {.file = kLivePhone},
           .count = unanswered_,
           .text = language_.Say(kLiveSays.no_answers,
                                 {{"count", unanswered_}, {"asked", asked_}, {"why", why_}})});
    }
    CollectedPhone collected{.state = std::move(reader_).Finish(),
                             .losses = std::move(losses_),
                             .texts = std::move(texts_)};
    const evidence::Phone& phone = collected.state.phone;
    std::string name = phone.model.empty() ? language_.Say(kLiveSays.a_phone) : phone.model;
    if (!phone.android_version.empty()) name += fmt::format(", Android {}", phone.android_version);
    if (simulated_) name = language_.Say(kLiveSays.simulated, {{"phone", name}});
    collected.description = language_.Say(
        kLiveSays.asked, {{"phone", name}, {"answered", answered_}, {"asked", asked_}});
    return collected;
  }

 private:
  void Lose(LossKind kind, const PhoneCommand& command, std::string text) {
    losses_.push_back({.kind = kind,
                       .where = {.file = kLivePhone, .member = command.line},
                       .text = std::move(text)});
  }

  android::ReportReader reader_;
  const language::Language& language_;
  std::vector<evidence::Loss> losses_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::uint64_t asked_ = 0, answered_ = 0, unanswered_ = 0;
  std::string why_;
  bool stopped_ = false, simulated_ = false;
};

}  // namespace

PhoneBasics ReadBasics(std::string_view getprop, std::string_view current_user,
                       std::string_view package_list,
                       std::span<const evidence::CompanionApp> apps) {
  PhoneBasics basics;
  basics.sdk = ParseInt<int>(Property(getprop, "ro.build.version.sdk")).value_or(0);
  basics.maker = Property(getprop, "ro.product.manufacturer");
  std::string_view line;
  if (NextLine(current_user, line))
    if (const auto user = ParseInt<int>(Trim(line)); user && *user >= 0) basics.user = *user;
  for (std::string_view rest = package_list; NextLine(rest, line);) {
    std::string_view name = Trim(line);
    constexpr std::string_view kStart = "package:";
    if (!name.starts_with(kStart)) continue;
    name.remove_prefix(kStart.size());
    if (android::IsOfInterest(name, apps) && basics.packages.size() < kPackagesMax)
      basics.packages.emplace_back(name);
  }
  return basics;
}

std::vector<PhoneCommand> FirstCommands() {
  std::vector<PhoneCommand> commands;
  for (const std::string_view line : {kGetprop, kDate, kCurrentUser, kPackages})
    commands.push_back(Small(std::string(line)));
  return commands;
}

std::vector<PhoneCommand> CommandsFor(const PhoneBasics& basics) {
  const int sdk = basics.sdk == 0 ? kAndroid8 : basics.sdk;
  std::vector<PhoneCommand> commands;
  // The slow ones first, so that the quick ones run beside them.
  const bool uids = sdk >= kAndroid7;
  for (const std::string_view buffers : {"-b main -b system", "-b events -b crash"})
    commands.push_back({.line = fmt::format("logcat -d -t {} -v threadtime{} {}", kLogLines,
                                            uids ? " -v uid" : "", buffers),
                        .time_out = kDumpTime,
                        .bytes_max = kDumpBytesMax});
  for (const char* service :
       {"bluetooth_manager", "batterystats --charged", "usagestats", "activity services",
        "activity processes", "notification", "appops", "jobscheduler", "alarm", "connectivity",
        "location", "power", "netpolicy", "deviceidle", "battery", "device_policy", "user"})
    commands.push_back(Dump(service));
  if (sdk >= kAndroid8) commands.push_back(Dump("companiondevice"));
  if (sdk >= kAndroid10) commands.push_back(Dump("time_detector"));
  if (sdk >= kAndroid11)
    for (const char* service : {"activity exit-info", "time_zone_detector"})
      commands.push_back(Dump(service));
  if (StartsWithNoCase(basics.maker, "samsung")) commands.push_back(Dump("activity mars"));
  for (const char* space : {"global", "secure", "system"})
    commands.push_back(Small(basics.user == 0
                                 ? fmt::format("settings list {}", space)
                                 : fmt::format("settings list --user {} {}", basics.user, space)));
  if (sdk >= kAndroid8) commands.push_back(Small("pm list packages -U"));
  commands.push_back(Small("pm list features"));
  commands.push_back(Small("uptime"));
  for (const std::string& package : basics.packages) {
    commands.push_back(Dump("package " + ShellQuote(package)));
    if (sdk >= kAndroid13)
      commands.push_back(Small("am get-bg-restriction-level " + ShellQuote(package)));
  }
  return commands;
}

Result<CollectedPhone> CollectPhone(ports::Phone& phone, const ports::PatternCompiler& patterns,
                                    std::span<const evidence::CompanionApp> apps, Patience patience,
                                    const language::Language* language) {
  static const language::Language kEnglish;
  const language::Language& spoken = language == nullptr ? kEnglish : *language;
  Collector collector(patterns, apps, spoken);
  const auto ask = [&](std::span<PhoneCommand> commands) {
    if (patience == Patience::kBrisk)
      for (PhoneCommand& command : commands) command.straggle = kStraggle;
    std::vector<PhoneAnswer> answers = phone.Run(commands);
    answers.resize(commands.size());
    return answers;
  };
  std::vector<PhoneCommand> first = FirstCommands();
  std::vector<PhoneAnswer> answers = ask(first);
  const PhoneBasics basics = ReadBasics(answers[0].out, answers[2].out, answers[3].out, apps);
  if (!Property(answers[0].out, kSimulated).empty()) collector.NoteSimulated();
  const auto take = [&](std::span<const PhoneCommand> commands) {
    for (std::size_t i = 0; i < commands.size(); ++i)
      collector.Take(commands[i], std::move(answers[i]));
  };
  take(first);
  if (collector.stopped()) return Fail(ErrorCode::kStopped, spoken.Say(kLiveSays.stopped));
  if (!collector.answers())
    return Fail(ErrorCode::kNotReadable,
                collector.why().empty() ? spoken.Say(kLiveSays.silent) : collector.why());
  collector.NoteUser(basics.user);
  std::vector<PhoneCommand> rest = CommandsFor(basics);
  answers = ask(rest);
  take(rest);
  if (collector.stopped()) return Fail(ErrorCode::kStopped, spoken.Say(kLiveSays.stopped));
  return std::move(collector).Finish();
}

}  // namespace bk::app
