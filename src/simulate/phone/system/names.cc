#include "simulate/phone/system/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace bk::simulate {

std::string UidText(int uid) {
  constexpr int kFirstApp = 10'000;
  return uid >= kFirstApp ? fmt::format("u0a{}", uid - kFirstApp) : std::to_string(uid);
}

std::string HashText(std::string_view of) {
  std::uint32_t hash = 2'166'136'261U;
  for (const char c : of) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
  return fmt::format("{:x}", hash & 0xfffffffU);
}

std::string FullComponent(std::string_view package, std::string_view cls) {
  if (cls.starts_with('.')) return fmt::format("{}/{}{}", package, package, cls);
  return fmt::format("{}/{}", package, cls);
}

std::string Component(std::string_view package, std::string_view cls) {
  if (cls.starts_with(package) && cls.size() > package.size() && cls[package.size()] == '.')
    cls.remove_prefix(package.size());
  return fmt::format("{}/{}", package, cls);
}

bool TakeUser(std::vector<std::string>& words) {
  const auto at = std::ranges::find(words, "--user");
  if (at == words.end()) return true;
  const std::string user = at + 1 == words.end() ? "" : *(at + 1);
  words.erase(at, at + (at + 1 == words.end() ? 1 : 2));
  return user == "0" || user == "cur" || user == "current" || user == "all";
}

bool TakeFlag(std::vector<std::string>& words, std::string_view flag) {
  return std::erase_if(words, [&](const std::string& word) { return word == flag; }) != 0;
}

}  // namespace bk::simulate
