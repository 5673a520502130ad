// The everyday settings in words: what is so, what is not and how it is set, what to look at.
#pragma once

#include <string>

#include "app/repair/everyday_case.h"
#include "cli/style.h"

namespace bk::cli {

// `verbose`: also why, of what is good.
std::string EverydayText(const app::EverydayReport& report, const Style& style, bool verbose);

}  // namespace bk::cli
