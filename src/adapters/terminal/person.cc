#include "adapters/terminal/person.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

#include "adapters/terminal/stops.h"
#include "adapters/terminal/terminal.h"

namespace bk::adapters::terminal {
namespace {

constexpr std::size_t kLineBytesMax = 4096;  // of a pipe; the rest of a longer line is passed over
constexpr int kEscapeMillis = 25;            // the rest of an escape sequence comes at once
constexpr char kEscape = '\x1b';
constexpr char kEndOfInput = '\x04';  // Ctrl-D
constexpr char kDelete = '\x7f';

// What handlers may touch. One Keyboard at a time.
volatile sig_atomic_t g_sleep = 0;
termios g_before{};
int g_keyboard = -1;

void OnSleep(int) { g_sleep = 1; }
void OnCrash(int number) {
  if (g_keyboard >= 0) tcsetattr(g_keyboard, TCSANOW, &g_before);
  raise(number);  // the default action was put back (SA_RESETHAND)
}

constexpr std::array kCrashes = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

// Single keys without echo, and the signals that end or stop us held back but for the wait itself,
// so that none is lost between a look and the wait.
class Keyboard {
 public:
  explicit Keyboard(int input) {
    g_keyboard = input;
    g_sleep = 0;
    tcgetattr(input, &g_before);
    Single();
    sigset_t held;
    sigemptyset(&held);
    for (const int number : kStopSignals) sigaddset(&held, number);
    struct sigaction action{};
    sigemptyset(&action.sa_mask);
    sigaddset(&held, SIGTSTP);
    action.sa_handler = OnSleep;
    sigaction(SIGTSTP, &action, &sleep_before_);
    action.sa_handler = OnCrash;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (std::size_t i = 0; i < kCrashes.size(); ++i)
      sigaction(kCrashes[i], &action, &crashes_before_[i]);
    pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
    waiting_ = mask_before_;
    for (const int number : kStopSignals) sigdelset(&waiting_, number);
    sigdelset(&waiting_, SIGTSTP);
  }
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;
  ~Keyboard() {
    tcsetattr(g_keyboard, TCSADRAIN, &g_before);
    g_keyboard = -1;
    sigaction(SIGTSTP, &sleep_before_, nullptr);
    for (std::size_t i = 0; i < kCrashes.size(); ++i)
      sigaction(kCrashes[i], &crashes_before_[i], nullptr);
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  }

  [[nodiscard]] const sigset_t& waiting() const { return waiting_; }

  // Ctrl-Z: the shell gets its terminal back while we sleep.
  void Sleep() {
    g_sleep = 0;
    tcsetattr(g_keyboard, TCSADRAIN, &g_before);
    struct sigaction ours{}, usual{};
    usual.sa_handler = SIG_DFL;
    sigemptyset(&usual.sa_mask);
    sigaction(SIGTSTP, &usual, &ours);
    sigset_t stop, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    raise(SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &before);  // sleeps here, until SIGCONT
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    sigaction(SIGTSTP, &ours, nullptr);
    Single();
  }

 private:
  static void Single() {
    termios single = g_before;
    single.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    single.c_cc[VMIN] = 1;
    single.c_cc[VTIME] = 0;
    tcsetattr(g_keyboard, TCSADRAIN, &single);
  }

  Stops stops_;
  std::array<struct sigaction, kCrashes.size()> crashes_before_{};
  struct sigaction sleep_before_{};
  sigset_t mask_before_{}, waiting_{};
};

class DescriptorPerson : public ports::Person {
 public:
  // Closes `owned` at the end, unless it is -1.
  DescriptorPerson(int input, int output, int owned)
      : input_(input), output_(output), owned_(owned), shown_on_(Detect(output)) {
    if (isatty(input) == 1) keyboard_ = std::make_unique<Keyboard>(input);
  }
  DescriptorPerson(const DescriptorPerson&) = delete;
  DescriptorPerson& operator=(const DescriptorPerson&) = delete;
  ~DescriptorPerson() override {
    keyboard_.reset();
    if (owned_ >= 0) close(owned_);
  }

  void Show(std::string_view text) override {
    while (!text.empty()) {
      const ssize_t written = write(output_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return;  // nobody reads; the answers still count
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  Heard Listen() override {
    if (keyboard_) return Key();
    const Line line = OfPipe();
    if (line.kind != Heard::Kind::kKey) return {line.kind, 0};
    const std::size_t first = line.text.find_first_not_of(" \t\r");
    return {Heard::Kind::kKey, first == std::string::npos ? '\n' : line.text[first]};
  }

  Line ListenLine() override {
    if (!keyboard_) return OfPipe();
    Line line{.kind = Heard::Kind::kKey};
    while (true) {
      const Heard heard = Key();
      if (heard.kind != Heard::Kind::kKey) return {.kind = heard.kind};
      if (heard.key == '\n') {
        Show("\n");
        return line;
      }
      if (heard.key == kBack) {
        if (line.text.empty()) continue;
        // A letter that is several bytes goes as one.
        while (line.text.size() > 1 &&
               (static_cast<unsigned char>(line.text.back()) & 0xc0U) == 0x80)
          line.text.pop_back();
        line.text.pop_back();
        Show("\b \b");
      } else if (line.text.size() < kLineBytesMax) {
        line.text += heard.key;
        Show(std::string_view(&heard.key, 1));
      }
    }
  }
  [[nodiscard]] bool at_terminal() const override { return keyboard_ != nullptr; }
  [[nodiscard]] bool colours() const override { return shown_on_.colours; }
  [[nodiscard]] std::size_t columns() const override { return shown_on_.columns; }

 private:
  static constexpr Heard kInterrupted{Heard::Kind::kInterrupted, 0};

  Heard Key() {
    while (true) {
      if (Stops::Asked()) return kInterrupted;
      if (g_sleep != 0) {
        keyboard_->Sleep();
        return {Heard::Kind::kResumed, 0};
      }
      pollfd look{input_, POLLIN, 0};
      const int ready = ppoll(&look, 1, nullptr, &keyboard_->waiting());
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return kInterrupted;
      char key = 0;
      if (read(input_, &key, 1) != 1) return kInterrupted;  // the terminal went away
      if (key == kEndOfInput) return {Heard::Kind::kEnd, 0};
      if (key == kEscape) {
        if (RestOfEscape() == 'D') return {Heard::Kind::kKey, kBack};  // left arrow
        continue;
      }
      if (key == kDelete) key = kBack;
      if (key == '\r') key = '\n';
      const bool control = static_cast<unsigned char>(key) < ' ' && key != kBack && key != '\n';
      if (!control && static_cast<unsigned char>(key) <= '~') return {Heard::Kind::kKey, key};
    }
  }

  // The last byte of an escape sequence; 0 for the key alone.
  char RestOfEscape() {
    constexpr int kBytesMax = 16;
    char last = 0;
    for (int i = 0; i < kBytesMax; ++i) {
      pollfd look{input_, POLLIN, 0};
      if (poll(&look, 1, kEscapeMillis) <= 0 || read(input_, &last, 1) != 1) return last;
      if (i > 0 && last >= '@' && last <= '~') return last;
    }
    return last;
  }

  Line OfPipe() {
    Line line{.kind = Heard::Kind::kEnd};
    while (true) {
      char c = 0;
      const ssize_t got = read(input_, &c, 1);
      if (got < 0 && errno == EINTR) {
        if (Stops::Asked()) return {.kind = Heard::Kind::kInterrupted};
        continue;
      }
      if (got <= 0) break;
      line.kind = Heard::Kind::kKey;
      if (c == '\n') break;
      if (line.text.size() < kLineBytesMax) line.text += c;
    }
    return line;
  }

  int input_, output_, owned_;
  Terminal shown_on_;
  std::unique_ptr<Keyboard> keyboard_;
};

}  // namespace

Result<std::unique_ptr<ports::Person>> OpenPerson(bool input_taken) {
  const bool input_is_terminal = !input_taken && isatty(STDIN_FILENO) == 1;
  const bool errors_are_seen = isatty(STDERR_FILENO) == 1;
  int terminal = -1;
  if (input_taken || (input_is_terminal && !errors_are_seen))
    terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (input_taken && terminal < 0)
    return Fail(ErrorCode::kNotReadable,
                "Standard input is the evidence and there is no terminal, so nobody can be asked.");
  const int input = input_taken ? terminal : STDIN_FILENO;
  const int output = errors_are_seen || terminal < 0 ? STDERR_FILENO : terminal;
  return std::make_unique<DescriptorPerson>(input, output, terminal);
}

std::unique_ptr<ports::Person> MakePerson(int input, int output) {
  return std::make_unique<DescriptorPerson>(input, output, -1);
}

}  // namespace bk::adapters::terminal
