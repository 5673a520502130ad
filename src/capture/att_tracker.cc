#include "capture/att_tracker.h"

#include <algorithm>
#include <limits>

#include "codec/att/pdu.h"

namespace bk::capture {
namespace {

namespace att = codec::att;
namespace opcode = codec::att::opcode;
using evidence::LossKind;

constexpr std::int64_t kTransactionUs = 30'000'000;  // Vol 3 Part F 3.3.3
// Tables of attributes are kept for this many peers; more only costs names of types.
constexpr std::size_t kTablesMax = 1024;
constexpr std::size_t kServicesMax = 64;
constexpr std::size_t kErrorKindsMax = 64;
constexpr std::size_t kTimeoutsMax = 256;
constexpr std::size_t kNameBytesMax = 248;
constexpr std::uint16_t kMtuMin = 23;
constexpr std::uint8_t kManyNotifications = 0x23;  // Vol 3 Part F 3.4.7.4

std::uint8_t U8At(Bytes bytes, std::size_t at) { return std::to_integer<std::uint8_t>(bytes[at]); }
std::uint16_t Le16At(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(U8At(bytes, at) | U8At(bytes, at + 1) << 8);
}

bool IsDiscovery(std::uint8_t request) {
  return request == opcode::kFindInformationRequest || request == opcode::kFindByTypeValueRequest ||
         request == opcode::kReadByTypeRequest || request == opcode::kReadByGroupTypeRequest;
}

// A foreign clock may stand anywhere: without overflow.
void WaitFor(LinkState& state, Moment asked) {
  constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
  const std::int64_t us = asked.time.us;
  state.no_timeout_before_us = std::min(
      state.no_timeout_before_us, us > kNever - kTransactionUs ? kNever : us + kTransactionUs);
}

void CountError(Link& link, const att::ErrorResponse& error, Moment at) {
  const auto known = std::ranges::find(link.att_errors, error.code, &AttErrorCount::code);
  if (known != link.att_errors.end()) {
    ++known->count;
  } else if (link.att_errors.size() < kErrorKindsMax) {
    link.att_errors.push_back({error.code, 1, at.packet, error.request_opcode, error.handle});
  }
}

}  // namespace

att::AttributeTable* AttTracker::TableOf(LinkState& state, bool make) {
  auto& table =
      state.link->peer == kNone ? state.own_attributes : peers_.at(state.link->peer).attributes;
  if (table == nullptr && make && tables_ < kTablesMax) {
    table = std::make_unique<att::AttributeTable>();
    ++tables_;
  }
  return table.get();
}

att::Uuid AttTracker::TypeOf(LinkState& state, std::uint16_t handle) {
  if (handle == 0) return {};
  if (handle != state.cached_handle) {
    const att::AttributeTable* table = TableOf(state, false);
    state.cached_type = table == nullptr ? att::Uuid{} : table->Find(handle);
    state.cached_handle = handle;
  }
  return state.cached_type;
}

void AttTracker::OnPdu(LinkState& state, Moment at, bool from_phone, Bytes pdu,
                       std::uint32_t missing) {
  Link& link = *state.link;
  if (missing != 0) ++link.pdus_cut;
  if (pdu.empty()) {
    if (missing == 0) scribe_.Lose(LossKind::kCorrupt, "ATT packets without any content", at);
    return;
  }
  const std::uint8_t op = U8At(pdu, 0);
  const att::PduInfo& info = att::FindPdu(op);
  ++counters_.att_total;
  ++counters_.att_opcodes[op];
  ++link.att_pdus;
  if (info.name.empty()) {
    scribe_.Lose(LossKind::kNotUnderstood, "ATT packets of an unassigned kind", at);
    return;
  }
  if (pdu.size() < info.size_min) {
    if (missing == 0)
      scribe_.Lose(LossKind::kCorrupt, "ATT packets shorter than their kind allows", at);
    if (op == opcode::kErrorResponse || !info.has_handle || pdu.size() < 3) return;
  }
  CheckTimeouts(state, at);

  AttPdu out;
  out.time = at.time;
  out.packet = at.packet;
  out.from_phone = from_phone;
  out.opcode = op;
  out.cut = missing != 0;
  out.missing = missing;
  if (info.has_handle) out.handle = Le16At(pdu, 1);
  const std::size_t value_at = info.value_at == 0 ? 1 : info.value_at;
  out.value = pdu.size() > value_at ? pdu.subspan(value_at) : Bytes{};

  const std::size_t side = from_phone ? kOut : kIn;
  switch (info.role) {
    case att::PduRole::kRequest: {
      ++link.att_requests;
      PendingRequest& asked = state.request[side];
      asked = {op, false, out.handle, at, {}, {}};
      WaitFor(state, at);
      if (op == opcode::kMtuRequest) {
        state.asked_mtu = Le16At(pdu, 1);
      } else if (IsDiscovery(op)) {
        const att::DiscoveryRequest request = att::DecodeDiscoveryRequest(pdu);
        asked.type = request.type;
        if (const auto service = att::UuidFromBytes(request.value)) asked.looked_for = *service;
      }
      break;
    }
    case att::PduRole::kResponse:
      if (op == opcode::kErrorResponse)
        Error(state, at, from_phone, pdu, out);
      else
        Answer(state, at, from_phone, pdu, out);
      break;
    case att::PduRole::kIndication:
      state.indication[side] = {op, false, out.handle, at, {}, {}};
      WaitFor(state, at);
      ++link.att_notifications;
      break;
    case att::PduRole::kNotification:
      if (op == kManyNotifications) {
        Apart(state, pdu, out);
        return;
      }
      ++link.att_notifications;
      break;
    case att::PduRole::kConfirmation: {
      PendingRequest& asked = state.indication[1 - side];
      out.handle = asked.handle;
      asked.opcode = 0;
      break;
    }
    case att::PduRole::kCommand:
    case att::PduRole::kUnknown:
      break;
  }
  if (state.observer != nullptr) {
    out.uuid = TypeOf(state, out.handle);
    state.observer->OnAtt(out);
  }
}

// Each value with its handle and length before it; told as notifications of one value.
void AttTracker::Apart(LinkState& state, Bytes pdu, AttPdu out) {
  out.opcode = opcode::kNotification;
  ByteReader reader(pdu);
  reader.Skip(1);
  while (reader.left() >= 4) {
    out.handle = reader.Le16();
    const std::size_t length = reader.Le16();
    out.value = reader.Take(std::min(length, reader.left()));
    ++state.link->att_notifications;
    if (state.observer == nullptr) continue;
    out.uuid = TypeOf(state, out.handle);
    state.observer->OnAtt(out);
  }
}

void AttTracker::Error(LinkState& state, Moment at, bool from_phone, Bytes pdu, AttPdu& out) {
  const att::ErrorResponse error = att::DecodeErrorResponse(pdu);
  ++counters_.att_errors[error.code];
  CountError(*state.link, error, at);
  out.error = error.code;
  out.request_opcode = error.request_opcode;
  out.handle = error.handle;
  PendingRequest& asked = state.request[from_phone ? kIn : kOut];
  if (asked.opcode == error.request_opcode) asked.opcode = 0;
}

void AttTracker::Answer(LinkState& state, Moment at, bool from_phone, Bytes pdu, AttPdu& out) {
  const std::uint8_t op = U8At(pdu, 0);
  out.request_opcode = att::FindPdu(op).answers;
  PendingRequest& asked = state.request[from_phone ? kIn : kOut];
  const bool matches = asked.opcode == out.request_opcode;
  if (matches && out.handle == 0) out.handle = asked.handle;
  if (op == opcode::kMtuResponse) {
    const std::uint16_t answered = Le16At(pdu, 1);
    // Without the request, what the other side can take is the best that is known.
    state.link->mtu = std::max(
        kMtuMin, matches && state.asked_mtu != 0 ? std::min(state.asked_mtu, answered) : answered);
    state.link->mtu_exchanged = true;
  } else if (op == opcode::kReadResponse) {
    if (matches && asked.handle != 0 && TypeOf(state, asked.handle) == att::Uuid16(0x2a00))
      SetName(state, out.value);
  } else if (!from_phone && IsDiscovery(out.request_opcode)) {
    // What the phone tells of its own attributes is not the peer's table.
    Learn(state, at, pdu, matches ? asked : PendingRequest{});
  }
  if (matches) asked.opcode = 0;
}

void AttTracker::Learn(LinkState& state, Moment at, Bytes pdu, const PendingRequest& asked) {
  const auto& stages = state.link->stages;
  if (stages.empty() || stages.back().stage < Stage::kDiscovered)
    state.link->stages.push_back({Stage::kDiscovered, at.time, at.packet});
  if (asked.opcode == opcode::kFindByTypeValueRequest) {
    if (asked.looked_for.known()) AddService(state, asked.looked_for);
    return;
  }
  att::AttributeTable* table = TableOf(state, true);
  if (table == nullptr)
    return scribe_.Lose(LossKind::kTooLarge, "attribute tables beyond the number that is kept", at);
  facts_.services.clear();
  facts_.device_name = {};
  facts_.attributes = 0;
  att::LearnFromResponse(pdu, asked.type, *table, facts_);
  state.cached_handle = 0;
  for (const att::Uuid& service : facts_.services) AddService(state, service);
  if (!facts_.device_name.empty()) SetName(state, facts_.device_name);
}

void AttTracker::AddService(LinkState& state, const att::Uuid& service) {
  auto& services = state.link->services;
  if (services.size() < kServicesMax && std::ranges::find(services, service) == services.end())
    services.push_back(service);
  if (service == att::Uuid16(0xfee0) && state.link->peer != kNone)
    peers_.at(state.link->peer).peer.huami_service = true;
}

void AttTracker::SetName(LinkState& state, Bytes name) {
  std::string_view text = AsText(name).substr(0, kNameBytesMax);
  text = text.substr(0, text.find('\0'));
  if (text.empty()) return;
  state.link->device_name = text;
  if (state.link->peer == kNone) return;
  std::string& known = peers_.at(state.link->peer).peer.name;
  if (known.empty()) known = text;
}

void AttTracker::CheckTimeouts(LinkState& state, Moment at) {
  if (at.time.us < state.no_timeout_before_us) [[likely]]
    return;
  state.no_timeout_before_us = std::numeric_limits<std::int64_t>::max();
  for (auto* pending : {&state.request, &state.indication})
    for (const std::size_t side : {kIn, kOut}) {
      PendingRequest& asked = (*pending)[side];
      if (asked.opcode == 0 || asked.reported) continue;
      if (at.time - asked.at.time < kTransactionUs) {
        WaitFor(state, asked.at);
        continue;
      }
      asked.reported = true;
      if (state.link->att_timeouts.size() >= kTimeoutsMax) continue;
      state.link->att_timeouts.push_back(
          {asked.at.time, asked.at.packet, asked.opcode, asked.handle, side == kOut});
      scribe_.Tell("att_timeout",
                   std::string("no answer for 30 s to ") +
                       (side == kOut ? "the phone's " : "the peer's ") +
                       std::string(att::FindPdu(asked.opcode).name),
                   asked.at);
    }
}

void AttTracker::OnLinkEnd(LinkState& state, Moment at) {
  CheckTimeouts(state, at);
  state.request = {};
  state.indication = {};
}

}  // namespace bk::capture
