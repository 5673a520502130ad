// What an update says: of a file, on its way, and of how it ended.
#pragma once

#include <string>
#include <vector>

#include "app/band/update_band.h"
#include "language/language.h"

namespace bk::app {

// "Firmware 1.0.9.66"
std::string FileInWords(const companion::UpdateFile& file, const language::Language& language);
// Why files do not go together, and what to give instead.
std::string MisfitInWords(const companion::Misfit& misfit, const language::Language& language);
std::string ProgressInWords(const UpdateProgress& progress, ports::RadioTime now,
                            const language::Language& language);
std::string UpdateInWords(const UpdateResult& result, const language::Language& language);
// That a band runs `running` with the resources of `held`, and what to do.
std::string LacksInWords(const std::string& running, const std::string& held,
                         const language::Language& language);
// That another program changed its firmware, and what may be wrong with it since.
std::string ChangedInWords(const ChangedElsewhere& changed, const language::Language& language);

}  // namespace bk::app
