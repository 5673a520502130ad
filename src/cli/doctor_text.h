// A report in words for the owner: one sentence, the layer lights, the proof, the next step; the
// rest with `verbose`.
#pragma once

#include <string>

#include "app/privacy.h"
#include "app/report.h"
#include "cli/style.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::cli {

std::string DoctorText(const app::Report& report, const troubleshoot::Knowledge& knowledge,
                       const Style& style, app::Privacy& privacy, bool verbose);

// "bugreport.zip » bugreport-x.txt » DUMP, line 12", "btsnoop_hci.log, packet 17"; empty when the
// place is not known.
std::string PlaceText(const evidence::Where& where, const language::Language& language = {});

}  // namespace bk::cli
