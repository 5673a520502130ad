// gzip in memory as ports::Archive of one member: see archive.h.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "ports/files.h"

namespace bk::adapters {

std::unique_ptr<ports::Archive> OpenGzip(Bytes bytes);

}  // namespace bk::adapters
