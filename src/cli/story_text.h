// What captures and reports hold, in words: files, links, timeline, losses.
#pragma once

#include <string>

#include "app/diagnose_case.h"
#include "app/privacy.h"
#include "cli/style.h"

namespace bk::cli {

std::string StoryText(const app::Reading& reading, const Style& style, app::Privacy& privacy,
                      bool verbose);

}  // namespace bk::cli
