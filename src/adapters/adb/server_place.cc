#include "adapters/adb/server_place.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "base/text.h"

namespace bk::adapters::adb {
namespace {

std::optional<std::uint16_t> ParsePort(std::string_view text) {
  const auto port = ParseInt<std::uint16_t>(text);
  return port && *port != 0 ? port : std::nullopt;
}

bool IsHere(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;
};
std::optional<HostAndPort> SplitHost(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const auto port = ParsePort(text.substr(colon + 1));
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.contains(':')) {
    return std::nullopt;
  }
  if (!port || host.empty()) return std::nullopt;
  return HostAndPort{std::string(host), *port};
}

Result<ServerPlace> FromSocket(const std::string& text) {
  ServerPlace place;
  const auto wrong = [&] {
    return Fail(ErrorCode::kInvalid,
                fmt::format("ADB_SERVER_SOCKET is \"{}\"; bandkeeper understands tcp:PORT, "
                            "tcp:HOST:PORT, localfilesystem:PATH and localabstract:NAME.",
                            text));
  };
  std::string_view rest = text;
  const auto take = [&](std::string_view start) {
    if (!rest.starts_with(start)) return false;
    rest.remove_prefix(start.size());
    return !rest.empty();
  };
  if (take("tcp:")) {
    if (const auto port = ParsePort(rest)) {
      place.port = *port;
      return place;
    }
    const auto split = SplitHost(rest);
    if (!split) return wrong();
    place.host = split->host;
    place.port = split->port;
    place.here = IsHere(place.host);
    return place;
  }
  // The longest name that a socket's address holds, with its end.
  constexpr std::size_t kPathBytesMax = 107;
  if (take("localfilesystem:")) {
    place.kind = ServerPlace::Kind::kFile;
  } else if (take("localabstract:")) {
    place.kind = ServerPlace::Kind::kAbstract;
  } else {
    return wrong();
  }
  if (rest.size() > kPathBytesMax) return wrong();
  place.path = rest;
  return place;
}

}  // namespace

std::string ServerPlace::Text() const {
  switch (kind) {
    case Kind::kTcp:
      return host.contains(':') ? fmt::format("[{}]:{}", host, port)
                                : fmt::format("{}:{}", host, port);
    case Kind::kFile:
      return path;
    case Kind::kAbstract:
      return "@" + path;
  }
  return {};
}

Result<ServerPlace> FindServer(const Environment& environment) {
  if (const std::string text = environment("ADB_SERVER_SOCKET"); !text.empty())
    return FromSocket(text);
  ServerPlace place;
  if (const std::string host = environment("ANDROID_ADB_SERVER_ADDRESS"); !host.empty()) {
    place.host = host;
    place.here = IsHere(host);
  }
  if (const std::string text = environment("ANDROID_ADB_SERVER_PORT"); !text.empty()) {
    const auto port = ParsePort(text);
    if (!port)
      return Fail(ErrorCode::kInvalid,
                  fmt::format("ANDROID_ADB_SERVER_PORT is \"{}\", which is no port.", text));
    place.port = *port;
  }
  return place;
}

std::vector<std::string> AdbCandidates(const Environment& environment) {
  std::vector<std::string> found;
  const std::string path = environment("PATH");
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string_view folder = rest.substr(0, colon);
    // An empty part means the current folder: whatever lies there is not run.
    if (folder.starts_with('/')) found.push_back(fmt::format("{}/adb", folder));
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  for (const char* variable : {"ANDROID_HOME", "ANDROID_SDK_ROOT"})
    if (const std::string home = environment(variable); home.starts_with('/'))
      found.push_back(home + "/platform-tools/adb");
  if (const std::string home = environment("HOME"); home.starts_with('/'))
    found.push_back(home + "/Android/Sdk/platform-tools/adb");
  return found;
}

std::string FindAdb(const Environment& environment) {
  for (const std::string& path : AdbCandidates(environment)) {
    struct stat about{};
    if (stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) &&
        access(path.c_str(), X_OK) == 0)
      return path;
  }
  return {};
}

bool IsHostAndPort(std::string_view serial) { return SplitHost(serial).has_value(); }

}  // namespace bk::adapters::adb
