// Private to the desk: what it is made of. Its functions lie by purpose: desk_room.cc (parts, the
// worker), case_*.cc (the evidence), orders_*.cc (what is asked), tasks_*.cc (what the worker
// does).
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/band/known_band.h"
#include "app/desk/band_sitting.h"
#include "app/desk/desk.h"
#include "app/desk/messages.h"
#include "app/desk/named_files.h"
#include "app/desk/page_face.h"
#include "app/desk/task_board.h"
#include "app/diagnose_case.h"
#include "app/interview/interview_case.h"
#include "app/privacy.h"
#include "companion/nearby.h"

namespace bk::app {

struct DeskSettings {
  std::string language = "en";
  bool show_addresses = false;
  std::string app;
  nlohmann::ordered_json page = nlohmann::ordered_json::object();
};

struct DeskFile {
  enum class State : std::uint8_t { kUploading, kReady, kFailed };
  std::string id, name, path;
  bool for_band = false;
  std::uint64_t bytes = 0, received = 0;
  State state = State::kUploading;
  std::string sentence;
};

inline constexpr std::uint64_t kBandFileBytesMax = 8ULL << 20;

// What a task comes to.
struct TaskResult {
  nlohmann::ordered_json result;  // null: none
  std::string text;
  bool good = false, stopped = false;
  std::optional<Error> error;
};

class DeskRoom {
 public:
  using Json = nlohmann::ordered_json;
  using Lock = std::unique_lock<std::mutex>;
  using Run = std::function<TaskResult()>;

  explicit DeskRoom(DeskOptions with);
  ~DeskRoom();

  // ---- the worker (desk_room.cc)
  void Open();  // takes up what was kept, starts the worker
  void Close();
  // 202 or 409. Under `lock`.
  Answered Start(Lock& lock, std::string kind, std::vector<std::string> can, Run run);
  // Set when a task runs: 409.
  std::optional<Answered> Busy() const;
  // The world of a task: its clock and its phones hear Stop, its progress goes to the board, its
  // files are those of the case.
  World TaskWorld();
  std::string Clean(std::string_view text);  // not under the lock
  // In the language of the setting. Under the lock.
  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return knowledge->language.Say(message, arguments);
  }
  void Work();
  void WatchCable(Lock& lock);
  void RunJob(Lock& lock);

  // ---- parts (desk_parts.cc); under the lock
  void Set(std::string_view part, const Json& value, bool phone = true);
  void SetBand();
  void ShowCase();
  void ShowFiles();  // of the case and of the band; also for the readers
  void ShowSettings();
  void ShowReport();
  void ShowInterview();
  void ShowPhones();
  void ShowOutcome();
  void ShowRepairs(Json past);
  [[nodiscard]] Json Marked(Json document) const;  // with `simulated` after the schema

  // ---- the case (case_file.cc); under the lock
  void Keep();
  void TakeUp();
  void Renew();  // report and interview of what was gathered and answered
  Answered ClearCase();
  // What the band said when it was asked becomes part of what was gathered.
  void FoldProbe();
  [[nodiscard]] DiagnoseRequest Request() const;
  void UseLanguage();
  DeskFile* FileOf(std::string_view id);
  void RemoveFile(std::string_view id);

  // ---- tasks (tasks_phone.cc, tasks_band.cc); on the worker, without the lock
  TaskResult Diagnose(bool phone, bool deep);
  TaskResult Plan();
  TaskResult Repair();
  TaskResult Undo(const std::vector<std::size_t>& numbers, bool all);
  TaskResult Everyday(bool set);
  TaskResult Watch(double hours);
  void LookAtRepairs();
  std::unique_ptr<BandSitting> SitWithBand();
  // What a visit came to; what the band told of itself is shown from then on.
  TaskResult TellOfBand(const Result<BandTold>& told);
  TaskResult BandScanning();
  TaskResult BandPairing(const companion::NearbyBand& chosen, std::string secret);
  TaskResult BandLooking();
  TaskResult BandSyncing(bool keep);
  TaskResult BandDoing(BandCommand command);
  TaskResult BandReset();
  TaskResult BandBinding(Address address);         // tasks_band_live.cc
  TaskResult BandLive(std::chrono::seconds time);  // likewise
  TaskResult BandProbing(bool phones_off);         // likewise
  TaskResult BandUpdating(const std::vector<std::string>& ids, std::vector<std::string> sha256);

  // ---- bands without a radio (band_parts.cc)
  void LookAtBands();                  // takes the lock
  void JudgeBandFile(DeskFile& file);  // what it is, or why it is none; under the lock

  DeskOptions options;
  Parts parts;
  TaskBoard board;

  std::mutex mutex;
  std::condition_variable wake;
  std::thread worker;
  bool closing = false, waiting_on_cable = false;
  std::optional<Run> job;
  std::uint64_t last_task = 0;  // numbers go on over restarts with the revisions
  std::string job_kind;
  std::vector<std::string> job_can;

  std::string run_id;
  Privacy privacy{false};
  DeskSettings settings;
  std::shared_ptr<const troubleshoot::Knowledge> knowledge;  // in the language of the setting

  // The phones on the cable.
  std::vector<ports::PhoneSeen> phones;
  std::optional<Error> phones_error;
  std::map<std::string, std::string> phone_keys;  // serial -> "p1"
  std::string serial;                             // chosen; empty: the only one

  // The case.
  std::vector<DeskFile> files;
  std::uint64_t last_file = 0;
  bool with_phone = false, deep = false, changed = false;
  std::string band_wish;
  std::int64_t read_at = 0, report_at = 0;
  std::vector<troubleshoot::Given> answers;
  bool interview_open = false;
  std::optional<Gathered> gathered;
  std::optional<ProbeResult> probe;  // the latest
  std::int64_t probe_at = 0;
  std::unique_ptr<InterviewCase> interview;
  std::optional<Report> report;
  Json put_back = Json::array();
  Json kept_report;  // of an earlier run, until there is a new one
  Json outcome, plan, everyday;

  // The bands.
  std::map<std::uint64_t, std::string> band_keys;  // address -> "b1"
  std::optional<Address> band;                     // chosen
  Json band_part;
  std::vector<companion::NearbyBand> heard;
  NamedFiles named_files;
};

}  // namespace bk::app
