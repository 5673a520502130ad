#include "language/message.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bk::language {
namespace {

constexpr std::array<std::pair<Plurals, std::string_view>, 6> kNames = {
    {{Plurals::kNone, "none"},
     {Plurals::kOne, "one"},
     {Plurals::kZeroOne, "zero_one"},
     {Plurals::kCzech, "czech"},
     {Plurals::kPolish, "polish"},
     {Plurals::kRussian, "russian"}}};

bool IsName(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// A piece of a text: words as they are, or a placeholder.
struct Piece {
  std::string_view words;  // with the braces of a placeholder
  std::string_view name;   // empty: words alone
  std::vector<std::string_view> forms;
};

std::vector<Piece> PiecesOf(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t plain = 0;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view inner = text.substr(open + 1, close - open - 1);
    const std::size_t colon = inner.find(':');
    const std::string_view name = inner.substr(0, colon);
    if (!IsName(name)) continue;
    if (open > plain) pieces.push_back({text.substr(plain, open - plain), {}, {}});
    Piece piece{text.substr(open, close + 1 - open), name, {}};
    if (colon != std::string_view::npos) piece.forms = Split(inner.substr(colon + 1), '|');
    pieces.push_back(std::move(piece));
    plain = close + 1;
    open = close;
  }
  if (plain < text.size()) pieces.push_back({text.substr(plain), {}, {}});
  return pieces;
}

}  // namespace

std::string_view PluralsName(Plurals plurals) {
  for (const auto& [rule, name] : kNames)
    if (rule == plurals) return name;
  return {};
}

std::optional<Plurals> PluralsNamed(std::string_view name) {
  for (const auto& [rule, known] : kNames)
    if (known == name) return rule;
  return std::nullopt;
}

std::size_t FormsOf(Plurals plurals) {
  switch (plurals) {
    case Plurals::kNone:
      return 1;
    case Plurals::kOne:
    case Plurals::kZeroOne:
      return 2;
    case Plurals::kCzech:
    case Plurals::kPolish:
    case Plurals::kRussian:
      return 3;
  }
  return 1;
}

std::size_t FormOf(Plurals plurals, long long number) {
  const long long n = number < 0 ? -number : number;
  const long long ten = n % 10, hundred = n % 100;
  const bool few = ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14);
  switch (plurals) {
    case Plurals::kNone:
      return 0;
    case Plurals::kOne:
      return n == 1 ? 0 : 1;
    case Plurals::kZeroOne:
      return n <= 1 ? 0 : 1;
    case Plurals::kCzech:
      return n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2;
    case Plurals::kPolish:
      return n == 1 ? 0 : few ? 1 : 2;
    case Plurals::kRussian:
      return ten == 1 && hundred != 11 ? 0 : few ? 1 : 2;
  }
  return 0;
}

std::string Fill(std::string_view text, Plurals plurals, const std::vector<Argument>& arguments) {
  std::string out;
  for (const Piece& piece : PiecesOf(text)) {
    const auto argument = std::ranges::find(arguments, piece.name, &Argument::name);
    if (piece.name.empty() || argument == arguments.end()) {
      out += piece.words;
    } else if (piece.forms.empty()) {
      out += argument->text;
    } else {
      const std::size_t form = argument->number ? FormOf(plurals, *argument->number) : 0;
      for (const char c : piece.forms[std::min(form, piece.forms.size() - 1)])
        if (c == '#')
          out += argument->text;
        else
          out += c;
    }
  }
  return out;
}

std::vector<Placeholder> PlaceholdersOf(std::string_view text) {
  std::vector<Placeholder> found;
  for (const Piece& piece : PiecesOf(text))
    if (!piece.name.empty()) found.push_back({std::string(piece.name), piece.forms.size()});
  return found;
}

}  // namespace bk::language
