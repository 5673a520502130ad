// The task that runs, as both sides of it see it: the worker tells and asks, the page looks,
// answers and stops. Safe for several threads; only Ask and HoldWhilePaused wait.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bk::app {

class TaskBoard {
 public:
  using Json = nlohmann::ordered_json;

  // `publish` gets the part "task" as JSON text ("null": nothing runs) after each change that is
  // worth it; `now`: wall-clock milliseconds.
  TaskBoard(std::function<void(std::string)> publish, std::function<std::int64_t()> now);

  // ---- for the worker
  void Begin(std::uint64_t id, std::string kind, std::vector<std::string> can);
  // Gives the log.
  Json End();
  void Progress(std::string_view text, std::optional<std::int64_t> left_seconds = std::nullopt);
  // `entry` has a kind and a text; the time is added.
  void Log(Json entry);
  void SetStep(Json step);          // null: none
  void SetWatching(Json watching);  // null: none

  struct Question {
    std::string kind;   // "yes_no_stop", "finding", "typed_word", "choice", "done"
    std::string about;  // docs/page-api.md
    std::string text;
    Json more = Json::object();     // fields beside id, kind, about, text
    std::function<Json()> preview;  // run by the worker while it waits; empty: there is none
    // Likewise: a simulated owner does what is asked for; true: it is done. Of kind "done" alone.
    std::function<bool()> owner;
    std::size_t options = 0;  // of a choice
  };
  struct Answer {
    enum class Is : std::uint8_t { kYes, kNo, kUnknown, kTyped, kChosen, kStop };
    Is is = Is::kStop;
    std::string word;        // of kTyped
    std::size_t choice = 0;  // of kChosen
    bool by_owner = false;   // of kYes: the simulated owner has done it
  };
  // Until it is answered or the task is stopped (kStop).
  Answer Ask(const Question& question);
  // Until nothing is paused; false: stopped.
  bool HoldWhilePaused();
  // Whether the page has had enough of waiting since the last call.
  bool TakeEnough();
  [[nodiscard]] const std::atomic<bool>& stop_flag() const { return stop_; }
  [[nodiscard]] bool stopped() const { return stop_; }
  void RequestStop();  // likewise for the page

  // ---- for the page. kNotFound: that question or task is over; kInvalid: no answer to it.
  Status Reply(std::string_view id, const Json& answer);
  Status WantPreview(std::string_view id);
  Status Stop(std::uint64_t task);
  Status Pause(std::uint64_t task, bool paused);
  Status Enough(std::uint64_t task);
  [[nodiscard]] std::uint64_t running() const;  // 0: nothing
  [[nodiscard]] std::string kind() const;

 private:
  using Lock = std::unique_lock<std::mutex>;
  void Publish(Lock& lock, bool quick = false);
  void AddLog(Json entry);
  [[nodiscard]] bool Can(std::string_view what) const;

  const std::function<void(std::string)> publish_;
  const std::function<std::int64_t()> now_;
  mutable std::mutex mutex_;
  std::mutex publishing_;  // what is published comes in the order of the changes
  std::condition_variable changed_;
  std::atomic<bool> stop_ = false;

  std::uint64_t id_ = 0;
  std::string kind_;
  std::vector<std::string> can_;
  std::int64_t since_ = 0, published_at_ = 0;
  std::string progress_;
  std::optional<std::int64_t> left_seconds_;
  Json step_, watching_;
  bool paused_ = false, enough_ = false;
  std::vector<Json> log_;
  std::size_t log_dropped_ = 0;
  std::uint64_t questions_ = 0;  // asked by this task
  const Question* question_ = nullptr;
  std::string question_id_;
  Json commands_;
  bool want_preview_ = false;
  bool want_owner_ = false, owner_failed_ = false;
  std::optional<Answer> answer_;
};

}  // namespace bk::app
