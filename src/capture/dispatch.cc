#include "capture/dispatch.h"

#include <algorithm>
#include <limits>

#include "capture/link_apart.h"
#include "codec/hci/codes.h"
#include "codec/hci/tables.h"
#include "codec/l2cap/signalling.h"

namespace bk::capture {
namespace {

namespace hci = codec::hci;
namespace l2cap = codec::l2cap;
using codec::snoop::Packet;
using codec::snoop::PacketKind;
using evidence::LossKind;

// A capture of BlueZ's monitor may name any adapter; nobody has more than a few.
constexpr std::size_t kAdaptersMax = 16;
// Stamps are foreign: beyond the years 1684 to 2255 they mean nothing, and differences of them and
// sums of differences must not overflow.
constexpr std::int64_t kTimeUsMax = std::int64_t{1} << 53;
// Steps of the clock: the same bounds as the readers of containers use.
constexpr std::int64_t kBackUs = 1'000'000, kForwardUs = 86'400'000'000;
constexpr std::uint16_t kAttService = 0x001f;  // PSM of ATT on classic links

std::uint16_t Le16At(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(bytes[at]) |
                                    std::to_integer<unsigned>(bytes[at + 1]) << 8);
}

}  // namespace

Dispatch::Dispatch(AnalyserOptions options)
    : scribe_(std::move(options.file), std::move(options.member)),
      att_(counters_, peers_, scribe_),
      smp_(counters_, scribe_),
      scans_(counters_, peers_, scribe_),
      links_(counters_, peers_, scribe_, att_, smp_, options.observers) {}

AdapterState& Dispatch::AdapterOf(std::uint16_t number) {
  if (recent_ != nullptr && recent_->id == number) [[likely]]
    return *recent_;
  for (auto& adapter : adapters_)
    if (adapter->id == number) return *(recent_ = adapter.get());
  if (adapters_.size() >= kAdaptersMax) {
    scribe_.Lose(LossKind::kTooLarge, "packets of more Bluetooth adapters than are followed",
                 {last_, last_packet_});
    return *adapters_.back();
  }
  adapters_.push_back(std::make_unique<AdapterState>(number));
  return *(recent_ = adapters_.back().get());
}

void Dispatch::NewClock(Moment) { ++clock_epoch_; }

void Dispatch::OnPacket(const Packet& packet) {
  const Moment at{{std::clamp(packet.time.us, -kTimeUsMax, kTimeUsMax)}, packet.number};
  if (counters_.packets++ == 0) {
    first_ = at.time;
  } else if (const std::int64_t step = at.time - last_; step < -kBackUs || step > kForwardUs)
      [[unlikely]] {
    NewClock(at);
  }
  last_ = at.time;
  last_packet_ = packet.number;
  switch (packet.kind) {
    case PacketKind::kAcl:
      ++counters_.acl;
      return OnAcl(AdapterOf(packet.adapter), packet, at);
    case PacketKind::kEvent:
      ++counters_.events;
      return OnEvent(AdapterOf(packet.adapter), packet, at);
    case PacketKind::kCommand:
      ++counters_.commands;
      return OnCommand(AdapterOf(packet.adapter), packet, at);
    case PacketKind::kSco:
      ++counters_.sco;
      return;
    case PacketKind::kIso:
      ++counters_.iso;
      return;
    case PacketKind::kOther:
      ++counters_.other;
      return;
  }
}

void Dispatch::OnGap(bool hole) {
  if (!hole) return;
  for (auto& adapter : adapters_)
    for (auto& state : adapter->links) {
      if (state == nullptr || !state->up) continue;
      if (state->observer != nullptr) state->observer->OnGap(last_, last_packet_ + 1);
    }
}

void Dispatch::OnCommand(AdapterState& adapter, const Packet& packet, Moment at) {
  if (packet.data.size() < 3)
    return scribe_.Lose(packet.cut ? LossKind::kFiltered : LossKind::kTruncated,
                        "commands without their beginning", at);
  const std::uint16_t opcode = Le16At(packet.data, 0);
  reset_at_end_ = opcode == hci::command::kReset ? at.packet : 0;
  Bytes parameters = packet.data.subspan(3);
  const auto length = std::to_integer<std::size_t>(packet.data[2]);
  if (parameters.size() > length) parameters = parameters.first(length);
  const hci::PacketInfo* info = hci::FindCommand(opcode);
  if (info == nullptr) return;  // hundreds of them set up the controller and tell nothing of links
  if (parameters.size() < info->size_min)
    return scribe_.Lose(packet.cut ? LossKind::kFiltered : LossKind::kCorrupt,
                        "commands shorter than their kind allows", at);
  switch (opcode) {
    case hci::command::kCreateConnection:
      if (const auto peer = hci::DecodeClassicPeer(parameters))
        links_.OnClassicCreate(adapter, *peer, at);
      return;
    case hci::command::kDisconnect:
      if (const auto command = hci::DecodeDisconnect(parameters))
        links_.OnDisconnect(adapter, *command, at);
      return;
    case hci::command::kReset:
      ++counters_.resets;
      scans_.OnStop(adapter, at);
      scribe_.Tell("controller_reset", "the phone (re)started its Bluetooth chip", at);
      return links_.OnReset(adapter, at);
    case hci::command::kLeSetScanParameters:
    case hci::command::kLeSetExtendedScanParameters:
      return scans_.OnParameters(adapter, opcode, parameters, at);
    case hci::command::kLeSetScanEnable:
    case hci::command::kLeSetExtendedScanEnable:
      return scans_.OnEnable(adapter, parameters, at);
    case hci::command::kLeCreateConnection:
    case hci::command::kLeExtendedCreateConnection:
    case hci::command::kLeExtendedCreateConnectionV2:
      if (const auto command = hci::DecodeLeCreateConnection(opcode, parameters))
        links_.OnLeCreate(adapter, *command, at);
      return;
    case hci::command::kLeCreateConnectionCancel:
      return links_.OnLeCancel(adapter);
    case hci::command::kLeClearAcceptList:
    case hci::command::kLeAddToAcceptList:
    case hci::command::kLeRemoveFromAcceptList:
      return links_.OnAcceptList(adapter, opcode, parameters);
    case hci::command::kLeEnableEncryption: {
      LinkState& state =
          links_.At(adapter, Le16At(parameters, 0) & hci::kHandleMask, at, Transport::kLe);
      if (state.link->encryption_requests++ == 0) state.link->encryption_request_packet = at.packet;
      return;
    }
    default:
      return;
  }
}

void Dispatch::OnEvent(AdapterState& adapter, const Packet& packet, Moment at) {
  if (packet.data.size() < 2)
    return scribe_.Lose(packet.cut ? LossKind::kFiltered : LossKind::kTruncated,
                        "events without their beginning", at);
  const auto code = std::to_integer<std::uint8_t>(packet.data[0]);
  const auto length = std::to_integer<std::size_t>(packet.data[1]);
  Bytes parameters = packet.data.subspan(2);
  bool cut = packet.cut;
  if (parameters.size() > length) {
    parameters = parameters.first(length);
  } else if (parameters.size() < length && !cut) {
    scribe_.Lose(LossKind::kTruncated, "events shorter than they say", at);
    cut = true;
  }
  const hci::PacketInfo* info = hci::FindEvent(code);
  if (info == nullptr)
    return scribe_.Lose(LossKind::kNotUnderstood, "events of a kind that is not known here", at);
  if (parameters.size() < info->size_min)
    return scribe_.Lose(cut ? LossKind::kFiltered : LossKind::kCorrupt,
                        "events shorter than their kind allows", at);
  switch (code) {
    case hci::event::kLeMeta:
      return OnLeEvent(adapter, parameters, cut, at);
    case hci::event::kNumberOfCompletedPackets:
      return OnCompletedPackets(adapter, parameters, at);
    case hci::event::kCommandComplete:
    case hci::event::kCommandStatus:
      return OnCommandOutcome(adapter, code, parameters, at);
    case hci::event::kConnectionComplete:
      if (const auto event = hci::DecodeConnectionComplete(parameters))
        links_.OnClassicConnected(adapter, *event, at);
      return;
    case hci::event::kDisconnectionComplete:
      if (const auto event = hci::DecodeDisconnectionComplete(parameters))
        links_.OnDisconnected(adapter, *event, at);
      return;
    case hci::event::kRemoteNameRequestComplete:
      if (const auto name = hci::DecodeRemoteName(parameters); name && name->status == 0)
        if (const std::size_t peer = peers_.Find(name->peer, 0xff); peer != kNone)
          if (std::string& known = peers_.at(peer).peer.name; known.empty()) known = name->name;
      return;
    case hci::event::kEncryptionChange:
    case hci::event::kEncryptionChangeV2:
    case hci::event::kEncryptionKeyRefreshComplete:
      if (const auto event = hci::DecodeEncryptionEvent(code, parameters))
        links_.OnEncryption(adapter, *event, code == hci::event::kEncryptionKeyRefreshComplete, at);
      return;
    case hci::event::kHardwareError:
      ++counters_.hardware_errors;
      return scribe_.Tell("hardware_error", "the phone's Bluetooth chip reported a fault", at);
    default:
      return;
  }
}

void Dispatch::OnLeEvent(AdapterState& adapter, Bytes parameters, bool cut, Moment at) {
  const auto subevent = std::to_integer<std::uint8_t>(parameters[0]);
  parameters = parameters.subspan(1);
  const hci::PacketInfo* info = hci::FindLeEvent(subevent);
  if (info == nullptr)
    return scribe_.Lose(LossKind::kNotUnderstood, "LE events of a kind that is not known here", at);
  if (parameters.size() < info->size_min)
    return scribe_.Lose(cut ? LossKind::kFiltered : LossKind::kCorrupt,
                        "LE events shorter than their kind allows", at);
  switch (subevent) {
    case hci::le_event::kAdvertisingReport:
    case hci::le_event::kExtendedAdvertisingReport:
    case hci::le_event::kDirectedAdvertisingReport:
      return scans_.OnReports(adapter, subevent, parameters, cut, at);
    case hci::le_event::kConnectionComplete:
    case hci::le_event::kEnhancedConnectionComplete:
    case hci::le_event::kEnhancedConnectionCompleteV2:
      if (const auto event = hci::DecodeLeConnectionComplete(subevent, parameters))
        links_.OnLeConnected(adapter, *event, at);
      return;
    case hci::le_event::kConnectionUpdateComplete:
      if (const auto event = hci::DecodeLeConnectionUpdateComplete(parameters))
        links_.OnParameters(adapter, *event, at);
      return;
    case hci::le_event::kDataLengthChange:
      if (const auto event = hci::DecodeLeDataLengthChange(parameters)) {
        Link& link = *links_.At(adapter, event->handle, at, Transport::kLe).link;
        link.data_length_tx = event->tx_octets;
        link.data_length_rx = event->rx_octets;
      }
      return;
    case hci::le_event::kPhyUpdateComplete:
      if (const auto event = hci::DecodeLePhyUpdateComplete(parameters);
          event && event->status == 0) {
        Link& link = *links_.At(adapter, event->handle, at, Transport::kLe).link;
        link.phy_tx = event->tx;
        link.phy_rx = event->rx;
      }
      return;
    case hci::le_event::kScanTimeout:
      return scans_.OnStop(adapter, at);
    default:
      return;
  }
}

void Dispatch::OnCommandOutcome(AdapterState& adapter, std::uint8_t code, Bytes parameters,
                                Moment at) {
  const auto outcome = hci::DecodeCommandOutcome(code, parameters);
  if (!outcome) return;
  switch (outcome->opcode) {
    case hci::command::kLeCreateConnection:
    case hci::command::kLeExtendedCreateConnection:
    case hci::command::kLeExtendedCreateConnectionV2:
    case hci::command::kCreateConnection:
      if (outcome->status != 0)
        links_.OnCreateRefused(adapter, outcome->opcode, outcome->status, at);
      return;
    case hci::command::kLeSetScanEnable:
    case hci::command::kLeSetExtendedScanEnable:
      if (outcome->status != 0) scans_.OnEnableRefused(adapter, at);
      return;
    case hci::command::kReadRssi:
      if (outcome->status == 0 && outcome->returned.size() >= 4) {
        ByteReader reader(outcome->returned);
        reader.Skip(1);
        const std::uint16_t handle = reader.Le16() & hci::kHandleMask;
        if (LinkState* state = LinkTracker::Known(adapter, handle); state != nullptr && state->up) {
          const std::int8_t rssi = reader.I8();
          state->rssi.Add(rssi);
          if (rssi < 20) state->link->rssi_last = rssi;
        }
      }
      return;
    default:
      return;
  }
}

// A handle that completes packets is a link, even when the recorder kept none of its data.
void Dispatch::OnCompletedPackets(AdapterState& adapter, Bytes parameters, Moment at) {
  const auto handles = std::to_integer<std::size_t>(parameters[0]);
  for (std::size_t i = 0, offset = 1; i < handles && offset + 4 <= parameters.size();
       ++i, offset += 4) {
    const std::uint16_t handle = Le16At(parameters, offset) & hci::kHandleMask;
    if (Le16At(parameters, offset + 2) == 0) continue;
    if (LinkTracker::Known(adapter, handle) == nullptr)
      links_.At(adapter, handle, at, Transport::kUnknown);
  }
}

void Dispatch::OnAcl(AdapterState& adapter, const Packet& packet, Moment at) {
  if (packet.data.size() < 4)
    return scribe_.Lose(packet.cut ? LossKind::kFiltered : LossKind::kTruncated,
                        "data packets without their beginning", at);
  const std::uint16_t head = Le16At(packet.data, 0);
  const std::uint16_t length = Le16At(packet.data, 2);
  const std::uint16_t handle = head & hci::kHandleMask;
  const bool first = (head >> 12 & 3) != 1;
  if (handle == hci::kQualcommDebugHandle && LinkTracker::Known(adapter, handle) == nullptr) {
    ++counters_.controller_debug;
    return;
  }
  Bytes fragment = packet.data.subspan(4);
  std::uint32_t missing = 0;
  if (fragment.size() > length) [[unlikely]] {
    fragment = fragment.first(length);
    scribe_.Lose(LossKind::kCorrupt, "data packets longer than they say", at);
  } else if (fragment.size() < length) [[unlikely]] {
    missing = static_cast<std::uint32_t>(length - fragment.size());
    if (packet.cut)
      scribe_.Lose(LossKind::kFiltered,
                   "data packets of which the recorder kept only the first bytes", at);
    else
      scribe_.Lose(LossKind::kTruncated, "data packets shorter than they say", at);
  }

  LinkState* of_handle = &links_.At(adapter, handle, at, Transport::kUnknown);
  if (counters_.events == 0 && first &&
      BeginsNewLink(*of_handle, fragment, packet.to_controller, at, clock_epoch_)) {
    of_handle = &links_.Renew(adapter, handle, at);
    BeginsNewLink(*of_handle, fragment, packet.to_controller, at, clock_epoch_);  // its opening
  }
  LinkState& state = *of_handle;
  Link& link = *state.link;
  if (link.packets_in + link.packets_out != 0 && state.clock_epoch == clock_epoch_) {
    const std::int64_t silence = at.time - state.last_packet;
    if (silence > link.longest_silence_us) {
      link.longest_silence_us = silence;
      link.silence_packet = at.packet;
    }
  } else if (state.clock_epoch != clock_epoch_) {
    // Waits that span a step of the clock cannot be measured.
    state.request = {};
    state.indication = {};
    state.no_timeout_before_us = std::numeric_limits<std::int64_t>::max();
    state.clock_epoch = clock_epoch_;
  }
  state.last_packet = at.time;
  if (packet.to_controller) {
    ++link.packets_out;
    link.bytes_out += length;
  } else {
    ++link.packets_in;
    link.bytes_in += length;
  }

  const l2cap::Recombiner::Result result =
      state.recombiner[packet.to_controller ? kOut : kIn].Push(first, fragment, missing);
  if (result.lost() != 0) [[unlikely]] {
    link.pdus_lost += result.lost();
    if (result.lost_unfinished)
      scribe_.Lose(LossKind::kTruncated, "packets that were begun and never finished", at);
    if (result.lost_orphan)
      scribe_.Lose(LossKind::kTruncated, "continuations of packets whose beginning is missing", at);
    if (result.lost_overlong)
      scribe_.Lose(LossKind::kCorrupt, "packets that grew longer than they say", at);
    if (result.lost_headless)
      scribe_.Lose(packet.cut ? LossKind::kFiltered : LossKind::kCorrupt,
                   "packets too short to hold their header", at);
    if (state.observer != nullptr) state.observer->OnGap(at.time, at.packet);
  }
  if (result.complete) OnPdu(state, at, packet.to_controller, result.pdu);
}

void Dispatch::OnPdu(LinkState& state, Moment at, bool from_phone, const l2cap::Pdu& pdu) {
  switch (pdu.channel) {
    case l2cap::channel::kAtt:
      state.link->transport = Transport::kLe;
      return att_.OnPdu(state, at, from_phone, pdu.payload, pdu.missing);
    case l2cap::channel::kSmp:
      state.link->transport = Transport::kLe;
      return smp_.OnPdu(state, at, from_phone, pdu.payload, pdu.missing);
    case l2cap::channel::kClassicSmp:
      state.link->transport = Transport::kClassic;
      return smp_.OnPdu(state, at, from_phone, pdu.payload, pdu.missing);
    case l2cap::channel::kLeSignalling:
      state.link->transport = Transport::kLe;
      return OnSignals(state, at, from_phone, pdu);
    case l2cap::channel::kSignalling:
      state.link->transport = Transport::kClassic;
      return OnSignals(state, at, from_phone, pdu);
    default:
      ++counters_.classic_l2cap;
      if (pdu.channel == state.att_channel[from_phone ? kOut : kIn])
        att_.OnPdu(state, at, from_phone, pdu.payload, pdu.missing);
      return;
  }
}

void Dispatch::OnSignals(LinkState& state, Moment at, bool from_phone, const l2cap::Pdu& pdu) {
  const std::size_t side = from_phone ? kOut : kIn;
  l2cap::SignalReader reader(pdu.payload);
  l2cap::SignalCommand command;
  while (reader.Next(command)) {
    switch (command.code) {
      case l2cap::signal::kParameterUpdateRequest:
        ++state.link->parameter_requests;
        state.parameters_asked_by_peer = !from_phone;
        break;
      case l2cap::signal::kParameterUpdateResponse:
        if (Le16At(command.data, 0) != 0) {
          ++state.link->parameter_requests_refused;
          state.parameters_asked_by_peer = false;
        }
        break;
      case l2cap::signal::kConnectionRequest:
        if (const auto request = l2cap::DecodeChannelRequest(command.data);
            request && request->psm == kAttService) {
          state.asked_channel = request->source;
          state.asked_channel_by = side;
        }
        break;
      case l2cap::signal::kConnectionResponse:
        if (const auto response = l2cap::DecodeChannelResponse(command.data);
            response && response->result == 0 && response->source == state.asked_channel &&
            state.asked_channel != 0 && side != state.asked_channel_by) {
          // PDUs carry the channel number of the side that receives them.
          state.att_channel[state.asked_channel_by] = response->destination;
          state.att_channel[side] = response->source;
        }
        break;
      default:
        break;
    }
  }
  if (reader.damaged())
    scribe_.Lose(pdu.missing != 0 ? LossKind::kFiltered : LossKind::kNotUnderstood,
                 "signalling commands that are cut or not known here", at);
}

Story Dispatch::Finish() {
  const Moment end{last_, last_packet_};
  for (auto& adapter : adapters_) {
    scans_.Finish(*adapter, end);
    links_.Finish(*adapter, end);
  }
  Story story;
  story.counters = counters_;
  if (counters_.packets != 0) {
    story.first = first_;
    story.last = last_;
  }
  story.links = links_.TakeLinks();
  story.attempts = links_.TakeAttempts();
  story.scans = scans_.TakeScans();
  story.reset_at_end = reset_at_end_;
  story.heard = scans_.TakeHeard();
  story.peers = peers_.Take();
  story.events = scribe_.TakeEvents();
  story.losses = scribe_.TakeLosses();
  story.file = scribe_.file();
  story.member = scribe_.member();
  return story;
}

}  // namespace bk::capture
