#include "app/desk/desk_room.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <random>
#include <utility>

#include "app/desk/orders.h"
#include "app/desk/stop_clock.h"
#include "app/evidence_json.h"

namespace bk::app {
namespace {

using std::chrono::milliseconds;
// Before a cable that cannot be watched is looked at again.
constexpr milliseconds kLookAgain{2'000};

std::string RandomId() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

std::int64_t WallNow() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

DeskRoom::DeskRoom(DeskOptions with)
    : options(std::move(with)),
      parts(WallNow()),
      board(
          [this](std::string task) {
            parts.Set("task", std::move(task), options.simulated != nullptr);
          },
          WallNow),
      last_task(static_cast<std::uint64_t>(WallNow())),
      run_id(RandomId()),
      named_files(options.world.files) {}

DeskRoom::~DeskRoom() { Close(); }

void DeskRoom::Open() {
  Lock lock(mutex);
  parts.Set("task", "null", options.simulated != nullptr);
  TakeUp();
  ShowPhones();
  ShowFiles();
  ShowReport();
  ShowInterview();
  ShowOutcome();
  ShowSettings();
  Set("plan", plan);
  Set("everyday", everyday);
  SetBand();
  ShowRepairs(nullptr);
  if (options.work) worker = std::thread([this] { Work(); });
}

void DeskRoom::Close() {
  {
    const std::lock_guard lock(mutex);
    if (closing) return;
    closing = true;
    wake.notify_all();
  }
  board.RequestStop();
  if (options.interrupt) options.interrupt();
  if (worker.joinable()) worker.join();
}

std::optional<Answered> DeskRoom::Busy() const {
  if (!job && board.running() == 0) return std::nullopt;
  return Answered::Wrong(409, "busy",
                         Say(kDeskSays.busy, {{"kind", job ? job_kind : board.kind()}}));
}

Answered DeskRoom::Start(Lock&, std::string kind, std::vector<std::string> can, Run run) {
  if (closing) return Answered::Wrong(503, "closing", Say(kDeskSays.closing));
  if (auto busy = Busy()) return *busy;
  if (!options.work) return {.status = 202, .body = {{"task", ++last_task}}};
  job = std::move(run);
  job_kind = std::move(kind);
  job_can = std::move(can);
  const std::uint64_t id = ++last_task;
  // Shown at once, so that whoever looks next sees that it is taken.
  board.Begin(id, job_kind, job_can);
  Keep();
  wake.notify_all();
  if (waiting_on_cable && options.interrupt) options.interrupt();
  return {.status = 202, .body = {{"task", id}}};
}

World DeskRoom::TaskWorld() {
  World world = options.world;
  world.files = &named_files;
  world.person = nullptr;
  world.say = nullptr;
  world.store = nullptr;  // answers are the desk's to keep
  world.progress = [this](std::string_view text) { board.Progress(Clean(text)); };
  if (options.world.clock)
    world.clock = [this]() -> std::unique_ptr<ports::Clock> {
      return std::make_unique<StopClock>(options.world.clock(), board.stop_flag());
    };
  return world;
}

std::string DeskRoom::Clean(std::string_view text) {
  const std::lock_guard lock(mutex);
  return privacy.Scrub(ValidUtf8(text));
}

void DeskRoom::Work() {
  LookAtRepairs();
  LookAtBands();
  Lock lock(mutex);
  while (true) {
    if (job) {
      RunJob(lock);
      continue;
    }
    if (closing) return;
    WatchCable(lock);
  }
}

void DeskRoom::WatchCable(Lock& lock) {
  if (options.world.phones == nullptr || !options.track) {
    if (options.world.phones != nullptr) {
      auto list = options.world.phones->List();
      if (list) {
        phones = *std::move(list);
        phones_error.reset();
      } else {
        phones_error = list.error();
      }
      ShowPhones();
    }
    wake.wait(lock, [&] { return closing || job; });
    return;
  }
  waiting_on_cable = true;
  lock.unlock();
  const Status tracked =
      options.world.phones->Track([this](std::span<const ports::PhoneSeen> seen) {
        const std::lock_guard inner(mutex);
        phones.assign(seen.begin(), seen.end());
        phones_error.reset();
        ShowPhones();
        return !closing && !job;
      });
  lock.lock();
  waiting_on_cable = false;
  if (closing || job || tracked) return;
  if (tracked.error().code != ErrorCode::kStopped) {
    phones.clear();
    phones_error = tracked.error();
    ShowPhones();
  }
  wake.wait_for(lock, kLookAgain, [&] { return closing || job; });
}

void DeskRoom::RunJob(Lock& lock) {
  const Run run = *std::exchange(job, std::nullopt);
  const std::string kind = job_kind;
  const std::uint64_t id = board.running();
  ShowPhones();
  lock.unlock();
  TaskResult result = run();
  LookAtRepairs();
  if (options.after_task) options.after_task();
  lock.lock();
  if (result.error && result.error->code == ErrorCode::kStopped) result.stopped = true;
  const auto clean = [&](std::string_view text) { return privacy.Scrub(ValidUtf8(text)); };
  Json told = {{"task", id},
               {"kind", kind},
               {"ended", WallNow()},
               {"good", result.good},
               {"stopped", result.stopped},
               {"text", clean(result.error ? result.error->message : result.text)},
               {"error", nullptr},
               {"result", std::move(result.result)}};
  static constexpr std::array<const char*, 9> kCodes = {
      "not_found", "not_readable", "not_supported", "not_ours", "invalid",
      "too_large", "timed_out",    "stopped",       "refused"};
  if (result.error)
    told["error"] = {{"code", kCodes[static_cast<std::size_t>(result.error->code)]},
                     {"text", clean(result.error->message)}};
  // The outcome first: a page never sees neither.
  outcome = told;
  outcome["log"] = Json::array();
  ShowOutcome();
  outcome["log"] = board.End();
  ShowOutcome();
  Keep();
  ShowPhones();
}

}  // namespace bk::app
