// A band in a world: BandSim on the air, and what befalls its body: it is switched off, hangs, or
// is made to hang up.
#pragma once

#include <optional>

#include "simulate/band/on_air.h"

namespace bk::simulate::world {

using radio::RadioTime;

class WorldBand final : public radio::Peripheral {
 public:
  // Both outlive it.
  WorldBand(band::Options options, const ports::Cipher& cipher, const ports::Checksum& checksum)
      : sim_(std::move(options), cipher, checksum), on_air_(sim_) {}

  [[nodiscard]] band::BandSim& sim() { return sim_; }
  [[nodiscard]] const band::BandSim& sim() const { return sim_; }

  void Power(bool on) { powered_ = on; }
  void Hang(bool hangs) { hangs_ = hangs; }  // advertises, and answers nobody
  // Ends its link for this HCI reason as soon as it can be said; forgotten when there is none.
  void Leave(std::uint8_t reason) { leaves_ = reason; }

  std::optional<radio::Advertising> Adverts(RadioTime now) override {
    return powered_ ? on_air_.Adverts(now) : std::nullopt;
  }
  [[nodiscard]] const radio::GattTable& Table() const override { return on_air_.Table(); }
  [[nodiscard]] std::uint16_t MtuMax() const override { return on_air_.MtuMax(); }
  [[nodiscard]] bool Joins(RadioTime /*now*/) override { return powered_ && !hangs_; }
  void Connected(RadioTime now) override {
    leaves_.reset();
    on_air_.Connected(now);
  }
  void Disconnected(RadioTime now, std::uint8_t reason) override {
    leaves_.reset();
    on_air_.Disconnected(now, reason);
  }
  void MtuIs(std::uint16_t mtu, RadioTime now) override { on_air_.MtuIs(mtu, now); }
  std::optional<radio::AttAnswer> Read(std::uint16_t handle, RadioTime now) override {
    return on_air_.Read(handle, now);
  }
  std::optional<radio::AttAnswer> Write(std::uint16_t handle, Bytes bytes, bool with_response,
                                        RadioTime now) override {
    return on_air_.Write(handle, bytes, with_response, now);
  }
  [[nodiscard]] std::optional<RadioTime> Due() const override { return on_air_.Due(); }
  void Advance(RadioTime now) override { on_air_.Advance(now); }
  std::vector<radio::Notification> TakeNotifications(std::size_t room, RadioTime now) override {
    return on_air_.TakeNotifications(room, now);
  }
  std::optional<radio::Leave> WantsToLeave(RadioTime now) override {
    if (!powered_ || hangs_ || !sim_.running()) return radio::Leave{.silent = true};
    if (leaves_) return radio::Leave{.silent = false, .reason = *leaves_};
    return on_air_.WantsToLeave(now);
  }

 private:
  band::BandSim sim_;
  band::BandOnAir on_air_;
  bool powered_ = true, hangs_ = false;
  std::optional<std::uint8_t> leaves_;
};

}  // namespace bk::simulate::world
