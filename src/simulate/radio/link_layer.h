// One LE link between two controllers: which packets go in a connection event, what is heard, what
// is sent again. Order is kept and nothing is lost as long as the link stands (Core, vol. 6 part B
// 4.5.9: one bit of sequence number each way).
//
// Times on LE 1M: a packet takes 80 us and 8 us per byte of payload, 150 us lie between packets. A
// lost packet is one whose check failed: the other side still answers, so it costs its slot; after
// two in a row the event ends (4.5.6).
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "simulate/radio/counters.h"

namespace bk::simulate::radio {

// What one host hands to its controller.
struct Sdu {
  std::vector<std::byte> bytes;  // an ATT PDU; of the link layer's own, its body
  bool control = false;          // the link layer's own: no L2CAP header
  [[nodiscard]] std::size_t AirBytes() const { return bytes.size() + (control ? 0 : 4); }
};

inline constexpr RadioTime PacketTime(std::size_t payload) {
  return RadioTime{80 + 8 * static_cast<std::int64_t>(payload)};
}
inline constexpr RadioTime kInterFrame{150};

class LinkLayer {
 public:
  explicit LinkLayer(const LinkOptions& options) : options_(options) {}

  void Queue(Direction direction, Sdu sdu) { Sender(direction).queue.push_back(std::move(sdu)); }
  [[nodiscard]] std::size_t Queued(Direction direction) const {
    return (direction == Direction::kToBand ? central_ : peripheral_).queue.size();
  }
  // Packets carry 27 bytes until both sides have agreed on 251.
  void LongPackets() { payload_max_ = 251; }

  void BeginEvent();
  struct Outcome {
    RadioTime took{};
    bool band_heard = false, host_heard = false;
    std::optional<Sdu> to_band, to_host;  // that are now complete
  };
  // The central sends one packet and the band one, perhaps without data.
  Outcome Exchange(double loss, Random& random);
  // Whether the event goes on with another exchange; `begun`: time since its anchor.
  [[nodiscard]] bool More(RadioTime begun) const;
  // Adds up the slots of the event that ends.
  void EndEvent(Counters& counters);

 private:
  struct End {
    std::deque<Sdu> queue;
    std::size_t front_sent = 0;  // bytes of the front that were acknowledged
    bool in_air = false;         // a packet waits for its acknowledgement
    std::size_t in_air_bytes = 0;
    bool sn = false, nesn = false;
    std::size_t received = 0;  // bytes of the other side's front that have arrived
    // of this event
    int bad = 0;
    bool more = false;  // its last packet that was heard said so
    unsigned carried = 0, wasted = 0;
  };
  struct Packet {
    bool sn, nesn, more;
    std::size_t bytes;
  };
  End& Sender(Direction direction) {
    return direction == Direction::kToBand ? central_ : peripheral_;
  }
  [[nodiscard]] std::size_t NextBytes(const End& end) const;
  // The same, when the packet in the air may turn out to have been heard.
  [[nodiscard]] std::size_t NextBytesMax(const End& end) const;
  Packet Send(End& end);
  // What `from` sent arrives at `to`.
  std::optional<Sdu> Hear(End& from, End& to, const Packet& packet);
  [[nodiscard]] unsigned Slots() const;

  LinkOptions options_;
  std::size_t payload_max_ = 27;
  End central_, peripheral_;
  unsigned exchanges_ = 0;
  bool broken_ = false;  // the event was ended by the radio
};

}  // namespace bk::simulate::radio
