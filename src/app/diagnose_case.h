// `doctor` as one call: evidence of one case in, the report out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/report.h"
#include "app/world.h"

namespace bk::app {

struct DiagnoseRequest {
  std::vector<std::string> files;  // reports, dumps, logs and captures, in any mix
  std::string findings_file;       // empty for none
  std::string band;                // what --band says; empty for none
};

// Errors are about the request as a whole: no evidence given, an unreadable file, a --band that
// fits nothing, a findings file that is no JSON.
Result<Report> DiagnoseCase(const DiagnoseRequest& request,
                            const troubleshoot::Knowledge& knowledge, const World& world);

}  // namespace bk::app
