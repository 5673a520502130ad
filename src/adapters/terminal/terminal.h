// What standard output is: a terminal with a width and colours, or a pipe.
#pragma once

#include <cstddef>

namespace bk::adapters::terminal {

struct Terminal {
  bool is_terminal = false;
  bool colours =
      false;  // a terminal, TERM is not "dumb", and NO_COLOR is unset or empty (no-color.org)
  std::size_t columns =
      0;  // 0 for a pipe; from COLUMNS or the kernel, kept between 40 and 120 for reading's sake
};

Terminal Detect(int file_descriptor);

}  // namespace bk::adapters::terminal
