// A bug report as commands and their outputs, for a simulated phone that says them again.
#pragma once

#include <string>

#include "app/phone/simulated_phone.h"
#include "app/world.h"
#include "base/result.h"

namespace bk::app {

// `path`: a bug report (zip, gzip or text), the output of dumpsys, or single outputs in one text.
// kNotOurs when nothing in it can be said again.
Result<Replay> ReadReplay(const std::string& path, const World& world);

}  // namespace bk::app
