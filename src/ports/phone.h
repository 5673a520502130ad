// A phone that answers its shell, over whatever cable; and which phones there are.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace bk::ports {

struct PhoneCommand {
  std::string line;  // as the phone's shell gets it; foreign words through base/shell_quote.h
  std::chrono::milliseconds time_out{10'000};
  std::size_t bytes_max = std::size_t{64} * 1024 * 1024;  // of out and err together
  // Not 0: once all others of the same Run have ended, this one, if it has not said a word yet, is
  // waited for only so long more, and as long again as the others took together (kTimedOut).
  std::chrono::milliseconds straggle{0};
};

// What a command came to. A command that failed on the phone is an answer, not an error.
struct PhoneAnswer {
  enum class End : std::uint8_t {
    kExited,    // it ran to its end
    kTimedOut,  // out and err hold what came until then
    kTooLong,   // over bytes_max; what came until then
    kCut,       // the connection was lost; what came until then
    kRefused,   // the phone did not start it
    kStopped,   // the person interrupted
  };
  End end = End::kExited;
  int exit = -1;         // -1: not known (cut, or ended by us)
  std::string out, err;  // err stays empty on a phone older than Android 7: its lines are in out
  std::string why;       // a sentence unless kExited

  [[nodiscard]] bool ran() const { return end == End::kExited; }
};

// One phone. Used from one thread. A phone that is unplugged answers kCut from then on until
// WaitUntilReady.
class Phone {
 public:
  virtual ~Phone() = default;
  [[nodiscard]] virtual const std::string& serial() const = 0;

  // Runs them all, several at once, in no order; answers stand as the commands do.
  virtual std::vector<PhoneAnswer> Run(std::span<const PhoneCommand> commands) = 0;
  PhoneAnswer Run(const PhoneCommand& command) {
    return std::move(Run(std::span(&command, 1)).front());
  }

  // An endless command (logcat): hands over what it prints, and an empty text at least every 250
  // ms, until `more` returns false (kExited with exit -1), the time is out (kTimedOut) or the phone
  // is gone. What was handed over is not in the answer, and bytes_max does not bound it.
  virtual PhoneAnswer Follow(const PhoneCommand& command,
                             const std::function<bool(std::string_view)>& more) = 0;

  // The bytes of a file on the phone, in order; `take` returns false to stop (kStopped).
  virtual Result<std::uint64_t> Pull(const std::string& path,
                                     const std::function<bool(Bytes)>& take) = 0;

  // Restarts the phone; returns when it has begun. The restart is over when WaitUntilReady returns.
  virtual Status Restart() = 0;
  // Until the phone is on the cable and its system is up (sys.boot_completed).
  virtual Status WaitUntilReady(std::chrono::milliseconds time_out) = 0;
};

// What the cable says of a phone before one can talk to it.
enum class PhoneState : std::uint8_t {
  kReady,
  kUnauthorised,   // the phone asks its owner to allow this computer
  kNoPermissions,  // this computer's USB rules forbid it
  kOffline,
  kNotAndroid,  // recovery, bootloader, sideload
  kConnecting,
};

struct PhoneSeen {
  std::string serial;
  std::string model;  // "Redmi Note 8", empty when not known
  PhoneState state = PhoneState::kReady;
  std::string sentence;  // what it means and what to do; empty when ready
};

class Phones {
 public:
  virtual ~Phones() = default;
  // An error when the cable's software is missing or does not start: its message says what to
  // install or do.
  virtual Result<std::vector<PhoneSeen>> List() = 0;
  // The list at once and at each change, and an unchanged one at least every 250 ms, until `more`
  // returns false.
  virtual Status Track(const std::function<bool(std::span<const PhoneSeen>)>& more) = 0;
  // A ready phone. Empty serial: the one that ANDROID_SERIAL names, else the only one; several are
  // kInvalid with their names, none or a state that forbids talking is kNotFound or kRefused with
  // the sentence.
  virtual Result<std::unique_ptr<Phone>> Open(const std::string& serial) = 0;
};

}  // namespace bk::ports
