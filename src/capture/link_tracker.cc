#include "capture/link_tracker.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/hci/codes.h"
#include "codec/hci/reason.h"

namespace bk::capture {
namespace {

namespace hci = codec::hci;
using evidence::LossKind;

// What the host had queued when a link ended is still written to the capture for a while.
constexpr std::int64_t kStragglerUs = 5'000'000;
// An advert that is older says nothing about the signal at the start of a link.
constexpr std::int64_t kRssiBeforeUs = 60'000'000;
constexpr std::int64_t kWaitWorthTellingUs = 5'000'000;
constexpr std::size_t kChangesMax = 1024;    // of one kind on one link
constexpr std::size_t kAcceptListMax = 128;  // controllers hold 8 to 128

EndedBy SideOf(std::uint8_t reason) {
  switch (hci::FindReason(reason).side) {
    case hci::ReasonSide::kPhone:
      return EndedBy::kPhone;
    case hci::ReasonSide::kPeer:
      return EndedBy::kPeer;
    case hci::ReasonSide::kUnknown:
      break;
  }
  return EndedBy::kUnknown;
}

LinkParameters ParametersOf(const hci::ConnectionTiming& timing, std::uint8_t status, Moment at) {
  LinkParameters parameters;
  parameters.at = at.time;
  parameters.packet = at.packet;
  parameters.interval_ms = timing.interval_ms();
  parameters.latency = timing.latency;
  parameters.timeout_ms = timing.timeout_ms();
  parameters.status = status;
  return parameters;
}

}  // namespace

std::string LinkTracker::NameOf(std::size_t peer) {
  if (peer == kNone) return "a device whose address the capture does not hold";
  const Peer& known = peers_.at(peer).peer;
  return known.name.empty() ? FormatAddress(known.address)
                            : fmt::format("{} ({})", FormatAddress(known.address), known.name);
}

std::size_t LinkTracker::OpenAttempt(Transport transport, Moment at) {
  if (attempts_.size() >= limits::kLinksMax) {
    scribe_.Lose(LossKind::kTooLarge, "connection attempts beyond the number that is kept", at);
    attempts_.pop_back();
  }
  Attempt& attempt = attempts_.emplace_back();
  attempt.transport = transport;
  attempt.started = attempt.ended = at.time;
  attempt.packet = attempt.end_packet = at.packet;
  return attempts_.size() - 1;
}

void LinkTracker::CloseAttempt(std::size_t index, Moment at, std::uint8_t status, bool cancelled) {
  if (index >= attempts_.size()) return;
  Attempt& attempt = attempts_[index];
  attempt.ended = at.time;
  attempt.end_packet = at.packet;
  attempt.status = status;
  attempt.outcome = status == 0 ? Attempt::Outcome::kConnected
                    : cancelled ? Attempt::Outcome::kCancelled
                                : Attempt::Outcome::kFailed;
  if (status == 0) return;
  // The background wait is stopped and begun anew at every change of its list.
  if (cancelled && attempt.accept_list && at.time - attempt.started < kWaitWorthTellingUs) return;
  const std::string whom =
      attempt.targets.empty() ? std::string("a device that is not named here")
      : attempt.accept_list && attempt.targets.size() > 1
          ? fmt::format("any of the {} devices that it waits for", attempt.targets.size())
          : NameOf(attempt.targets.front());
  scribe_.Tell(cancelled ? "connect_cancelled" : "connect_failed",
               cancelled
                   ? fmt::format("the phone gave up connecting to {}", whom)
                   : fmt::format("connecting to {} failed: {}", whom, hci::FormatReason(status)),
               at);
}

void LinkTracker::OnLeCreate(AdapterState& adapter, const hci::LeCreateConnection& command,
                             Moment at) {
  adapter.le_attempt = OpenAttempt(Transport::kLe, at);
  adapter.le_cancel_asked = false;
  Attempt& attempt = attempts_[adapter.le_attempt];
  attempt.accept_list = command.accept_list;
  if (command.accept_list) {
    attempt.targets = adapter.accept_list;
  } else if (const std::size_t peer = peers_.Find(command.peer, command.peer_type); peer != kNone) {
    attempt.targets.push_back(peer);
  }
}

void LinkTracker::OnClassicCreate(AdapterState& adapter, Address address, Moment at) {
  if (adapter.classic_attempts.size() >= kAcceptListMax) adapter.classic_attempts.clear();
  const std::size_t index = OpenAttempt(Transport::kClassic, at);
  adapter.classic_attempts.push_back(index);
  if (const std::size_t peer = peers_.Find(address, 0xff); peer != kNone)
    attempts_[index].targets.push_back(peer);
}

void LinkTracker::OnCreateRefused(AdapterState& adapter, std::uint16_t opcode, std::uint8_t status,
                                  Moment at) {
  if (opcode == hci::command::kCreateConnection) {
    if (adapter.classic_attempts.empty()) return;
    CloseAttempt(adapter.classic_attempts.back(), at, status, false);
    adapter.classic_attempts.pop_back();
    return;
  }
  CloseAttempt(adapter.le_attempt, at, status, false);
  adapter.le_attempt = kNone;
}

void LinkTracker::OnAcceptList(AdapterState& adapter, std::uint16_t opcode, Bytes parameters) {
  if (opcode == hci::command::kLeClearAcceptList) return adapter.accept_list.clear();
  const auto entry = hci::DecodeAcceptListEntry(parameters);
  if (!entry) return;
  const std::size_t peer = peers_.Find(entry->address, entry->type);
  if (peer == kNone) return;
  std::erase(adapter.accept_list, peer);
  if (opcode == hci::command::kLeAddToAcceptList && adapter.accept_list.size() < kAcceptListMax)
    adapter.accept_list.push_back(peer);
}

LinkState& LinkTracker::Open(AdapterState& adapter, std::uint16_t handle, Moment at,
                             Transport transport, std::size_t peer, bool inferred) {
  auto& slot = adapter.links[handle % AdapterState::kHandles];
  if (slot != nullptr && slot->up) {
    slot->link->end_not_seen = true;
    scribe_.Lose(LossKind::kDropped, "ends of links that the capture does not hold", at);
    Close(*slot, at, std::nullopt, EndedBy::kUnknown, true);
  }
  slot = std::make_unique<LinkState>();
  LinkState& state = *slot;
  std::size_t index = links_.size();
  if (index < limits::kLinksMax) {
    state.link = &links_.emplace_back();
  } else {
    scribe_.Lose(LossKind::kTooLarge, "links beyond the number that is kept", at);
    spill_ = {};
    state.link = &spill_;
    index = kNone;
  }
  state.up = true;
  Link& link = *state.link;
  link.peer = peer;
  link.transport = transport;
  link.adapter = adapter.id;
  link.handle = handle;
  link.inferred = inferred;
  link.started = link.ended = at.time;
  link.packet = link.end_packet = at.packet;

  LinkInfo info;
  info.link = index;
  info.started = at.time;
  info.packet = at.packet;
  info.inferred = inferred;
  if (peer != kNone) {
    PeerRecord& record = peers_.at(peer);
    ++record.links;
    record.peer.held_in_row = 0;
    if (record.peer.adverts + record.peer.scan_responses > 0) {
      link.stages.push_back({Stage::kScanned, record.peer.last, record.peer.last_packet});
      if (record.last_rssi < 20 && at.time - record.peer.last < kRssiBeforeUs)
        link.rssi_before = record.last_rssi;
    }
    info.peer = record.peer.address;
    info.name = record.peer.name;
    info.advertised_huami = record.peer.huami_company || record.peer.huami_service;
  }
  if (observers_ != nullptr && transport != Transport::kClassic && index != kNone)
    state.observer = observers_->Make(info);
  return state;
}

LinkState& LinkTracker::At(AdapterState& adapter, std::uint16_t handle, Moment at,
                           Transport guess) {
  LinkState* known = Known(adapter, handle);
  if (known != nullptr) {
    if (known->up) return *known;
    const std::int64_t since = at.time - known->link->ended;
    if (since >= 0 && since < kStragglerUs) return *known;
  }
  LinkState& state = Open(adapter, handle, at, guess, kNone, true);
  state.link->stages.push_back({Stage::kConnected, at.time, at.packet});
  scribe_.Tell("link_found_up", "a link that began before the capture", at);
  return state;
}

LinkState& LinkTracker::Renew(AdapterState& adapter, std::uint16_t handle, Moment at) {
  LinkState& state = Open(adapter, handle, at, Transport::kLe, kNone, true);
  state.link->told_apart = true;
  state.link->stages.push_back({Stage::kConnected, at.time, at.packet});
  scribe_.Tell("link_found_up", "a new link, as the phone begins from the start again", at);
  return state;
}

void LinkTracker::OnLeConnected(AdapterState& adapter, const hci::LeConnectionComplete& event,
                                Moment at) {
  ++counters_.le_connections[event.status];
  const std::size_t attempt =
      event.phone_is_central || event.status != 0 ? adapter.le_attempt : kNone;
  if (event.status != 0) {
    CloseAttempt(attempt, at, event.status,
                 adapter.le_cancel_asked || event.status == hci::status::kUnknownConnection);
    adapter.le_attempt = kNone;
    adapter.le_cancel_asked = false;
    return;
  }
  const std::size_t peer = peers_.Find(event.peer, event.peer_type);
  if (peer == kNone && peers_.full())
    scribe_.Lose(LossKind::kTooLarge, "devices beyond the number that is kept", at);
  LinkState& state = Open(adapter, event.handle, at, Transport::kLe, peer, false);
  Link& link = *state.link;
  link.phone_is_central = event.phone_is_central;
  link.parameters.push_back(ParametersOf(event.timing, 0, at));
  if (attempt < attempts_.size()) {
    link.attempt = attempt;
    link.stages.push_back(
        {Stage::kConnecting, attempts_[attempt].started, attempts_[attempt].packet});
    CloseAttempt(attempt, at, 0, false);
    if (state.link != &spill_) attempts_[attempt].link = links_.size() - 1;
    adapter.le_attempt = kNone;
    adapter.le_cancel_asked = false;
  }
  link.stages.push_back({Stage::kConnected, at.time, at.packet});
  scribe_.Tell("link_up", "connected with " + NameOf(peer), at);
}

void LinkTracker::OnClassicConnected(AdapterState& adapter, const hci::ConnectionComplete& event,
                                     Moment at) {
  ++counters_.classic_connections[event.status];
  const std::size_t peer = peers_.Find(event.peer, 0xff);
  std::size_t attempt = kNone;
  for (const std::size_t index : adapter.classic_attempts)
    if (index < attempts_.size() && !attempts_[index].targets.empty() &&
        attempts_[index].targets.front() == peer)
      attempt = index;
  std::erase(adapter.classic_attempts, attempt);
  CloseAttempt(attempt, at, event.status, event.status == hci::status::kUnknownConnection);
  if (event.status != 0) return;
  LinkState& state = Open(adapter, event.handle, at, Transport::kClassic, peer, false);
  Link& link = *state.link;
  if (attempt < attempts_.size()) {
    link.attempt = attempt;
    link.stages.push_back(
        {Stage::kConnecting, attempts_[attempt].started, attempts_[attempt].packet});
    if (state.link != &spill_) attempts_[attempt].link = links_.size() - 1;
  }
  link.stages.push_back({Stage::kConnected, at.time, at.packet});
  scribe_.Tell("link_up", "connected (classic) with " + NameOf(peer), at);
}

void LinkTracker::OnDisconnect(AdapterState& adapter, const hci::Disconnect& command, Moment at) {
  LinkState* state = Known(adapter, command.handle);
  if (state == nullptr || !state->up) return;
  state->disconnect_asked = at.packet;
  state->disconnect_reason = command.reason;
}

void LinkTracker::OnDisconnected(AdapterState& adapter, const hci::DisconnectionComplete& event,
                                 Moment at) {
  if (event.status != 0)
    return scribe_.Tell("disconnect_failed",
                        "the controller could not end a link: " + hci::FormatReason(event.status),
                        at);
  ++counters_.disconnects[event.reason];
  LinkState* state = Known(adapter, event.handle);
  if (state == nullptr || !state->up) {
    // Its beginning and all its data lie before the capture.
    state = &Open(adapter, event.handle, at, Transport::kUnknown, kNone, true);
    state->link->stages.push_back({Stage::kConnected, at.time, at.packet});
  }
  EndedBy by = SideOf(event.reason);
  // 0x16 is the answer to the phone's own command; some controllers give its reason back instead
  // (btvirt), which means the peer's wish when it comes by itself.
  if (by == EndedBy::kPeer && state->disconnect_asked != 0 &&
      event.reason == state->disconnect_reason)
    by = EndedBy::kPhone;
  Close(*state, at, event.reason, by, false);
}

void LinkTracker::Close(LinkState& state, Moment at, std::optional<std::uint8_t> reason, EndedBy by,
                        bool capture_ended) {
  if (!state.up) return;
  state.up = false;
  Link& link = *state.link;
  const bool has_packets = link.packets_in + link.packets_out > 0;
  link.ended = capture_ended && has_packets ? state.last_packet : at.time;
  link.end_packet = at.packet;
  link.reason = reason;
  link.by = by;
  link.end_asked_packet = state.disconnect_asked;
  const Moment end{link.ended, at.packet};
  for (codec::l2cap::Recombiner& recombiner : state.recombiner)
    if (recombiner.Reset()) {
      ++link.pdus_lost;
      scribe_.Lose(LossKind::kTruncated, "packets that were unfinished when their link ended", at);
    }
  att_.OnLinkEnd(state, end);
  link.rssi = state.rssi.Stats();
  if (link.peer != kNone && peers_.at(link.peer).links > 0) --peers_.at(link.peer).links;
  if (state.observer != nullptr) {
    link.talk = state.observer->Finish({link.ended, at.packet, reason, by});
    state.observer.reset();
  }
  if (!capture_ended) {
    if (link.peer != kNone) peers_.at(link.peer).wants_rssi_after = &link;
    scribe_.Tell("link_down",
                 reason ? fmt::format("the link with {} ended: {}", NameOf(link.peer),
                                      hci::FormatReason(*reason))
                        : fmt::format("the link with {} ended", NameOf(link.peer)),
                 at);
  }
}

void LinkTracker::OnEncryption(AdapterState& adapter, const hci::EncryptionEvent& event,
                               bool refresh, Moment at) {
  ++counters_.encryption_changes[event.status];
  LinkState& state = At(adapter, event.handle, at, Transport::kUnknown);
  auto& changes = state.link->encryption;
  if (changes.size() < kChangesMax)
    changes.push_back({at.time, at.packet, event.status, event.enabled, refresh});
  if (event.status == 0 && event.enabled)
    smp_.OnEncrypted(state, at);
  else if (event.status != 0)
    scribe_.Tell("encryption_failed",
                 fmt::format("encrypting the link with {} failed: {}", NameOf(state.link->peer),
                             hci::FormatReason(event.status)),
                 at);
}

void LinkTracker::OnParameters(AdapterState& adapter, const hci::LeConnectionUpdateComplete& event,
                               Moment at) {
  LinkState& state = At(adapter, event.handle, at, Transport::kLe);
  LinkParameters parameters = ParametersOf(event.timing, event.status, at);
  parameters.asked_by_peer = state.parameters_asked_by_peer;
  state.parameters_asked_by_peer = false;
  if (state.link->parameters.size() < kChangesMax) state.link->parameters.push_back(parameters);
}

void LinkTracker::OnReset(AdapterState& adapter, Moment at) {
  for (auto& state : adapter.links)
    if (state != nullptr && state->up) {
      state->link->ended_by_reset = true;
      Close(*state, at, std::nullopt, EndedBy::kPhone, false);
    }
  if (adapter.le_attempt < attempts_.size()) attempts_[adapter.le_attempt].ended = at.time;
  adapter.le_attempt = kNone;
  adapter.classic_attempts.clear();
  adapter.accept_list.clear();
}

void LinkTracker::Finish(AdapterState& adapter, Moment at) {
  for (auto& state : adapter.links)
    if (state != nullptr) Close(*state, at, std::nullopt, EndedBy::kUnknown, true);
  for (Attempt& attempt : attempts_)
    if (attempt.outcome == Attempt::Outcome::kOpen && attempt.ended == attempt.started)
      attempt.ended = at.time, attempt.end_packet = at.packet;
}

std::vector<Link> LinkTracker::TakeLinks() {
  std::vector<Link> links;
  links.reserve(links_.size());
  for (Link& link : links_) links.push_back(std::move(link));
  links_.clear();
  return links;
}

}  // namespace bk::capture
