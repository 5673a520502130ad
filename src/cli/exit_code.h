// What the process returns (docs/design: "Command line"). Scripts and support desks rely on these.
#pragma once

namespace bk::cli {

enum class ExitCode : int {
  kHealthy = 0,        // healthy, or done
  kTrouble = 1,        // trouble found
  kUsage = 2,          // wrong words on the command line
  kCouldNotCheck = 3,  // no phone, unreadable file, evidence that shows neither trouble nor health
  kStepFailed = 4,     // a step failed or was stopped
  kInternal = 5,       // our own error
};

}  // namespace bk::cli
