// ports::Person at a terminal, one key at a time, or behind a pipe, one line at a time.
#pragma once

#include <memory>

#include "base/result.h"
#include "ports/person.h"

namespace bk::adapters::terminal {

// Keys from standard input, or from the controlling terminal when `input_taken` (standard input is
// evidence); words to standard error, or to the controlling terminal where standard error is not
// one: standard output is left to the report. Error kNotReadable when nobody can be asked.
//
// While it lives, keys come singly and are not echoed. The terminal is put back when it dies, when
// the program is stopped (Ctrl-Z) and when it crashes; Ctrl-C, SIGTERM, SIGQUIT and SIGHUP are
// heard as kInterrupted. One at a time.
Result<std::unique_ptr<ports::Person>> OpenPerson(bool input_taken);

// The same over open descriptors, which stay the caller's.
std::unique_ptr<ports::Person> MakePerson(int input, int output);

}  // namespace bk::adapters::terminal
