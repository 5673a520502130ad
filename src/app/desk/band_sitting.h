// Private to the desk: what a task with the band borrows for as long as it runs.
#pragma once

#include <memory>

#include "app/band/band_visit.h"
#include "app/world.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::app {

struct BandSitting {
  World world;                                           // in the time of the band
  std::shared_ptr<const troubleshoot::Knowledge> known;  // in the language of the setting
  BandVisit visit;                                       // points at both
};

}  // namespace bk::app
