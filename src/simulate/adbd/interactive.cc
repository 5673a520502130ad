#include "simulate/adbd/interactive.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/text.h"

namespace bk::simulate::adbd {
namespace {

constexpr std::size_t kKeysMax = 64 * 1024;  // typed ahead; what is more is lost
constexpr std::size_t kLineMax = 4096;
constexpr char kCtrlC = 3, kCtrlD = 4, kBackspace = 8, kDelete = 127;

class Interactive : public RunningCommand {
 public:
  Interactive(Device& device, bool terminal)
      : device_(device), terminal_(terminal), said_(Prompt()) {}

  void Input(Bytes bytes) override {
    for (const char key : AsText(bytes)) {
      if (key == kCtrlC && terminal_) {
        Interrupt();
      } else if (keys_.size() < kKeysMax) {
        keys_ += key;
      }
    }
  }
  void InputEnds() override { input_ended_ = true; }

  Piece Next(Time now, std::size_t bytes_max) override {
    Piece piece;
    if (!command_) Type(now);
    piece.out = std::exchange(said_, {});
    if (command_) {
      Piece more = command_->Next(now, bytes_max);
      piece.out += more.out;
      piece.err = std::move(more.err);
      piece.wake = more.wake;
      if (more.exit) {
        last_exit_ = *more.exit;
        command_.reset();
        piece.out += Prompt();
        piece.wake = now;
      }
    } else if (left_ || (input_ended_ && keys_.empty())) {
      piece.exit = last_exit_;
    }
    return piece;
  }

 private:
  [[nodiscard]] std::string Prompt() const {
    return terminal_ ? fmt::format("{}:/ $ ", device_.profile().device) : std::string();
  }
  void Echo(std::string_view text) {
    if (terminal_) said_ += text;
  }

  void Interrupt() {
    command_.reset();
    keys_.clear();
    line_.clear();
    said_ += "^C\n" + Prompt();
  }

  // Takes keys until a line is to be run.
  void Type(Time now) {
    std::size_t taken = 0;
    while (taken < keys_.size() && !command_ && !left_) Press(keys_[taken++], now);
    keys_.erase(0, taken);
    if (input_ended_ && keys_.empty() && !command_ && !line_.empty()) RunLine(now);
  }

  void Press(char key, Time now) {
    if (key == '\n' || key == '\r') {
      Echo("\n");
      RunLine(now);
    } else if (terminal_ && (key == kDelete || key == kBackspace)) {
      if (line_.empty()) return;
      line_.pop_back();
      Echo("\b \b");
    } else if (terminal_ && key == kCtrlD) {
      left_ = line_.empty();
    } else if (line_.size() < kLineMax) {
      line_ += key;
      Echo(std::string_view(&key, 1));
    }
  }

  void RunLine(Time now) {
    const std::string line = std::exchange(line_, {});
    const std::string_view words = Trim(line);
    if (words == "exit") {
      left_ = true;
    } else if (words.empty()) {
      said_ += Prompt();
    } else {
      command_ = device_.services().Run(words, now);
    }
  }

  Device& device_;
  bool terminal_;
  std::string said_, keys_, line_;
  std::unique_ptr<RunningCommand> command_;
  int last_exit_ = 0;
  bool input_ended_ = false, left_ = false;
};

}  // namespace

std::unique_ptr<RunningCommand> InteractiveShell(Device& device, bool terminal) {
  return std::make_unique<Interactive>(device, terminal);
}

}  // namespace bk::simulate::adbd
