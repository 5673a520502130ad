// A BandSim on the simulated air: attributes become handles of the band's own table.
#pragma once

#include "simulate/band/band_sim.h"
#include "simulate/radio/peripheral.h"

namespace bk::simulate::band {

// The table of a real band: handles, properties, descriptors.
const radio::GattTable& MiBand4Table();

// Does not own the band, which must outlive it.
class BandOnAir final : public radio::Peripheral {
 public:
  explicit BandOnAir(BandSim& band) : band_(band) {}

  std::optional<radio::Advertising> Adverts(RadioTime now) override;
  [[nodiscard]] const radio::GattTable& Table() const override { return MiBand4Table(); }
  [[nodiscard]] std::uint16_t MtuMax() const override { return kMtuMax; }
  void Connected(RadioTime now) override { band_.Connected(now); }
  void Disconnected(RadioTime now, std::uint8_t /*reason*/) override { band_.Disconnected(now); }
  void MtuIs(std::uint16_t mtu, RadioTime now) override { band_.MtuIs(mtu, now); }
  std::optional<radio::AttAnswer> Read(std::uint16_t handle, RadioTime now) override;
  std::optional<radio::AttAnswer> Write(std::uint16_t handle, Bytes bytes, bool with_response,
                                        RadioTime now) override;
  [[nodiscard]] std::optional<RadioTime> Due() const override { return band_.Due(); }
  void Advance(RadioTime now) override { band_.Advance(now); }
  std::vector<radio::Notification> TakeNotifications(std::size_t room, RadioTime now) override;
  std::optional<radio::Leave> WantsToLeave(RadioTime now) override;

 private:
  BandSim& band_;
};

}  // namespace bk::simulate::band
