// The everyday settings in words: what is so, what is not and how it is set, what to look at.
#pragma once

#include <string>

#include "app/repair/everyday_case.h"
#include "app/repair/everyday_set.h"
#include "cli/style.h"

namespace bk::cli {

// `verbose`: also why, of what is good.
std::string EverydayText(const app::EverydayReport& report, const Style& style, bool verbose);

// The question before bandkeeper sets so many of them.
std::string SettableText(const language::Language& language, std::size_t settable);
// How they can be set another time.
std::string LaterText(const language::Language& language, std::size_t settable, const Style& style);
// What was set and what was not; `after`: as the phone is now.
std::string SetText(const app::EverydaySet& set, const app::EverydayReport& after,
                    const Style& style);

}  // namespace bk::cli
