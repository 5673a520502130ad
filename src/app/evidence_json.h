// Evidence as JSON, the parts that the report ("bandkeeper.report/1") and the story
// ("bandkeeper.story/1") share. Every text passes Privacy here; bytes that are not UTF-8 become
// U+FFFD, so that the document is always valid.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "app/privacy.h"
#include "evidence/evidence.h"

namespace bk::app {

// Replaces every malformed UTF-8 sequence by U+FFFD.
std::string ValidUtf8(std::string_view text);

// {file, member, line|packet|offset, time: {clock, text}}, without the parts that are not known.
nlohmann::ordered_json ToJson(const evidence::Where& where, Privacy& privacy);
// {id, value, source, where, text}
nlohmann::ordered_json ToJson(const evidence::Finding& finding, Privacy& privacy);
// {time, clock, kind, text, source, where}
nlohmann::ordered_json ToJson(const evidence::Event& event, Privacy& privacy);
// {kind, where, count, text}
nlohmann::ordered_json ToJson(const evidence::Loss& loss, Privacy& privacy);

}  // namespace bk::app
