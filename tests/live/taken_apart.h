// A bug report's text as the live outputs of the phone that wrote it.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace bk::live {

// Command line, without arguments that only narrow it -> what it prints: "getprop",
// "dumpsys power", "settings list global", "logcat main", "logcat events", "date", "pm list
// packages", "am get-current-user".
std::map<std::string, std::string> TakeApart(std::string_view report);

// What such a phone answers to `line`; nullptr: it has no such command.
const std::string* AnswerTo(const std::map<std::string, std::string>& outputs,
                            std::string_view line);

}  // namespace bk::live
