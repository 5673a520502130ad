#include <algorithm>
#include <utility>

#include "base/text.h"
#include "codec/adb/shell_v2.h"
#include "simulate/adbd/interactive.h"
#include "simulate/adbd/stream.h"

namespace bk::simulate::adbd {
namespace {

using codec::adb::EncodeShellPacket;
using codec::adb::ShellPacketId;

// "shell,v2,TERM=xterm,raw:date" taken apart. Words that are not known are ignored, as a phone
// does.
struct ShellCall {
  std::string_view line;
  bool framed = false;
  bool terminal = false;  // lines end with CR LF
};

std::optional<ShellCall> ReadCall(std::string_view service, bool old) {
  ShellCall call;
  const std::size_t colon = service.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  call.line = service.substr(colon + 1);
  std::string_view words = service.substr(0, colon);
  if (words == "exec") return call;
  const std::string_view name = words.substr(0, words.find(','));
  if (name != "shell") return std::nullopt;
  words.remove_prefix(name.size());
  call.terminal = old || call.line.empty();
  while (!words.empty()) {
    words.remove_prefix(1);
    const std::string_view word = words.substr(0, words.find(','));
    words.remove_prefix(word.size());
    if (word == "v2") call.framed = !old;
    if (word == "pty") call.terminal = true;
    if (word == "raw") call.terminal = false;
  }
  return call;
}

std::string WithCarriageReturns(std::string_view text) {
  std::string lines;
  lines.reserve(text.size() + text.size() / 32);
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    lines += c;
  }
  return lines;
}

class ShellStream : public Stream {
 public:
  ShellStream(const ShellCall& call, Device& device, Time now)
      : framed_(call.framed),
        terminal_(call.terminal),
        trouble_(device.Meet(call.line, {Trouble::Kind::kNoAnswer, Trouble::Kind::kSlowAnswer,
                                         Trouble::Kind::kCutShort, Trouble::Kind::kCloseInCommand,
                                         Trouble::Kind::kDropInCommand})),
        begins_(Is(Trouble::Kind::kSlowAnswer) ? now + trouble_->delay : now),
        command_(call.line.empty() ? InteractiveShell(device, call.terminal)
                                   : device.services().Run(call.line, now)) {}

  void Receive(Bytes bytes, Time /*now*/) override {
    if (!framed_) return command_->Input(bytes);
    stdin_.Push(bytes, [this](ShellPacketId id, Bytes payload) {
      if (id == ShellPacketId::kStdin) command_->Input(payload);
      if (id == ShellPacketId::kCloseStdin) command_->InputEnds();
    });
  }

  void Produce(Time now, std::size_t bytes_max, std::vector<std::byte>& out) override {
    wake_ = std::nullopt;
    if (Is(Trouble::Kind::kNoAnswer)) return;
    if (now < begins_) {
      wake_ = begins_;
      return;
    }
    if (at_ == pending_.size() && end_ == State::kOpen) {
      pending_.clear();
      at_ = 0;
      Ask(now, bytes_max);
    }
    TakePending(pending_, at_, bytes_max, out);
  }

  [[nodiscard]] State state() const override { return at_ < pending_.size() ? State::kOpen : end_; }
  [[nodiscard]] std::optional<Time> wake() const override { return wake_; }

 private:
  [[nodiscard]] bool Is(Trouble::Kind kind) const { return trouble_ && trouble_->kind == kind; }

  void Ask(Time now, std::size_t bytes_max) {
    RunningCommand::Piece piece = command_->Next(now, bytes_max);
    wake_ = piece.wake;
    Befall(piece);
    Print(ShellPacketId::kStdout, piece.out);
    Print(ShellPacketId::kStderr, piece.err);
    if (!piece.exit || end_ != State::kOpen) return;
    end_ = State::kDone;
    const auto code = static_cast<std::byte>(*piece.exit);
    if (framed_) EncodeShellPacket(ShellPacketId::kExit, {&code, 1}, pending_);
  }

  // Troubles that strike at a byte.
  void Befall(RunningCommand::Piece& piece) {
    const bool cut = Is(Trouble::Kind::kCutShort);
    const bool drop = Is(Trouble::Kind::kDropInCommand);
    if (!cut && !drop && !Is(Trouble::Kind::kCloseInCommand)) return;
    const std::uint64_t left = trouble_->bytes - printed_;
    const bool struck = piece.out.size() + piece.err.size() >= left || piece.exit.has_value();
    if (piece.out.size() > left) piece.out.resize(left);
    if (piece.err.size() > left - piece.out.size()) piece.err.resize(left - piece.out.size());
    printed_ += piece.out.size() + piece.err.size();
    if (struck && !cut) end_ = drop ? State::kDropped : State::kDone;
  }

  void Print(ShellPacketId id, std::string_view text) {
    if (text.empty()) return;
    const std::string lines = terminal_ ? WithCarriageReturns(text) : std::string();
    const Bytes bytes = AsBytes(terminal_ ? std::string_view(lines) : text);
    if (framed_) {
      // On a terminal there is but one screen.
      EncodeShellPacket(terminal_ ? ShellPacketId::kStdout : id, bytes, pending_);
    } else {
      pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    }
  }

  bool framed_, terminal_;
  std::optional<Trouble> trouble_;
  Time begins_;
  std::unique_ptr<RunningCommand> command_;
  codec::adb::ShellDecoder stdin_;
  std::vector<std::byte> pending_;
  std::size_t at_ = 0;
  std::uint64_t printed_ = 0;
  State end_ = State::kOpen;
  std::optional<Time> wake_;
};

}  // namespace

void TakePending(std::vector<std::byte>& pending, std::size_t& at, std::size_t bytes_max,
                 std::vector<std::byte>& out) {
  const std::size_t count = std::min(bytes_max, pending.size() - at);
  const auto begin = pending.begin() + static_cast<std::ptrdiff_t>(at);
  out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  at += count;
}

std::unique_ptr<Stream> OpenShell(std::string_view service, Device& device, Time now) {
  const auto call = ReadCall(service, device.profile().old);
  return call ? std::make_unique<ShellStream>(*call, device, now) : nullptr;
}

}  // namespace bk::simulate::adbd
