#include "codec/snoop/emitter.h"

#include <fmt/format.h>

#include <utility>

#include "codec/snoop/parser.h"

namespace bk::codec::snoop {
namespace {

constexpr std::uint64_t kSecondUs = 1'000'000;

std::string Span(std::uint64_t us) {
  const double seconds = static_cast<double>(us) / 1e6;
  if (seconds < 1) return fmt::format("{:.3f} ms", seconds * 1e3);
  if (seconds < 172'800) return fmt::format("{:.1f} s", seconds);
  return fmt::format("{:.0f} days", seconds / 86'400);
}

}  // namespace

void Emitter::CheckClock() {
  const Packet& packet = batch_[filled_];
  if (!started_) {
    started_ = true;
    first_ = packet.time;
    return;
  }
  const bool back = packet.time < last_;
  const std::uint64_t span = TimeDistance(packet.time.us, last_.us);
  Damage damage;
  damage.kind = back && span < kSecondUs ? Damage::Kind::kOutOfOrder : Damage::Kind::kClockJump;
  damage.number = number_ + 1;
  damage.offset = packet.offset;
  damage.text = fmt::format("the clock went {} by {}", back ? "back" : "forward", Span(span));
  // The packet itself stays behind the damage, so it moves to the front of the emptied batch.
  const Packet kept = packet;
  Tell(std::move(damage));
  batch_[filled_] = kept;
}

void Emitter::Tell(Damage damage) {
  if (damage.number == 0) damage.number = number_;
  const auto kind = static_cast<std::size_t>(damage.kind);
  if (told_[kind] >= kDamageEachMax) {
    Damage& sum = summed_[kind];
    if (told_[kind]++ == kDamageEachMax) {
      sum = std::move(damage);
    } else {
      sum.count += damage.count;
    }
    return;
  }
  ++told_[kind];
  Flush();
  sink_.OnDamage(damage);
}

void Emitter::Flush() {
  if (filled_ == 0) return;
  sink_.OnPackets(std::span(batch_).first(filled_));
  filled_ = 0;
}

void Emitter::Finish() {
  Flush();
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    if (told_[kind] <= kDamageEachMax) continue;
    Damage& sum = summed_[kind];
    sum.text += fmt::format(" (and {} more like it)", told_[kind] - kDamageEachMax - 1);
    sink_.OnDamage(sum);
  }
}

}  // namespace bk::codec::snoop
