// Opens the file in which bands are kept.
#pragma once

#include <memory>
#include <string>

#include "ports/band_store.h"

namespace bk::adapters {

// $XDG_DATA_HOME/bandkeeper/bands.sqlite (~/.local/share where that is not set); empty: no home.
std::string BandStorePath();

// Makes the file and its folder where they are missing (0600, 0700). Errors: kNotReadable (rights,
// a full disk, no database), kNotSupported (made by a newer bandkeeper), kTimedOut (another process
// holds it).
Result<std::unique_ptr<ports::BandStore>> OpenBandStore(const std::string& path);

}  // namespace bk::adapters
