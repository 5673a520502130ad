// Asks for the battery's level once, on a link that has stood for long.
#pragma once

#include <optional>

#include "codec/miband/battery.h"
#include "companion/procedure.h"

namespace bk::companion {

class ReadBattery : public Procedure {
 public:
  void Start(Talk& talk, RadioTime now) override {
    talk.Read(Attribute::kBattery);
    WakeAt(now + std::chrono::seconds(10));
  }
  void Hear(const Heard& heard, Talk&, RadioTime) override {
    if (outcome() || heard.kind != Heard::Kind::kRead || heard.attribute != Attribute::kBattery)
      return;
    if (heard.error != 0) return AttRefused(heard, "its battery's level");
    battery_ = codec::miband::DecodeBattery(heard.bytes);
    Finish({});
  }
  void Tick(Talk&, RadioTime) override { NoAnswer(Attribute::kBattery, "its battery's level"); }

  [[nodiscard]] const std::optional<codec::miband::Battery>& battery() const { return battery_; }

 private:
  std::optional<codec::miband::Battery> battery_;
};

}  // namespace bk::companion
