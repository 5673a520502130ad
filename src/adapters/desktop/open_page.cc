#include "adapters/desktop/open_page.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cstdlib>
#include <thread>

extern char** environ;  // NOLINT: POSIX has it so

namespace bk::adapters {

bool HasDesktop() {
  // NOLINTBEGIN(concurrency-mt-unsafe): nothing here sets variables
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
    if (const char* set = std::getenv(name); set != nullptr && *set != '\0') return true;
  // NOLINTEND(concurrency-mt-unsafe)
  return false;
}

bool OpenOnDesktop(const std::string& what) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int number : {0, 1, 2})
    posix_spawn_file_actions_addopen(&files, number, "/dev/null", O_RDWR, 0);
  std::string program = "xdg-open", word = what;
  const std::array<char*, 3> words = {program.data(), word.data(), nullptr};
  pid_t child = 0;
  const int failed = posix_spawnp(&child, program.c_str(), &files, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) return false;
  // It ends when it likes; nobody waits but for its number.
  std::thread([child] {
    int status = 0;
    (void)waitpid(child, &status, 0);
  }).detach();
  return true;
}

}  // namespace bk::adapters
