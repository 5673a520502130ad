// The body of an order. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace bk::server {

// "application/json", with or without parameters, in either case of letters.
bool IsJsonType(std::string_view content_type);

// An object; {} for an empty text. nullopt: no JSON, another value, or nested deeper than
// kJsonDepthMax.
std::optional<nlohmann::ordered_json> ParseOrder(std::string_view text);

}  // namespace bk::server
