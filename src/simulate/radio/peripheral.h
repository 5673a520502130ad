// What the air needs of a band: its advertisement, its attribute table, and what it does with what
// arrives. The time is the radio's; nothing here blocks.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "simulate/radio/options.h"

namespace bk::simulate::radio {

struct GattService {
  std::uint16_t start = 0, end = 0;
  Uuid uuid;
};
struct GattEntry {
  std::uint16_t declaration = 0, value = 0;
  Uuid uuid;
  std::uint8_t properties = 0;
};
struct GattDescriptor {
  std::uint16_t handle = 0;
  std::uint16_t uuid = 0;  // of the SIG: 2902, 2901
};
// In order of handles.
struct GattTable {
  std::vector<GattService> services;
  std::vector<GattEntry> characteristics;
  std::vector<GattDescriptor> descriptors;
};

struct Advertising {
  Address address;
  ports::AddressKind kind = ports::AddressKind::kPublic;
  bool connectable = true;
  std::vector<std::byte> data, scan_response;  // as on the air
};

struct AttAnswer {
  std::uint8_t error = 0;
  std::vector<std::byte> bytes;  // of a read
};
struct Notification {
  std::uint16_t handle = 0;
  std::vector<std::byte> bytes;
};
struct Leave {
  bool silent = false;  // its radio just stops
  std::uint8_t reason = kRemoteTerminated;
};

class Peripheral {
 public:
  virtual ~Peripheral() = default;
  // What it sends now; nullopt: nothing (held and hidden, starting, switched off).
  [[nodiscard]] virtual std::optional<Advertising> Adverts(RadioTime now) = 0;
  [[nodiscard]] virtual const GattTable& Table() const = 0;
  [[nodiscard]] virtual std::uint16_t MtuMax() const = 0;

  // Whether it answers a request to connect; false: it hangs, and only its radio goes on.
  [[nodiscard]] virtual bool Joins(RadioTime /*now*/) { return true; }
  virtual void Connected(RadioTime now) = 0;
  virtual void Disconnected(RadioTime now, std::uint8_t reason) = 0;
  virtual void MtuIs(std::uint16_t mtu, RadioTime now) = 0;
  // By handle of a value or descriptor. nullopt: a request that is never answered.
  virtual std::optional<AttAnswer> Read(std::uint16_t handle, RadioTime now) = 0;
  virtual std::optional<AttAnswer> Write(std::uint16_t handle, Bytes bytes, bool with_response,
                                         RadioTime now) = 0;
  // When it next wants to be woken, if at all; Advance at that time or later.
  [[nodiscard]] virtual std::optional<RadioTime> Due() const = 0;
  virtual void Advance(RadioTime now) = 0;
  // What it has to say, at most `room` notifications: taken is sent, and lost if the link ends.
  virtual std::vector<Notification> TakeNotifications(std::size_t room, RadioTime now) = 0;
  // It wants to end the link, after what it has said. Asked again until the link is gone.
  [[nodiscard]] virtual std::optional<Leave> WantsToLeave(RadioTime now) = 0;
};

}  // namespace bk::simulate::radio
