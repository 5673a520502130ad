// Files that a simulated band takes for updates: recognised by their heads like the maker's, with a
// version in them and noise behind. None of the maker's bytes but the marks that clients look for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "codec/miband/status.h"
#include "codec/miband/update.h"

namespace bk::simulate::band {

// kFirmware, kResources, kResourcesCompressed, kFont or kWatchFace; at least 128 bytes. The same
// arguments give the same file.
codec::miband::ByteVector MakeImage(codec::miband::UpdateType type, std::string_view version,
                                    std::size_t bytes, std::uint64_t seed = 1);
// The version that MakeImage put in; "" = none.
std::string VersionInImage(Bytes image);

}  // namespace bk::simulate::band
