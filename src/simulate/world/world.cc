#include "simulate/world/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/faults/inject.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/events.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/log/hci_log.h"
#include "simulate/phone/report/bug_report.h"
#include "simulate/phone/shell/shell.h"

namespace bk::simulate::world {

using std::chrono::microseconds;
using std::chrono::minutes;

namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;
constexpr std::int64_t kChargeOfPercent = 10'000;  // band::BatteryState
constexpr int kEventsMax = 20'000'000;             // of one Live: more is a fault of this program
constexpr minutes kSyncedWithin{30};

std::string Known() {
  std::string known;
  for (const std::string_view name : WorldFaultNames())
    known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
  return known;
}

int PercentOf(const band::State& state) {
  return static_cast<int>((state.battery.charge + kChargeOfPercent - 1) / kChargeOfPercent);
}

}  // namespace

Result<std::unique_ptr<World>> World::Make(WorldOptions options, const ports::Cipher& cipher,
                                           const ports::Checksum& checksum) {
  // The phone with its life until now: a bond, a key, a last sync.
  Android phone = MakeAndroid(options.sdk, options.maker, options.seed, options.wall);
  phone.system.properties["ro.bandkeeper.simulated"] = "1";
  phone.system.properties["persist.bluetooth.btsnooplogmode"] = "full";
  SetUpLife(phone);
  Life& life = phone.life;
  life.on_air = true;
  life.hci.clear();
  CompanionApp& app = life.apps.at(life.companion);
  const std::int64_t now = phone.clock.wall.count() / kMinuteMicros;
  const std::int64_t synced = app.last_sync.count() / kMinuteMicros;
  app.has_until = microseconds(synced * kMinuteMicros);

  band::Situation situation;
  situation.band = {.seed = options.seed,
                    .address = *ParseAddress(life.band.address),
                    .utc_us = phone.clock.wall.count(),
                    .zone = static_cast<std::int8_t>(phone.clock.utc_offset_minutes / 15),
                    .percent = static_cast<unsigned>(life.band.battery),
                    .history = static_cast<std::size_t>(now - synced)};
  situation.band.key = ports::Block16{};  // the real one follows; some faults take it away
  situation.air.seed = options.seed * 3 + 1;
  situation.air.loss = 0.01;
  situation.host.rssi = life.band.rssi;
  for (const std::string& name : options.faults) {
    const auto fault = FindWorldFault(name);
    if (!fault)
      return Fail(ErrorCode::kInvalid,
                  fmt::format("Nobody knows the fault \"{}\". A world knows: {}.", name, Known()));
    if (!fault->injected) world::Apply(name, situation);
  }
  life.band.battery = static_cast<int>(situation.band.percent);
  life.band.rssi = situation.host.rssi;
  std::unique_ptr<World> world(
      new World(std::move(options), std::move(situation), std::move(phone), cipher, checksum));
  // Whether this phone can have them is found out now, on a copy.
  Android copy = world->phone();
  for (const std::string& name : world->options_.faults)
    if (FindWorldFault(name)->injected && !Inject(copy, name, world->options_.seed))
      return Fail(ErrorCode::kInvalid,
                  fmt::format("This phone cannot have the fault \"{}\". A world knows: {}.", name,
                              Known()));
  return world;
}

World::World(WorldOptions options, band::Situation situation, Android phone,
             const ports::Cipher& cipher, const ports::Checksum& checksum)
    : options_(std::move(options)),
      cipher_(cipher),
      checksum_(checksum),
      situation_(std::move(situation)),
      air_(situation_.air),
      radio_(air_, situation_.host),
      nature_(WholeNature()),
      machine_(std::move(phone), nature_),
      carrier_({.air = &air_,
                .radio = &radio_,
                .record = &record_,
                .cipher = &cipher_,
                .band = [this](const std::string& address) { return BandAt(address); },
                .key = [this](std::uint32_t key) { return KeyOf(key); },
                .utc_us = options_.wall.count(),
                .supervision = situation_.host.link.supervision,
                .happened = &happened_}) {
  Android& owner = machine_.phone();
  nature_.advance = [this](Android& alive, microseconds time) { Live(alive, time); };
  radio_.Record(record_);
  band::Options band = situation_.band;
  if (band.key)
    band.key = KeyOf(owner.life.band.key);
  else
    owner.life.band.key = 0;
  bands_.push_back(std::make_unique<WorldBand>(std::move(band), cipher_, checksum_));
  air_.Put(*bands_.front(), situation_.advertising);
  seen_ = owner.life.band;
  air_at_boot_ = -owner.clock.boot;
  last_boot_ = owner.clock.boot;
  for (const std::string& name : options_.faults) {
    const WorldFault fault = *FindWorldFault(name);
    const microseconds since =
        options_.wall + (fault.injected ? options_.until_faults : microseconds(0));
    faults_.push_back({std::string(fault.name), fault.place,
                       std::string(fault.what.empty() ? fault.name : fault.what), since.count()});
  }
}

void World::Pass(microseconds time) {
  if (!injected_) {
    // Commands on the machine may have taken longer than that already.
    const microseconds before =
        std::clamp(options_.until_faults - machine_.elapsed(), microseconds(0), time);
    machine_.Pass(before);
    if (machine_.elapsed() < options_.until_faults) return;
    injected_ = true;
    for (const std::string& name : options_.faults)
      if (FindWorldFault(name)->injected) Inject(machine_.phone(), name, options_.seed);
    machine_.Pass(microseconds(0));
    time -= before;
  }
  machine_.Pass(time);
}

void World::Live(Android& phone, microseconds time) {
  SetUpLife(phone);
  if (phone.clock.boot < last_boot_) air_at_boot_ = air_.Now() - phone.clock.boot;  // it restarted
  Reconcile(phone);
  const microseconds end = phone.clock.boot + time;
  for (int i = 0; i < kEventsMax; ++i) {
    TakeOver(phone);
    carrier_.Follow(phone);
    KeepPackets(phone);
    const microseconds due = std::min(NextDue(phone), end);
    const auto event = radio_.Next(std::max(air_at_boot_ + due, air_.Now()));
    PassTo(phone, air_.Now() - air_at_boot_);
    KeepPackets(phone);
    HoldElsewhere();
    Mirror(phone);
    if (event) {
      carrier_.Hear(phone, *event);
      Reconcile(phone);
      continue;
    }
    if (NextDue(phone) > end) break;
    if (NextDue(phone) <= phone.clock.boot) DoNext(phone, carrier_);
  }
  PassTo(phone, end);
  phone.life.seen_boot = last_boot_ = phone.clock.boot;
}

void World::TakeOver(Android& phone) {
  const SimBandInAir& said = phone.life.band;
  WorldBand& band = *bands_.front();
  band::State& state = band.sim().MutableState();
  bool changed = false;
  const auto differs = [&](const auto& now, const auto& before) {
    changed = changed || now != before;
    return now != before;
  };
  if (differs(said.address, seen_.address))
    if (const auto address = ParseAddress(said.address)) state.address = *address;
  if (differs(said.battery, seen_.battery)) state.battery.charge = said.battery * kChargeOfPercent;
  if (differs(said.powered, seen_.powered)) band.Power(said.powered);
  if (differs(said.hung, seen_.hung)) band.Hang(said.hung);
  if (differs(said.key, seen_.key))
    state.key = said.key == 0 ? std::nullopt : std::optional(KeyOf(said.key));
  if (differs(said.held_by_other, seen_.held_by_other)) {
    holds_ = said.held_by_other;
    // Another phone gets it when this one has lost it for a moment.
    if (holds_) air_.Hush(situation_.host.link.supervision + radio::Seconds(1));
  }
  if (differs(said.rssi, seen_.rssi)) radio_.SetRssi(said.rssi);
  double busy = 0;
  for (const auto& [package, hog] : phone.life.hogs)
    if (Scans(phone, package)) busy = std::max(busy, RadioTaken(phone, phone.life.companion));
  // At the distance that the situation began with, what is lost there is the situation's own.
  air_.SetLoss(said.in_reach ? LossOf(said.rssi == situation_.host.rssi ? 0 : said.rssi,
                                      phone.life.noise, busy, situation_.air.loss)
                             : 1);
  seen_ = said;
  // A band of another address that an app of this phone has is a neighbour's.
  for (const auto& [package, app] : phone.life.apps) {
    if (app.band.empty() || BandAt(app.band) != nullptr) continue;
    const SimBandInAir other = DeviceAt(phone, app.band);
    band::Options options = situation_.band;
    options.address = *ParseAddress(other.address);
    options.seed += bands_.size();
    options.key = KeyOf(other.key);
    options.utc_us += air_.Now().count();
    bands_.push_back(std::make_unique<WorldBand>(std::move(options), cipher_, checksum_));
    air_.Put(*bands_.back());
  }
  if (changed) air_.Nudge();
}

void World::Mirror(Android& phone) {
  phone.life.band.battery = seen_.battery = PercentOf(bands_.front()->sim().state());
}

void World::HoldElsewhere() {
  if (!holds_ && !other_) return;
  if (!other_) other_ = std::make_unique<radio::SimRadio>(air_);
  while (const auto event = other_->Next(air_.Now()))
    if (std::holds_alternative<ports::LinkEnded>(*event)) other_tries_ = false;
  if (holds_ == other_tries_) return;
  other_tries_ = holds_;
  if (holds_)
    other_->Do(ports::ConnectOrder{bands_.front()->sim().state().address});
  else
    other_->Do(ports::DisconnectOrder{});
}

void World::KeepPackets(Android& phone) {
  const auto& kept = record_.kept();
  for (; packets_kept_ < kept.size(); ++packets_kept_) {
    const radio::HciRecord::Kept& packet = kept[packets_kept_];
    KeepHci(phone, {.at = phone.clock.wall - (phone.clock.boot - (packet.at - air_at_boot_)),
                    .kind = static_cast<std::uint8_t>(packet.kind),
                    .to_controller = packet.to_controller,
                    .data = packet.bytes});
  }
}

WorldBand* World::BandAt(const std::string& address) {
  const auto parsed = ParseAddress(address);
  const auto at = std::ranges::find_if(
      bands_, [&](const auto& band) { return parsed && band->sim().state().address == *parsed; });
  return at == bands_.end() ? nullptr : at->get();
}

ports::Block16 World::KeyOf(std::uint32_t key) const {
  const std::string text = fmt::format("a simulated band's key {}", key);
  const auto hash = cipher_.Sha256(AsBytes(text));
  ports::Block16 out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

std::vector<std::byte> World::Btsnoop() const { return record_.Btsnoop(options_.wall.count()); }

std::string World::Logcat() const {
  Android copy = phone();  // a command may change a phone
  return RunLine(copy, nature_.programs, "logcat -v threadtime -d '*:v'").out;
}

std::string World::BugReportName() const { return simulate::BugReportName(phone()) + ".zip"; }
std::string World::BugReport() const { return BugReportZip(phone(), nature_.programs); }

WorldTruth World::Truth() const {
  const band::BandSim& sim = bands_.front()->sim();
  const Android& android = phone();
  WorldTruth truth{
      .seed = options_.seed,
      .from = options_.wall.count(),
      .until = (options_.wall + air_.Now()).count(),
      .phone = fmt::format("{}, Android {}", android.flavour.model, android.flavour.release),
      .app = android.life.companion,
      .band = FormatAddress(sim.state().address),
      .band_name = android.life.band.name,
      .firmware = sim.state().images.version,
      .band_battery = static_cast<unsigned>(PercentOf(sim.state())),
      .faults = faults_,
      .happened = happened_};
  const std::set<std::int64_t> got(happened_.got.begin(), happened_.got.end());
  std::set<std::int64_t> there;
  for (const band::StoredMinute& one : sim.state().minutes) there.insert(one.minute);
  for (const band::StoredMinute& one : sim.truth().recorded) {
    truth.recorded.push_back(one.minute);
    if (got.contains(one.minute)) continue;
    (there.contains(one.minute) ? truth.on_band : truth.lost).push_back(one.minute);
  }
  truth.healthy = Healthy(android, android.clock.wall - kSyncedWithin);
  return truth;
}

}  // namespace bk::simulate::world
