// Colours and wrapping for people; plain text for pipes. Meaning never rests on colour alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bk::cli {

enum class Tone { kPlain, kStrong, kGood, kBad, kUnsure, kFaint };

class Style {
 public:
  // `columns`: width to wrap at, 0 for none.
  Style(bool colours, std::size_t columns) : colours_(colours), columns_(columns) {}

  [[nodiscard]] std::string Paint(Tone tone, std::string_view text) const;
  // Words of `text` in lines of at most `columns` with `indent` before each but the first, whose
  // indent the caller has written already (`first_column` characters). Control characters of
  // foreign text become '?', so that evidence can never drive the terminal.
  [[nodiscard]] std::string Wrap(std::string_view text, std::size_t first_column,
                                 std::size_t indent) const;

 private:
  bool colours_;
  std::size_t columns_;
};

// Columns that UTF-8 text takes, one per code point: enough for the languages that we print.
std::size_t Columns(std::string_view text);

// Foreign text made safe for a terminal: C0/C1 controls and DEL become '?'; everything else stays.
std::string Printable(std::string_view text);

}  // namespace bk::cli
