// What answers behind a simulated phone's debug bridge: its shell, its files, its power button.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace bk::simulate::adbd {

using Time = std::chrono::microseconds;  // see ports::ByteSession

// A command on its way. Destroyed early when the host no longer wants it.
class RunningCommand {
 public:
  struct Piece {
    std::string out, err;
    std::optional<int> exit;   // set: it has ended and these were its last words
    std::optional<Time> wake;  // not ended and nothing to say: when to ask again
  };
  virtual ~RunningCommand() = default;
  // What it prints by `now`, not much more than `bytes_max`. Asked only when the host has taken the
  // last piece, so that an endless command makes no more than is read.
  virtual Piece Next(Time now, std::size_t bytes_max) = 0;
  // From the host's keyboard.
  virtual void Input(Bytes /*bytes*/) {}
  virtual void InputEnds() {}
};

struct FileStat {
  std::uint32_t mode = 0100644;  // as stat(2) gives it, with the kind
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // seconds since 1970
};
struct FileEntry {
  std::string name;
  FileStat stat;
};

class DeviceServices {
 public:
  virtual ~DeviceServices() = default;
  // A line as the phone's shell gets it. Never null: an unknown command says so and exits 127.
  virtual std::unique_ptr<RunningCommand> Run(std::string_view line, Time now) = 0;

  // Paths are absolute. nullopt: no such file.
  virtual std::optional<FileStat> Stat(const std::string& path, Time now) = 0;
  virtual std::vector<FileEntry> List(const std::string& path, Time now) = 0;
  // The error's message is in the phone's words ("No such file or directory").
  virtual Result<std::shared_ptr<const std::string>> Read(const std::string& path, Time now) = 0;
  virtual Status Write(const std::string& /*path*/, std::uint32_t /*mode*/, std::string /*bytes*/,
                       Time /*now*/) {
    return Fail(ErrorCode::kRefused, "Read-only file system");
  }

  // `target` is empty, "bootloader", "recovery" …
  virtual void Restart(std::string_view target, Time now) = 0;
  // Off or starting: no connection lasts.
  virtual bool Reachable(Time /*now*/) { return true; }
  // When that changes by itself; nullopt: not foreseen.
  virtual std::optional<Time> NextChange(Time /*now*/) { return std::nullopt; }
};

}  // namespace bk::simulate::adbd
