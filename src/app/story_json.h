// "bandkeeper.story/1": what `read --json` prints for captures and logs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "app/privacy.h"
#include "app/report.h"
#include "app/timeline.h"
#include "capture/story.h"

namespace bk::app {

// `more`: losses of the readers of text, which have no links; events of all are in `timeline`.
nlohmann::ordered_json StoryJson(std::span<const ReadFile> files,
                                 std::span<const capture::Story> stories,
                                 const evidence::Evidence& more, const Timeline& timeline,
                                 Privacy& privacy);

}  // namespace bk::app
