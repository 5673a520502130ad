// A simulated band on a real adapter: joins the simulation with BlueZ.
#pragma once

#include <functional>
#include <string_view>

#include "app/band/served_band.h"
#include "base/result.h"

namespace bk::main {

// Until SIGINT, SIGTERM or SIGHUP. See app::World::serve_band.
Status ServeBand(const app::ServedBand& wanted, const std::function<void(std::string_view)>& say);

}  // namespace bk::main
