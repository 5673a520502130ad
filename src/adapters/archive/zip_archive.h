// A zip in memory as ports::Archive: see archive.h.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "ports/files.h"

namespace bk::adapters {

// kNotReadable when neither a directory nor a member is found.
Result<std::unique_ptr<ports::Archive>> OpenZip(Bytes bytes);

}  // namespace bk::adapters
