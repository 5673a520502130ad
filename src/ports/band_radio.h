// This computer's Bluetooth towards bands: it looks for them and holds a link to one. Orders go in
// and never block; what became of them, and what comes by itself, are events. Time is the radio's,
// so that a simulated one runs as fast as it can.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/address.h"
#include "base/uuid.h"

namespace bk::ports {

// Since a start that means nothing; never goes back.
using RadioTime = std::chrono::microseconds;

enum class AddressKind : std::uint8_t { kPublic, kRandom };

// What one advertisement (and scan response, when it came) said.
struct BandAdvert {
  Address address;
  AddressKind kind = AddressKind::kPublic;
  std::optional<int> rssi;  // dBm
  // nullopt: this radio does not tell. A band that another device holds may advertise, not
  // connectable.
  std::optional<bool> connectable;
  std::string name;                      // empty: none
  std::vector<Uuid> services;            // listed, or named by service data
  std::optional<std::uint16_t> company;  // of the manufacturer data
  std::vector<std::byte> manufacturer;   // behind the company
  std::vector<std::byte> fee0_data;      // service data of FEE0
};

// A characteristic as discovery found it. A UUID can occur twice: its number is what orders name.
struct GattCharacteristic {
  std::uint16_t handle =
      0;  // of the value; where the radio does not tell handles, any number of its own
  Uuid service, uuid;
  std::uint8_t properties =
      0;  // bits of the declaration: 02 read, 04 write command, 08 write, 10 notify
};

// --- orders

struct ScanOrder {
  bool on = true;
};
// Tries until it is connected, refused, or told to disconnect.
struct ConnectOrder {
  Address address;
  AddressKind kind = AddressKind::kPublic;
  // Off: no MTU above 23 is asked for, on a link that loses long packets. A wish: a radio whose
  // stack decides (BlueZ) asks all the same, which MtuChanged tells.
  bool long_packets = true;
};
// Also ends an attempt. Answered by LinkEnded.
struct DisconnectOrder {};
// Finds services and characteristics. `cached`: what an earlier link to this address found will do.
struct DiscoverOrder {
  bool cached = true;
};
// Requests are carried out one after the other and answered in their order. A write command is
// answered when the radio has room for the next one: that is its flow control.
struct ReadOrder {
  std::uint16_t handle = 0;
};
struct WriteOrder {
  std::uint16_t handle = 0;
  std::vector<std::byte> bytes;  // at most MTU - 3
  bool with_response = true;
};
struct SubscribeOrder {
  std::uint16_t handle = 0;
  bool on = true;
};
using RadioOrder = std::variant<ScanOrder, ConnectOrder, DisconnectOrder, DiscoverOrder, ReadOrder,
                                WriteOrder, SubscribeOrder>;

// --- events

struct AdvertSeen {
  BandAdvert advert;
};
struct LinkUp {
  std::uint16_t mtu = 23;
};
// A link that ended, or an attempt that came to nothing. What was still to be answered will not be.
struct LinkEnded {
  bool was_up = false;
  // HCI reason or status (Core specification, vol. 1 part F); nullopt: the radio does not tell. A
  // value, not an error.
  std::optional<std::uint8_t> reason;
  std::string text;  // the radio's own word for it, for the log; may be empty
};
struct Discovered {
  std::vector<GattCharacteristic> table;  // empty: discovery failed, `text` says why
  std::string text;
};
struct MtuChanged {
  std::uint16_t mtu = 23;
};
// Answers Read, Write and Subscribe.
struct RequestDone {
  std::uint16_t handle = 0;
  // ATT error of the band (vol. 3 part F 3.4.1.1), or kNoAnswer when the radio gave up; 0 = done.
  std::uint8_t error = 0;
  std::vector<std::byte> bytes;  // of a read
  static constexpr std::uint8_t kNoAnswer = 0xff;
};
struct Notified {
  std::uint16_t handle = 0;
  std::vector<std::byte> bytes;
};
// The adapter itself. Links are gone when it is not kReady.
enum class AdapterState : std::uint8_t {
  kReady,
  kAbsent,        // no adapter, or it was pulled out
  kOff,           // not powered
  kBlocked,       // rfkill
  kNoDaemon,      // bluetoothd does not run, or has just ended
  kNoPermission,  // this user may not use it
};
struct AdapterChanged {
  AdapterState state = AdapterState::kReady;
  std::string sentence;  // what it means and what to do; empty when ready
};
using RadioEvent = std::variant<AdvertSeen, LinkUp, LinkEnded, Discovered, MtuChanged, RequestDone,
                                Notified, AdapterChanged>;

class BandRadio {
 public:
  virtual ~BandRadio() = default;
  [[nodiscard]] virtual RadioTime Now() const = 0;
  // An order that makes no sense now (a write without a link) is answered by RequestDone with
  // kNoAnswer or LinkEnded.
  virtual void Do(const RadioOrder& order) = 0;
  // The next event; nullopt when `until` has come first, or when the person asked to stop.
  virtual std::optional<RadioEvent> Next(RadioTime until) = 0;
};

}  // namespace bk::ports
