#include "main/simulated_band.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <utility>

#include "adapters/cipher/cipher.h"
#include "adapters/sqlite/band_store.h"
#include "adapters/state/own_folder.h"
#include "adapters/state/state.h"
#include "adapters/terminal/clock.h"
#include "app/band/keys.h"
#include "app/band/messages.h"
#include "app/phone/messages.h"
#include "codec/miband/advert.h"
#include "main/kept_band.h"
#include "main/my_band.h"
#include "simulate/band/on_air.h"
#include "simulate/radio/sim_radio.h"

namespace bk::main {
namespace {

namespace band = simulate::band;
using ports::RadioTime;

constexpr const char* kKept = "band.txt";

std::int64_t RealSeconds() { return std::time(nullptr); }

// Ctrl-C ends a wait, as on a real radio.
class Radio final : public ports::BandRadio {
 public:
  Radio(simulate::radio::Air& air, const simulate::radio::CentralOptions& options,
        std::function<bool()> stopped)
      : radio_(air, options), stopped_(std::move(stopped)) {}
  [[nodiscard]] RadioTime Now() const override { return radio_.Now(); }
  void Do(const ports::RadioOrder& order) override { radio_.Do(order); }
  std::optional<ports::RadioEvent> Next(RadioTime until) override {
    if (stopped_ && stopped_()) until = std::min(until, Now() + std::chrono::milliseconds(50));
    return radio_.Next(until);
  }

 private:
  simulate::radio::SimRadio radio_;
  std::function<bool()> stopped_;
};

class Home final : public app::SimulatedBandHome {
 public:
  Home(std::string folder, KeptSimBand kept, std::int64_t now, RealClock real)
      : real_(real),
        folder_(std::move(folder)),
        kept_(std::move(kept)),
        start_(std::max(now, kept_.until)),
        situation_(SituationOf(kept_, start_)),
        band_(situation_.band, cipher_, checksum_),
        on_air_(band_),
        air_(situation_.air),
        keys_(adapters::MakeStore(folder_ + "/keys")) {
    air_.Put(on_air_, situation_.advertising);
    world_.keys = keys_.get();
    world_.keys_place = folder_ + "/keys";
    world_.cipher = &cipher_;
    world_.checksum = &checksum_;
    world_.local = LocalClock;
    world_.open_radio =
        [this](const app::RadioWishes& wishes) -> Result<std::unique_ptr<ports::BandRadio>> {
      return std::make_unique<Radio>(air_, situation_.host, wishes.stopped);
    };
    world_.open_store = [this]() -> Result<std::unique_ptr<ports::BandStore>> {
      if (auto made = adapters::MakeFolders(folder_); !made)
        return std::unexpected(std::move(made).error());
      return adapters::OpenBandStore(folder_ + "/bands.sqlite");
    };
  }

  [[nodiscard]] const app::BandWorld& band() const override { return world_; }
  std::unique_ptr<ports::Clock> MakeClock() override { return std::make_unique<Clock>(*this); }
  [[nodiscard]] std::string Sentence(const language::Language& language) const override {
    std::string faults;
    for (const std::string& fault : kept_.wanted.faults)
      faults = faults.empty()
                   ? fault
                   : language.Say(app::kLiveSays.and_fault, {{"faults", faults}, {"fault", fault}});
    return language.Say(faults.empty() ? app::kInventedSays.band_well : app::kInventedSays.band,
                        {{"version", kept_.wanted.firmware}, {"faults", faults}});
  }
  [[nodiscard]] std::string Key() const override {
    std::string text;
    if (band_.state().key)
      for (const std::byte byte : *band_.state().key)
        text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
    return text;
  }
  // This computer knows it already, so that every verb shows something at once.
  Status Introduce() {
    if (!kept_.key) return {};
    BK_TRY(const auto store, world_.open_store());
    // A firmware that came without its resources came from elsewhere, since it was met here.
    if (auto told = store->Describe(
            {kept_.address, kept_.resources, "", {}, std::string(codec::miband::kMiBand4Name)});
        !told)
      return told;
    return app::SaveBandKey(*keys_, kept_.address, *kept_.key);
  }
  Status Keep() override {
    const band::State& state = band_.state();
    kept_.until = Seconds();
    kept_.address = state.address;
    kept_.key = state.key;
    kept_.version = state.images.version;
    kept_.resources = state.images.resources_version;
    kept_.zone = state.clock.zone;
    kept_.clock = band_.UtcMicrosAt(air_.Now()) / 1'000'000 - Seconds();
    kept_.charge = state.battery.charge;
    kept_.first = state.minutes.empty() ? state.newest + 1 : state.minutes.front().minute;
    return adapters::MakeStore(folder_)->Save(kKept, TextOf(kept_));
  }

 private:
  class Clock final : public ports::Clock {
   public:
    explicit Clock(Home& home) : home_(home), real_(home.real_()) {}
    [[nodiscard]] std::int64_t WallMillis() const override {
      return home_.start_ * 1000 + Now().count();
    }
    [[nodiscard]] std::chrono::milliseconds Now() const override {
      return std::chrono::duration_cast<std::chrono::milliseconds>(home_.air_.Now());
    }
    bool Wait(std::chrono::milliseconds time) override {
      if (stopped()) return false;
      home_.air_.Run(home_.air_.Now() + time);
      return !stopped();
    }
    void WaitOut(std::chrono::milliseconds time) override {
      home_.air_.Run(home_.air_.Now() + time);
    }
    [[nodiscard]] bool stopped() const override { return real_->stopped(); }

   private:
    Home& home_;
    std::unique_ptr<ports::Clock> real_;
  };

  [[nodiscard]] std::int64_t Seconds() const { return start_ + air_.Now().count() / 1'000'000; }

  RealClock real_;
  std::string folder_;
  KeptSimBand kept_;
  std::int64_t start_;  // wall seconds at radio time 0
  band::Situation situation_;
  adapters::OpensslCipher cipher_;
  adapters::LibraryChecksum checksum_;
  band::BandSim band_;
  band::BandOnAir on_air_;
  simulate::radio::Air air_;
  std::unique_ptr<ports::Store> keys_;
  app::BandWorld world_;
};

}  // namespace

Result<std::unique_ptr<app::SimulatedBandHome>> OpenSimulatedBand(const std::string& folder,
                                                                  const app::SimulatedBand& wanted,
                                                                  bool anew, RealClock real) {
  if (folder.empty())
    return Fail(ErrorCode::kNotFound,
                "There is no home folder to keep a simulated band in: set HOME.");
  const auto store = adapters::MakeStore(folder);
  std::optional<KeptSimBand> kept;
  if (!anew)
    if (const auto loaded = store->Load(kKept); loaded && *loaded)
      kept = KeptSimBandOf((*loaded)->text);
  const bool made = !kept;
  if (made) {
    BK_TRY(kept, InventBand(wanted, RealSeconds()));
    // What was kept of another one would stand beside it.
    std::error_code ignored;
    for (const char* name : {"bands.sqlite", "bands.sqlite-wal", "bands.sqlite-shm", "keys"})
      std::filesystem::remove_all(std::filesystem::path(folder) / name, ignored);
  }
  auto home = std::make_unique<Home>(folder, *std::move(kept), RealSeconds(), real);
  if (made)
    if (auto introduced = home->Introduce(); !introduced)
      return std::unexpected(std::move(introduced).error());
  return home;
}

}  // namespace bk::main
