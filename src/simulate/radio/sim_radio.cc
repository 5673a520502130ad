#include "simulate/radio/sim_radio.h"

#include <algorithm>
#include <utility>

#include "codec/att/pdu.h"
#include "simulate/radio/scanning.h"

namespace bk::simulate::radio {
namespace {

// What a timer is for, in the low bits; above, the number of what it belongs to.
enum Timer : std::uint64_t { kAttempt, kRequest, kHeld, kAdapterGoes, kAdapterComes, kTimers = 8 };
std::uint64_t Of(Timer timer, std::uint64_t number) { return number * kTimers + timer; }

constexpr std::uint8_t kInvalidLength = 0x0d;  // ATT
constexpr std::size_t kAttHeader = 3;

}  // namespace

SimRadio::SimRadio(Air& air, CentralOptions options)
    : air_(air), number_(air.Join(*this)), options_(std::move(options)) {
  for (std::size_t i = 0; i < options_.adapter.size(); ++i)
    air_.WakeHost(number_, options_.adapter[i].from, Of(kAdapterGoes, i));
}

SimRadio::~SimRadio() { air_.Quit(number_); }

std::optional<ports::RadioEvent> SimRadio::Next(RadioTime until) {
  while (inbox_.empty())
    if (!air_.Step(until)) return std::nullopt;
  ports::RadioEvent event = std::move(inbox_.front());
  inbox_.pop_front();
  return event;
}

void SimRadio::Do(const ports::RadioOrder& order) {
  if (const auto* scan = std::get_if<ports::ScanOrder>(&order)) {
    if (gone_) return;
    if (scan->on && !scans_) scans_since_ = Now();
    if (record_ != nullptr && scans_ != scan->on) record_->Scan(Now(), scan->on, options_.scan);
    scans_ = scan->on;
  } else if (const auto* connect = std::get_if<ports::ConnectOrder>(&order)) {
    Connect(*connect);
  } else if (std::holds_alternative<ports::DisconnectOrder>(order)) {
    Disconnect();
  } else if (const auto* discover = std::get_if<ports::DiscoverOrder>(&order)) {
    if (state_ == State::kUp)
      DoAtt(*discover);
    else
      inbox_.emplace_back(ports::Discovered{{}, "there is no link"});
  } else if (const auto* read = std::get_if<ports::ReadOrder>(&order)) {
    if (state_ == State::kUp)
      DoAtt(*read);
    else
      inbox_.emplace_back(ports::RequestDone{read->handle, ports::RequestDone::kNoAnswer, {}});
  } else if (const auto* write = std::get_if<ports::WriteOrder>(&order)) {
    if (state_ != State::kUp)
      inbox_.emplace_back(ports::RequestDone{write->handle, ports::RequestDone::kNoAnswer, {}});
    else if (write->bytes.size() + kAttHeader > mtu_)
      inbox_.emplace_back(ports::RequestDone{write->handle, kInvalidLength, {}});
    else
      DoAtt(*write);
  } else if (const auto* subscribe = std::get_if<ports::SubscribeOrder>(&order)) {
    if (state_ == State::kUp)
      DoAtt(*subscribe);
    else
      inbox_.emplace_back(ports::RequestDone{subscribe->handle, ports::RequestDone::kNoAnswer, {}});
  }
}

void SimRadio::DoAtt(AttOrder order) {
  client_.Add(std::move(order));
  Pump();
}

void SimRadio::Connect(const ports::ConnectOrder& order) {
  if (gone_) return End(false, std::nullopt, gone_->sentence);
  if (state_ != State::kIdle) return End(false, std::nullopt, "already connected or connecting");
  wanted_ = order;
  state_ = options_.accept_scan ? State::kAccepting : State::kInitiating;
  listens_since_ = Now();
  ++attempt_;
  if (record_ != nullptr) record_->CreateConnection(Now(), order, options_.connect, options_.link);
  if (options_.connect_gives_up)
    air_.WakeHost(number_, Now() + *options_.connect_gives_up, Of(kAttempt, attempt_));
}

void SimRadio::Disconnect() {
  if (state_ == State::kUp || state_ == State::kOpening) {
    if (record_ != nullptr) record_->Disconnect(Now());
    return air_.HostLeaves(link_);
  }
  const bool attempting = state_ != State::kIdle;
  if (attempting && record_ != nullptr) record_->Cancel(Now());
  state_ = State::kIdle;
  End(false, std::nullopt, attempting ? "the attempt was given up" : "there is no link");
}

void SimRadio::End(bool was_up, std::optional<std::uint8_t> reason, std::string text) {
  inbox_.emplace_back(ports::LinkEnded{was_up, reason, std::move(text)});
}

bool SimRadio::Searches() const {
  if (!scans_ || !options_.scan_rests) return scans_;
  const ScanRests& rest = *options_.scan_rests;
  return (Now() - scans_since_) % (rest.on + rest.pause) < rest.on;
}

std::optional<HostSide::Listening> SimRadio::ListensFor() const {
  if (gone_) return std::nullopt;
  Listening listening;
  listening.target = wanted_.address;
  listening.since = listens_since_;
  if (state_ == State::kInitiating) {
    listening.connects = true;
    listening.timing = options_.connect;
    return listening;
  }
  if (Searches()) {
    listening.since = scans_since_;
    listening.timing = options_.scan;
    listening.active = true;
    return listening;
  }
  if (state_ != State::kAccepting) return std::nullopt;
  listening.accepts = true;
  listening.timing = *options_.accept_scan;
  return listening;
}

void SimRadio::Heard(const Advertising& advertising, bool with_response) {
  const bool searches = Searches();
  if (state_ == State::kAccepting && advertising.address == wanted_.address &&
      advertising.connectable) {
    state_ = State::kInitiating;
    listens_since_ = Now();
  }
  if (!searches) return;
  ports::BandAdvert advert = ReadAdvertising(advertising, with_response);
  advert.rssi = options_.rssi + static_cast<int>(air_.random().Between(-4, 4));
  if (record_ != nullptr) record_->Heard(Now(), advertising, with_response, *advert.rssi);
  inbox_.emplace_back(ports::AdvertSeen{std::move(advert)});
}

void SimRadio::Connecting(std::uint64_t link) {
  link_ = link;
  state_ = State::kOpening;
  if (record_ != nullptr) record_->Connected(Now(), wanted_, options_.link);
}

void SimRadio::Up() {
  state_ = State::kUp;
  mtu_ = 23;
  ++attempt_;
  client_.Reset();
  if (const auto cached = databases_.find(wanted_.address); cached != databases_.end())
    client_.Know(cached->second);
  if (record_ != nullptr) {
    record_->Features(Now());
    if (options_.link.data_length_extension) record_->DataLength(Now());
  }
  inbox_.emplace_back(ports::LinkUp{mtu_});
  if (options_.mtu && (wanted_.long_packets || options_.mtu_always))
    client_.Add(MtuOrder{*options_.mtu});
  Pump();
}

void SimRadio::Ended(std::uint8_t reason) {
  const bool was_up = state_ == State::kUp;
  if (record_ != nullptr) record_->Disconnected(Now(), reason);
  state_ = State::kIdle;
  link_ = 0;
  client_.Reset();
  held_.reset();
  ++attempt_;
  ++asked_;
  End(was_up, reason, {});
}

void SimRadio::Pump() {
  std::vector<AttEvent> events;
  while (state_ == State::kUp) {
    const std::size_t queued = air_.Queued(link_);
    const std::size_t room =
        options_.command_room - std::min<std::size_t>(options_.command_room, queued);
    const bool waited = client_.waiting();
    auto pdu = client_.NextPdu(room, events);
    if (!pdu) break;
    if (client_.waiting() && !waited)
      air_.WakeHost(number_, Now() + options_.att_timeout, Of(kRequest, ++asked_));
    if (record_ != nullptr) record_->Pdu(Now(), true, *pdu);
    air_.Send(link_, std::move(*pdu));
  }
  Take(events);
}

void SimRadio::Take(const std::vector<AttEvent>& events) {
  for (const AttEvent& event : events) {
    if (const auto* mtu = std::get_if<ports::MtuChanged>(&event)) mtu_ = mtu->mtu;
    if (std::holds_alternative<ports::Discovered>(event) && client_.found())
      databases_[wanted_.address] = *client_.found();
    std::visit([&](const auto& told) { inbox_.emplace_back(told); }, event);
  }
}

void SimRadio::Arrived(std::vector<std::byte> pdu) {
  if (state_ != State::kUp) return;
  if (record_ != nullptr) record_->Pdu(Now(), false, pdu);
  ByteReader reader(pdu);
  if (reader.U8() == codec::att::opcode::kNotification) {
    ports::Notified notified;
    notified.handle = reader.Le16();
    notified.bytes.assign(reader.rest().begin(), reader.rest().end());
    if (reader.ok()) Notify(std::move(notified));
    return;
  }
  std::vector<AttEvent> events;
  const bool waited = client_.waiting();
  client_.Hear(pdu, events);
  if (waited && !client_.waiting()) ++asked_;
  Take(events);
  Pump();
}

void SimRadio::Notify(ports::Notified notified) {
  Random& random = air_.random();
  if (random.Chance(options_.host.lost)) return;
  const bool twice = random.Chance(options_.host.doubled);
  if (!held_ && random.Chance(options_.host.swapped)) {
    held_ = Held{std::move(notified), ++holds_};
    air_.WakeHost(number_, Now() + options_.host.held, Of(kHeld, holds_));
    return;
  }
  inbox_.emplace_back(notified);
  if (twice) inbox_.emplace_back(std::move(notified));
  if (held_) inbox_.emplace_back(std::move(held_->notified));
  held_.reset();
}

void SimRadio::Timer(std::uint64_t what) {
  const std::uint64_t number = what / kTimers;
  switch (what % kTimers) {
    case kAttempt:
      if (number != attempt_ || state_ == State::kIdle || state_ == State::kOpening) return;
      if (record_ != nullptr) record_->Cancel(Now());
      state_ = State::kIdle;
      return End(false, std::nullopt, "no answer");
    case kRequest: {
      if (number != asked_ || state_ != State::kUp) return;
      // The conversation is over for good: the host gives the link up.
      std::vector<AttEvent> events;
      client_.GiveUp(events);
      Take(events);
      if (record_ != nullptr) record_->Disconnect(Now());
      return air_.HostLeaves(link_);
    }
    case kHeld:
      if (held_ && held_->number == number) {
        inbox_.emplace_back(std::move(held_->notified));
        held_.reset();
      }
      return;
    case kAdapterGoes:
      return AdapterGone(options_.adapter[number]);
    case kAdapterComes:
      if (!gone_ || gone_->until > Now()) return;
      gone_.reset();
      inbox_.emplace_back(ports::AdapterChanged{});
      return;
    default:
      return;
  }
}

void SimRadio::AdapterVanishes(RadioTime until) {
  AdapterFault fault;
  fault.until = until;
  AdapterGone(fault);
}

void SimRadio::Reset() {
  if (record_ != nullptr) record_->Reset(Now());
  DropAll("the controller was reset");
}

void SimRadio::DropAll(const std::string& why) {
  if (state_ != State::kIdle) {
    const bool was_up = state_ == State::kUp;
    if (link_ != 0) air_.HostVanishes(link_);
    state_ = State::kIdle;
    link_ = 0;
    client_.Reset();
    held_.reset();
    ++asked_;
    ++attempt_;
    End(was_up, std::nullopt, why);
  }
  scans_ = false;
}

void SimRadio::AdapterGone(const AdapterFault& fault) {
  DropAll(fault.sentence);
  gone_ = fault;
  inbox_.emplace_back(ports::AdapterChanged{fault.state, fault.sentence});
  air_.WakeHost(number_, fault.until, Of(kAdapterComes, 0));
}

}  // namespace bk::simulate::radio
