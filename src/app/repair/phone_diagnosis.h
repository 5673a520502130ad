// The diagnosis of a live phone as `fix` needs it: again and again, with what was tried and said.
#pragma once

#include <string>

#include "app/repair/repair_case.h"

namespace bk::app {

// `band`: what --band says; `devices`: DiagnoseRequest::devices. Keeps references: both must
// outlive the function.
DiagnosePhone DiagnosisOf(std::string band, const troubleshoot::Knowledge& knowledge,
                          const World& world,
                          std::function<void(const std::vector<std::string>&)> devices = {});

}  // namespace bk::app
