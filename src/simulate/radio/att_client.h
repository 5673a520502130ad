// The host's end of ATT: orders to PDUs, one request at a time and in order; responses to what
// became of them. Knows no time and no link layer.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "simulate/radio/peripheral.h"

namespace bk::simulate::radio {

// Asks for the MTU; like an order of the host's own.
struct MtuOrder {
  std::uint16_t mtu = 517;
};
using AttOrder = std::variant<MtuOrder, ports::DiscoverOrder, ports::ReadOrder, ports::WriteOrder,
                              ports::SubscribeOrder>;
using AttEvent = std::variant<ports::MtuChanged, ports::Discovered, ports::RequestDone>;

// What one discovery found, kept by address like the cache of a real host.
struct Database {
  std::vector<GattService> services;
  std::vector<ports::GattCharacteristic> table;
  std::map<std::uint16_t, std::uint16_t> cccd;  // value handle -> its 2902
};

// Where a discovery is: services, then the characteristics of each, then descriptors.
struct Discovery {
  enum class Stage : std::uint8_t { kServices, kCharacteristics, kDescriptors };
  Stage stage = Stage::kServices;
  std::size_t index = 0;  // of the service, or of the characteristic
  std::uint32_t next = 1, end = 0xffff;
  Database found;
  std::vector<std::uint16_t> declarations;
};

class AttClient {
 public:
  void Add(AttOrder order) { orders_.push_back(std::move(order)); }
  // The link has ended: forgets what was asked, and the database of this link.
  void Reset() { *this = AttClient(); }
  // An earlier discovery of this address.
  void Know(const Database& cached) { cached_ = cached; }
  // What a finished discovery of this link has found.
  [[nodiscard]] const std::optional<Database>& found() const { return found_; }

  // The next PDU that may go now; nullopt: waits for an answer, for room, or has nothing. Events
  // that come of it at once (a write command was taken, a cached table) are added to `events`.
  // `room`: places for packets that the controller has.
  std::optional<std::vector<std::byte>> NextPdu(std::size_t room, std::vector<AttEvent>& events);
  // A response from the band. Stray ones are passed over.
  void Hear(Bytes pdu, std::vector<AttEvent>& events);
  // The answer will not come any more: says so of what waits, and forgets the rest.
  void GiveUp(std::vector<AttEvent>& events);
  // Whether a request waits for its answer.
  [[nodiscard]] bool waiting() const { return waiting_; }

 private:
  std::optional<std::vector<std::byte>> DiscoveryPdu();
  void HearDiscovery(Bytes pdu);
  void NextStage();
  [[nodiscard]] std::optional<std::uint16_t> CccdOf(std::uint16_t value) const;
  void Finish(std::uint16_t handle, std::uint8_t error, std::vector<std::byte> bytes,
              std::vector<AttEvent>& events);

  std::deque<AttOrder> orders_;
  bool waiting_ = false;        // the front's request is under way
  bool command_taken_ = false;  // the front's command is with the controller, not yet told
  std::optional<Discovery> discovery_;
  std::optional<Database> cached_, found_;
};

}  // namespace bk::simulate::radio
