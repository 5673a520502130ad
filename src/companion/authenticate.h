// Proves to the band that this computer has its key (miband4-protocol.md 3.2): challenge and AES
// answer, anew on each link. Every status but success ends it; a wrong key is never tried twice,
// for the band's owner has to bring another one.
#pragma once

#include "companion/procedure.h"
#include "ports/cipher.h"

namespace bk::companion {

class Authenticate : public Procedure {
 public:
  // Both must outlive the procedure. The key is read, never copied.
  Authenticate(const ports::Block16& key, const ports::Cipher& cipher)
      : key_(key), cipher_(cipher) {}

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

  // kRefused with one of these means that the band has no such key: asking again does not help.
  static bool KeyIsWrong(const Outcome& outcome);

 private:
  enum class State : std::uint8_t { kSubscribing, kChallenge, kProof };
  void Prove(Bytes challenge, Talk& talk, RadioTime now);

  const ports::Block16& key_;
  const ports::Cipher& cipher_;
  State state_ = State::kSubscribing;
};

}  // namespace bk::companion
