#include "server/json_body.h"

#include <algorithm>

#include "server/limits.h"

namespace bk::server {

bool IsJsonType(std::string_view type) {
  constexpr std::string_view kJson = "application/json";
  const std::string_view head = type.substr(0, kJson.size());
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (!std::ranges::equal(head, kJson, {}, lower)) return false;
  const std::string_view rest = type.substr(kJson.size());
  return rest.empty() || rest[0] == ';' || rest[0] == ' ';
}

std::optional<nlohmann::ordered_json> ParseOrder(std::string_view text) {
  using Json = nlohmann::ordered_json;
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Json::object();
  // The parser recurses as deep as the text asks.
  std::size_t depth = 0;
  bool within = false, escaped = false;
  for (const char c : text) {
    if (within) {
      if (!escaped && c == '"') within = false;
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      within = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kJsonDepthMax) return std::nullopt;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

}  // namespace bk::server
