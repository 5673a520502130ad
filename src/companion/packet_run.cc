#include "companion/packet_run.h"

#include <algorithm>

namespace bk::companion {
namespace {

// A counter that is up to this far behind is a late or doubled packet, else one ahead. A host's
// queue holds far fewer.
constexpr std::uint8_t kLateMax = 64;
// What a host may hold back behind one gap: half a round of the counter more than once round.
constexpr std::size_t kHeldMax = 4096;

}  // namespace

bool PacketRun::Add(std::uint8_t counter, Bytes payload) {
  if (payload.empty() || payload.size() % record_bytes_ != 0) return false;
  const auto ahead = static_cast<std::uint8_t>(counter - static_cast<std::uint8_t>(next_));
  const std::size_t behind = 256U - ahead;
  std::size_t index = next_ + ahead;
  if (ahead != 0 && behind <= kLateMax && behind <= next_) {
    index = next_ - behind;
    if (index < joined_ || held_.contains(index)) {
      ++doubled_;
      conflict_ = conflict_ || !SameAt(index, payload);
      return false;
    }
  }
  if (held_.size() >= kHeldMax) return false;
  if (payload.size() > packet_bytes_) {
    // A longer packet than all before makes those short ones: where they stand is unknown.
    odd_ = odd_ || packet_bytes_ != 0;
    packet_bytes_ = payload.size();
  }
  next_ = std::max(next_, index + 1);
  held_.emplace(index, std::vector(payload.begin(), payload.end()));
  const std::size_t before = sure_.size();
  Join();
  return index >= joined_ || sure_.size() > before;
}

void PacketRun::Join() {
  while (!held_.empty() && held_.begin()->first == joined_) {
    auto& bytes = held_.begin()->second;
    const std::size_t room = expected_bytes_ - std::min(expected_bytes_, sure_.size());
    bytes.resize(std::min(bytes.size(), room));
    // A short packet that is not the last is odd, but in its place as long as nothing is missing.
    sure_.insert(sure_.end(), bytes.begin(), bytes.end());
    odd_ = odd_ || sure_.size() % packet_bytes_ != 0;
    held_.erase(held_.begin());
    ++joined_;
  }
}

bool PacketRun::SameAt(std::size_t index, Bytes payload) const {
  if (const auto held = held_.find(index); held != held_.end())
    return std::ranges::equal(held->second, payload);
  // Behind an odd packet places are not multiples any more: the doubt is not worth a round.
  const std::size_t at = index * packet_bytes_;
  if (odd_ || at >= sure_.size()) return true;
  const Bytes there = Bytes(sure_).subspan(at, std::min(payload.size(), sure_.size() - at));
  return std::ranges::equal(there, payload.first(there.size()));
}

std::size_t PacketRun::missing_packets() const {
  return held_.empty() ? 0 : next_ - joined_ - held_.size();
}

std::vector<PacketRun::Island> PacketRun::ProvedIslands() const {
  if (held_.empty() || odd_ || conflict_ || sure_.size() != joined_ * packet_bytes_) return {};
  const auto& [last_index, last] = *held_.rbegin();
  if (last_index * packet_bytes_ + last.size() != expected_bytes_) return {};
  std::vector<Island> islands;
  std::size_t follows = 0;
  for (const auto& [index, bytes] : held_) {
    if (bytes.size() != packet_bytes_ && index != last_index) return {};
    if (islands.empty() || index != follows)
      islands.push_back({index * packet_bytes_ / record_bytes_, {}});
    islands.back().bytes.insert(islands.back().bytes.end(), bytes.begin(), bytes.end());
    follows = index + 1;
  }
  return islands;
}

}  // namespace bk::companion
