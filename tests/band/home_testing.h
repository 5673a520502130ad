// A home with a band in the air, as the command line sees it: everything real (SQLite, key files)
// but the radio, the band and the time.
#pragma once

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sqlite/band_store.h"
#include "adapters/state/state.h"
#include "app/band/band_world.h"
#include "app/band/keys.h"
#include "band/world_testing.h"
#include "cli/run.h"
#include "ports/literal_scan.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::band_test {

inline std::string Hex(const ports::Block16& key) {
  std::string text;
  for (const std::byte byte : key) text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return text;
}

class BandHome {
 public:
  explicit BandHome(WorldOptions options = {}) : BandHome(options, options.band.utc_us) {}
  // `wall_us`: this computer's clock at the beginning; the band's may be wrong.
  BandHome(WorldOptions options, std::int64_t wall_us) : wall_us_(wall_us), at(std::move(options)) {
    std::string pattern = std::filesystem::temp_directory_path() / "bk_home_XXXXXX";
    folder = mkdtemp(pattern.data());
    keys_ = adapters::MakeStore(folder + "/keys");
    band.keys = keys_.get();
    band.keys_place = folder + "/keys";
    band.cipher = &cipher_;
    band.checksum = &checksum_;
    band.local = [](std::int64_t wall) { return companion::ClockIn(8, wall * 1'000'000); };
    band.open_store = [this] { return adapters::OpenBandStore(folder + "/bands.sqlite"); };
    band.open_radio =
        [this](const app::RadioWishes& wishes) -> Result<std::unique_ptr<ports::BandRadio>> {
      adapter = wishes.adapter;
      if (radio_trouble) return std::unexpected(*radio_trouble);
      return std::make_unique<StoppedRadio>(at.air(), host, wishes.stopped);
    };
    world.band = &band;
    world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
    world.patterns = patterns_.get();
    world.clock = [this] { return std::make_unique<AirsClock>(*this); };
    world.say = [this](std::string_view text) { said += text; };
    world.progress = [this](std::string_view text) { progress += std::string(text) + "\n"; };
    world.read_text = [this](const std::string& path, std::size_t max) -> Result<std::string> {
      const auto file = files.find(path);
      if (file == files.end()) return Fail(ErrorCode::kNotFound, path + ": no such file.");
      if (file->second.size() > max) return Fail(ErrorCode::kTooLarge, path + ": too large.");
      return file->second;
    };
    world.person = [this](bool) -> Result<std::unique_ptr<ports::Person>> {
      return std::make_unique<Typing>(*this);
    };
  }
  ~BandHome() { std::filesystem::remove_all(folder); }
  BandHome(const BandHome&) = delete;
  BandHome& operator=(const BandHome&) = delete;

  cli::Outcome Do(const std::vector<std::string>& words) {
    said.clear();
    screen.clear();
    progress.clear();
    cli::Outcome outcome = cli::Run(words, world, cli::Style(false, 0));
    everything += outcome.out + outcome.err + said + screen + progress;
    return outcome;
  }
  // The band is known here, with its key.
  void Pair() {
    files["key"] = Hex(TestKey());
    const auto outcome = Do({"pair", "--key-file", "key"});
    EXPECT_EQ(outcome.status, cli::ExitCode::kHealthy) << outcome.err;
  }
  [[nodiscard]] std::int64_t WallSeconds() const {
    return (wall_us_ + const_cast<World&>(at).air().Now().count()) / 1'000'000;
  }

 private:
  // Ctrl-C ends a wait, as on a real radio.
  class StoppedRadio final : public ports::BandRadio {
   public:
    StoppedRadio(Air& air, const CentralOptions& options, std::function<bool()> stopped)
        : radio_(air, options), stopped_(std::move(stopped)) {}
    [[nodiscard]] ports::RadioTime Now() const override { return radio_.Now(); }
    void Do(const ports::RadioOrder& order) override { radio_.Do(order); }
    std::optional<ports::RadioEvent> Next(ports::RadioTime until) override {
      if (stopped_ && stopped_()) until = std::min(until, Now() + std::chrono::milliseconds(50));
      return radio_.Next(until);
    }

   private:
    SimRadio radio_;
    std::function<bool()> stopped_;
  };
  class AirsClock final : public ports::Clock {
   public:
    explicit AirsClock(BandHome& home) : home_(home) {}
    [[nodiscard]] std::int64_t WallMillis() const override {
      return home_.WallSeconds() * 1000 + home_.wall_jump_ms;
    }
    [[nodiscard]] std::chrono::milliseconds Now() const override {
      return std::chrono::duration_cast<std::chrono::milliseconds>(home_.at.air().Now());
    }
    bool Wait(std::chrono::milliseconds time) override {
      if (!stopped()) home_.at.air().Run(home_.at.air().Now() + time);
      return !stopped();
    }
    void WaitOut(std::chrono::milliseconds time) override {
      home_.at.air().Run(home_.at.air().Now() + time);
    }
    [[nodiscard]] bool stopped() const override {
      return home_.stop_at && home_.at.air().Now() >= *home_.stop_at;
    }

   private:
    BandHome& home_;
  };
  class Typing final : public ports::Person {
   public:
    explicit Typing(BandHome& home) : home_(home) {}
    void Show(std::string_view text) override { home_.screen += text; }
    Heard Listen() override {
      home_.at.air().Run(home_.at.air().Now() + std::exchange(home_.think, {}));
      if (home_.typed.empty()) return {Heard::Kind::kEnd, 0};
      const char key = home_.typed.front();
      home_.typed.erase(0, 1);
      return {Heard::Kind::kKey, key};
    }
    [[nodiscard]] bool at_terminal() const override { return home_.terminal; }
    [[nodiscard]] bool colours() const override { return false; }
    [[nodiscard]] std::size_t columns() const override { return 0; }

   private:
    BandHome& home_;
  };

  std::int64_t wall_us_;
  adapters::OpensslCipher cipher_;
  adapters::LibraryChecksum checksum_;
  std::unique_ptr<ports::Store> keys_;
  std::unique_ptr<ports::PatternCompiler> patterns_ = ports::MakePortablePatternCompiler();

 public:
  World at;
  app::BandWorld band;
  app::World world;
  std::string folder, typed, said, screen, progress, adapter;
  std::string everything;  // all that was ever shown
  std::map<std::string, std::string> files;
  CentralOptions host;
  std::optional<Error> radio_trouble;
  std::optional<ports::RadioTime> stop_at;
  std::int64_t wall_jump_ms = 0;
  bool terminal = true;
  ports::RadioTime think{};  // before the next key
};

}  // namespace bk::band_test
