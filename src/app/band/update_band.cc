#include "app/band/update_band.h"

#include <span>
#include <utility>

#include "companion/await_restart.h"

namespace bk::app {
namespace {

using companion::Outcome;
using companion::Procedure;
using companion::SameVersion;
using companion::Update;
using companion::UpdateFile;
using End = UpdateResult::End;
using Phase = Update::Progress::Phase;

// Links that were lost, and silences, that one file may cost.
constexpr int kAttemptsPerFile = 8;
// Links that ended while long packets were sent, before short ones are tried: some hosts lose them
// with the whole link (Gadgetbridge's issue 1766).
constexpr int kLongLossesMax = 2;
// A band installs its firmware for tens of seconds (miband4-protocol.md 8.6); the link comes back
// then.
constexpr std::chrono::minutes kPatience{5};

class Updating {
 public:
  Updating(const UpdateWork& work, OwedMemory& memory, const UpdateFace& face)
      : files_(work.files), rssi_(work.rssi), memory_(memory), face_(face) {}

  std::unique_ptr<Procedure> Next(const companion::BandInfo& info, const Procedure* last) {
    if (result_.version_before.empty()) result_.version_before = info.firmware;
    result_.version_after = info.firmware;
    // It was given a minute to hang up; the outcome of a link that ended is none.
    if (awaiting_ && last->outcome()) {
      --result_.files_done;
      result_.end = End::kNotRestarted;
      return nullptr;
    }
    if (std::exchange(awaiting_, false) && !JudgeFirmware(info.firmware)) return nullptr;
    if (!began_ && !Begin(info)) return nullptr;
    if (current_ != nullptr) {
      const bool restarts = current_->progress().activated;
      if (!Judge(static_cast<const Update&>(*last), info.firmware)) return nullptr;
      if (restarts) {
        awaiting_ = true;
        result_.may_run_another = true;
        return std::make_unique<companion::AwaitRestart>();
      }
    }
    if (result_.files_done == files_.size()) return nullptr;
    if (files_[result_.files_done].firmware() && !Remember(memory_.FirmwareBegins(info.firmware)))
      return nullptr;
    auto update = std::make_unique<Update>(files_[result_.files_done], Update::Options{long_});
    current_ = update.get();
    ++attempt_;
    return update;
  }
  void Tick() {
    if (current_ != nullptr && current_->progress().phase == Phase::kActivating)
      result_.may_run_another = true;
    if (!face_.progress || current_ == nullptr) return;
    face_.progress({result_.files_done, files_.size(), current_->progress(), attempt_, long_,
                    current_->progress().activated});
  }
  UpdateResult Take(const BandRun& run) {
    if (result_.end == End::kDone) result_.end = EndOf(run.end);
    if (!result_.failure) result_.failure = run.failure;
    if (auto lacks = memory_.Lacks(result_.version_after); lacks && !result_.may_run_another)
      result_.resources_of = *std::move(lacks);
    return std::move(result_);
  }

 private:
  [[nodiscard]] End EndOf(BandRun::End end) const {
    switch (end) {
      case BandRun::End::kDone:
        return End::kDone;
      case BandRun::End::kStopped:
        return End::kStopped;
      case BandRun::End::kNeedsOwner:
        return End::kNeedsOwner;
      case BandRun::End::kNotReached:
      case BandRun::End::kFailed:
        break;
    }
    return result_.may_run_another ? End::kNotMetAgain : End::kNotFinished;
  }
  bool Remember(const Status& status) {
    if (status) return true;
    result_.error = status.error();
    result_.end = End::kNotRemembered;
    return false;
  }

  [[nodiscard]] std::span<const UpdateFile> Rest() const {
    return std::span(files_).subspan(result_.files_done);
  }
  bool Gate(const companion::BandInfo& info) {
    companion::UpdateGate gate{.rssi = rssi_, .firmware = info.firmware};
    if (info.battery) gate.battery_percent = info.battery->percent;
    auto lacks = memory_.Lacks(info.firmware);
    if (!lacks) return Remember(std::unexpected(lacks.error()));
    gate.resources_of = *std::move(lacks);
    const UpdateFile& first = files_.front();
    // It was sent, and the rest was not: this goes on from there.
    if (gate.resources_of && files_.size() > 1 && first.firmware() &&
        SameVersion(first.version, info.firmware))
      result_.files_done = 1;
    const auto shut = companion::WhyNotNow(gate, Rest());
    if (!shut) return true;
    result_.end = End::kGate;
    result_.gate = *shut;
    return false;
  }
  bool Begin(const companion::BandInfo& info) {
    if (files_.front().firmware()) result_.wanted = files_.front().version;
    began_ = Gate(info);
    return began_;
  }

  // The band is there again after its restart.
  bool JudgeFirmware(const std::string& version) {
    result_.may_run_another = false;
    if (!Remember(memory_.FirmwareIs(version))) return false;
    const bool as_wanted = result_.wanted.empty() ? version != result_.version_before
                                                  : SameVersion(version, result_.wanted);
    if (!as_wanted) {
      result_.end = End::kOldFirmware;
      --result_.files_done;
      return false;
    }
    // Resources whose firmware could not be compared before, because its file does not tell.
    for (const UpdateFile& file : Rest()) {
      if (!file.resources() || file.version.empty() || SameVersion(file.version, version)) continue;
      result_.end = End::kGate;
      result_.gate = {
          .why = companion::ShutGate::Why::kWrongVersion, .has = version, .wants = file.version};
      return false;
    }
    return true;
  }

  // How the last attempt ended; false: no other one.
  bool Judge(const Update& update, const std::string& version) {
    const UpdateFile& file = files_[result_.files_done];
    const Phase phase = update.progress().phase;
    const bool done = update.outcome() && update.outcome()->done();
    // A restart cuts the link, perhaps before its word has come: then the version tells.
    const bool restarted =
        !update.outcome() && phase == Phase::kActivating &&
        (version != result_.version_before || SameVersion(file.version, version));
    current_ = nullptr;
    if (done || restarted) {
      ++result_.files_done;
      attempt_ = 0;
      long_losses_ = 0;
      if (restarted) return JudgeFirmware(version);
      return !file.resources() || Remember(memory_.ResourcesAreIn());
    }
    // The version was read back: the old one, whatever it was about to do.
    result_.may_run_another = false;
    const bool long_lost = long_ && update.ShortPacketsMayHelp();
    if (update.outcome()) {
      result_.failure = update.outcome();
      result_.refused_at = phase;
      if (!long_lost && update.outcome()->end == Outcome::End::kRefused) {
        result_.end = End::kRefused;
        return false;
      }
    }
    if (long_lost && (update.outcome() || ++long_losses_ >= kLongLossesMax)) long_ = false;
    if (attempt_ < kAttemptsPerFile) return true;
    result_.end = End::kNotFinished;
    return false;
  }

  const std::vector<UpdateFile>& files_;
  std::optional<int> rssi_;
  OwedMemory& memory_;
  const UpdateFace& face_;
  UpdateResult result_;
  const Update* current_ = nullptr;
  bool began_ = false, awaiting_ = false;
  bool long_ = true;
  int attempt_ = 0, long_losses_ = 0;
};

}  // namespace

UpdateResult UpdateBand(ports::BandRadio& radio, const companion::BandSession::Options& options,
                        const UpdateWork& work, OwedMemory& memory, const UpdateFace& face) {
  Updating updating(work, memory, face);
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
