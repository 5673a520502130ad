#include "simulate/replay/package_dump.h"

#include <fmt/format.h>

#include <functional>
#include <optional>

#include "base/text.h"

namespace bk::simulate::replay {
namespace {

constexpr std::string_view kBlock = "  Package [";

// Calls with the heading ("Packages:"), the package's name and its block, in order.
void EachPackage(
    std::string_view all,
    const std::function<void(std::string_view, std::string_view, std::string_view)>& found) {
  std::string_view heading, name;
  const char* begin = nullptr;
  const auto close = [&](const char* end) {
    if (begin != nullptr) found(heading, name, {begin, static_cast<std::size_t>(end - begin)});
    begin = nullptr;
  };
  std::string_view rest = all, line;
  while (NextLine(rest, line)) {
    if (line.starts_with(kBlock)) {
      close(line.data());
      name = After(line, "[", "]").value_or("");
      begin = line.data();
    } else if (!line.empty() && line.front() != ' ') {
      close(line.data());
      heading = line;
    }
  }
  close(all.data() + all.size());
}

}  // namespace

std::string DumpOfPackage(std::string_view all, std::string_view package) {
  std::string dump;
  std::string_view last;
  EachPackage(all, [&](std::string_view heading, std::string_view name, std::string_view block) {
    if (name != package) return;
    if (heading != last) dump += fmt::format("{}{}\n", dump.empty() ? "" : "\n", heading);
    last = heading;
    dump += block;
    while (dump.ends_with("\n\n")) dump.pop_back();
  });
  return dump.empty() ? fmt::format("Unable to find package: {}\n", package) : dump;
}

std::string ListPackages(std::string_view all, bool with_uid) {
  std::string list;
  EachPackage(all, [&](std::string_view heading, std::string_view name, std::string_view block) {
    if (!heading.starts_with("Packages:")) return;
    list += fmt::format("package:{}", name);
    if (with_uid) {
      const auto old_name = After(block, "userId=", " \n");
      const auto uid = old_name ? old_name : After(block, "appId=", " \n");
      if (uid) list += fmt::format(" uid:{}", *uid);
    }
    list += '\n';
  });
  return list;
}

}  // namespace bk::simulate::replay
