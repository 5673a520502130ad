#include "adapters/files/data_home.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace bk::adapters {
namespace {

std::unexpected<Error> Failed(const std::string& path) {
  const int code = errno;
  return Fail(ErrorCode::kNotReadable, path + ": cannot be written: " + std::strerror(code) + ".");
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

std::string DataHome() {
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && data[0] == '/') return data;
  const char* home = std::getenv("HOME");
  return home != nullptr && home[0] == '/' ? std::string(home) + "/.local/share" : std::string();
}

Status AppendLine(const std::string& path, std::string_view line) {
  std::filesystem::path folder;
  for (const auto& part : std::filesystem::path(path).parent_path()) {
    folder /= part;
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return Failed(folder.string());
  }
  const Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file.number() < 0) return Failed(path);
  std::string text(line);
  text += '\n';
  const off_t size = lseek(file.number(), 0, SEEK_END);
  char last = '\n';
  if (size > 0 && pread(file.number(), &last, 1, size - 1) == 1 && last != '\n')
    text.insert(text.begin(), '\n');
  const ssize_t written = write(file.number(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) return Failed(path);
  return {};
}

}  // namespace bk::adapters
