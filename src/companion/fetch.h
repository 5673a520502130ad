// Brings what the band has recorded since a time: rounds of start, stream and end until the band
// has nothing newer (miband4-protocol.md 6).
//
// Nothing is lost on the way: stretches are handed over as they become sure, so a cut link costs
// only what was under way; a packet that the host lost is asked for again from its minute; the band
// is told that it may let go of a round (`03`) only after all of it was stored. The protocol has no
// request for one packet: a new start from the missing minute is the nearest. Whether a real band
// takes a new start while it streams is not known; one that does not answer it is waited for to the
// end. What the counters cannot show is 256 packets lost in a row.
#pragma once

#include <optional>
#include <vector>

#include "codec/miband/fetch.h"
#include "companion/packet_run.h"
#include "companion/procedure.h"

namespace bk::companion {

// Whole records that belong together: record n belongs to `start` + n minutes (activity).
struct FetchedStretch {
  codec::miband::Clock start;
  std::vector<std::byte> bytes;
};

// The band began later than it was asked: it has nothing from before.
struct FetchSkip {
  codec::miband::Clock asked, began;
};

class Fetch : public Procedure {
 public:
  struct Options {
    codec::miband::Clock since;
    // Tell the band after each whole round that it may delete what was stored. Off for whoever only
    // looks.
    bool acknowledge = true;
  };
  // Activity only: minute records of 4 bytes.
  explicit Fetch(const Options& options);

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

  // What has become sure since the last call, in the order of minutes unless a missing stretch came
  // later. To be stored at once.
  std::vector<FetchedStretch> Take();
  // A round turned out not to be what it seemed (two packets of one place differ): what was taken
  // from here on is to be thrown away; it comes again.
  std::optional<codec::miband::Clock> TakeRevoked();
  // Everything that was taken is stored and will survive a crash.
  void Stored(Talk& talk, RadioTime now);
  // Goes on only after Stored().
  [[nodiscard]] bool WaitsForStored() const { return state_ == State::kStoring; }

  // UTC microseconds: everything before, from the start of what was asked, has been taken or is in
  // progress().skips.
  [[nodiscard]] std::int64_t complete_until_us() const { return NextWanted(); }

  struct Progress {
    std::size_t records_announced = 0;  // of this round
    std::size_t records = 0;            // handed over, all rounds
    int rounds = 0;
    std::size_t asked_again = 0;  // starts because of a missing packet or a stalled stream
    std::size_t doubled = 0;
    std::vector<FetchSkip> skips;
  };
  [[nodiscard]] const Progress& progress() const { return progress_; }

 private:
  enum class State : std::uint8_t {
    kSubscribing,
    kStarting,    // start was sent
    kRestarting,  // start was sent into a stream, which goes on until it is answered
    kSettling,    // it was answered: until what is left of the old stream is quiet
    kStreaming,
    kClosing,  // the band said that the round is over, packets may still be on their way
    kPausing,  // the band was busy
    kStoring,  // until Stored
    kAcknowledging,
  };
  // Minutes from..to (exclusive) that the band has sent and we do not have. All times here are UTC.
  struct Hole {
    std::int64_t from_us = 0, to_us = 0;
  };

  void AskStart(Talk& talk, RadioTime now);
  void HearStart(const codec::miband::FetchReply& reply, Talk& talk, RadioTime now);
  void Go(Talk& talk, RadioTime now);
  void HearData(Bytes bytes, Talk& talk, RadioTime now);
  void HandOver();
  void EndRound(Talk& talk, RadioTime now);
  void SendStart(State then, Talk& talk, RadioTime now);
  void Keep(std::int64_t from_us, Bytes bytes);
  void AllIsHere(Talk& talk, RadioTime now);
  void Store(Talk& talk, RadioTime now);
  void GoRefused(std::uint8_t status, RadioTime now);
  void Busy(std::uint8_t status, RadioTime now);
  [[nodiscard]] std::int64_t NextWanted() const;

  Options options_;
  Progress progress_;
  State state_ = State::kSubscribing;
  State after_storing_ = State::kStoring;  // kAcknowledging, or kStoring: then it is over
  int subscriptions_ = 0;
  std::int64_t frontier_us_ = 0;  // first minute that was never received
  std::int64_t asked_us_ = 0;     // of the last start
  std::int64_t start_us_ = 0;     // of the round
  std::int8_t zone_ = 0;
  std::vector<Hole> holes_;
  std::optional<PacketRun> run_;
  std::size_t handed_ = 0;     // records of the run that were handed over
  std::size_t since_gap_ = 0;  // packets since a gap was seen
  bool restarts_ = true;       // the band has not yet ignored a start while it streamed
  int fruitless_ = 0;          // starts in a row that brought nothing
  int busy_ = 0;
  bool refused_go_ = false;  // it announced records and then would not send them
  bool unstored_ = false;
  std::vector<FetchedStretch> ready_;
  std::optional<codec::miband::Clock> revoked_;
};

}  // namespace bk::companion
