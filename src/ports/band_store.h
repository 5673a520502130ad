// What is kept of a band: its minutes, how far it was fetched, what it does not have.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/result.h"

namespace bk::ports {

// One minute as the band recorded it (codec/miband/activity.h).
struct BandMinute {
  std::int64_t minute = 0;  // since 1970 in UTC: unique over zones and daylight saving
  std::int8_t zone = 0;     // quarter hours east of UTC that the band had
  std::uint8_t kind = 0, intensity = 0, steps = 0, heart_rate = 0xff;
  friend bool operator==(const BandMinute&, const BandMinute&) = default;
};

// Minutes from..to (exclusive) that the band was asked for and does not have.
struct MinuteGap {
  enum class Why : std::uint8_t {
    kOff,          // between two fetches: it was switched off, empty or restarting
    kOverwritten,  // older than what it had when it was first asked
    kClockWrong,   // its clock was set over them: minutes in here may be stored all the same, where
                   // it went wrong later, or stand at another time
  };
  std::int64_t from = 0, to = 0;
  Why why = Why::kOff;
  friend bool operator==(const MinuteGap&, const MinuteGap&) = default;
};

struct MinuteRange {
  std::int64_t from = 0, to = 0;  // exclusive
  friend bool operator==(const MinuteRange&, const MinuteRange&) = default;
};

struct KeptBand {
  Address address;
  std::string firmware, hardware;
  std::optional<std::int64_t>
      next_minute;     // the mark: everything before it was fetched or is a gap
  std::string name{};  // as it calls itself in the air; empty: never heard
};

// A band whose resources are not, or may not be, those of its firmware. It does not tell that it
// lacks them, so this is kept: of a firmware sent from here from before its first byte until its
// resources are in, of one from elsewhere from when it was met.
struct OwedResources {
  std::string held;     // the firmware whose resources the band has, as far as is known
  std::string running;  // the firmware that it ran when it was next asked; empty: not yet asked
  // Another program changed the firmware: perhaps with its resources, perhaps not.
  bool elsewhere = false;
  friend bool operator==(const OwedResources&, const OwedResources&) = default;
};

// Every change is one transaction: after a crash, a full disk or another process's change it is
// there whole or not at all. An error's message says what to do.
class BandStore {
 public:
  struct Saved {
    std::size_t fresh = 0;  // new minutes
    std::size_t same = 0;   // were there already, equal
    std::size_t another =
        0;  // the band had the minute twice (its clock was set back): both are kept
  };
  virtual ~BandStore() = default;

  virtual Result<std::vector<KeptBand>> Bands() = 0;
  // Makes the band known; empty texts leave what is there.
  virtual Status Describe(const KeptBand& band) = 0;

  // nullopt: nothing is owed.
  virtual Result<std::optional<OwedResources>> Owed(Address band) = 0;
  virtual Status SetOwed(Address band, const std::optional<OwedResources>& owed) = 0;

  // A number for a fetch, so that what it brought can be revoked.
  virtual Result<std::int64_t> BeginFetch(Address band, std::int64_t wall_seconds) = 0;
  // The minutes and, with them, the mark (never backwards).
  virtual Result<Saved> Save(Address band, std::int64_t fetch, std::span<const BandMinute> minutes,
                             std::optional<std::int64_t> next_minute) = 0;
  virtual Status SaveGap(Address band, const MinuteGap& gap) = 0;
  // Deletes what this fetch added from this minute on, and puts the mark back there.
  virtual Status Revoke(Address band, std::int64_t fetch, std::int64_t from_minute) = 0;

  virtual Result<std::vector<MinuteRange>> Stored(Address band) = 0;  // in order, not touching
  virtual Result<std::vector<MinuteGap>> Gaps(Address band) = 0;
  // In order of time; the last where the band had a minute twice. `each` returns false to stop.
  virtual Status ForEach(Address band, MinuteRange range,
                         const std::function<bool(const BandMinute&)>& each) = 0;
};

}  // namespace bk::ports
