#include "adapters/state/own_lines.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "adapters/state/own_folder.h"

namespace bk::adapters {
std::string DataHome() { return OwnFolder("XDG_DATA_HOME", ".local/share"); }

Status AppendLine(const std::string& path, std::string_view line) {
  if (const Status made = MakeFolders(std::filesystem::path(path).parent_path()); !made)
    return made;
  const Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file.number() < 0) return FailedWith(path, "cannot be written");
  std::string text(line);
  text += '\n';
  const off_t size = lseek(file.number(), 0, SEEK_END);
  char last = '\n';
  if (size > 0 && pread(file.number(), &last, 1, size - 1) == 1 && last != '\n')
    text.insert(text.begin(), '\n');
  const ssize_t written = write(file.number(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) return FailedWith(path, "cannot be written");
  return {};
}

}  // namespace bk::adapters
