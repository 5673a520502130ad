// One way to put a foreign word into a shell's command line.
#pragma once

#include <string>
#include <string_view>

namespace bk {

// The word as mksh, toybox and POSIX sh take it literally: as it is when it has only letters,
// digits and
// "_-./:=,+@%", else in single quotes. NUL cannot stand in a command line and is left out.
std::string ShellQuote(std::string_view word);

}  // namespace bk
