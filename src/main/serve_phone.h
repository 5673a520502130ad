// A simulated phone on a socket: joins the simulation with the listener.
#pragma once

#include <functional>

#include "app/phone/simulated_phone.h"
#include "base/result.h"

namespace bk::main {

// Until SIGINT, SIGTERM or SIGHUP. See app::World::serve_phone.
Status ServePhone(const app::SimulatedPhone& wanted,
                  const std::function<void(const app::ServedPhone&)>& served);

}  // namespace bk::main
