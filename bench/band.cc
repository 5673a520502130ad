// Companion against simulated band over simulated radio, in virtual time: how much of what the link
// could carry a sync uses, how soon a band that comes back is ready, how fast a file goes out;
// beside models of how other companions behave (design: numbers; shared facts: Gadgetbridge throws
// a round away on a skipped packet and waits 8 to 64 s between attempts to connect, Amazfish tries
// every 60 s).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "adapters/cipher/cipher.h"
#include "app/band/sync_band.h"
#include "app/band/update_band.h"
#include "companion/band_clock.h"
#include "simulate/band/band_sim.h"
#include "simulate/band/image.h"
#include "simulate/band/on_air.h"
#include "simulate/radio/sim_radio.h"

namespace bk {
namespace {

using simulate::radio::Air;
using simulate::radio::AirOptions;
using simulate::radio::CentralOptions;
using simulate::radio::SimRadio;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr ports::Block16 kKey{};

// Counts minutes; keeps the mark.
class CountingStore : public ports::BandStore {
 public:
  Result<std::vector<ports::KeptBand>> Bands() override { return bands; }
  Status Describe(const ports::KeptBand&) override { return {}; }
  Result<std::optional<ports::OwedResources>> Owed(Address) override { return owed; }
  Status SetOwed(Address, const std::optional<ports::OwedResources>& now) override {
    owed = now;
    return {};
  }
  Result<std::int64_t> BeginFetch(Address, std::int64_t) override { return 1; }
  Result<Saved> Save(Address address, std::int64_t, std::span<const ports::BandMinute> got,
                     std::optional<std::int64_t> next) override {
    for (const auto& minute : got) ++rows[minute.minute];
    if (next) bands = {{.address = address, .next_minute = next}};
    return Saved{got.size(), 0, 0};
  }
  Status SaveGap(Address, const ports::MinuteGap&) override { return {}; }
  Status Revoke(Address, std::int64_t, std::int64_t) override { return {}; }
  Result<std::vector<ports::MinuteRange>> Stored(Address) override {
    return std::vector<ports::MinuteRange>{};
  }
  Result<std::vector<ports::MinuteGap>> Gaps(Address) override {
    return std::vector<ports::MinuteGap>{};
  }
  Status ForEach(Address, ports::MinuteRange,
                 const std::function<bool(const ports::BandMinute&)>&) override {
    return {};
  }
  std::vector<ports::KeptBand> bands;
  std::map<std::int64_t, int> rows;
  std::optional<ports::OwedResources> owed;
};

struct Setting {
  simulate::band::Options band;
  AirOptions air;
  CentralOptions host;
};

struct Bench {
  explicit Bench(Setting setting)
      : options(Bound(std::move(setting))),
        band(options.band, cipher, checksum),
        carried(band),
        air(options.air) {
    air.Put(carried);
    radio = std::make_unique<SimRadio>(air, options.host);
  }
  static Setting Bound(Setting setting) {
    setting.band.key = kKey;
    setting.band.zone = 0;
    return setting;
  }
  companion::BandSession::Options Session() {
    companion::BandSession::Options session;
    session.address = options.band.address;
    session.key = &kKey;
    session.cipher = &cipher;
    session.local_clock = [this](ports::RadioTime now) {
      return companion::ClockIn(0, options.band.utc_us + now.count());
    };
    return session;
  }
  Setting options;
  adapters::OpensslCipher cipher;
  adapters::LibraryChecksum checksum;
  simulate::band::BandSim band;
  simulate::band::BandOnAir carried;
  Air air;
  std::unique_ptr<SimRadio> radio;
};

// Gives how many notifications the week took.
double Sync(const char* name, Setting setting) {
  constexpr std::size_t kWeek = 7 * 24 * 60;
  setting.band.history = kWeek;
  Bench bench(std::move(setting));
  CountingStore store;
  app::SyncWishes wishes;
  wishes.session = bench.Session();
  wishes.wall = [&](ports::RadioTime now) {
    return (bench.options.band.utc_us + now.count()) / 1'000'000;
  };
  std::optional<ports::RadioTime> ready;
  simulate::radio::Counters before;
  app::SyncFace face;
  face.note = [&](const companion::SessionNote& note) {
    if (note.kind != companion::SessionNote::Kind::kReady || ready) return;
    ready = note.at;
    before = bench.radio->counters();
  };
  const auto result = app::SyncBand(*bench.radio, store, wishes, face);
  const auto& after = bench.radio->counters();
  const double carried = static_cast<double>(after.to_host.carried - before.to_host.carried);
  const double possible = static_cast<double>(after.to_host.possible - before.to_host.possible);
  const double took = static_cast<double>((bench.air.Now() - *ready).count()) / 1e6;
  fmt::print("  {:<46}{:>8.1f} s{:>9.1f} %{:>8} links{:>6} asked again  {}\n", name, took,
             100 * carried / possible, result.links, result.asked_again,
             result.end == app::SyncResult::End::kDone && store.rows.size() >= kWeek ? "whole"
                                                                                     : "NOT WHOLE");
  return static_cast<double>(after.to_host.att_pdus - before.to_host.att_pdus);
}

// A model, not a run: who throws a round away on a skipped notification must hear all of it in one
// go, so a round of n comes through once in (1 - lost)^-n tries.
void ThrownAway(double notifications, double lost) {
  const auto tries = [&](double n) { return std::pow(1 - lost, -n); };
  fmt::print(
      "  the same, a round thrown away on a skip (model): {:.3g} tries for a week in one round, "
      "{:.1f} for a day's, {:.1f} for an hour's\n",
      tries(notifications), tries(notifications / 7), tries(notifications / 7 / 24));
}

double Quantile(std::vector<double> values, double q) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

void Reconnect(const char* name, double loss, CentralOptions host, int people, bool search = true) {
  std::vector<double> ours, eight, sixty;
  for (int i = 0; i < people; ++i) {
    Setting setting;
    setting.air.seed = static_cast<std::uint64_t>(i) + 1;
    setting.air.loss = loss;
    // Known from an earlier link; then out of reach for half a minute to two and a half.
    const ports::RadioTime gone = seconds(60);
    const ports::RadioTime away = gone + seconds(30) + milliseconds(i * 37 * 41 % 120'000);
    setting.air.silences = {{gone, away}};
    setting.host = host;
    Bench bench(std::move(setting));
    companion::BandSession::Options wishes = bench.Session();
    if (!search) wishes.search = {};
    companion::BandSession session(std::move(wishes));
    session.Start(bench.radio->Now());
    std::optional<ports::RadioTime> ready;
    const ports::RadioTime end = away + minutes(10);
    while (!ready && bench.radio->Now() < end) {
      for (const auto& order : session.TakeOrders()) bench.radio->Do(order);
      const auto event = bench.radio->Next(std::min(end, session.deadline().value_or(end)));
      if (event) session.On(*event, bench.radio->Now());
      session.Tick(bench.radio->Now());
      for (const auto& note : session.TakeNotes())
        if (note.kind == companion::SessionNote::Kind::kReady && note.at > gone) ready = note.at;
    }
    ours.push_back(ready ? static_cast<double>((*ready - away).count()) / 1e6 : 600);
    // Peers wait out their pause: uniformly somewhere in it when the band comes back; then the same
    // link.
    const double phase = static_cast<double>(i * 7919 % 1000) / 1000;
    const double link = std::min(ours.back(), 3.0);
    eight.push_back(phase * (8 << i % 4) + link);
    sixty.push_back(phase * 60 + link);
  }
  fmt::print("  {:<40}{:>8.2f}{:>8.2f}{:>8.2f}{:>12.1f}{:>12.1f}\n", name, Quantile(ours, 0.5),
             Quantile(ours, 0.95), Quantile(ours, 1), Quantile(eight, 0.95), Quantile(sixty, 0.95));
}

void Update(const char* name, Setting setting) {
  Bench bench(std::move(setting));
  auto file = companion::ReadUpdateFile(
      simulate::band::MakeImage(codec::miband::UpdateType::kFirmware, "1.0.9.99", 500'000),
      bench.checksum);
  std::optional<ports::RadioTime> since, until;
  simulate::radio::Counters before, after;
  app::UpdateFace face;
  face.progress = [&](const app::UpdateProgress& progress) {
    if (progress.at.data_since && !since) {
      since = *progress.at.data_since;
      before = bench.radio->counters();
    }
    if (!until && progress.at.phase == companion::Update::Progress::Phase::kVerifying) {
      until = bench.radio->Now();
      after = bench.radio->counters();
    }
  };
  CountingStore store;
  app::OwedMemory memory(store, bench.options.band.address);
  const auto result = app::UpdateBand(*bench.radio, bench.Session(), {{*file}, -60}, memory, face);
  if (result.end != app::UpdateResult::End::kDone || !since || !until) {
    fmt::print("  {:<46} NOT FINISHED\n", name);
    return;
  }
  const double took = static_cast<double>((*until - *since).count()) / 1e6;
  fmt::print("  {:<46}{:>8.1f} s{:>9.1f} kB/s{:>9.1f} %\n", name, took, 500.0 / took,
             100.0 * static_cast<double>(after.to_band.carried - before.to_band.carried) /
                 static_cast<double>(after.to_band.possible - before.to_band.possible));
}

}  // namespace
}  // namespace bk

int main(int argc, char** argv) {
  using namespace bk;  // NOLINT: a program of its own
  const int people = argc > 1 ? std::atoi(argv[1]) : 400;
  const auto interval = [](int us, unsigned packets) {
    Setting setting;
    setting.host.link.interval = ports::RadioTime{us};
    setting.host.link.packets_per_event = packets;
    return setting;
  };
  fmt::print(
      "SYNC of a week (10,080 minutes), from ready to done; share of the packets that the link "
      "could carry\n");
  Sync("48.75 ms, 4 packets an event", interval(48'750, 4));
  const double whole = Sync("30 ms, 4 packets", interval(30'000, 4));
  Sync("15 ms, 4 packets", interval(15'000, 4));
  Sync("7.5 ms, as many as fit", interval(7'500, 0));
  Setting lossy = interval(30'000, 4);
  lossy.air.loss = 0.3;
  Sync("30 ms, 30 % of all packets lost on the air", lossy);
  Setting confused = interval(30'000, 4);
  constexpr double kLost = 0.005;
  confused.host.host.lost = kLost;
  Sync("30 ms, the host loses 1 notification in 200", confused);
  ThrownAway(whole, kLost);

  fmt::print(
      "\nRECONNECT, seconds from back in reach to ready, {} owners, advertising every 1,022 ms\n",
      people);
  fmt::print("  {:<40}{:>8}{:>8}{:>8}{:>12}{:>12}\n", "", "median", "p95", "worst", "8-64 s p95",
             "60 s p95");
  Reconnect("full duty, no loss", 0, {}, people);
  Reconnect("full duty, 30 % loss", 0.3, {}, people);
  const CentralOptions linux_host = simulate::radio::KernelDefaults();
  Reconnect("Linux as it is, no search, no loss", 0, linux_host, people, /*search=*/false);
  Reconnect("Linux as it is, searching, no loss", 0, linux_host, people);
  Reconnect("Linux as it is, no search, 30 % loss", 0.3, linux_host, people, /*search=*/false);
  Reconnect("Linux as it is, searching, 30 % loss", 0.3, linux_host, people);
  CentralOptions restless = linux_host;
  restless.scan_rests.reset();
  Reconnect("Linux, a search that never rests, no loss", 0, restless, people);

  fmt::print(
      "\nUPDATE of 500 kB: data phase, and share of the packets that the link could carry\n");
  Update("15 ms, 4 packets, MTU 247", interval(15'000, 4));
  Update("30 ms, 4 packets, MTU 247", interval(30'000, 4));
  Setting short_mtu = interval(15'000, 4);
  short_mtu.host.mtu.reset();
  Update("15 ms, 4 packets, MTU 23", short_mtu);
  return 0;
}
