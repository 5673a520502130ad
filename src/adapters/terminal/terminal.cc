#include "adapters/terminal/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/text.h"

namespace bk::adapters::terminal {
namespace {

constexpr std::size_t kColumnsMin = 40;
constexpr std::size_t kColumnsMax = 120;
constexpr std::size_t kColumnsUnknown = 80;

std::string_view Environment(const char* name) {
  const char* value =
      std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read once, before any thread
  return value == nullptr ? std::string_view() : value;
}

std::size_t Columns(int file_descriptor) {
  std::size_t columns = ParseInt<std::size_t>(Environment("COLUMNS")).value_or(0);
  winsize size{};
  if (columns == 0 && ioctl(file_descriptor, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  return std::clamp(columns == 0 ? kColumnsUnknown : columns, kColumnsMin, kColumnsMax);
}

}  // namespace

Terminal Detect(int file_descriptor) {
  Terminal terminal;
  terminal.is_terminal = isatty(file_descriptor) == 1;
  if (!terminal.is_terminal) return terminal;
  terminal.colours = Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
  terminal.columns = Columns(file_descriptor);
  return terminal;
}

}  // namespace bk::adapters::terminal
