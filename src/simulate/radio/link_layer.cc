#include "simulate/radio/link_layer.h"

#include <algorithm>
#include <utility>

namespace bk::simulate::radio {

std::size_t LinkLayer::NextBytes(const End& end) const {
  if (end.in_air) return end.in_air_bytes;
  if (end.queue.empty()) return 0;
  return std::min(payload_max_, end.queue.front().AirBytes() - end.front_sent);
}

std::size_t LinkLayer::NextBytesMax(const End& end) const {
  if (!end.in_air || end.queue.empty()) return NextBytes(end);
  std::size_t after = end.queue.front().AirBytes() - end.front_sent - end.in_air_bytes;
  if (after == 0 && end.queue.size() > 1) after = end.queue[1].AirBytes();
  return std::max(end.in_air_bytes, std::min(payload_max_, after));
}

void LinkLayer::BeginEvent() {
  exchanges_ = 0;
  broken_ = false;
  for (End* end : {&central_, &peripheral_}) {
    end->bad = 0;
    end->more = false;
    end->carried = end->wasted = 0;
  }
}

LinkLayer::Packet LinkLayer::Send(End& end) {
  end.in_air_bytes = NextBytes(end);
  end.in_air = true;
  const bool rest_of_front =
      !end.queue.empty() && end.front_sent + end.in_air_bytes < end.queue.front().AirBytes();
  return {end.sn, end.nesn, rest_of_front || end.queue.size() > 1, end.in_air_bytes};
}

std::optional<Sdu> LinkLayer::Hear(End& from, End& to, const Packet& packet) {
  std::optional<Sdu> complete;
  if (packet.sn == to.nesn) {
    to.nesn = !to.nesn;
    if (packet.bytes > 0) {
      ++from.carried;
      to.received += packet.bytes;
      if (to.received == from.queue.front().AirBytes()) {
        complete = from.queue.front();
        to.received = 0;
      }
    }
  } else {
    ++from.wasted;  // had arrived before; only its acknowledgement was lost
  }
  if (to.in_air && packet.nesn != to.sn) {
    to.sn = !to.sn;
    to.in_air = false;
    if (to.in_air_bytes > 0) {
      to.front_sent += to.in_air_bytes;
      if (to.front_sent == to.queue.front().AirBytes()) {
        to.queue.pop_front();
        to.front_sent = 0;
      }
    }
  }
  return complete;
}

LinkLayer::Outcome LinkLayer::Exchange(double loss, Random& random) {
  Outcome outcome;
  ++exchanges_;
  const Packet down = Send(central_);
  central_.more = down.more;
  if (random.Chance(loss)) {
    ++central_.wasted;
    if (++peripheral_.bad == 2) broken_ = true;
  } else {
    peripheral_.bad = 0;
    outcome.band_heard = true;
    outcome.to_band = Hear(central_, peripheral_, down);
  }
  // Two bad ones in a row: the band falls silent until the next event.
  if (broken_) {
    outcome.took = PacketTime(down.bytes) + 2 * kInterFrame + PacketTime(0);
    ++peripheral_.wasted;
    return outcome;
  }
  const Packet up = Send(peripheral_);
  outcome.took = PacketTime(down.bytes) + PacketTime(up.bytes) + 2 * kInterFrame;
  if (random.Chance(loss)) {
    ++peripheral_.wasted;
    if (++central_.bad == 2) broken_ = true;
  } else {
    central_.bad = 0;
    outcome.host_heard = true;
    peripheral_.more = up.more;
    outcome.to_host = Hear(peripheral_, central_, up);
  }
  return outcome;
}

bool LinkLayer::More(RadioTime begun) const {
  if (broken_) return false;
  // What was not heard may have said "more": the central goes on.
  if (!central_.more && !peripheral_.more && central_.bad == 0) return false;
  if (options_.packets_per_event != 0 && exchanges_ >= options_.packets_per_event) return false;
  const RadioTime next =
      PacketTime(NextBytes(central_)) + PacketTime(NextBytesMax(peripheral_)) + 2 * kInterFrame;
  return begun + next + kInterFrame <= options_.interval;
}

unsigned LinkLayer::Slots() const {
  const RadioTime pair = PacketTime(payload_max_) + PacketTime(0) + 2 * kInterFrame;
  const auto room = static_cast<unsigned>((options_.interval - kInterFrame) / pair);
  return options_.packets_per_event == 0 ? room : std::min(room, options_.packets_per_event);
}

void LinkLayer::EndEvent(Counters& counters) {
  const unsigned slots = std::max(Slots(), exchanges_);
  for (const Direction direction : {Direction::kToBand, Direction::kToHost}) {
    const End& end = Sender(direction);
    const unsigned taken = end.wasted + (broken_ ? slots - exchanges_ : 0);
    DirectionCounters& of = counters.Of(direction);
    of.carried += end.carried;
    of.lost += taken;
    of.possible += std::max(end.carried, slots - std::min(slots, taken));
  }
  ++counters.connection_events;
}

}  // namespace bk::simulate::radio
