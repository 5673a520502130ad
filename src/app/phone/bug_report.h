// A whole bug report of a live phone, made now and fetched.
// Source of the words: AOSP frameworks/native/cmds/bugreportz, readme.md.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/language.h"
#include "ports/phone.h"

namespace bk::app {

struct FetchedReport {
  std::string name;  // of the file on the phone, without its folder; foreign
  std::vector<std::byte> bytes;
};

// `bugreportz -p` and the zip that it names; `bugreport`, plain text, on a phone that has none
// (Android 6 and older). Takes one to five minutes, ten at most. kStopped by the person;
// kNotReadable with the phone's own words. `language` of `progress`.
Result<FetchedReport> FetchBugReport(ports::Phone& phone,
                                     const std::function<void(std::string_view)>& progress,
                                     const language::Language& language = {});

}  // namespace bk::app
