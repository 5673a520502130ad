#include "codec/l2cap/recombiner.h"

namespace bk::codec::l2cap {

Recombiner::Result Recombiner::PushSlow(bool first, Bytes data, std::uint32_t missing) {
  Result result;
  if (first) {
    result.lost_unfinished = Reset();
    if (data.size() < kHeader) {
      // Controllers do not split headers; a recorder may cut within one.
      result.lost_headless = true;
      return result;
    }
    wanted_ = Le16(data, 0) + static_cast<std::uint32_t>(kHeader);
    channel_ = Le16(data, 2);
    seen_ = static_cast<std::uint32_t>(kHeader);
    missing_ = 0;
    buffer_.clear();
    data = data.subspan(kHeader);
  } else if (wanted_ == 0) {
    result.lost_orphan = true;
    return result;
  }
  const auto kept = static_cast<std::uint32_t>(data.size());
  if (kept + std::uint64_t{missing} > wanted_ - seen_) {
    result.lost_overlong = true;
    Reset();
    return result;
  }
  if (missing_ == 0) {
    buffer_.insert(buffer_.end(), data.begin(), data.end());
    missing_ = missing;
  } else {
    missing_ += kept + missing;
  }
  seen_ += kept + missing;
  if (seen_ == wanted_) {
    result.complete = true;
    result.pdu = {channel_, buffer_, missing_};
    wanted_ = 0;
  }
  return result;
}

bool Recombiner::Reset() {
  const bool unfinished = wanted_ != 0;
  wanted_ = 0;
  return unfinished;
}

}  // namespace bk::codec::l2cap
