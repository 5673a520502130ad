#include "adapters/state/journal_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/state/own_folder.h"

namespace bk::adapters {
namespace {

constexpr off_t kBytesMax = off_t{16} * 1024 * 1024;
constexpr mode_t kOwnerOnly = 0600;

class JournalFile : public ports::Journal {
 public:
  JournalFile(std::string path, int file) : path_(std::move(path)), file_(file) {}

  Result<std::string> Read() override {
    if (file_.number() < 0) return std::string();
    struct stat about{};
    if (fstat(file_.number(), &about) != 0) return FailedWith(path_, "cannot be read");
    if (about.st_size > kBytesMax)
      return Fail(ErrorCode::kTooLarge, path_ + ": is too large to be a journal of repairs.");
    std::string text(static_cast<std::size_t>(about.st_size), '\0');
    std::size_t have = 0;
    while (have < text.size()) {
      const ssize_t got =
          pread(file_.number(), text.data() + have, text.size() - have, static_cast<off_t>(have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return FailedWith(path_, "cannot be read");
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    text.resize(have);
    return text;
  }

  Status Append(std::string_view bytes) override {
    const off_t before = lseek(file_.number(), 0, SEEK_END);
    if (before < 0) return FailedWith(path_, "cannot be written");
    if (before + static_cast<off_t>(bytes.size()) > kBytesMax)
      return Fail(ErrorCode::kTooLarge,
                  path_ + ": is full. Undo what you want undone, then move it away.");
    char last = '\n';
    if (before > 0 && pread(file_.number(), &last, 1, before - 1) != 1)
      return FailedWith(path_, "cannot be read");
    std::string text(last == '\n' ? "" : "\n");
    text += bytes;
    if (!WriteAll(file_.number(), text) || fdatasync(file_.number()) != 0) return TakenBack(before);
    return {};
  }

 private:
  // What stood there before is whole; a part of a record that stays behind does no harm.
  Status TakenBack(off_t size) {
    auto failed = FailedWith(path_, "cannot be written");
    (void)!ftruncate(file_.number(), size);
    return failed;
  }

  std::string path_;
  Descriptor file_;
};

}  // namespace

Result<std::unique_ptr<ports::Journal>> OpenJournal(const std::string& folder, JournalUse use) {
  if (folder.empty())
    return Fail(ErrorCode::kNotFound,
                "There is no home folder to keep the journal of repairs in, and without it nothing "
                "could be undone. Set HOME or XDG_STATE_HOME.");
  const std::string path = folder + "/repairs.journal";
  const bool writes = use == JournalUse::kWrite;
  if (writes)
    if (const Status made = MakeFolders(folder); !made) return std::unexpected(made.error());
  const int access = writes ? O_RDWR | O_CREAT | O_APPEND : O_RDONLY;
  const int number = open(path.c_str(), access | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, kOwnerOnly);
  if (number < 0 && !(errno == ENOENT && !writes)) return FailedWith(path, "cannot be opened");
  auto journal = std::make_unique<JournalFile>(path, number);
  if (number < 0) return journal;
  struct stat about{};
  if (fstat(number, &about) != 0) return FailedWith(path, "cannot be read");
  if (!S_ISREG(about.st_mode))
    return Fail(ErrorCode::kNotReadable, path + ": is no file that was kept here.");
  if (!writes) return journal;
  if (flock(number, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FailedWith(path, "cannot be locked");
    return Fail(
        ErrorCode::kRefused,
        "Another bandkeeper is mending or undoing at this moment. Wait until it has ended.");
  }
  if ((about.st_mode & 077) != 0 && fchmod(number, kOwnerOnly) != 0)
    return FailedWith(path, "cannot be kept from others");
  if (about.st_size == 0) {  // the file's own name must be durable too
    const Descriptor parent(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.number() < 0 || fsync(parent.number()) != 0)
      return FailedWith(folder, "cannot be written");
  }
  return journal;
}

}  // namespace bk::adapters
