// What simulated phone is wanted, in words; main makes it from the simulation's own types.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "language/language.h"
#include "ports/clock.h"
#include "ports/journal.h"
#include "ports/phone.h"

namespace bk::app {

// A recorded phone, to be said again.
struct Replay {
  struct Output {
    // "dumpsys power", "getprop", "logcat -b events -v threadtime -d *:v"; "date" as
    // "2018-04-02 17:06:30".
    std::string command;
    std::string out;
  };
  std::vector<Output> outputs;  // of one command several: one after another
  std::string sentence;         // what it is: "Pixel, Android 8.1.0, played back from report.zip"
  // The file itself where it is a zip, for a phone that is asked for a bug report.
  std::string archive_name;
  std::shared_ptr<const std::string> archive;
};

struct SimulatedPhone {
  std::uint16_t port = 0;        // 0: a free one
  std::optional<Replay> replay;  // else an invented phone:
  int android = 14;
  std::string maker = "stock";      // "stock", "samsung", "xiaomi"
  std::vector<std::string> faults;  // ids of causes
  std::vector<std::string> quirks;  // how the phone is peculiar, by name
  bool old = false;                 // its adb is as before Android 7
  // "accepts", "refuses", "absent" (no computer is asked about), or the seconds until it accepts.
  std::string owner = "accepts";
  std::vector<std::string> troubles;  // of the cable: "slow_answer,seconds=2,of=dumpsys package"
  std::uint64_t seed = 0;
};

struct ServedPhone {
  std::string address;   // 127.0.0.1:40123
  std::string sentence;  // what it is
};

// A simulated phone in this process and what goes with it. Its time is its own: a minute on it
// costs nothing. It is kept between runs with all that was done to it.
class SimulatedHome {
 public:
  virtual ~SimulatedHome() = default;
  virtual ports::Phones& phones() = 0;
  virtual std::unique_ptr<ports::Clock> MakeClock() = 0;
  virtual Result<std::unique_ptr<ports::Journal>> Journal(bool to_write) = 0;
  // "an invented Pixel 7, Android 14, with bluetooth_off": as it was made.
  [[nodiscard]] virtual std::string Sentence(const language::Language& language = {}) const = 0;
  // The phone's owner does with their own fingers, in that time of the phone's, what a fix of the
  // knowledge asks for. False: they do not know how.
  virtual bool LetOwnerDo(const std::string& fix, std::chrono::seconds takes) = 0;
  // For the next run.
  virtual Status Keep() = 0;
};

}  // namespace bk::app
