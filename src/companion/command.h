// One write that the band answers, or that it obeys without a word: find, restart, factory reset,
// a setting.
#pragma once

#include "codec/miband/configuration.h"
#include "companion/procedure.h"

namespace bk::companion {

class Command : public Procedure {
 public:
  // Lets the band vibrate once (2A06).
  static Command FindBand();
  // Its soft reboot (1531 `05`): the link ends after its answer. Keeps key and data.
  static Command Restart();
  // Erases key, data and address of the band (0003 `06 0b`). The caller has the owner's word for
  // it.
  static Command FactoryReset();
  static Command Configure(codec::miband::Setting setting, Bytes arguments);

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

 private:
  enum class Answer : std::uint8_t { kNone, kConfiguration, kUpdateControl };
  Command(Attribute attribute, ByteVector bytes, Answer answer)
      : attribute_(attribute), bytes_(std::move(bytes)), answer_(answer) {}
  void Send(Talk& talk, RadioTime now);

  Attribute attribute_;
  ByteVector bytes_;
  Answer answer_;
  codec::miband::Setting setting_{};
  bool sent_ = false;
};

}  // namespace bk::companion
