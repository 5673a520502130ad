#include "simulate/phone/sim_phone.h"

#include <algorithm>
#include <utility>

namespace bk::simulate {
namespace {

using End = ports::PhoneAnswer::End;
using namespace std::chrono_literals;

constexpr auto kRoundTrip = 4ms;
constexpr auto kPause = 250ms;  // at most so long without a word (ports/phone.h)

ports::PhoneAnswer Gone() {
  ports::PhoneAnswer answer;
  answer.end = End::kCut;
  answer.why = "The phone is no longer on the cable.";
  return answer;
}

}  // namespace

SimPhones::SimPhones(Android phone, const Nature& nature) : machine_(std::move(phone), nature) {
  machine_.Pass(std::chrono::microseconds(0));
}
SimPhones::~SimPhones() = default;

ports::PhoneSeen SimPhones::Seen() const {
  ports::PhoneSeen seen;
  const Android& phone = machine_.phone();
  seen.serial = phone.flavour.serial;
  seen.model = phone.flavour.model;
  seen.state = knobs_.seen;
  if (knobs_.seen == ports::PhoneState::kUnauthorised)
    seen.sentence = "The phone asks its owner to allow this computer: accept it on its screen.";
  else if (knobs_.seen != ports::PhoneState::kReady)
    seen.sentence = "The phone does not answer.";
  return seen;
}

bool SimPhones::LostBefore(std::string_view line) {
  const std::size_t number = commands_++;
  lines_.emplace_back(line);
  if (!reachable()) return true;
  if (knobs_.before) knobs_.before(line, machine_.phone());
  // Quirk "adb_drops": every eleventh command loses the cable, half of them after they were done.
  constexpr std::size_t kEvery = 11;
  const bool drops =
      machine_.phone().flavour.quirks.contains("adb_drops") && number % kEvery == kEvery - 1;
  if ((knobs_.cut_at == number && !knobs_.cut_after_it) || (drops && number / kEvery % 2 == 0)) {
    plugged_ = false;
    return true;
  }
  return false;
}

bool SimPhones::LostAfter(std::string_view line) {
  const std::size_t number = commands_ - 1;
  if (knobs_.after) knobs_.after(line, machine_.phone());
  constexpr std::size_t kEvery = 11;
  const bool drops = machine_.phone().flavour.quirks.contains("adb_drops") &&
                     number % kEvery == kEvery - 1 && number / kEvery % 2 == 1;
  if ((knobs_.cut_at == number && knobs_.cut_after_it) || drops) plugged_ = false;
  return !reachable();
}

Result<std::vector<ports::PhoneSeen>> SimPhones::List() {
  if (!reachable()) return std::vector<ports::PhoneSeen>{};
  return std::vector{Seen()};
}

Status SimPhones::Track(const std::function<bool(std::span<const ports::PhoneSeen>)>& more) {
  while (true) {
    const auto seen = List();
    if (!more(*seen)) return {};
    Pass(kPause);
    if (!plugged_ && !knobs_.stays_away) plugged_ = true;
  }
}

Result<std::unique_ptr<ports::Phone>> SimPhones::Open(const std::string& serial) {
  if (!reachable() || (!serial.empty() && serial != machine_.phone().flavour.serial))
    return Fail(ErrorCode::kNotFound, serial.empty() ? "No phone is on the cable."
                                                     : "No phone " + serial + " is on the cable.");
  if (knobs_.seen != ports::PhoneState::kReady) return Fail(ErrorCode::kRefused, Seen().sentence);
  return std::make_unique<SimPhone>(*this);
}

SimPhone::SimPhone(SimPhones& phones) : phones_(phones), serial_(phones.phone().flavour.serial) {}

ports::PhoneAnswer SimPhone::RunOne(const ports::PhoneCommand& command, std::size_t at_once) {
  if (phones_.LostBefore(command.line)) return Gone();
  Said said = phones_.machine().Run(command.line);
  ports::PhoneAnswer answer;
  answer.end = End::kExited;
  answer.exit = said.exit;
  answer.out = std::move(said.out);
  answer.err = std::move(said.err);
  const auto time_out = std::chrono::microseconds(command.time_out);
  std::chrono::microseconds took = said.took + kRoundTrip;
  if (said.more || took > time_out) {
    // An endless one says all it has to say until nobody waits any longer.
    if (said.more) {
      phones_.Pass(time_out);
      answer.out += said.more(phones_.phone());
    } else {
      answer.out.clear();
      phones_.Pass(time_out);
    }
    took = std::chrono::microseconds(0);
    answer.end = End::kTimedOut;
    answer.exit = -1;
    answer.why = "The phone did not end the command in time.";
  }
  phones_.Pass(took / at_once);
  if (answer.out.size() + answer.err.size() > command.bytes_max) {
    answer.out.resize(std::min(answer.out.size(), command.bytes_max));
    answer.err.clear();
    answer.end = End::kTooLong;
    answer.exit = -1;
    answer.why = "The phone said more than is taken.";
  }
  if (phones_.LostAfter(command.line)) {
    answer.end = End::kCut;
    answer.exit = -1;
    answer.out.resize(answer.out.size() / 2);
    answer.err.clear();
    answer.why = Gone().why;
  }
  return answer;
}

std::vector<ports::PhoneAnswer> SimPhone::Run(std::span<const ports::PhoneCommand> commands) {
  constexpr std::size_t kAtOnce = 8;  // as many as a client has under way
  std::vector<ports::PhoneAnswer> answers;
  answers.reserve(commands.size());
  for (const ports::PhoneCommand& command : commands)
    answers.push_back(RunOne(command, std::clamp<std::size_t>(commands.size(), 1, kAtOnce)));
  return answers;
}

ports::PhoneAnswer SimPhone::Follow(const ports::PhoneCommand& command,
                                    const std::function<bool(std::string_view)>& more) {
  if (phones_.LostBefore(command.line)) return Gone();
  Said said = phones_.machine().Run(command.line);
  ports::PhoneAnswer answer;
  answer.err = std::move(said.err);
  answer.exit = -1;
  std::chrono::microseconds waited{0};
  bool wanted = more(said.out);
  if (!said.more) {
    phones_.Pass(said.took);
    answer.exit = said.exit;
    phones_.LostAfter(command.line);
    return answer;
  }
  while (wanted) {
    if (waited >= command.time_out) {
      answer.end = End::kTimedOut;
      answer.why = "The time for it is over.";
      break;
    }
    phones_.Pass(kPause);
    waited += kPause;
    if (!phones_.reachable()) return Gone();
    wanted = more(said.more(phones_.phone()));
  }
  if (phones_.LostAfter(command.line)) return Gone();
  return answer;
}

Result<std::uint64_t> SimPhone::Pull(const std::string& path,
                                     const std::function<bool(Bytes)>& take) {
  const std::string line = "pull " + path;
  if (phones_.LostBefore(line)) return Fail(ErrorCode::kNotReadable, Gone().why);
  const std::string* file = phones_.machine().File(path);
  if (file == nullptr) return Fail(ErrorCode::kNotFound, path + ": No such file or directory");
  constexpr std::size_t kPiece = 64 * 1024;
  const Bytes bytes = std::as_bytes(std::span(*file));
  std::uint64_t done = 0;
  while (done < bytes.size()) {
    const Bytes piece = bytes.subspan(done, std::min(kPiece, bytes.size() - done));
    if (!take(piece)) return Fail(ErrorCode::kStopped, "Stopped.");
    done += piece.size();
    phones_.Pass(2ms);
  }
  if (phones_.LostAfter(line)) return Fail(ErrorCode::kNotReadable, Gone().why);
  return done;
}

Status SimPhone::Restart() {
  if (phones_.LostBefore("reboot")) return Fail(ErrorCode::kNotReadable, Gone().why);
  phones_.machine().Restart();
  phones_.Pass(500ms);
  phones_.LostAfter("reboot");
  return {};
}

Status SimPhone::WaitUntilReady(std::chrono::milliseconds time_out) {
  std::chrono::microseconds waited{0};
  while (true) {
    if (!phones_.knobs_.stays_away) {
      phones_.plugged_ = true;
      if (phones_.reachable()) return {};
    }
    if (waited >= time_out)
      return Fail(ErrorCode::kTimedOut, "The phone did not come back in time.");
    phones_.Pass(kPause);
    waited += kPause;
  }
}

}  // namespace bk::simulate
