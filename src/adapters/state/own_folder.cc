#include "adapters/state/own_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace bk::adapters {

std::string OwnFolder(const char* variable, std::string_view fallback) {
  // NOLINTBEGIN(concurrency-mt-unsafe): read once, before any thread
  const char* own = std::getenv(variable);
  const char* home = std::getenv("HOME");
  // NOLINTEND(concurrency-mt-unsafe)
  if (own != nullptr && own[0] == '/') return own;
  if (home == nullptr || home[0] != '/') return {};
  return std::string(home).append("/").append(fallback);
}

Status MakeFolders(const std::string& folder) {
  std::filesystem::path made;
  for (const auto& part : std::filesystem::path(folder)) {
    made /= part;
    if (mkdir(made.c_str(), 0700) != 0 && errno != EEXIST)
      return FailedWith(made.string(), "cannot be made");
  }
  return {};
}

std::unexpected<Error> FailedWith(const std::string& path, std::string_view what) {
  const int code = errno;
  return Fail(ErrorCode::kNotReadable,
              path + ": " + std::string(what) + ": " + std::strerror(code) + ".");
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace bk::adapters
