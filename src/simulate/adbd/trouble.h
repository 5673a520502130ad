// What goes wrong on the cable, by name.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "simulate/adbd/services.h"

namespace bk::simulate::adbd {

struct Trouble {
  enum class Kind : std::uint8_t {
    kNoAnswer,        // the command starts and says nothing, for ever
    kSlowAnswer,      // says nothing for `delay`
    kCutShort,        // only the first `bytes` of what it prints, then its exit as if that were all
    kCloseInCommand,  // its stream closes after `bytes`, without an exit code
    kDropInCommand,   // the whole connection drops after `bytes` of it
    kSyncFail,        // a file's transfer fails after `bytes`
    kDropConnection,  // the connection drops after `bytes` from the phone, whatever they are
  };
  Kind kind = Kind::kNoAnswer;
  // Part of the command line, or of the file's path; empty: any.
  std::string of;
  // The how many-th that fits, from 1, over all connections; 0: each. Of kDropConnection: the how
  // many-th connection.
  std::uint64_t nth = 0;
  std::uint64_t bytes = 0;
  Time delay{0};
};

// "slow_answer,seconds=2,of=dumpsys package": a name, then any of bytes=, nth=, seconds= and, as
// the last because it takes the rest, of=. kInvalid names the names there are.
Result<Trouble> ParseTrouble(std::string_view words);

}  // namespace bk::simulate::adbd
