// Between the container parsers and the sink: batches packets, numbers them, watches their clock,
// and keeps a damaged file from drowning the sink in damage.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "base/bytes.h"
#include "codec/snoop/packet.h"

namespace bk::codec::snoop {

// Damage told one by one, per kind; the rest is summed up in one more at the end.
inline constexpr std::uint64_t kDamageEachMax = 1000;

class Emitter {
 public:
  explicit Emitter(PacketSink& sink) : sink_(sink) {}

  // The place for the next packet. Fill every member but `number`, then Commit. `data` must stay
  // where it is until the next Flush.
  Packet& Next() { return batch_[filled_]; }
  void Commit() {
    // One comparison for both directions: a step back is huge as an unsigned number.
    if (Step(batch_[filled_].time) > kDayUs) [[unlikely]]
      CheckClock();
    Packet& packet = batch_[filled_];  // only now: CheckClock may have emptied the batch
    last_ = packet.time;
    packet.number = ++number_;
    if (++filled_ == kBatch) Flush();
  }

  // A packet that is counted and not delivered.
  void Skip() { ++number_; }

  // In place: the packets before it are delivered first. Gives `damage` its number (of the last
  // packet before it) when it has none.
  void Tell(Damage damage);
  // Delivers what is batched. Before the bytes that the views point to go away.
  void Flush();
  // Last: the damage that was only counted.
  void Finish();

  [[nodiscard]] std::uint64_t packets() const { return number_; }
  [[nodiscard]] SnoopTime first() const { return first_; }
  [[nodiscard]] SnoopTime last() const { return started_ ? last_ : SnoopTime{}; }

 private:
  static constexpr std::size_t kBatch = 256;
  static constexpr std::uint64_t kDayUs = 86'400'000'000;
  static constexpr std::size_t kKinds = 6;

  std::uint64_t Step(SnoopTime time) const {
    return static_cast<std::uint64_t>(time.us) - static_cast<std::uint64_t>(last_.us);
  }
  void CheckClock();

  PacketSink& sink_;
  std::size_t filled_ = 0;
  std::uint64_t number_ = 0;
  SnoopTime first_;
  SnoopTime last_{std::numeric_limits<std::int64_t>::min()};  // so that the first one is checked
  bool started_ = false;
  std::array<std::uint64_t, kKinds> told_{};
  std::array<Damage, kKinds> summed_{};
  std::array<Packet, kBatch> batch_;
};

}  // namespace bk::codec::snoop
