#include "cli/style.h"

namespace bk::cli {
namespace {

std::string_view Escape(Tone tone) {
  switch (tone) {
    case Tone::kStrong:
      return "\x1b[1m";
    case Tone::kGood:
      return "\x1b[32m";
    case Tone::kBad:
      return "\x1b[31m";
    case Tone::kUnsure:
      return "\x1b[33m";
    case Tone::kFaint:
      return "\x1b[2m";
    case Tone::kPlain:
      break;
  }
  return "";
}

}  // namespace

std::size_t Columns(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return columns;
}

std::string Style::Paint(Tone tone, std::string_view text) const {
  if (!colours_ || tone == Tone::kPlain) return std::string(text);
  return std::string(Escape(tone)).append(text).append("\x1b[0m");
}

std::string Style::Wrap(std::string_view text, std::size_t first_column, std::size_t indent) const {
  std::string safe = Printable(text);
  if (columns_ == 0) return safe;
  std::string out;
  std::size_t column = first_column;
  bool line_has_word = false;
  for (std::size_t at = 0; at < safe.size();) {
    const std::size_t space = safe.find(' ', at);
    const std::string_view word = std::string_view(safe).substr(at, space - at);
    at = space == std::string::npos ? safe.size() : space + 1;
    if (word.empty()) continue;
    const std::size_t width = Columns(word);
    if (line_has_word && column + 1 + width > columns_) {
      out.append("\n").append(indent, ' ');
      column = indent;
      line_has_word = false;
    }
    if (line_has_word) out.push_back(' '), ++column;
    out.append(word);
    column += width;
    line_has_word = true;
  }
  return out;
}

std::string Printable(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    // U+0080..U+009F, the C1 controls, are C2 80..C2 9F in UTF-8.
    const bool c1 = c == 0xc2 && i + 1 < out.size() &&
                    static_cast<unsigned char>(out[i + 1]) >= 0x80 &&
                    static_cast<unsigned char>(out[i + 1]) < 0xa0;
    if (c < 0x20 || c == 0x7f) out[i] = '?';
    if (c1) out[i] = out[i + 1] = '?';
  }
  return out;
}

}  // namespace bk::cli
