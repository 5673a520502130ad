// The guard of a bandkeeper, found from outside: it is the same program with a hidden verb.
#pragma once

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace bk::testing {

// `process`: its number, or "self".
inline std::string ProcessText(const std::string& process, const std::string& file) {
  std::ifstream in("/proc/" + process + "/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline bool IsGuard(const std::string& process) {
  return ProcessText(process, "cmdline").find("guard-phone") != std::string::npos;
}

// How many there were (0 or 1).
inline int KillGuardOf(pid_t program) {
  const std::string parent = "\nPPid:\t" + std::to_string(program) + "\n";
  int killed = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string process = entry.path().filename().string();
    if (process.find_first_not_of("0123456789") != std::string::npos) continue;
    if (ProcessText(process, "status").find(parent) == std::string::npos || !IsGuard(process))
      continue;
    kill(static_cast<pid_t>(std::stol(process)), SIGKILL);
    ++killed;
  }
  return killed;
}

}  // namespace bk::testing
