// From the server to a service of one phone, and what comes of a shell command there. Inside the
// room only.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "adapters/adb/link.h"
#include "ports/phone.h"

namespace bk::adapters::adb {

// How a phone is spoken to.
struct Device {
  std::string serial;
  bool shell_v2 = false;  // Android 7 and later, where the server knows it too
  bool stat_v2 = false;
};

struct Opened {
  bool ok = false;
  bool begun = false;  // it was asked for, and not refused
  bool no_server = false;
  ports::PhoneAnswer::End end = ports::PhoneAnswer::End::kCut;  // unless ok
  std::string why;
};
// The link must be new.
boost::asio::awaitable<Opened> OpenService(Link& link, const Device& device, std::string service);

// The end that a link's end means, with its sentence.
ports::PhoneAnswer::End EndOf(Link::Ended ended);
std::string WhyEnded(Link::Ended ended);

// What all commands of one Run may take together: a phone that means harm or is broken fills
// neither the memory nor the day, however many are asked.
struct Together {
  std::size_t bytes_left = 0;
  std::chrono::steady_clock::time_point until;
};

struct ShellJob {
  const ports::PhoneCommand* command = nullptr;
  Together* together = nullptr;  // null: no limit but the command's own
  // Where it is set, what is printed goes there instead of into the answer, and an empty text at
  // least every kTick; false ends the command (kExited with exit -1).
  std::function<bool(std::string_view)> more;
  ports::PhoneAnswer answer;
  bool again = false;  // it did not begin, and a second try may help
  bool no_server = false;
  // While it runs: what others may do to it.
  Link* link = nullptr;
  std::chrono::steady_clock::time_point begun;
  bool spoke = false;  // a byte of it has come
  bool last = false;   // it is waited for alone

  // So much of `time` as is left to all together; 0: none is.
  [[nodiscard]] std::chrono::milliseconds Left(std::chrono::milliseconds time) const;
};

boost::asio::awaitable<void> RunShell(Talk& talk, const Device& device, ShellJob& job);

}  // namespace bk::adapters::adb
