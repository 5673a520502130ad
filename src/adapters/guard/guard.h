// ports::Guard as a process of its own: the same program again with a hidden verb, in a session of
// its own, at the far end of a pair of sockets. We tell it there whom it guards (nothing shows in a
// list of processes) and, in the end, that all is well. When the line ends without that word, we
// were killed: then it acts. A guard that is killed itself does us no harm; the journal still
// knows.
#pragma once

#include <string>
#include <vector>

#include "ports/guard.h"

namespace bk::adapters {

// `program` with `words` is started for it; empty: this very program.
Result<std::unique_ptr<ports::Guard>> StartGuard(const std::string& serial,
                                                 const std::vector<std::string>& words,
                                                 const std::string& program = {});

// The guard's side: waits at `input` until the line has ended.
struct GuardOrder {
  std::string serial;
  bool act = false;  // the other side died without the word
};
GuardOrder AwaitGuardOrder(int input);

}  // namespace bk::adapters
