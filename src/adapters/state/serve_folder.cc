#include "adapters/state/serve_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>

#include "adapters/state/state.h"

namespace bk::adapters {
namespace {

constexpr const char* kAddress = "address";
constexpr const char* kDoor = "open.html";
constexpr std::size_t kTokenDigits = 64;

bool IsToken(std::string_view text) {
  return text.size() == kTokenDigits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// "PORT TOKEN\n"
std::optional<ServeAddress> Parse(std::string_view text) {
  ServeAddress address;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), address.port);
  if (error != std::errc() || end == text.data() + text.size() || *end != ' ') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  if (!text.ends_with('\n')) return std::nullopt;
  text.remove_suffix(1);
  if (!IsToken(text)) return std::nullopt;
  address.token = text;
  return address;
}

}  // namespace

Result<std::optional<ServeAddress>> KeptAddress(const std::string& folder) {
  const std::string path = folder + "/" + kAddress;
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.number() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    if (errno == ELOOP)
      return Fail(ErrorCode::kRefused,
                  path + ": is a link, which bandkeeper never made. Remove it, then try again.");
    return FailedWith(path, "cannot be read");
  }
  struct stat about{};
  if (fstat(file.number(), &about) != 0) return FailedWith(path, "cannot be read");
  if (!S_ISREG(about.st_mode) || about.st_uid != geteuid() || (about.st_mode & 077) != 0)
    return Fail(ErrorCode::kRefused,
                path +
                    ": others of this computer can read it, so it is not used. Remove it, then "
                    "try again.");
  std::array<char, 128> text;
  const ssize_t got = read(file.number(), text.data(), text.size());
  if (got < 0) return FailedWith(path, "cannot be read");
  return Parse({text.data(), static_cast<std::size_t>(got)});
}

Result<std::unique_ptr<ServeFolder>> ServeFolder::Hold(const std::string& folder) {
  if (folder.empty())
    return Fail(ErrorCode::kNotFound,
                "There is no home folder to serve from: set HOME or XDG_STATE_HOME.");
  if (const Status made = MakeFolders(folder); !made) return std::unexpected(made.error());
  struct stat about{};
  if (lstat(folder.c_str(), &about) != 0) return FailedWith(folder, "cannot be read");
  if (!S_ISDIR(about.st_mode) || about.st_uid != geteuid())
    return Fail(ErrorCode::kNotReadable,
                folder + ": is a link or somebody else's. Remove it, then try again.");
  if ((about.st_mode & 077) != 0 && chmod(folder.c_str(), 0700) != 0)
    return FailedWith(folder, "cannot be kept from others");
  const std::string path = folder + "/lock";
  const int number =
      open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (number < 0) return FailedWith(path, "cannot be opened");
  std::unique_ptr<ServeFolder> held(new ServeFolder(folder, number));
  if (flock(number, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FailedWith(path, "cannot be locked");
    return Fail(ErrorCode::kRefused, "Another bandkeeper serves the page already.");
  }
  return held;
}

Status ServeFolder::Keep(const ServeAddress& address) const {
  return MakeStore(folder_)->Save(kAddress,
                                  std::to_string(address.port) + " " + address.token + "\n");
}

Result<std::string> ServeFolder::KeepDoor(std::string_view address) const {
  const std::string page =
      "<!doctype html><meta charset=\"utf-8\"><title>bandkeeper</title>"
      "<meta name=\"referrer\" content=\"no-referrer\">"
      "<meta http-equiv=\"refresh\" content=\"0;url=" +
      std::string(address) + "\"><a href=\"" + std::string(address) + "\">bandkeeper</a>\n";
  if (const Status kept = MakeStore(folder_)->Save(kDoor, page); !kept)
    return std::unexpected(kept.error());
  return folder_ + "/" + kDoor;
}

Result<std::string> MakeToken() {
  std::array<unsigned char, kTokenDigits / 2> bytes;
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = getrandom(bytes.data() + have, bytes.size() - have, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailedWith("getrandom", "gives nothing");
    have += static_cast<std::size_t>(got);
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) {
    token += kDigits[byte >> 4];
    token += kDigits[byte & 15];
  }
  return token;
}

std::vector<std::string> NamesIn(const std::string& folder) {
  constexpr std::size_t kNamesMax = 10'000;
  std::vector<std::string> names;
  std::error_code error;
  for (auto at = std::filesystem::directory_iterator(folder, error);
       !error && at != std::filesystem::directory_iterator() && names.size() < kNamesMax;
       at.increment(error)) {
    std::string name = at->path().filename().string();
    if (!name.starts_with('.')) names.push_back(std::move(name));
  }
  return names;
}

Status RemoveFile(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return FailedWith(path, "cannot be removed");
  return {};
}

}  // namespace bk::adapters
