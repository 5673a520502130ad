// The gate for what is said on the way to a band, where several may have to be told apart.
#pragma once

#include "app/band/band_world.h"
#include "app/privacy.h"

namespace bk::app {

// Addresses pass with `show_addresses`; else they become aliases that --band takes
// (band/band_alias.h), or numbers where there is none. Not for reports, which aliases would link.
// `world` may be null and must outlive it.
Privacy BandPrivacy(const BandWorld* world, bool show_addresses);

}  // namespace bk::app
