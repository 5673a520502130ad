#include "app/desk/task_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace bk::app {
namespace {

using Json = TaskBoard::Json;
using Is = TaskBoard::Answer::Is;

constexpr std::size_t kLogMax = 500;
constexpr std::size_t kWordBytesMax = 200;
// Progress comes by the packet; an eye reads no faster.
constexpr std::int64_t kQuickMillis = 100;

std::string TextOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// nullopt: no answer to such a question.
std::optional<TaskBoard::Answer> Parse(const TaskBoard::Question& question, const Json& json) {
  const std::string said = TextOf(json, "answer");
  if (said == "stop") return TaskBoard::Answer{.is = Is::kStop};
  const std::string& kind = question.kind;
  if (kind == "yes_no_stop" || kind == "finding") {
    if (said == "yes") return TaskBoard::Answer{.is = Is::kYes};
    if (said == "no") return TaskBoard::Answer{.is = Is::kNo};
    if (said == "unknown" && kind == "finding") return TaskBoard::Answer{.is = Is::kUnknown};
  } else if (kind == "done") {
    if (said == "done") return TaskBoard::Answer{.is = Is::kYes};
    if (said == "not_done") return TaskBoard::Answer{.is = Is::kNo};
  } else if (kind == "typed_word") {
    if (said == "no") return TaskBoard::Answer{.is = Is::kNo};
    std::string word = TextOf(json, "word");
    if (said == "typed" && word.size() <= kWordBytesMax)
      return TaskBoard::Answer{.is = Is::kTyped, .word = std::move(word)};
  } else if (kind == "choice") {
    if (said == "none") return TaskBoard::Answer{.is = Is::kNo};
    if (said == "unknown") return TaskBoard::Answer{.is = Is::kUnknown};
    const auto choice = json.find("choice");
    if (said == "choose" && choice != json.end() && choice->is_number_integer() &&
        choice->get<std::int64_t>() >= 0 && choice->get<std::uint64_t>() < question.options)
      return TaskBoard::Answer{.is = Is::kChosen, .choice = choice->get<std::size_t>()};
  }
  return std::nullopt;
}

std::unexpected<Error> Over() {
  return Fail(ErrorCode::kNotFound, "That is over already; the page shows how it stands.");
}

}  // namespace

TaskBoard::TaskBoard(std::function<void(std::string)> publish, std::function<std::int64_t()> now)
    : publish_(std::move(publish)), now_(std::move(now)) {}

void TaskBoard::Begin(std::uint64_t id, std::string kind, std::vector<std::string> can) {
  Lock lock(mutex_);
  id_ = id;
  kind_ = std::move(kind);
  can_ = std::move(can);
  since_ = now_();
  progress_.clear();
  left_seconds_.reset();
  step_ = watching_ = commands_ = nullptr;
  paused_ = enough_ = want_preview_ = want_owner_ = false;
  log_.clear();
  log_dropped_ = 0;
  questions_ = 0;
  question_ = nullptr;
  answer_.reset();
  stop_ = false;
  Publish(lock);
}

Json TaskBoard::End() {
  Lock lock(mutex_);
  id_ = 0;
  Json log = Json::array();
  for (Json& entry : log_) log.push_back(std::move(entry));
  log_.clear();
  Publish(lock);
  return log;
}

void TaskBoard::Progress(std::string_view text, std::optional<std::int64_t> left_seconds) {
  Lock lock(mutex_);
  if (id_ == 0 || (progress_ == text && left_seconds_ == left_seconds)) return;
  progress_ = text;
  left_seconds_ = left_seconds;
  Publish(lock, true);
}

void TaskBoard::Log(Json entry) {
  Lock lock(mutex_);
  if (id_ == 0) return;
  AddLog(std::move(entry));
  Publish(lock);
}

void TaskBoard::AddLog(Json entry) {
  Json dated = {{"at", now_()}};
  dated.update(entry);
  log_.push_back(std::move(dated));
  if (log_.size() > kLogMax) {
    log_.erase(log_.begin());
    ++log_dropped_;
  }
}

void TaskBoard::SetStep(Json step) {
  Lock lock(mutex_);
  step_ = std::move(step);
  Publish(lock);
}

void TaskBoard::SetWatching(Json watching) {
  Lock lock(mutex_);
  if (watching_ == watching) return;
  watching_ = std::move(watching);
  Publish(lock, true);
}

TaskBoard::Answer TaskBoard::Ask(const Question& question) {
  Lock lock(mutex_);
  question_ = &question;
  question_id_ = fmt::format("{}.{}", id_, ++questions_);
  commands_ = nullptr;
  want_preview_ = want_owner_ = owner_failed_ = false;
  answer_.reset();
  Publish(lock);
  while (!answer_ && !stop_) {
    changed_.wait(lock, [&] { return answer_ || stop_ || want_preview_ || want_owner_; });
    if (answer_ || stop_) continue;
    if (std::exchange(want_owner_, false)) {
      lock.unlock();
      const bool done = question.owner();
      lock.lock();
      owner_failed_ = !done;
      if (done && !answer_) answer_ = Answer{.is = Is::kYes, .by_owner = true};
      if (!done) Publish(lock);
      continue;
    }
    if (!std::exchange(want_preview_, false)) continue;
    lock.unlock();
    Json lines = question.preview();
    lock.lock();
    commands_ = std::move(lines);
    Publish(lock);
  }
  const Answer answer = stop_ ? Answer{} : *answer_;
  question_ = nullptr;
  commands_ = nullptr;
  static constexpr std::array<std::string_view, 6> kSaid = {"yes",   "no",     "unknown",
                                                            "typed", "chosen", "stop"};
  AddLog({{"kind", "asked"},
          {"text", question.text},
          {"about", question.about},
          {"answer", answer.by_owner ? "owner" : kSaid[static_cast<std::size_t>(answer.is)]}});
  Publish(lock);
  return answer;
}

bool TaskBoard::HoldWhilePaused() {
  Lock lock(mutex_);
  changed_.wait(lock, [&] { return !paused_ || stop_; });
  return !stop_;
}

bool TaskBoard::TakeEnough() {
  const Lock lock(mutex_);
  return std::exchange(enough_, false);
}

void TaskBoard::RequestStop() {
  Lock lock(mutex_);
  stop_ = true;
  changed_.notify_all();
  Publish(lock);
}

Status TaskBoard::Reply(std::string_view id, const Json& json) {
  const Lock lock(mutex_);
  if (question_ == nullptr || answer_ || stop_ || id != question_id_) return Over();
  if (TextOf(json, "answer") == "owner" && question_->owner && !owner_failed_) {
    want_owner_ = true;
    changed_.notify_all();
    return {};
  }
  auto answer = Parse(*question_, json);
  if (!answer) return Fail(ErrorCode::kInvalid, "That is no answer to this question.");
  answer_ = std::move(answer);
  changed_.notify_all();
  return {};
}

Status TaskBoard::WantPreview(std::string_view id) {
  const Lock lock(mutex_);
  if (question_ == nullptr || answer_ || id != question_id_) return Over();
  if (!question_->preview) return Fail(ErrorCode::kInvalid, "Nothing is done over the cable here.");
  want_preview_ = true;
  changed_.notify_all();
  return {};
}

Status TaskBoard::Stop(std::uint64_t task) {
  {
    const Lock lock(mutex_);
    if (id_ == 0 || task != id_) return Over();
  }
  RequestStop();
  return {};
}

Status TaskBoard::Pause(std::uint64_t task, bool paused) {
  Lock lock(mutex_);
  if (id_ == 0 || task != id_) return Over();
  if (!Can("pause")) return Fail(ErrorCode::kInvalid, "This cannot be paused.");
  paused_ = paused;
  changed_.notify_all();
  Publish(lock);
  return {};
}

Status TaskBoard::Enough(std::uint64_t task) {
  const Lock lock(mutex_);
  if (id_ == 0 || task != id_) return Over();
  if (!Can("enough")) return Fail(ErrorCode::kInvalid, "Nothing is waited for here.");
  enough_ = true;
  return {};
}

bool TaskBoard::Can(std::string_view what) const {
  return std::ranges::find(can_, what) != can_.end();
}

std::uint64_t TaskBoard::running() const {
  const Lock lock(mutex_);
  return id_;
}

std::string TaskBoard::kind() const {
  const Lock lock(mutex_);
  return kind_;
}

void TaskBoard::Publish(Lock& lock, bool quick) {
  const std::int64_t now = now_();
  if (quick && now >= published_at_ && now - published_at_ < kQuickMillis) return;
  published_at_ = now;
  Json json;
  if (id_ != 0) {
    json = {{"id", id_},
            {"kind", kind_},
            {"since", since_},
            {"progress", progress_},
            {"left_seconds", left_seconds_ ? Json(*left_seconds_) : Json()},
            {"stopping", stop_.load()},
            {"paused", paused_},
            {"can", can_}};
    json["question"] = nullptr;
    if (question_ != nullptr && !answer_ && !stop_) {
      json["question"] = {{"id", question_id_},
                          {"kind", question_->kind},
                          {"about", question_->about},
                          {"text", question_->text}};
      json["question"].update(question_->more);
      json["question"]["preview"] = question_->preview != nullptr;
      json["question"]["commands"] = commands_;
      if (question_->kind == "done")
        json["question"]["owner"] = question_->owner != nullptr && !owner_failed_;
    }
    json["step"] = step_;
    json["watching"] = watching_;
    json["log"] = log_;
    json["log_dropped"] = log_dropped_;
  }
  std::unique_lock order(publishing_);
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  lock.unlock();
  publish_(std::move(text));
  order.unlock();  // before the other lock: that one is taken first everywhere
  lock.lock();
}

}  // namespace bk::app
