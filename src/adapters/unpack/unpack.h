// ports::Unpack: libdeflate for whole streams, zlib for what is left of damaged
// ones, OpenSSL for base64.
#pragma once

#include <memory>

#include "ports/unpack.h"

namespace bk::adapters {

std::unique_ptr<ports::Unpack> MakeUnpack();

}  // namespace bk::adapters
