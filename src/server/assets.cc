#include "server/assets.h"

#include <algorithm>
#include <string>

namespace bk::server {
namespace {

// Whether the list names this coding and does not refuse it ("br;q=0").
bool Takes(std::string_view list, std::string_view coding) {
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    std::string_view one = list.substr(0, end);
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
    const auto trim = [](std::string_view text) {
      while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
      while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
      return text;
    };
    const std::size_t semicolon = one.find(';');
    const std::string_view quality =
        semicolon == std::string_view::npos ? std::string_view() : trim(one.substr(semicolon + 1));
    if (trim(one.substr(0, semicolon)) != coding) continue;
    return !(quality.starts_with("q=0") &&
             quality.find_first_not_of("0.", 3) == std::string_view::npos);
  }
  return false;
}

}  // namespace

const Asset* FindAsset(std::span<const Asset> assets, std::string_view path) {
  const auto found = std::ranges::find(assets, path, &Asset::path);
  return found == assets.end() ? nullptr : &*found;
}

const Asset* FindFirst(std::span<const Asset> assets, std::string_view language,
                       std::string_view theme) {
  std::string path = "/index." + std::string(language);
  if (theme == "light" || theme == "dark") path += "." + std::string(theme);
  const Asset* const own = FindAsset(assets, path + ".html");
  return own == nullptr ? FindAsset(assets, "/") : own;
}

std::string_view BestForm(const Asset& asset, std::string_view accepts) {
  if (!asset.brotli.empty() && Takes(accepts, "br")) return "br";
  if (!asset.gzip.empty() && Takes(accepts, "gzip")) return "gzip";
  return "";
}

}  // namespace bk::server
