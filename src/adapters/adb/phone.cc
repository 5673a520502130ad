#include "adapters/adb/phone.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/adb/pull.h"
#include "adapters/adb/service.h"
#include "base/text.h"
#include "codec/adb/sync.h"

namespace bk::adapters::adb {
namespace {

namespace asio = boost::asio;
using ports::PhoneAnswer;
using ports::PhoneCommand;
using End = PhoneAnswer::End;

// A phone runs as many commands at once without making each of them slow.
constexpr std::size_t kAtOnce = 8;
// What all commands of one Run take together: as much as one may by itself, and three times as long
// as the most patient of them.
constexpr std::size_t kTogetherBytesMax = std::size_t{64} * 1024 * 1024;
constexpr int kTogetherTimes = 3;
constexpr std::chrono::milliseconds kRestartBegins{60'000};
constexpr std::chrono::milliseconds kLookAgain{400};

bool Lists(std::string_view features, std::string_view wanted) {
  while (!features.empty()) {
    const std::size_t comma = features.find(',');
    if (Trim(features.substr(0, comma)) == wanted) return true;
    if (comma == std::string_view::npos) break;
    features.remove_prefix(comma + 1);
  }
  return false;
}

using Moment = std::chrono::steady_clock::time_point;

// One service of a phone that hangs must not hold up what all the others have told.
void HurryTheLast(std::span<ShellJob* const> jobs, std::size_t next, Moment begun) {
  if (next < jobs.size()) return;
  const auto waits = [](const ShellJob* job) { return job->link != nullptr; };
  if (std::ranges::any_of(jobs, [&](const ShellJob* job) {
        return waits(job) && (job->spoke || job->command->straggle.count() == 0);
      }))
    return;
  const auto now = std::chrono::steady_clock::now();
  for (ShellJob* job : jobs) {
    if (!waits(job) || job->last) continue;
    const auto left = job->command->time_out - (now - job->begun);
    const auto more =
        std::min<std::chrono::nanoseconds>(left, job->command->straggle + (now - begun));
    if (more.count() <= 0) continue;
    job->last = true;
    job->link->Restart(job->Left(std::chrono::ceil<std::chrono::milliseconds>(more)));
  }
}

asio::awaitable<void> Worker(Talk& talk, const Device& device, std::span<ShellJob* const> jobs,
                             std::size_t& next, Moment begun) {
  while (next < jobs.size()) {
    ShellJob& job = *jobs[next++];
    co_await RunShell(talk, device, job);
    HurryTheLast(jobs, next, begun);
  }
}

struct RestartJob {
  Opened opened;
  bool gone = false;
};
asio::awaitable<void> RunRestart(Talk& talk, const Device& device, RestartJob& job) {
  Link link(talk, kRestartBegins);
  job.opened = co_await OpenService(link, device, "reboot:");
  if (!job.opened.ok) co_return;
  while (!(co_await link.Read()).empty()) {
  }
  job.gone = link.ended() == Link::Ended::kClosed;
  if (!job.gone) job.opened.end = EndOf(link.ended());
}

class AdbPhone : public ports::Phone {
 public:
  AdbPhone(std::shared_ptr<const Server> server, std::string serial) : server_(std::move(server)) {
    device_.serial = std::move(serial);
  }

  // kRefused and kNotFound leave the phone as an old one that can do neither.
  Status AskFeatures() {
    const auto phones = server_->Ask(fmt::format("host-serial:{}:features", device_.serial));
    if (!phones && phones.error().code != ErrorCode::kRefused)
      return std::unexpected(phones.error());
    const auto own = server_->Ask("host:host-features");
    if (!own && own.error().code != ErrorCode::kRefused) return std::unexpected(own.error());
    const auto both = [&](std::string_view feature) {
      return phones && own && Lists(*phones, feature) && Lists(*own, feature);
    };
    device_.shell_v2 = both("shell_v2");
    device_.stat_v2 = both("stat_v2");
    return {};
  }

  [[nodiscard]] const std::string& serial() const override { return device_.serial; }

  std::vector<PhoneAnswer> Run(std::span<const PhoneCommand> commands) override {
    std::vector<ShellJob> jobs(commands.size());
    std::chrono::milliseconds longest{0};
    for (const PhoneCommand& command : commands) longest = std::max(longest, command.time_out);
    Together together{.bytes_left = kTogetherBytesMax,
                      .until = std::chrono::steady_clock::now() + kTogetherTimes * longest};
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      jobs[i].command = &commands[i];
      if (jobs.size() > 1) jobs[i].together = &together;
    }
    RunJobs(jobs);
    std::vector<PhoneAnswer> answers;
    answers.reserve(jobs.size());
    for (ShellJob& job : jobs) answers.push_back(std::move(job.answer));
    return answers;
  }

  PhoneAnswer Follow(const PhoneCommand& command,
                     const std::function<bool(std::string_view)>& more) override {
    std::vector<ShellJob> jobs(1);
    jobs[0].command = &command;
    jobs[0].more = more;
    RunJobs(jobs);
    return std::move(jobs[0].answer);
  }

  Result<std::uint64_t> Pull(const std::string& path,
                             const std::function<bool(Bytes)>& take) override {
    if (path.empty() || path.size() > codec::adb::kSyncPathBytesMax)
      return Fail(ErrorCode::kInvalid, "No path of a file on a phone is as long.");
    PullJob job{.path = path, .take = &take, .silence = server_->options().pull_silence};
    for (bool again = false;; again = true) {
      Talk talk(server_->place());
      talk.Run(RunPull(talk, device_, job));
      if (!job.again || again) break;
      if (const Status ready = BeforeSecondTry(job.no_server); !ready) {
        job.result = ready;
        break;
      }
    }
    if (!job.result) return std::unexpected(job.result.error());
    return job.bytes;
  }

  Status Restart() override {
    boot_id_ = AskBootId();
    RestartJob job;
    Talk talk(server_->place());
    talk.Run(RunRestart(talk, device_, job));
    if (job.gone) return {};
    if (job.opened.end == End::kStopped) return Fail(ErrorCode::kStopped, "Stopped.");
    if (job.opened.ok)
      return Fail(ErrorCode::kTimedOut, "The phone was asked to restart and did not begin to.");
    return Fail(ErrorCode::kRefused, job.opened.why);
  }

  Status WaitUntilReady(std::chrono::milliseconds time_out) override {
    const auto end = std::chrono::steady_clock::now() + time_out;
    while (true) {
      BK_TRY(const bool ready, IsReady());
      if (ready) {
        boot_id_.clear();
        return AskFeatures();
      }
      if (std::chrono::steady_clock::now() >= end)
        return Fail(
            ErrorCode::kTimedOut,
            fmt::format("The phone was not ready within {} s.",
                        std::chrono::duration_cast<std::chrono::seconds>(time_out).count()));
      if (const Status waited = server_->Pause(std::min(kLookAgain, server_->options().retry));
          !waited)
        return waited;
    }
  }

 private:
  void RunJobs(std::vector<ShellJob>& jobs) {
    std::vector<ShellJob*> todo;
    for (ShellJob& job : jobs) todo.push_back(&job);
    for (bool again = false;; again = true) {
      Talk talk(server_->place());
      std::size_t next = 0;
      std::vector<Talk::Task> workers;
      for (std::size_t i = 0; i < std::min(kAtOnce, todo.size()); ++i)
        workers.push_back(Worker(talk, device_, todo, next, std::chrono::steady_clock::now()));
      talk.Run(std::move(workers));
      std::erase_if(todo, [](const ShellJob* job) { return !job->again; });
      if (todo.empty() || again) return;
      const bool no_server = std::ranges::any_of(todo, &ShellJob::no_server);
      if (const Status ready = BeforeSecondTry(no_server); !ready) {
        for (ShellJob* job : todo) {
          if (ready.error().code == ErrorCode::kStopped) job->answer.end = End::kStopped;
          job->answer.why = ready.error().message;
        }
        return;
      }
    }
  }

  [[nodiscard]] Status BeforeSecondTry(bool no_server) const {
    return no_server ? server_->Start() : server_->Pause(server_->options().retry);
  }

  // Another one after each start of the phone; empty where it cannot be read.
  std::string AskBootId() {
    const PhoneAnswer answer = ports::Phone::Run(
        PhoneCommand{.line = "cat /proc/sys/kernel/random/boot_id", .bytes_max = 200});
    return answer.ran() && answer.exit == 0 ? std::string(Trim(answer.out)) : std::string();
  }

  // Errors are those that waiting does not mend.
  Result<bool> IsReady() {
    const auto state = server_->Ask(fmt::format("host-serial:{}:get-state", device_.serial));
    if (!state) {
      if (state.error().code != ErrorCode::kRefused && state.error().code != ErrorCode::kTimedOut)
        return std::unexpected(state.error());
      if (IsHostAndPort(device_.serial))
        if (const auto asked = server_->Ask("host:connect:" + device_.serial);
            !asked && asked.error().code == ErrorCode::kStopped)
          return std::unexpected(asked.error());
      return false;
    }
    if (Trim(*state) != "device") return false;
    const PhoneAnswer answer =
        ports::Phone::Run(PhoneCommand{.line = "getprop sys.boot_completed", .bytes_max = 200});
    if (answer.end == End::kStopped) return Fail(ErrorCode::kStopped, "Stopped.");
    if (!answer.ran() || Trim(std::string_view(answer.out).substr(0, answer.out.find('\n'))) != "1")
      return false;
    // A phone that was asked to restart may answer for a while yet.
    return boot_id_.empty() || AskBootId() != boot_id_;
  }

  std::shared_ptr<const Server> server_;
  Device device_;
  std::string boot_id_;  // before the restart that was asked for
};

}  // namespace

Result<std::unique_ptr<ports::Phone>> OpenPhone(std::shared_ptr<const Server> server,
                                                std::string serial) {
  auto phone = std::make_unique<AdbPhone>(std::move(server), std::move(serial));
  if (const Status asked = phone->AskFeatures(); !asked) return std::unexpected(asked.error());
  return phone;
}

}  // namespace bk::adapters::adb
