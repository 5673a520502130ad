// A simple command as its words. Inside the room only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bk::simulate::replay {

// At blanks outside of quotes, which are taken off.
std::vector<std::string> WordsOf(std::string_view command);

}  // namespace bk::simulate::replay
