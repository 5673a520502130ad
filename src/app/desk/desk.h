// Everything that the page can ask for, without HTTP: docs/page-api.md says what each word means.
// Calls return at once, but those that compute a report of evidence that is already read
// (milliseconds). Safe for several threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/desk/parts.h"
#include "app/world.h"

namespace bk::app {

struct DeskOptions {
  // Its clock hears no signals, its phones are called from the desk's worker alone. The parts
  // person, say and progress are not used.
  World world;
  // What the simulated phone is, in words; empty: a real one.
  std::function<std::string(const language::Language&)> simulated;
  // The same of a simulated band, whose time is its own (empty: that of the world).
  std::function<std::string(const language::Language&)> simulated_band;
  std::string simulated_key;
  // The owner of the simulated phone does with a finger, in that time, what a fix asks for; false:
  // they do not know how. On the worker. Empty: nobody holds the phone.
  std::function<bool(const std::string& fix, std::chrono::seconds takes)> simulated_owner;
  std::function<std::unique_ptr<ports::Clock>()> band_clock;
  std::string version;
  std::string folder;             // of its own, there already: where files lie that are handed over
  ports::Store* store = nullptr;  // for the rest that is kept; null: nothing is
  // Ends what the phones wait for at this moment, as Ctrl-C does, and nothing later: what was
  // changed for a moment has to be put back after it. May be empty.
  std::function<void()> interrupt;
  std::function<Status(const std::string& path)> remove_file;
  std::function<std::vector<std::string>(const std::string& folder)> list_folder;  // names
  std::function<void()> after_task;  // on the worker; may be empty
  // The cable is watched while nothing else is done. Off for phones without a cable.
  bool track = true;
  bool work = true;  // off: no worker, and tasks are not begun: for tests of the orders alone
};

struct Answered {
  using Json = nlohmann::ordered_json;
  int status = 200;
  Json body = Json::object();
  // Instead of `body`, where it is no small document.
  std::optional<std::string> raw;
  std::string type = "application/json";
  std::string file_name;  // of a download

  static Answered Wrong(int status, std::string_view code, std::string_view text);
};

class DeskRoom;

class Desk {
 public:
  using Json = nlohmann::ordered_json;
  using Query = std::map<std::string, std::string, std::less<>>;

  explicit Desk(DeskOptions options);
  ~Desk();  // Close
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  [[nodiscard]] Parts& parts();
  // How the page is to begin, by the settings: "de", and "dark" or what else a page has put there.
  struct Look {
    std::string language, theme;
  };
  [[nodiscard]] Look look() const;

  // `order`: the path behind /api/1/. 404 for what is no order.
  Answered Post(std::string_view order, const Json& body);
  Answered Get(std::string_view what, const Query& query);
  Answered Delete(std::string_view what, std::string_view id);  // "files", "band/files"
  // The words that Post and Get know.
  static std::vector<std::string_view> Orders();
  static std::vector<std::string_view> Gets();

  // A file that is handed over: its bytes are written to `path`, which is not there yet, by the
  // caller. `what`: "files" or "band/files"; `size` where it is known.
  struct Upload {
    std::string id, path;
    std::uint64_t bytes_max = 0;
  };
  std::variant<Upload, Answered> BeginUpload(std::string_view what, std::string_view name,
                                             std::optional<std::uint64_t> size);
  void Uploading(const std::string& id, std::uint64_t received);
  // 201, or the error that `done` is; then nothing of it is left. kNotReadable: the disk is full;
  // kTimedOut: it did not come whole; kTooLarge; else its message says why it cannot be kept.
  Answered EndUpload(const std::string& id, std::uint64_t received, const Status& done);

  // Stops what runs, as Stop does, and waits until it has put back what was changed for a moment.
  void Close();

 private:
  std::unique_ptr<DeskRoom> room_;
};

}  // namespace bk::app
