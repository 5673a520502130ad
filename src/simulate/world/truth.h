// What really happened in a world: what was wrong with whom, which links there were and why they
// ended, which minutes the band recorded and the phone got. Plain data, and the same as JSON. Times
// are microseconds of UTC since 1970, true ones, whatever the phone's or the band's clock said.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bk::simulate::world {

enum class Place : std::uint8_t { kPhone, kRadio, kBand };
std::string_view PlaceName(Place place);  // "phone"

struct FaultTruth {
  std::string name;  // as it was asked for
  Place place = Place::kPhone;
  std::string what;  // in words
  std::int64_t since = 0;
  friend bool operator==(const FaultTruth&, const FaultTruth&) = default;
};

struct LinkTruth {
  std::string address;
  std::int64_t began = 0;  // it was up; of an attempt: when the band was called
  std::int64_t ended = 0;  // 0: it stands
  // HCI; nullopt: it stands, or the phone's controller did not live to tell.
  std::optional<std::uint8_t> reason;
  bool authenticated = false;
  int fetched = 0;  // minutes
  friend bool operator==(const LinkTruth&, const LinkTruth&) = default;
};

struct SyncTruth {
  std::int64_t at = 0;  // its end
  int minutes = 0;
  bool whole = false;  // false: it broke off, or the band had no time
  friend bool operator==(const SyncTruth&, const SyncTruth&) = default;
};

// What is noted while a world runs.
struct Happened {
  std::vector<LinkTruth> links;
  std::vector<LinkTruth> failed;  // attempts that the band was called for and that came to nothing
  std::vector<SyncTruth> syncs;
  std::vector<std::int64_t> got;     // minutes of UTC that the phone has, in order of arrival
  std::vector<std::uint8_t> proofs;  // the band's words on the key, in order
  friend bool operator==(const Happened&, const Happened&) = default;
};

struct WorldTruth {
  std::uint64_t seed = 0;
  std::int64_t from = 0, until = 0;
  std::string phone;  // "Pixel 7, Android 14"
  std::string app;    // its package
  std::string band, band_name, firmware;
  unsigned band_battery = 0;  // percent, at the end
  std::vector<FaultTruth> faults;
  Happened happened;
  // Minutes of UTC: what the band recorded since (and shortly before) the world began; of those,
  // what no host has got and the band still has, and what nobody has any more.
  std::vector<std::int64_t> recorded, on_band, lost;
  bool healthy = false;  // at the end: linked, and synced within half an hour
  friend bool operator==(const WorldTruth&, const WorldTruth&) = default;
};

// 60, 61, 62, 70 -> [60, 63), [70, 71).
std::vector<std::pair<std::int64_t, std::int64_t>> Stretches(std::vector<std::int64_t> minutes);
// One document, the same bytes for the same truth.
std::string TruthJson(const WorldTruth& truth);

}  // namespace bk::simulate::world
