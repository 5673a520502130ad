// `dumpsys package NAME` and `pm list packages`, from the dump of all. Inside the room only.
// Source: AOSP frameworks/base PackageManagerService (dump of one package), Settings.java.
#pragma once

#include <string>
#include <string_view>

namespace bk::simulate::replay {

// The parts of the dump that speak of this package; what Android says when there is none.
std::string DumpOfPackage(std::string_view all, std::string_view package);
// "package:NAME" a line, with " uid:N" if asked.
std::string ListPackages(std::string_view all, bool with_uid);

}  // namespace bk::simulate::replay
