// A line of the phone's shell cut into words and the signs between them: the part of mksh's
// grammar that scripts over adb use. No expansion of file names, no functions, no loops.
// Source: POSIX.1-2017, Shell Command Language 2.2 (quoting), 2.7 (redirection), 2.9 (lists).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bk::simulate {

// One word before expansion: parts that are taken as they are, and parts that stand for something.
struct WordPart {
  enum class Kind : std::uint8_t { kText, kLastExit, kVariable, kCommand };
  Kind kind = Kind::kText;
  std::string text;     // kVariable: its name; kCommand: the line within $( )
  bool quoted = false;  // an unquoted expansion is cut at blanks
};
struct Word {
  std::vector<WordPart> parts;
  bool quoted = false;  // any quote in it: it stays a word when it is empty
};

struct Redirect {
  int from = 1;       // 0, 1, 2
  int to_stream = 0;  // 1 or 2 for "2>&1"; 0: `file`
  Word file;
};
struct SimpleCommand {
  std::vector<Word> words;
  std::vector<Redirect> redirects;  // in order
};
struct Pipeline {
  bool inverted = false;  // "!"
  std::vector<SimpleCommand> commands;
};
// How a pipeline hangs on the one before it.
enum class Joint : std::uint8_t { kAlways, kAnd, kOr };
struct ListItem {
  Joint joint = Joint::kAlways;
  Pipeline pipeline;
};

constexpr std::size_t kCommandLineMax = std::size_t{1} << 20;  // a longer one is kTooLarge

// An error's message is what mksh says of the line, without the shell's name.
Result<std::vector<ListItem>> ParseCommandLine(std::string_view line);

}  // namespace bk::simulate
