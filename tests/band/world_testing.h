// One band in the air, one computer, one store, in virtual time.
#pragma once

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "adapters/cipher/cipher.h"
#include "app/band/sync_band.h"
#include "companion/band_clock.h"
#include "simulate/band/band_sim.h"
#include "simulate/band/on_air.h"
#include "simulate/radio/sim_radio.h"

namespace bk::band_test {

using ports::BandMinute;
using simulate::band::BandSim;
using simulate::radio::Air;
using simulate::radio::AirOptions;
using simulate::radio::CentralOptions;
using simulate::radio::SimRadio;

// A store that forgets with its process; what SQLite does beyond it is tested beside it.
class MemoryBandStore : public ports::BandStore {
 public:
  Result<std::vector<ports::KeptBand>> Bands() override { return bands; }
  Status Describe(const ports::KeptBand& band) override {
    Of(band.address).firmware = band.firmware;
    return {};
  }
  Result<std::optional<ports::OwedResources>> Owed(Address) override { return owed; }
  Status SetOwed(Address, const std::optional<ports::OwedResources>& now) override {
    if (full) return Fail(ErrorCode::kNotReadable, "there is no room on the disk");
    owed = now;
    return {};
  }
  Result<std::int64_t> BeginFetch(Address, std::int64_t) override { return ++fetches; }
  Result<Saved> Save(Address band, std::int64_t fetch, std::span<const BandMinute> minutes,
                     std::optional<std::int64_t> next_minute) override {
    Saved saved;
    if (++saves == forgets_save && !minutes.empty()) minutes = minutes.first(minutes.size() - 1);
    for (const BandMinute& minute : minutes) {
      auto& there = rows[minute.minute];
      if (std::ranges::any_of(there, [&](const auto& row) { return row.first == minute; })) {
        ++saved.same;
        continue;
      }
      ++(there.empty() ? saved.fresh : saved.another);
      there.emplace_back(minute, fetch);
    }
    if (next_minute) {
      auto& mark = Of(band).next_minute;
      mark = std::max(mark.value_or(*next_minute), *next_minute);
    }
    return saved;
  }
  Status SaveGap(Address, const ports::MinuteGap& gap) override {
    gaps.push_back(gap);
    return {};
  }
  Status Revoke(Address band, std::int64_t fetch, std::int64_t from_minute) override {
    ++revoked;
    for (auto& [minute, there] : rows)
      if (minute >= from_minute)
        std::erase_if(there, [&](const auto& row) { return row.second == fetch; });
    std::erase_if(rows, [](const auto& row) { return row.second.empty(); });
    auto& mark = Of(band).next_minute;
    if (mark) mark = std::min(*mark, from_minute);
    return {};
  }
  Result<std::vector<ports::MinuteRange>> Stored(Address) override {
    return std::vector<ports::MinuteRange>{};
  }
  Result<std::vector<ports::MinuteGap>> Gaps(Address) override { return gaps; }
  Status ForEach(Address, ports::MinuteRange,
                 const std::function<bool(const BandMinute&)>&) override {
    return {};
  }
  ports::KeptBand& Of(Address address) {
    for (auto& band : bands)
      if (band.address == address) return band;
    bands.push_back({.address = address});
    return bands.back();
  }

  std::vector<ports::KeptBand> bands;
  std::optional<ports::OwedResources> owed;
  bool full = false;
  std::map<std::int64_t, std::vector<std::pair<BandMinute, std::int64_t>>> rows;
  std::vector<ports::MinuteGap> gaps;
  std::int64_t fetches = 0;
  int revoked = 0;
  int saves = 0;
  int forgets_save = 0;  // this one (from 1) loses its last minute and says that all is well
};

struct WorldOptions {
  simulate::band::Options band;
  AirOptions air;
  CentralOptions host;
  simulate::radio::PeripheralOptions advertising;
  std::chrono::microseconds patience = std::chrono::minutes(10);
};

inline ports::Block16 TestKey() {
  ports::Block16 key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(0x11 * (i + 1));
  return key;
}

class World {
 public:
  explicit World(WorldOptions options)
      : options_(Bound(std::move(options))),
        band_(options_.band, cipher_, checksum_),
        carried_(band_),
        air_(options_.air) {
    air_.Put(carried_, options_.advertising);
    radio_ = std::make_unique<SimRadio>(air_, options_.host);
  }
  app::SyncResult Sync(bool acknowledge = true) {
    app::SyncWishes wishes;
    wishes.session = Session();
    wishes.wall = [this](ports::RadioTime now) { return Wall(now); };
    wishes.zone = zone;
    wishes.acknowledge = acknowledge;
    wishes.patience = options_.patience;
    notes.clear();
    at_ready.reset();
    app::SyncFace face;
    face.note = [this](const companion::SessionNote& note) {
      notes.push_back(note);
      if (note.kind == companion::SessionNote::Kind::kReady && !at_ready)
        at_ready = radio_->counters();
    };
    return app::SyncBand(*radio_, into != nullptr ? *into : store, wishes, face);
  }
  companion::BandSession::Options Session() {
    companion::BandSession::Options session;
    session.address = options_.band.address;
    session.key = &key;
    session.cipher = &cipher_;
    session.local_clock = [this](ports::RadioTime now) {
      return companion::ClockIn(zone, Wall(now) * 1'000'000);
    };
    return session;
  }
  [[nodiscard]] std::int64_t Wall(ports::RadioTime now) const {
    return (options_.band.utc_us + now.count()) / 1'000'000 + wall_off;
  }
  // Every minute that the band has recorded up to `until` is stored as it was, and nothing else is.
  void ExpectNothingLostOrDoubled(std::int64_t until_minute) {
    std::map<std::int64_t, simulate::band::StoredMinute> truth;
    for (const auto& minute : band_.truth().recorded)
      if (minute.minute < until_minute) truth[minute.minute] = minute;
    std::size_t lost = 0, wrong = 0, twice = 0, invented = 0;
    for (const auto& [number, minute] : truth) {
      const auto found = store.rows.find(number);
      if (found == store.rows.end()) {
        ++lost;
        continue;
      }
      twice += found->second.size() > 1;
      const BandMinute& row = found->second.front().first;
      wrong += row.kind != minute.sample.kind || row.intensity != minute.sample.intensity ||
               row.steps != minute.sample.steps || row.heart_rate != minute.sample.heart_rate;
    }
    for (const auto& [number, row] : store.rows)
      invented += number < until_minute && !truth.contains(number);
    EXPECT_EQ(lost, 0U);
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(twice, 0U);
    EXPECT_EQ(invented, 0U);
  }
  // What the band has deleted because we said so was stored first.
  void ExpectNothingDeletedUnstored() {
    std::size_t unstored = 0;
    for (const auto& gone : band_.truth().deleted)
      unstored += gone.why == simulate::band::Deleted::Why::kAcknowledged &&
                  !store.rows.contains(gone.minute.minute);
    EXPECT_EQ(unstored, 0U);
  }
  BandSim& band() { return band_; }
  Air& air() { return air_; }
  SimRadio& radio() { return *radio_; }
  // This computer begins anew: nothing is left of its links, nor of what it was told.
  void RestartHost() {
    radio_.reset();
    radio_ = std::make_unique<SimRadio>(air_, options_.host);
  }

  ports::Block16 key = TestKey();
  std::int8_t zone = 8;
  std::int64_t wall_off = 0;
  MemoryBandStore store;
  ports::BandStore* into = nullptr;  // a sync writes here in place of `store`
  std::vector<companion::SessionNote> notes;
  std::optional<simulate::radio::Counters> at_ready;  // of the last sync: when it could begin

 private:
  static WorldOptions Bound(WorldOptions options) {
    options.band.key = TestKey();
    options.band.zone = 8;
    return options;
  }
  WorldOptions options_;
  adapters::OpensslCipher cipher_;
  adapters::LibraryChecksum checksum_;
  BandSim band_;
  simulate::band::BandOnAir carried_;
  Air air_;
  std::unique_ptr<SimRadio> radio_;
};

}  // namespace bk::band_test
