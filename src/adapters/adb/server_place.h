// Where the adb server listens and which program starts it, by the environment. Pure but for
// MayRun.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/adb/adb.h"
#include "base/result.h"

namespace bk::adapters::adb {

struct ServerPlace {
  enum class Kind : std::uint8_t { kTcp, kFile, kAbstract };
  Kind kind = Kind::kTcp;
  std::string host = "127.0.0.1";
  std::uint16_t port = 5037;
  std::string path;          // of kFile; the name of kAbstract, without a leading NUL
  bool here = true;          // on this computer, so that it may be started
  int stop_descriptor = -1;  // AdbOptions

  [[nodiscard]] std::string Text() const;  // "127.0.0.1:5037"
};

// kInvalid names the variable whose value is none.
Result<ServerPlace> FindServer(const Environment& environment);

// The adb programs that there may be, in the order to try them.
std::vector<std::string> AdbCandidates(const Environment& environment);
// The first of them that may be run; empty: none.
std::string FindAdb(const Environment& environment);

// HOST:PORT, which adb takes for a serial: [v6]:PORT, too.
bool IsHostAndPort(std::string_view serial);

}  // namespace bk::adapters::adb
