// Somebody who outlives us: puts back on the phone what was changed for a moment, should this
// program be killed in between.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace bk::ports {

// On guard while it lives. When this object dies in its turn, all is well and the guard goes; when
// the whole program dies without that, the guard acts.
class Guard {
 public:
  virtual ~Guard() = default;
  // Something could not be put back before we go: the guard is to act when this object dies.
  virtual void TakeOver() = 0;
};

// Sets a guard over the phone of this serial number. On an error nothing may be changed "for a
// moment".
using SetGuard = std::function<Result<std::unique_ptr<Guard>>(const std::string& serial)>;

}  // namespace bk::ports
