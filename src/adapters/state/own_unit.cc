#include "adapters/state/own_unit.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "adapters/state/own_folder.h"

namespace bk::adapters {
namespace {

constexpr std::string_view kFirstLine = "# Written by bandkeeper watch --install-unit.";
constexpr std::string_view kName = "bandkeeper.service";

// Empty when there is none.
std::string TextAt(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Within a unit's quoted word.
std::string Quoted(std::string_view path) {
  std::string text = "\"";
  for (const char c : path) {
    if (c == '"' || c == '\\') text += '\\';
    if (c == '%' || c == '$') text += c;
    text += c;
  }
  return text + "\"";
}

}  // namespace

std::string UnitText(std::string_view program) {
  return fmt::format(
      "{}\n"
      "[Unit]\n"
      "Description=Mi Smart Band 4: connected and synced (bandkeeper)\n"
      "\n"
      "[Service]\n"
      "ExecStart={} watch\n"
      "# It ends by itself only when the person is needed: a key that the band does not take.\n"
      "Restart=on-failure\n"
      "RestartSec=60\n"
      "RestartPreventExitStatus=1 2\n"
      "KillSignal=SIGINT\n"
      "Nice=10\n"
      "UMask=0077\n"
      "NoNewPrivileges=yes\n"
      "LockPersonality=yes\n"
      "MemoryDenyWriteExecute=yes\n"
      "RestrictAddressFamilies=AF_UNIX AF_BLUETOOTH\n"
      "RestrictNamespaces=yes\n"
      "RestrictRealtime=yes\n"
      "RestrictSUIDSGID=yes\n"
      "SystemCallArchitectures=native\n"
      "SystemCallFilter=@system-service\n"
      "SystemCallFilter=~@privileged\n"
      "MemoryMax=256M\n"
      "TasksMax=16\n"
      "\n"
      "[Install]\n"
      "WantedBy=default.target\n",
      kFirstLine, Quoted(program));
}

Result<std::string> InstallUnit(const std::string& folder, std::string_view program) {
  const std::string path = folder + "/" + std::string(kName);
  if (const std::string there = TextAt(path); !there.empty() && !there.starts_with(kFirstLine))
    return Fail(ErrorCode::kRefused,
                path + " is there and was not written by bandkeeper; it is left as it is.");
  if (auto made = MakeFolders(folder); !made) return std::unexpected(std::move(made).error());
  // Beside it first: a cut leaves the old one or the new one.
  const std::string fresh = path + ".new";
  {
    const Descriptor file(open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.number() < 0 || !WriteAll(file.number(), UnitText(program)) ||
        fsync(file.number()) != 0)
      return FailedWith(fresh, "cannot be written");
  }
  if (rename(fresh.c_str(), path.c_str()) != 0) return FailedWith(path, "cannot be written");
  return path;
}

Result<std::string> RemoveUnit(const std::string& folder) {
  const std::string path = folder + "/" + std::string(kName);
  const std::string there = TextAt(path);
  if (there.empty()) return Fail(ErrorCode::kNotFound, "There is no " + path + ".");
  if (!there.starts_with(kFirstLine))
    return Fail(ErrorCode::kRefused, path + " was not written by bandkeeper; it is left as it is.");
  if (unlink(path.c_str()) != 0) return FailedWith(path, "cannot be removed");
  return path;
}

std::string UnitFolder() {
  const std::string config = OwnFolder("XDG_CONFIG_HOME", ".config");
  return config.empty() ? config : config + "/systemd/user";
}

}  // namespace bk::adapters
