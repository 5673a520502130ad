// Opens the file in which bands are kept.
#pragma once

#include <memory>
#include <string>

#include "ports/band_store.h"

namespace bk::adapters {

// Makes the file where it is missing (0600); its folder must be there. Errors: kNotReadable
// (rights, a full disk, no database), kNotSupported (made by a newer bandkeeper), kTimedOut
// (another process holds it).
Result<std::unique_ptr<ports::BandStore>> OpenBandStore(const std::string& path);

}  // namespace bk::adapters
