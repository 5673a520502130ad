// Follows the rounds in which the phone fetches what the band has recorded (codec/miband fetch.h).
#pragma once

#include <cstdint>
#include <optional>

#include "capture/talk/notebook.h"
#include "codec/miband/fetch.h"

namespace bk::capture::talk {

// No data for this long while some must come: a stall. Clients give up after 10 s.
inline constexpr std::int64_t kFetchStallUs = 10'000'000;
// The band records every minute. An empty answer for a longer span than this means that nothing was
// recorded or kept; a shorter one may be a time without power.
inline constexpr std::int64_t kNoDataSpanUs = 2LL * 3600 * 1'000'000;

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
  // The band was bound on this link: it has recorded nothing yet, and that is no trouble.
  void OnNewBand() { new_band_ = true; }
  // Time passes: any PDU of the link.
  void OnTime(Moment at);
  void OnGap() { hole_ = true; }
  void Finish(const LinkEnd& end);

 private:
  enum class Step : std::uint8_t { kIdle, kAsked, kAnnounced, kFlowing, kEnded };
  // Rounds of activity that ended well, told in one sentence: apps fetch every few minutes.
  struct GoodRounds {
    std::uint32_t count = 0;
    std::uint64_t minutes = 0;
    codec::miband::Clock since;  // of the first
    std::uint64_t first_packet = 0;
    Moment last;
    std::uint32_t empty = 0;  // "nothing newer"
    codec::miband::Clock empty_since;
    Moment last_empty;
  };
  void Close(Moment at);
  [[nodiscard]] std::string Progress() const;
  [[nodiscard]] std::optional<std::int64_t> SpanAskedFor(Moment at) const;
  void EndOfRound(Moment at);
  void NothingNewer(Moment at);
  void SayGoodRounds();

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
  bool new_band_ = false;
  GoodRounds good_;
  std::uint64_t cut_data_ = 0, cut_control_ = 0;
  Moment first_cut_;
  std::optional<std::pair<codec::miband::Clock, Moment>> band_time_;
};

}  // namespace bk::capture::talk
