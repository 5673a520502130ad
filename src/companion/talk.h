// A link in terms of attributes: what a procedure says goes out as radio orders, what the radio
// tells comes back with the attribute's name.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include "codec/miband/attribute.h"
#include "codec/miband/status.h"
#include "ports/band_radio.h"

namespace bk::companion {

using codec::miband::Attribute;
using codec::miband::ByteVector;
using ports::RadioTime;

// A notification, or the answer to a request.
struct Heard {
  enum class Kind : std::uint8_t { kNotified, kRead, kWritten, kSubscribed };
  Kind kind = Kind::kNotified;
  Attribute attribute = Attribute::kAuth;
  std::uint8_t error = 0;  // as ports::RequestDone; 0 for notifications
  Bytes bytes;             // points into the event
};

class Talk {
 public:
  // The radio's table; characteristics that no Huami band has are left out. Also forgets requests
  // of the link before.
  void SetTable(const std::vector<ports::GattCharacteristic>& table);
  [[nodiscard]] bool Has(Attribute attribute) const { return HandleOf(attribute) != 0; }

  // Attributes that the band lacks are answered at once with ATT error 0x0a (not found).
  void Read(Attribute attribute);
  void Write(Attribute attribute, ByteVector bytes);    // with response
  void Command(Attribute attribute, ByteVector bytes);  // without
  void Subscribe(Attribute attribute, bool on = true);
  [[nodiscard]] bool Subscribed(Attribute attribute) const;
  // Requests and commands that were not answered yet.
  [[nodiscard]] std::size_t Waiting() const { return waiting_.size(); }

  // What to hand to the radio, in order; empty afterwards.
  std::vector<ports::RadioOrder> TakeOrders();
  // What a procedure may hear of it. nullopt: an event of other attributes, or of no request of
  // ours.
  std::optional<Heard> Hear(const ports::RadioEvent& event);
  // What was answered without the radio (a missing attribute), in order; nullopt: nothing.
  std::optional<Heard> HearLocal();

  std::uint16_t mtu = 23;

 private:
  static constexpr std::size_t kAttributes = 64;
  struct Request {
    Heard::Kind kind;
    Attribute attribute;
    bool on = false;
  };
  [[nodiscard]] std::uint16_t HandleOf(Attribute attribute) const;
  void Ask(Request request, ports::RadioOrder order);

  std::array<std::uint16_t, kAttributes> handles_{};
  std::array<bool, kAttributes> subscribed_{};
  std::deque<Request> waiting_;
  std::deque<Heard> local_;
  std::vector<ports::RadioOrder> orders_;
};

}  // namespace bk::companion
