// `doctor --ask`: the talk with the person, key by key. What is asked is troubleshoot/interview's
// matter, what is kept app/interview's.
#pragma once

#include "app/interview/interview_case.h"
#include "app/privacy.h"
#include "ports/person.h"

namespace bk::cli {

enum class TalkEnd {
  kOver,         // nothing more is worth asking
  kStopped,      // the person has said enough, or input ended: the verdict so far is due
  kInterrupted,  // stop now; the answers are kept
};

// Asks until the interview is over. At a terminal answers are kept after each one, and answers of
// an earlier run are offered; a pipe neither takes up nor changes what is kept, so that a script
// does the same each time. `fresh`: start anew without asking.
TalkEnd Talk(app::InterviewCase& the_case, ports::Person& person, app::Privacy& privacy,
             bool fresh);

}  // namespace bk::cli
