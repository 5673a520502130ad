// Follows the rounds in which the phone fetches what the band has recorded (codec/miband fetch.h).
#pragma once

#include <cstdint>
#include <optional>

#include "capture/talk/notebook.h"
#include "codec/miband/fetch.h"

namespace bk::capture::talk {

// No data for this long while some must come: a stall. Clients give up after 10 s.
inline constexpr std::int64_t kFetchStallUs = 10'000'000;
// The band records every minute; an empty answer for a longer span than this means that nothing is
// recorded or kept.
inline constexpr std::int64_t kNoDataSpanUs = 15LL * 60 * 1'000'000;

class FetchFollower {
 public:
  explicit FetchFollower(Notebook& notebook) : notebook_(notebook) {}

  void OnRequest(const codec::miband::FetchRequest& request, Moment at);
  void OnReply(const codec::miband::FetchReply& reply, Moment at);
  void OnData(const codec::miband::FetchData& data, Moment at);
  // A message on control or data of which the recorder kept only the first part.
  void OnCut(bool data, bool from_phone, std::size_t bytes, Moment at);
  // The band's own clock, when the phone writes or reads it.
  void OnBandTime(const codec::miband::Clock& clock, Moment at);
  // Time passes: any PDU of the link.
  void OnTime(Moment at);
  void OnGap() { hole_ = true; }
  void Finish(const LinkEnd& end);

 private:
  enum class Step : std::uint8_t { kIdle, kAsked, kAnnounced, kFlowing, kEnded };
  void Close(Moment at);
  [[nodiscard]] std::string Progress() const;
  [[nodiscard]] std::optional<std::int64_t> SpanAskedFor(Moment at) const;
  void EndOfRound(Moment at, bool success);

  Notebook& notebook_;
  Step step_ = Step::kIdle;
  codec::miband::FetchRequest asked_;
  Moment start_, last_;
  std::uint32_t records_ = 0;
  bool records_known_ = false;
  std::uint64_t bytes_ = 0;
  std::uint64_t notifications_ = 0;
  std::uint32_t gaps_ = 0;
  codec::miband::FetchCounter counter_;
  bool stalled_ = false;
  bool hole_ = false;
  std::uint64_t activity_records_ = 0;  // of all rounds of activity that ended well
  std::uint64_t cut_data_ = 0, cut_control_ = 0;
  Moment first_cut_;
  std::optional<std::pair<codec::miband::Clock, Moment>> band_time_;
};

}  // namespace bk::capture::talk
