// The carrier of a world: what the phone's apps want goes as orders to a host on the air, and what
// happens there comes back into the phone's state and logs. Which links and scans there are follows
// from the phone's Bluetooth, whoever changed it: a switch, a command, a fault.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "simulate/phone/life/carrier.h"
#include "simulate/radio/sim_radio.h"
#include "simulate/world/app_talk.h"
#include "simulate/world/truth.h"
#include "simulate/world/world_band.h"

namespace bk::simulate::world {

// What it works with; all outlives it.
struct CarrierParts {
  radio::Air* air = nullptr;
  radio::SimRadio* radio = nullptr;
  radio::HciRecord* record = nullptr;
  const ports::Cipher* cipher = nullptr;
  // nullptr: nobody has this address.
  std::function<WorldBand*(const std::string& address)> band;
  // The key of 16 bytes that a phone's short one stands for.
  std::function<ports::Block16(std::uint32_t)> key;
  std::int64_t utc_us = 0;       // the true time at radio time 0, microseconds since 1970
  RadioTime supervision{};       // of the host's links
  Happened* happened = nullptr;  // what came of it all is noted here
};

class AirCarrier final : public Carrier {
 public:
  explicit AirCarrier(CarrierParts parts)
      : parts_(std::move(parts)), radio_(*parts_.radio), talk_(*parts_.cipher) {}

  // Makes the host do what the phone's Bluetooth has come to: scans, links, calls.
  void Follow(Android& phone);
  // Something happened to the host; the phone's clock is at that moment.
  void Hear(Android& phone, const ports::RadioEvent& event);

  std::chrono::microseconds Search(Android& phone, const std::string& package) override;
  bool Heard(Android& phone, const std::string& package) override;
  std::chrono::microseconds Call(Android& phone, const std::string& package) override;
  CallEnd Called(Android& phone, const std::string& package) override;
  TalkEnd Talked(Android& phone, const std::string& package, Talk talk) override;
  std::uint8_t Proof(Android& phone, const std::string& package) override;
  int Minutes(Android& phone, const std::string& package) override;
  void Encrypts(Android& phone, const std::string& address, int status) override;
  void Pairs(Android& phone, const std::string& address, bool band_asks, int reason) override;
  bool Ends(Android& phone, const std::string& address, int reason) override;

 private:
  enum class State : std::uint8_t { kIdle, kCalling, kUp, kEnding };

  [[nodiscard]] std::int64_t Utc() const { return parts_.utc_us + radio_.Now().count(); }
  void Order(const std::string& address);
  void LinkEnds(Android& phone, const ports::LinkEnded& ended);
  void TakeMinutes(Android& phone);
  void SendTalk();
  void EndTalk() { talking_.reset(); }

  CarrierParts parts_;
  radio::SimRadio& radio_;
  State state_ = State::kIdle;
  bool scans_ = false;
  std::string peer_, caller_;            // of the call or link: address, package
  bool waits_to_call_ = false;           // for the end of the link before
  std::optional<CallEnd> call_;          // how the last call ended
  std::chrono::microseconds stack_{0};   // Bluetooth::stack_since when the link came up
  std::set<std::string> heard_, woken_;  // addresses; packages whose search was told of its band
  std::set<std::string> deaf_;           // packages whose search hears nothing
  AppTalk talk_;
  std::optional<Talk> talking_;
  Talk last_talk_ = Talk::kSecure;
  std::chrono::microseconds deadline_{0};  // boot time
};

}  // namespace bk::simulate::world
