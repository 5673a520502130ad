// A desk over a world of its own, for tests.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "app/desk/desk.h"
#include "ports/literal_scan.h"
#include "ports/store.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app::testing {

class MemoryStore final : public ports::Store {
 public:
  std::map<std::string, std::string> texts;
  Result<std::optional<Kept>> Load(const std::string& name) override {
    const auto found = texts.find(name);
    if (found == texts.end()) return std::nullopt;
    return Kept{.text = found->second};
  }
  Status Save(const std::string& name, std::string_view text) override {
    texts[name] = text;
    return {};
  }
  Status Remove(const std::string& name) override {
    texts.erase(name);
    return {};
  }
};

// Waits for parts to be as wanted: what a page does with the stream.
class PartsSeen {
 public:
  using Json = nlohmann::ordered_json;
  explicit PartsSeen(Desk& desk) : desk_(desk) {
    desk.parts().OnChange([this] {
      const std::lock_guard lock(mutex_);
      ++changes_;
      changed_.notify_all();
    });
  }
  ~PartsSeen() { desk_.parts().OnChange(nullptr); }
  [[nodiscard]] Json Now(std::string_view part) const {
    for (const Parts::Part& one : desk_.parts().Since(0))
      if (one.name == part) return Json::parse(*one.value);
    return nullptr;
  }
  // Gives the part as soon as `until` says so of it; null after a minute.
  Json Await(std::string_view part, const std::function<bool(const Json&)>& until) {
    std::unique_lock lock(mutex_);
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (true) {
      const std::uint64_t before = changes_;
      lock.unlock();
      Json json = Now(part);
      if (until(json)) return json;
      lock.lock();
      if (!changed_.wait_until(lock, end, [&] { return changes_ != before; })) return nullptr;
    }
  }
  // The outcome of that task, once it has ended and nothing runs.
  Json AwaitOutcome(const Json& started) {
    const Json task = started.value("task", Json());
    const Json outcome = Await(
        "outcome", [&](const Json& json) { return json.is_object() && json["task"] == task; });
    (void)Await("task", [](const Json& json) { return json.is_null(); });
    return outcome.is_null() ? outcome : Now("outcome");
  }
  Json AwaitQuestion() {
    const Json task = Await(
        "task", [](const Json& json) { return json.is_object() && !json["question"].is_null(); });
    return task.is_object() ? task["question"] : task;
  }

 private:
  Desk& desk_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t changes_ = 0;
};

// A folder of its own that goes with it.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "bk_desk_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// Removing and listing as the program does it.
inline DeskOptions OptionsIn(const TempFolder& folder, ports::Store* store) {
  DeskOptions options{.version = "test", .folder = folder.path(), .store = store};
  options.world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
  options.remove_file = [](const std::string& path) -> Status {
    std::filesystem::remove(path);
    return {};
  };
  options.list_folder = [](const std::string& path) {
    std::vector<std::string> names;
    for (const auto& one : std::filesystem::directory_iterator(path))
      names.push_back(one.path().filename().string());
    return names;
  };
  return options;
}

// Hands over a file as the server does.
inline Answered HandOver(Desk& desk, const std::string& what, const std::string& name,
                         const std::string& bytes) {
  auto begun = desk.BeginUpload(what, name, bytes.size());
  if (auto* no = std::get_if<Answered>(&begun)) return *no;
  const auto& upload = std::get<Desk::Upload>(begun);
  std::ofstream(upload.path, std::ios::binary) << bytes;
  desk.Uploading(upload.id, bytes.size());
  return desk.EndUpload(upload.id, bytes.size(), {});
}

}  // namespace bk::app::testing
