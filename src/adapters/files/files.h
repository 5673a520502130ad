// Files of this machine as ports::Files: mapped when whole, in pieces when
// streamed. Nothing decides by a name. Archives are handed to the opener that
// main gives.
//
// "-" is standard input, once. FIFOs, devices and files of /proc are read to
// their end; what cannot be mapped may hold limits::kMemberBytesMax when opened
// whole (kTooLarge).
#pragma once

#include <functional>
#include <memory>

#include "ports/files.h"

namespace bk::adapters {

using ArchiveOpener = std::function<Result<std::unique_ptr<ports::Archive>>(Bytes)>;

// `open_archive` is adapters/archive's OpenArchive: adapters do not know each
// other.
std::unique_ptr<ports::Files> MakeFiles(ArchiveOpener open_archive);

}  // namespace bk::adapters
