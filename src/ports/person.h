// The person in front of the program: shows text, hears single keys.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bk::ports {

class Person {
 public:
  struct Heard {
    enum class Kind {
      kKey,
      kEnd,          // no more will come: end of input, or Ctrl-D
      kInterrupted,  // Ctrl-C, a request to end, or the terminal went away: stop now
      kResumed,      // the program slept (Ctrl-Z) and the screen may be another: show again
    };
    Kind kind = Kind::kEnd;
    char key = 0;  // as typed; kBack for backspace and left arrow; '\n' for return or an empty line
  };
  static constexpr char kBack = '\b';

  virtual ~Person() = default;
  // Text as it is, at once; newlines are the caller's.
  virtual void Show(std::string_view text) = 0;
  // Waits for one key; of a pipe, for one line, of which the first character counts.
  virtual Heard Listen() = 0;

  // A whole line, for a word that must be typed out; shown as it is typed.
  struct Line {
    Heard::Kind kind = Heard::Kind::kEnd;  // kKey: `text` was typed and ended with return
    std::string text;
  };
  virtual Line ListenLine() {
    Line line{.kind = Heard::Kind::kKey};
    while (true) {
      const Heard heard = Listen();
      if (heard.kind != Heard::Kind::kKey) return {.kind = heard.kind};
      if (heard.key == '\n') return line;
      if (heard.key != kBack)
        line.text += heard.key;
      else if (!line.text.empty())
        line.text.pop_back();
    }
  }

  [[nodiscard]] virtual bool at_terminal() const = 0;
  [[nodiscard]] virtual bool colours() const = 0;
  [[nodiscard]] virtual std::size_t columns() const = 0;  // 0 for a pipe
};

}  // namespace bk::ports
