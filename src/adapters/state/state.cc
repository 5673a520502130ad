#include "adapters/state/state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "adapters/state/own_folder.h"

namespace bk::adapters {
namespace {

constexpr std::size_t kBytesMax = 1 << 20;

class FolderStore : public ports::Store {
 public:
  explicit FolderStore(std::string folder) : folder_(std::move(folder)) {}

  Result<std::optional<Kept>> Load(const std::string& name) override {
    if (folder_.empty()) return std::nullopt;
    const std::string path = folder_ + "/" + name;
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.number() < 0) {
      if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
      return FailedWith(path, "cannot be read");
    }
    struct stat about{};
    if (fstat(file.number(), &about) != 0) return FailedWith(path, "cannot be read");
    if (!S_ISREG(about.st_mode) || about.st_size > static_cast<off_t>(kBytesMax))
      return Fail(ErrorCode::kTooLarge, path + ": is no file that was kept here.");
    Kept kept;
    kept.age_seconds = std::max<std::int64_t>(0, std::time(nullptr) - about.st_mtime);
    kept.text.resize(kBytesMax);
    std::size_t have = 0;
    while (have < kept.text.size()) {
      const ssize_t got = read(file.number(), kept.text.data() + have, kept.text.size() - have);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return FailedWith(path, "cannot be read");
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    kept.text.resize(have);
    return kept;
  }

  Status Save(const std::string& name, std::string_view text) override {
    if (folder_.empty())
      return Fail(ErrorCode::kNotFound, "There is no home folder to keep answers in.");
    if (text.size() > kBytesMax) return Fail(ErrorCode::kTooLarge, name + ": too much to keep.");
    if (const Status made = MakeFolders(folder_); !made) return made;
    const std::string path = folder_ + "/" + name;
    const std::string fresh = path + "." + std::to_string(getpid());
    unlink(fresh.c_str());  // of a process of that number that was killed
    {
      const Descriptor file(
          open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
      if (file.number() < 0) return FailedWith(fresh, "cannot be written");
      if (!WriteAll(file.number(), text) || fsync(file.number()) != 0) {
        auto failed = FailedWith(fresh, "cannot be written");
        unlink(fresh.c_str());
        return failed;
      }
    }
    if (rename(fresh.c_str(), path.c_str()) != 0) {
      auto failed = FailedWith(path, "cannot be written");
      unlink(fresh.c_str());
      return failed;
    }
    const Descriptor folder(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() >= 0) fsync(folder.number());
    return {};
  }

  Status Remove(const std::string& name) override {
    if (folder_.empty()) return {};
    const std::string path = folder_ + "/" + name;
    if (unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
      return FailedWith(path, "cannot be removed");
    return {};
  }

 private:
  std::string folder_;
};

}  // namespace

std::string StateFolder() {
  const std::string state = OwnFolder("XDG_STATE_HOME", ".local/state");
  return state.empty() ? state : state + "/bandkeeper";
}

std::unique_ptr<ports::Store> MakeStore(std::string folder) {
  return std::make_unique<FolderStore>(std::move(folder));
}

}  // namespace bk::adapters
