// The page itself: files that are embedded in the program, packed when it was built.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bk::server {

struct Asset {
  std::string_view path;    // "/", "/assets/index-5f2c.js"
  std::string_view type;    // "text/javascript; charset=utf-8"
  std::string_view etag;    // of its bytes, in quotes
  bool for_ever = false;    // its name changes with its bytes
  std::string_view policy;  // what its content policy says more: its own script and style, by hash
  std::string_view plain, gzip, brotli;  // packed forms may be empty
};

// nullptr: there is none. `assets`: all there are.
const Asset* FindAsset(std::span<const Asset> assets, std::string_view path);

// "/" as it begins for these settings: "/index.de.dark.html", or "/" where there is no such.
// `theme`: "light", "dark"; anything else: as the system has it.
const Asset* FindFirst(std::span<const Asset> assets, std::string_view language,
                       std::string_view theme);

// "br", "gzip" or "": what of the asset's forms the other side takes best.
// `accepts`: the field Accept-Encoding.
std::string_view BestForm(const Asset& asset, std::string_view accepts);

}  // namespace bk::server
