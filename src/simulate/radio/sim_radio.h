// One computer's Bluetooth on a simulated air: ports::BandRadio in virtual time. What a BlueZ host
// adds to the controller is here: the MTU exchange at the start of a link, discovery with a cache
// by address, one request at a time, notifications that it loses, adapters that vanish.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "simulate/radio/air.h"
#include "simulate/radio/att_client.h"
#include "simulate/radio/hci_record.h"

namespace bk::simulate::radio {

class SimRadio final : public ports::BandRadio, private HostSide {
 public:
  // Outlived by the air.
  explicit SimRadio(Air& air, CentralOptions options = {});
  ~SimRadio() override;
  SimRadio(const SimRadio&) = delete;
  SimRadio& operator=(const SimRadio&) = delete;

  [[nodiscard]] RadioTime Now() const override { return air_.Now(); }
  void Do(const ports::RadioOrder& order) override;
  // nullopt also at the end of the air's time.
  std::optional<ports::RadioEvent> Next(RadioTime until) override;

  [[nodiscard]] const Counters& counters() const { return counters_; }
  // From now on, what an HCI log of this host would hold. Outlives the radio.
  void Record(HciRecord& record) { record_ = &record; }
  // The controller starts anew: a link dies, which the band finds out by silence, a scan stops. A
  // link or an attempt is answered by LinkEnded without a reason.
  void Reset();
  // From now on; for a band that comes nearer or goes. dBm.
  void SetRssi(int rssi) { options_.rssi = rssi; }
  // Forgets what discoveries have found, as removing the device does.
  void ForgetDatabases() { databases_.clear(); }

 private:
  enum class State : std::uint8_t { kIdle, kAccepting, kInitiating, kOpening, kUp };
  struct Held {
    ports::Notified notified;
    std::uint64_t number;
  };

  // A scan was ordered, and does not rest.
  [[nodiscard]] bool Searches() const;
  [[nodiscard]] std::optional<Listening> ListensFor() const override;
  void Heard(const Advertising& advertising, bool with_response) override;
  void Connecting(std::uint64_t link) override;
  void Up() override;
  void Ended(std::uint8_t reason) override;
  void Arrived(std::vector<std::byte> pdu) override;
  void Room() override { Pump(); }
  void Timer(std::uint64_t what) override;
  void AdapterVanishes(RadioTime until) override;
  [[nodiscard]] const CentralOptions& options() const override { return options_; }
  [[nodiscard]] Counters& MutableCounters() override { return counters_; }

  void DoAtt(AttOrder order);
  void Connect(const ports::ConnectOrder& order);
  void Disconnect();
  void Pump();
  void Take(const std::vector<AttEvent>& events);
  void Notify(ports::Notified notified);
  void End(bool was_up, std::optional<std::uint8_t> reason, std::string text);
  void AdapterGone(const AdapterFault& fault);
  void DropAll(const std::string& why);

  Air& air_;
  std::size_t number_;
  CentralOptions options_;
  Counters counters_;
  std::deque<ports::RadioEvent> inbox_;
  bool scans_ = false;
  RadioTime scans_since_{};
  State state_ = State::kIdle;
  ports::ConnectOrder wanted_;
  RadioTime listens_since_{};
  std::uint64_t attempt_ = 0;  // of the connection: older timers are void
  std::uint64_t link_ = 0;
  std::uint16_t mtu_ = 23;
  AttClient client_;
  std::uint64_t asked_ = 0;  // number of the request that waits
  std::map<Address, Database> databases_;
  std::optional<Held> held_;
  std::uint64_t holds_ = 0;
  std::optional<AdapterFault> gone_;
  HciRecord* record_ = nullptr;
};

}  // namespace bk::simulate::radio
