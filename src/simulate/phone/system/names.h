// Small parts that dumps and commands share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/phone/android.h"
#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// "u0a143" for 10143, "1000" for 1000: as most dumps write a uid of user 0.
std::string UidText(int uid);
// Seven digits that stay the same for the same thing: what Java's identity hash looks like.
std::string HashText(std::string_view of);
// "pkg/.Main" from ".Main" or "pkg.Main"; "pkg/other.Main" else.
std::string Component(std::string_view package, std::string_view cls);
// "pkg/pkg.Main" from ".Main".
std::string FullComponent(std::string_view package, std::string_view cls);

// Takes "--user N" (or "cur", "current", "all") out of the words; false when N is no user here.
bool TakeUser(std::vector<std::string>& words);
bool TakeFlag(std::vector<std::string>& words, std::string_view flag);

}  // namespace bk::simulate
