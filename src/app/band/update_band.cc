#include "app/band/update_band.h"

#include <utility>

#include "companion/await_restart.h"

namespace bk::app {
namespace {

using companion::Outcome;
using companion::Procedure;
using companion::Update;

// Links that were lost, and silences, that one file may cost.
constexpr int kAttemptsPerFile = 8;
// A band installs its firmware for tens of seconds (miband4-protocol.md 8.6); the link comes back
// then.
constexpr std::chrono::minutes kPatience{5};

class Updating {
 public:
  Updating(const std::vector<companion::UpdateFile>& files, std::optional<int> rssi,
           const UpdateFace& face)
      : files_(files), rssi_(rssi), face_(face) {}

  std::unique_ptr<Procedure> Next(const companion::BandInfo& info, const Procedure* last) {
    if (result_.version_before.empty()) result_.version_before = info.firmware;
    result_.version_after = info.firmware;
    if (!gate_passed_ && !Gate(info)) return nullptr;
    if (current_ != nullptr) {
      const bool restarts = current_->progress().activated;
      if (!Judge(static_cast<const Update&>(*last), info.firmware)) return nullptr;
      if (restarts) return std::make_unique<companion::AwaitRestart>();
    }
    if (result_.files_done == files_.size()) return nullptr;
    auto update = std::make_unique<Update>(files_[result_.files_done], Update::Options{long_});
    current_ = update.get();
    ++attempt_;
    return update;
  }
  void Tick() {
    if (!face_.progress || current_ == nullptr) return;
    face_.progress({result_.files_done, files_.size(), current_->progress(), attempt_, long_,
                    current_->progress().activated});
  }
  UpdateResult Take(const BandRun& run) {
    if (result_.end != UpdateResult::End::kDone) return std::move(result_);
    switch (run.end) {
      case BandRun::End::kDone:
        break;
      case BandRun::End::kStopped:
        result_.end = UpdateResult::End::kStopped;
        break;
      case BandRun::End::kNeedsOwner:
        result_.end = UpdateResult::End::kNeedsOwner;
        break;
      case BandRun::End::kNotReached:
      case BandRun::End::kFailed:
        result_.end = UpdateResult::End::kNotFinished;
        break;
    }
    if (!result_.failure) result_.failure = run.failure;
    return std::move(result_);
  }

 private:
  bool Gate(const companion::BandInfo& info) {
    companion::UpdateGate gate;
    gate.rssi = rssi_;
    if (info.battery) gate.battery_percent = info.battery->percent;
    const auto shut = companion::WhyNotNow(gate, files_);
    gate_passed_ = !shut;
    if (shut) {
      result_.end = UpdateResult::End::kGate;
      result_.gate = *shut;
    }
    return gate_passed_;
  }

  // How the last attempt ended; false: no other one.
  bool Judge(const Update& update, const std::string& version) {
    const companion::UpdateFile& file = files_[result_.files_done];
    const bool done = update.outcome() && update.outcome()->done();
    // A restart cuts the link, perhaps before its word has come: then the version tells.
    const bool restarted = !done &&
                           update.progress().phase == Update::Progress::Phase::kActivating &&
                           (version != result_.version_before || version == file.version);
    current_ = nullptr;
    if (done || restarted) {
      ++result_.files_done;
      attempt_ = 0;
      return true;
    }
    if (update.outcome()) {
      result_.failure = update.outcome();
      const bool shorter = long_ && update.ShortPacketsMayHelp();
      if (shorter) long_ = false;
      if (!shorter && update.outcome()->end == Outcome::End::kRefused) {
        result_.end = UpdateResult::End::kRefused;
        return false;
      }
    }
    if (attempt_ < kAttemptsPerFile) return true;
    result_.end = UpdateResult::End::kNotFinished;
    return false;
  }

 private:
  const std::vector<companion::UpdateFile>& files_;
  std::optional<int> rssi_;
  const UpdateFace& face_;
  UpdateResult result_;
  const Update* current_ = nullptr;
  bool gate_passed_ = false;
  bool long_ = true;
  int attempt_ = 0;
};

}  // namespace

UpdateResult UpdateBand(ports::BandRadio& radio, const companion::BandSession::Options& options,
                        const std::vector<companion::UpdateFile>& files, std::optional<int> rssi,
                        const UpdateFace& face) {
  Updating updating(files, rssi, face);
  BandFace band = face.band;
  band.tick = [&] {
    updating.Tick();
    if (face.band.tick) face.band.tick();
  };
  const BandRun run = RunOnBand(
      radio, options, kPatience,
      [&](const companion::BandInfo& info, const Procedure* last) {
        return updating.Next(info, last);
      },
      band);
  return updating.Take(run);
}

}  // namespace bk::app
