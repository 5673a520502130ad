#include "simulate/world/air_carrier.h"

#include <algorithm>

#include "codec/hci/codes.h"
#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/companion.h"
#include "simulate/phone/life/talk.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/hci_log.h"

namespace bk::simulate::world {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int kPhoneHangsUp = codec::hci::status::kHostEnded;
// An app waits so long for the next word of its band.
constexpr seconds kAnswerWithin{10};
// Encryption takes three connection events of the usual 48.75 ms.
constexpr milliseconds kEncryptionTakes{147};
constexpr int kQuarterMinutes = 15;
constexpr std::int64_t kMinuteMicros = 60'000'000;

bool WantsScan(const Android& phone) {
  return phone.bluetooth.adapter == AdapterState::kOn && !phone.bluetooth.scanners.empty() &&
         phone.bluetooth.fault != StackFault::kNoHardware;
}

}  // namespace

// --- what the phone wants

void AirCarrier::Follow(Android& phone) {
  const bool on = phone.bluetooth.adapter == AdapterState::kOn;
  if (const bool scans = WantsScan(phone); scans != scans_) {
    scans_ = scans;
    radio_.Do(ports::ScanOrder{scans});
  }
  const GattClient* client = FindClient(phone, caller_, peer_);
  if (state_ == State::kCalling && (client == nullptr || !on)) {
    state_ = State::kEnding;
    radio_.Do(ports::DisconnectOrder{});
  }
  // Up and not wanted: closed by the phone, or its stack has started anew and knows of no link. One
  // that has just come up is not yet noted.
  const bool noted = StandingLink(phone, peer_) != nullptr;
  const bool new_link = client != nullptr && client->connecting;
  if (state_ == State::kUp && !noted && !new_link) {
    state_ = State::kEnding;
    EndTalk();
    if (phone.bluetooth.stack_since != stack_) {
      scans_ = false;
      radio_.Reset();
    } else {
      radio_.Do(ports::DisconnectOrder{});
    }
  }
  if (waits_to_call_ && client == nullptr) waits_to_call_ = false;
  if (const int reason = std::exchange(phone.life.severed, 0);
      reason != 0 && noted && state_ == State::kUp) {
    WorldBand* band = parts_.band(peer_);
    if (reason == codec::hci::status::kConnectionTimeout)
      parts_.air->Hush(parts_.supervision + seconds(1));
    else if (reason == kPhoneHangsUp || band == nullptr)
      radio_.Do(ports::DisconnectOrder{});
    else
      band->Leave(static_cast<std::uint8_t>(reason));
  }
}

// --- what happens on the air

void AirCarrier::Hear(Android& phone, const ports::RadioEvent& event) {
  const microseconds now = phone.clock.boot;
  if (const auto* seen = std::get_if<ports::AdvertSeen>(&event)) {
    const std::string address = FormatAddress(seen->advert.address);
    heard_.insert(address);
    for (auto& [package, app] : phone.life.apps)
      if (app.doing == Doing::kScanning && app.band == address && !deaf_.contains(package) &&
          woken_.insert(package).second)
        app.next = now;
    return;
  }
  if (std::holds_alternative<ports::LinkUp>(event)) {
    if (state_ != State::kCalling) return;
    state_ = State::kUp;
    call_ = CallEnd::kUp;
    stack_ = phone.bluetooth.stack_since;
    parts_.happened->links.push_back({.address = peer_, .began = Utc()});
    if (const auto app = phone.life.apps.find(caller_); app != phone.life.apps.end())
      app->second.next = now;
    return;
  }
  if (const auto* ended = std::get_if<ports::LinkEnded>(&event)) return LinkEnds(phone, *ended);
  if (!talking_ || talking_ == Talk::kSecure) return;
  talk_.Hear(event);
  SendTalk();
  TakeMinutes(phone);
  const auto app = phone.life.apps.find(caller_);
  if (app == phone.life.apps.end()) return;
  const bool ends = talk_.state() != AppTalk::State::kRuns;
  deadline_ = ends ? now : now + kAnswerWithin;
  app->second.next = deadline_;
}

void AirCarrier::LinkEnds(Android& phone, const ports::LinkEnded& ended) {
  const State was = std::exchange(state_, State::kIdle);
  if (ended.was_up) {
    if (auto& links = parts_.happened->links; !links.empty() && links.back().ended == 0) {
      links.back().ended = Utc();
      links.back().reason = ended.reason;
    }
  } else if (ended.reason) {
    parts_.happened->failed.push_back(
        {.address = peer_, .began = Utc(), .ended = Utc(), .reason = ended.reason});
  }
  if (talking_ == Talk::kFetch) parts_.happened->syncs.push_back({Utc(), talk_.fetched(), false});
  EndTalk();
  talk_.LinkGone();
  if (!ended.was_up && was == State::kCalling) {
    call_ = ended.reason ? CallEnd::kNotEstablished : CallEnd::kNobody;
    if (const auto app = phone.life.apps.find(caller_);
        app != phone.life.apps.end() && app->second.doing == Doing::kConnecting)
      app->second.next = phone.clock.boot;
  }
  if (ended.was_up) LinkLost(phone, peer_, ended.reason.value_or(kPhoneHangsUp));
  if (std::exchange(waits_to_call_, false)) Order(peer_);
}

// --- what an app asks

microseconds AirCarrier::Search(Android& phone, const std::string& package) {
  heard_.clear();
  woken_.erase(package);
  deaf_.erase(package);
  if (HeldBackRadio(phone, package) && Chance(phone, 80)) deaf_.insert(package);
  return kScanFor;
}

bool AirCarrier::Heard(Android& phone, const std::string& package) {
  return !deaf_.contains(package) && heard_.contains(phone.life.apps.at(package).band);
}

void AirCarrier::Order(const std::string& address) {
  const auto parsed = ParseAddress(address);
  if (!parsed) return;
  state_ = State::kCalling;
  call_.reset();
  radio_.Do(ports::ConnectOrder{*parsed});
}

microseconds AirCarrier::Call(Android& phone, const std::string& package) {
  call_.reset();
  if (ReachesNobody(phone.bluetooth)) return kDirectConnect;
  const bool busy = state_ != State::kIdle;
  // Two apps that call at once: the second waits in vain, as with one list of the stack.
  if (busy && state_ != State::kEnding) return kDirectConnect;
  caller_ = package;
  peer_ = phone.life.apps.at(package).band;
  waits_to_call_ = busy;
  if (!busy) Order(peer_);
  return kDirectConnect;
}

CallEnd AirCarrier::Called(Android& phone, const std::string& package) {
  if (package != caller_) return CallEnd::kNobody;
  if (state_ == State::kUp) {
    // The number that the controller gave it.
    phone.bluetooth.next_handle = parts_.record->handle();
    return CallEnd::kUp;
  }
  return call_.value_or(CallEnd::kNobody);
}

TalkEnd AirCarrier::Talked(Android& phone, const std::string& package, Talk talk) {
  CompanionApp& app = phone.life.apps.at(package);
  const microseconds now = phone.clock.boot;
  if (state_ != State::kUp || package != caller_) return TalkEnd::kNoAnswer;
  if (talk == Talk::kProve && app.key == 0) return TalkEnd::kDone;
  if (talking_ != talk) {
    talking_ = last_talk_ = talk;
    AppTalk::Wanted wanted{.talk = talk, .key = parts_.key(app.key)};
    wanted.utc_us = phone.clock.wall.count();
    wanted.quarter_hours =
        static_cast<std::int8_t>(phone.clock.utc_offset_minutes / kQuarterMinutes);
    wanted.since = app.has_until.count() / kMinuteMicros;
    talk_.Begin(wanted);
    SendTalk();
    deadline_ = now + (talk == Talk::kSecure ? microseconds(kEncryptionTakes)
                                             : microseconds(kAnswerWithin));
    app.next = deadline_;
    return TalkEnd::kUnderWay;
  }
  if (now < deadline_) {
    app.next = deadline_;
    return TalkEnd::kUnderWay;
  }
  EndTalk();
  const bool done = talk_.state() == AppTalk::State::kDone;
  if (talk == Talk::kProve && done) {
    parts_.happened->proofs.push_back(talk_.proof());
    if (!parts_.happened->links.empty())
      parts_.happened->links.back().authenticated = talk_.proof() == 1;
  }
  if (talk == Talk::kFetch) parts_.happened->syncs.push_back({Utc(), talk_.fetched(), done});
  return done ? TalkEnd::kDone : TalkEnd::kNoAnswer;
}

std::uint8_t AirCarrier::Proof(Android& /*phone*/, const std::string& /*package*/) {
  return talk_.proof();
}
int AirCarrier::Minutes(Android& /*phone*/, const std::string& /*package*/) {
  return talk_.fetched();
}

void AirCarrier::TakeMinutes(Android& phone) {
  const auto minutes = talk_.TakeMinutes();
  if (minutes.empty()) return;
  parts_.happened->got.insert(parts_.happened->got.end(), minutes.begin(), minutes.end());
  if (!parts_.happened->links.empty())
    parts_.happened->links.back().fetched += static_cast<int>(minutes.size());
  if (const auto app = phone.life.apps.find(caller_); app != phone.life.apps.end())
    app->second.has_until = microseconds((minutes.back() + 1) * kMinuteMicros);
}

void AirCarrier::Encrypts(Android& phone, const std::string& address, int status) {
  SayEncryption(phone, address, status);
  if (state_ == State::kUp)
    parts_.record->Encryption(radio_.Now(), static_cast<std::uint8_t>(status));
}

void AirCarrier::Pairs(Android& phone, const std::string& address, bool band_asks, int reason) {
  SayPairing(phone, address, band_asks, reason);
  if (state_ != State::kUp) return;
  const auto now = radio_.Now();
  // Just Works with bonding, then the outcome (Core, vol. 3 part H 3.5).
  if (band_asks) parts_.record->Smp(now, false, FromHex("0b 01"));
  parts_.record->Smp(now, true, FromHex("01 04 00 01 10 01 03"));
  if (reason != 0) {
    const std::byte failed[] = {std::byte{0x05}, static_cast<std::byte>(reason)};
    parts_.record->Smp(now, false, failed);
    return;
  }
  parts_.record->Smp(now, false, FromHex("02 03 00 01 10 01 03"));
}

bool AirCarrier::Ends(Android& /*phone*/, const std::string& address, int reason) {
  if (state_ != State::kUp || address != peer_) return false;
  WorldBand* band = parts_.band(address);
  // What a bond's key is refused for, the band ends; of all else, the app has had enough.
  if (last_talk_ == Talk::kSecure && reason != kPhoneHangsUp && band != nullptr) {
    band->Leave(static_cast<std::uint8_t>(reason));
  } else {
    state_ = State::kEnding;
    radio_.Do(ports::DisconnectOrder{});
  }
  EndTalk();
  return true;
}

void AirCarrier::SendTalk() {
  for (const ports::RadioOrder& order : talk_.TakeOrders()) radio_.Do(order);
}

}  // namespace bk::simulate::world
