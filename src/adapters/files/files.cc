#include "adapters/files/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "base/limits.h"

namespace bk::adapters {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

std::string Shown(const std::string &path) { return path == "-" ? "standard input" : path; }

std::unexpected<Error> FailOpen(const std::string &path, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return Fail(ErrorCode::kNotFound, fmt::format("there is no file {}", path));
    case EACCES:
    case EPERM:
      return Fail(ErrorCode::kNotReadable,
                  fmt::format("{} may not be read by this user: permission denied", path));
    case ENXIO:
      return Fail(ErrorCode::kNotReadable, fmt::format("{} is a socket, not a file", path));
    default:
      return Fail(ErrorCode::kNotReadable, fmt::format("{} cannot be opened: {}", path,
                                                       std::generic_category().message(error)));
  }
}

class OpenFile {
 public:
  OpenFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  OpenFile(OpenFile &&other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        path_(std::move(other.path_)),
        read_(other.read_),
        bytes_to_map_(other.bytes_to_map_) {}
  OpenFile &operator=(OpenFile &&) = delete;
  ~OpenFile() {
    if (fd_ > STDIN_FILENO) close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }
  // Of a regular file at its beginning; zero when it must be read (a pipe;
  // /proc claims no size).
  [[nodiscard]] std::uint64_t bytes_to_map() const { return bytes_to_map_; }
  void set_bytes_to_map(std::uint64_t bytes) { bytes_to_map_ = bytes; }

  // 0 at the end.
  Result<std::size_t> Read(std::span<std::byte> into) {
    ssize_t count = 0;
    do count = read(fd_, into.data(), into.size());
    while (count < 0 && errno == EINTR);
    if (count < 0)
      return Fail(ErrorCode::kNotReadable,
                  fmt::format("reading {} failed after {} bytes: {}", Shown(path_), read_,
                              std::generic_category().message(errno)));
    read_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }

 private:
  int fd_;
  std::string path_;
  std::uint64_t read_ = 0;
  std::uint64_t bytes_to_map_ = 0;
};

Result<OpenFile> Open(const std::string &path) {
  if (path.empty()) return Fail(ErrorCode::kInvalid, "a file has an empty name");
  if (path.find('\0') != std::string::npos)
    return Fail(ErrorCode::kInvalid, "a file's name holds a zero byte");
  int fd = STDIN_FILENO;
  if (path != "-") {
    do fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (fd < 0 && errno == EINTR);
    if (fd < 0) return FailOpen(path, errno);
  }
  OpenFile file(fd, path);
  struct stat about{};
  if (fstat(fd, &about) != 0) return FailOpen(Shown(path), errno);
  if (S_ISDIR(about.st_mode))
    return Fail(ErrorCode::kNotReadable,
                fmt::format("{} is a directory: name the files in it", Shown(path)));
  if (S_ISREG(about.st_mode) && about.st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0)
    file.set_bytes_to_map(static_cast<std::uint64_t>(about.st_size));
  return file;
}

class MappedBlob : public ports::Blob {
 public:
  MappedBlob(void *start, std::size_t size) : start_(start), size_(size) {}
  MappedBlob(const MappedBlob &) = delete;
  MappedBlob &operator=(const MappedBlob &) = delete;
  ~MappedBlob() override { munmap(start_, size_); }
  [[nodiscard]] Bytes bytes() const override {
    return {static_cast<const std::byte *>(start_), size_};
  }

 private:
  void *start_;
  std::size_t size_;
};

class ReadBlob : public ports::Blob {
 public:
  ReadBlob(std::vector<std::byte> bytes, std::string damage)
      : bytes_(std::move(bytes)), damage_(std::move(damage)) {}
  [[nodiscard]] Bytes bytes() const override { return bytes_; }
  [[nodiscard]] std::string damage() const override { return damage_; }

 private:
  std::vector<std::byte> bytes_;
  std::string damage_;
};

class FileStream : public ports::ByteStream {
 public:
  explicit FileStream(OpenFile file) : file_(std::move(file)), piece_(kPieceBytes) {}
  Result<Bytes> Next() override {
    BK_TRY(const std::size_t count, file_.Read(piece_));
    return Bytes(piece_).first(count);
  }

 private:
  OpenFile file_;
  std::vector<std::byte> piece_;
};

// What was read before a failure is kept; a failure at once is an Error.
Result<std::unique_ptr<ports::Blob>> ReadToEnd(OpenFile file, const std::string &path) {
  std::vector<std::byte> bytes;
  std::size_t size = 0;
  while (true) {
    if (size > limits::kMemberBytesMax)
      return Fail(ErrorCode::kTooLarge, fmt::format("{} holds more than {} MB", Shown(path),
                                                    limits::kMemberBytesMax / (1024 * 1024)));
    if (bytes.size() - size < kPieceBytes) bytes.resize(std::max(2 * size, kPieceBytes));
    auto count = file.Read(std::span(bytes).subspan(size));
    if (!count && size == 0) return std::unexpected(std::move(count).error());
    if (!count || *count == 0) {
      bytes.resize(size);
      return std::make_unique<ReadBlob>(std::move(bytes),
                                        count ? std::string() : count.error().message);
    }
    size += *count;
  }
}

class LocalFiles : public ports::Files {
 public:
  explicit LocalFiles(ArchiveOpener open_archive) : open_archive_(std::move(open_archive)) {}

  Result<std::unique_ptr<ports::ByteStream>> OpenStream(const std::string &path) override {
    BK_TRY(OpenFile file, OpenOnce(path));
    if (file.bytes_to_map() > 0) posix_fadvise(file.fd(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return std::make_unique<FileStream>(std::move(file));
  }

  Result<std::unique_ptr<ports::Blob>> OpenWhole(const std::string &path) override {
    BK_TRY(OpenFile file, OpenOnce(path));
    const std::uint64_t size = file.bytes_to_map();
    if (size > 0 && size <= SIZE_MAX) {
      void *start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.fd(), 0);
      if (start != MAP_FAILED) return std::make_unique<MappedBlob>(start, size);
    }
    return ReadToEnd(std::move(file), path);
  }

  Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes bytes) override {
    return open_archive_(bytes);
  }

 private:
  Result<OpenFile> OpenOnce(const std::string &path) {
    if (path == "-" && std::exchange(standard_input_used_, true))
      return Fail(ErrorCode::kInvalid, "standard input can be read only once");
    return Open(path);
  }

  ArchiveOpener open_archive_;
  bool standard_input_used_ = false;
};

}  // namespace

std::unique_ptr<ports::Files> MakeFiles(ArchiveOpener open_archive) {
  return std::make_unique<LocalFiles>(std::move(open_archive));
}

}  // namespace bk::adapters
