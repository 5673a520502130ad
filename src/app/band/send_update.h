// An update as one visit: reads the files, looks how well the band is heard, sends them.
#pragma once

#include <string>
#include <vector>

#include "app/band/band_visit.h"
#include "companion/update_file.h"

namespace bk::app {

struct FileForBand {
  std::string name;  // for people
  std::string bytes;
};

// kInvalid, kNotOurs or kTooLarge say of which file and why.
Result<companion::UpdateFile> ReadForBand(const FileForBand& file, const BandVisit& visit);
// "Firmware 1.0.9.66"
std::string FileInWords(const companion::UpdateFile& file, const language::Language& language);

// `unknown_files`: also files that are no official ones known here. The document has files_done,
// version_before and version_after.
Result<BandTold> SendUpdate(const BandVisit& visit, const std::vector<FileForBand>& files,
                            bool unknown_files);

}  // namespace bk::app
