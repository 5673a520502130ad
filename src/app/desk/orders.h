// Private to the desk: what the page asks, by its word. Each takes the room's lock.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/desk/desk.h"

namespace bk::app {

class DeskRoom;

Answered PostTo(DeskRoom& room, std::string_view order, const Desk::Json& body);
std::vector<std::string_view> OrderNames();
Answered GetFrom(DeskRoom& room, std::string_view what, const Desk::Query& query);
std::vector<std::string_view> GetNames();

std::int64_t WallNow();  // milliseconds since 1970
// JSON of foreign texts: never throws.
std::string DumpCompact(const nlohmann::ordered_json& json);

}  // namespace bk::app
