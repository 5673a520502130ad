// Settings that an earlier repair set and that do not stand any more, in words.
#pragma once

#include <string>
#include <vector>

#include "app/privacy.h"
#include "app/repair/kept_settings.h"
#include "cli/style.h"

namespace bk::cli {

// Empty where there is none.
std::string PutBackText(const std::vector<app::PutBackSetting>& all,
                        const language::Language& language, const Style& style,
                        app::Privacy& privacy);

}  // namespace bk::cli
