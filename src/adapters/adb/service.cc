#include "adapters/adb/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/adb/phone_states.h"
#include "adapters/adb/ticker.h"
#include "base/text.h"
#include "codec/adb/shell_v2.h"
#include "codec/adb/smart_socket.h"

namespace bk::adapters::adb {
namespace {

namespace asio = boost::asio;
using codec::adb::ShellPacketId;
using ports::PhoneAnswer;
using End = PhoneAnswer::End;

// A plain shell tells neither the exit code nor whether its end is the end: a last line does.
constexpr std::string_view kMark = "bandkeeper-exit:";

constexpr std::string_view kTooMuchTogether = "With the other answers it is more than is taken.";
constexpr std::string_view kTooSlowTogether = "All questions together have taken too long.";

std::string ServiceFor(const Device& device, const std::string& line, bool endless) {
  if (device.shell_v2) return "shell,v2,raw:" + line;
  if (endless) return "shell:" + line;
  return fmt::format("shell:{}; echo {}$?", line, kMark);
}

// Where a phone older than Android 7 has a terminal in between.
void DropReturns(std::string& text) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') text[kept++] = text[i];
  text.resize(kept);
}

// Takes the last line off and reads the exit code from it; false: it is not there.
bool TakeMark(PhoneAnswer& answer) {
  std::string_view text = Trim(answer.out);
  while (text.ends_with('\n')) text = Trim(text.substr(0, text.size() - 1));
  const std::size_t at = text.rfind(kMark);
  if (at == std::string_view::npos) return false;
  // Nothing behind the number: else it is the command's own text, and the end is missing.
  const auto exit = ParseInt<int>(text.substr(at + kMark.size()));
  if (!exit || *exit < 0 || *exit > 255) return false;
  const std::size_t end = static_cast<std::size_t>(text.data() - answer.out.data()) + at;
  answer.exit = *exit;
  answer.out.resize(end);
  return true;
}

// What a command prints, within its limit.
class Output {
 public:
  Output(ShellJob& job, Link& link) : job_(job), link_(link) {}

  void Take(ShellPacketId id, Bytes bytes) {
    if (id == ShellPacketId::kExit) {
      if (!bytes.empty()) job_.answer.exit = std::to_integer<int>(bytes.front());
      exited_ = true;
      return;
    }
    // Who speaks has the time that it was given.
    if (!std::exchange(job_.spoke, true) && job_.last)
      link_.Restart(job_.Left(job_.command->time_out));
    const bool out = id == ShellPacketId::kStdout;
    if ((!out && id != ShellPacketId::kStderr) || exited_) return;
    if (out && job_.more) {
      if (!bytes.empty()) Tell(AsText(bytes));
      return;
    }
    std::string& text = out ? job_.answer.out : job_.answer.err;
    std::size_t room =
        job_.command->bytes_max -
        std::min(job_.command->bytes_max, job_.answer.out.size() + job_.answer.err.size());
    if (job_.together != nullptr) room = std::min(room, job_.together->bytes_left);
    const std::size_t count = std::min(room, bytes.size());
    text += AsText(bytes.first(count));
    if (job_.together != nullptr) job_.together->bytes_left -= count;
    if (count == bytes.size()) return;
    too_long_ = true;
    link_.Close(Link::Ended::kByUs);
  }

  // Of an endless command.
  void Tell(std::string_view text) {
    if (enough_) return;
    told_ = true;
    if (job_.more(text)) return;
    enough_ = true;
    link_.Close(Link::Ended::kByUs);
  }
  void Tick() {
    if (!std::exchange(told_, false)) Tell({});
    told_ = false;
  }

  [[nodiscard]] bool exited() const { return exited_; }

  void Finish(bool framed) {
    PhoneAnswer& answer = job_.answer;
    if (too_long_) {
      answer.end = End::kTooLong;
      answer.why = answer.out.size() + answer.err.size() < job_.command->bytes_max
                       ? std::string(kTooMuchTogether)
                       : fmt::format("It printed more than {} bytes.", job_.command->bytes_max);
    } else if (enough_) {
      answer.end = End::kExited;
      answer.exit = -1;
    } else if (exited_ || (!framed && link_.ended() == Link::Ended::kClosed && !job_.more &&
                           TakeMark(answer))) {
      answer.end = End::kExited;
    } else {
      answer.end = EndOf(link_.ended());
      answer.why = answer.end == End::kTimedOut ? TooSlow() : WhyEnded(link_.ended());
    }
    if (!framed) DropReturns(answer.out);
  }

 private:
  [[nodiscard]] std::string TooSlow() const {
    if (job_.together != nullptr && std::chrono::steady_clock::now() >= job_.together->until)
      return std::string(kTooSlowTogether);
    if (job_.last && !job_.spoke)
      return fmt::format(
          "It said nothing for {:.1f} s, when all else had long answered.",
          std::chrono::duration<double>(std::chrono::steady_clock::now() - job_.begun).count());
    return fmt::format("It did not come to its end within {} s.",
                       static_cast<double>(job_.command->time_out.count()) / 1000);
  }

  ShellJob& job_;
  Link& link_;
  bool exited_ = false, too_long_ = false, enough_ = false, told_ = false;
};

// A job knows its link as long as there is one.
class LinkLent {
 public:
  LinkLent(ShellJob& job, Link& link) : job_(job) { job_.link = &link; }
  ~LinkLent() { job_.link = nullptr; }
  LinkLent(const LinkLent&) = delete;
  LinkLent& operator=(const LinkLent&) = delete;

 private:
  ShellJob& job_;
};

}  // namespace

End EndOf(Link::Ended ended) {
  switch (ended) {
    case Link::Ended::kTimedOut:
      return End::kTimedOut;
    case Link::Ended::kStopped:
      return End::kStopped;
    default:
      return End::kCut;
  }
}

std::string WhyEnded(Link::Ended ended) {
  switch (ended) {
    case Link::Ended::kTimedOut:
      return "The phone did not answer in time.";
    case Link::Ended::kStopped:
      return "Stopped.";
    case Link::Ended::kNoServer:
      return "The adb server of this computer does not answer.";
    default:
      return "The connection to the phone was lost.";
  }
}

std::chrono::milliseconds ShellJob::Left(std::chrono::milliseconds time) const {
  if (together == nullptr) return time;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(together->until -
                                                                 std::chrono::steady_clock::now());
  return std::clamp(left, std::chrono::milliseconds(0), time);
}

asio::awaitable<Opened> OpenService(Link& link, const Device& device, std::string service) {
  Opened opened;
  const auto ended = [&] {
    opened.end = EndOf(link.ended());
    opened.why = WhyEnded(link.ended());
    opened.no_server = link.ended() == Link::Ended::kNoServer;
  };
  const std::string transport = "host:transport:" + device.serial;
  if (service.size() > codec::adb::kRequestBytesMax ||
      transport.size() > codec::adb::kRequestBytesMax) {
    opened.end = End::kRefused;
    opened.why = "The command is longer than adb carries.";
    opened.begun = true;  // a second try is of no use
    co_return opened;
  }
  if (!co_await link.Connect()) {
    ended();
    co_return opened;
  }
  Link::Reply reply = co_await link.Ask(transport);
  if (reply.okay) {
    opened.begun = true;  // from the moment on that it is asked for, nobody knows
    reply = co_await link.Ask(service);
    opened.begun = !reply.answered || reply.okay;
  }
  if (reply.okay) {
    opened.ok = true;
  } else if (reply.answered) {
    Unreachable unreachable = WhyUnreachable(reply.message);
    opened.end = unreachable.end;
    opened.why = std::move(unreachable.why);
  } else {
    ended();
  }
  co_return opened;
}

asio::awaitable<void> RunShell(Talk& talk, const Device& device, ShellJob& job) {
  job.answer = {};
  job.again = job.no_server = job.spoke = job.last = false;
  job.begun = std::chrono::steady_clock::now();
  const bool framed = device.shell_v2;
  const std::chrono::milliseconds time_out = job.Left(job.command->time_out);
  const bool no_room = job.together != nullptr && job.together->bytes_left == 0;
  if (time_out.count() == 0 || no_room) {
    job.answer.end = no_room ? End::kTooLong : End::kTimedOut;
    job.answer.why = no_room ? kTooMuchTogether : kTooSlowTogether;
    co_return;
  }
  Link link(talk, time_out);
  const LinkLent lent(job, link);
  const Opened opened = co_await OpenService(
      link, device, ServiceFor(device, job.command->line, static_cast<bool>(job.more)));
  if (!opened.ok) {
    job.answer.end = opened.end;
    job.answer.why = opened.why;
    job.no_server = opened.no_server;
    job.again = !opened.begun && (opened.end == End::kCut || opened.end == End::kRefused);
    co_return;
  }
  Output output(job, link);
  std::optional<Ticker> ticker;
  if (job.more) ticker.emplace(talk, [&output] { output.Tick(); });
  codec::adb::ShellDecoder decoder;
  const auto take = [&](ShellPacketId id, Bytes bytes) { output.Take(id, bytes); };
  if (framed) {
    std::vector<std::byte> no_input;
    codec::adb::EncodeShellPacket(ShellPacketId::kCloseStdin, {}, no_input);
    (void)co_await link.Write(no_input);
  }
  while (!output.exited()) {
    const Bytes bytes = co_await link.Read();
    if (bytes.empty()) break;
    if (framed) {
      decoder.Push(bytes, take);
    } else {
      output.Take(ShellPacketId::kStdout, bytes);
    }
  }
  output.Finish(framed);
}

}  // namespace bk::adapters::adb
