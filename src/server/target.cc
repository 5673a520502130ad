#include "server/target.h"

#include "server/limits.h"

namespace bk::server {
namespace {

int Hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> Decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = Hex(text[i + 1]), low = Hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

}  // namespace

std::optional<Target> ParseTarget(std::string_view text) {
  if (text.empty() || text[0] != '/' || text.size() > kTargetBytesMax) return std::nullopt;
  for (const char c : text)
    if (c <= ' ' || c == 0x7f || static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
  if (const std::size_t fragment = text.find('#'); fragment != std::string_view::npos)
    return std::nullopt;
  Target target;
  const std::size_t mark = text.find('?');
  target.path = text.substr(0, mark);
  if (mark == std::string_view::npos) return target;
  std::string_view rest = text.substr(mark + 1);
  for (std::size_t fields = 0; !rest.empty(); ++fields) {
    if (fields >= kQueryFieldsMax) return std::nullopt;
    const std::size_t end = rest.find('&');
    const std::string_view field = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (field.empty()) continue;
    const std::size_t equals = field.find('=');
    auto name = Decode(field.substr(0, equals));
    auto value =
        Decode(equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    target.query.try_emplace(*std::move(name), *std::move(value));
  }
  return target;
}

}  // namespace bk::server
