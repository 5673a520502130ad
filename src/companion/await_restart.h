// After a restart was ordered: the band hangs up by itself. Says nothing meanwhile, so that nothing
// disturbs what it is about to do; the lost link is the good end.
#pragma once

#include "companion/procedure.h"

namespace bk::companion {

class AwaitRestart : public Procedure {
 public:
  void Start(Talk&, RadioTime now) override { WakeAt(now + std::chrono::seconds(60)); }
  void Hear(const Heard&, Talk&, RadioTime) override {}
  void Tick(Talk&, RadioTime) override {
    NoAnswer(Attribute::kUpdateControl, "the restart: it has not hung up");
  }
};

}  // namespace bk::companion
