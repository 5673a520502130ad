// A Mi Smart Band 4 that does not exist: its GATT server, its clock, its store, its person. It
// knows no radio: whoever carries it (radio/, BlueZ) tells it what arrives and when, and takes what
// it has to say. A value: copies go on independently.
//
//   BandSim band({.key = key, .history = 7 * 1440}, cipher, checksum);
//   band.Connected(now); band.Write(Attribute::kAuth, ...); band.TakeNotifications(8, now);
//
// `now` never goes back. Cipher and checksum outlive the band.
#pragma once

#include <optional>
#include <vector>

#include "simulate/band/band.h"

namespace bk::simulate::band {

inline constexpr std::uint16_t kMtuMax = 247;

struct BandNotification {
  Attribute attribute = Attribute::kAuth;
  ByteVector bytes;
};
struct BandAdvertising {
  Address address;
  bool connectable = true;
  ByteVector data, scan_response;
};
struct Hangup {
  bool silent = false;  // its radio just stops
};

class BandSim {
 public:
  BandSim(Options options, const ports::Cipher& cipher, const ports::Checksum& checksum);

  // --- its carrier
  // nullopt: it sends nothing (held and hidden, restarting, empty, broken).
  [[nodiscard]] std::optional<BandAdvertising> Advertising(RadioTime now);
  void Connected(RadioTime now);
  void Disconnected(RadioTime now);
  void MtuIs(std::uint16_t mtu, RadioTime now);
  Answer Read(Attribute attribute, RadioTime now);
  Answer Write(Attribute attribute, Bytes bytes, bool with_response, RadioTime now);
  Answer Subscribe(Attribute attribute, bool on, RadioTime now);
  [[nodiscard]] bool Subscribed(Attribute attribute) const;
  // At most `room`; what is not subscribed to is not said at all. To be asked after every call and
  // at Due(), until it gives less than there was room for.
  std::vector<BandNotification> TakeNotifications(std::size_t room, RadioTime now);
  // It wants to end the link, and all is said. Asked again until Disconnected().
  [[nodiscard]] std::optional<Hangup> WantsToHangUp(RadioTime now);
  // When something next happens by itself or is ready to be said: later than all it was told so
  // far.
  [[nodiscard]] std::optional<RadioTime> Due() const;
  void Advance(RadioTime now);

  // --- its person
  void Tap(RadioTime now, bool yes = true);  // on the question whether to pair
  void Charger(RadioTime now, bool on);
  void Wear(RadioTime now, bool on);
  void MeasureHeart(RadioTime now, std::uint8_t beats);  // kept for fetch type 02
  void Press(RadioTime now, ByteVector event);           // an event of 0010: find phone, music ...
  void RestartByHand(RadioTime now);
  void ResetByHand(RadioTime now);

  // --- the truth
  [[nodiscard]] const Truth& truth() const { return band_.truth; }
  [[nodiscard]] const State& state() const { return band_.state; }
  [[nodiscard]] State& MutableState() { return band_.state; }  // to set a world up
  [[nodiscard]] const LinkState& link() const { return band_.link; }
  [[nodiscard]] bool connected() const { return band_.connected; }
  [[nodiscard]] bool running() const { return band_.Runs(); }
  [[nodiscard]] std::int64_t UtcMicrosAt(RadioTime now) const { return UtcMicros(band_, now); }
  Faults& faults() { return band_.options.faults; }

 private:
  void Fire();
  [[nodiscard]] std::optional<RadioTime> NextTimer() const;

  Band band_;
};

}  // namespace bk::simulate::band
