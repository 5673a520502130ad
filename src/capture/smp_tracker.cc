#include "capture/smp_tracker.h"

#include <algorithm>

#include "codec/smp/pdu.h"

namespace bk::capture {
namespace {

namespace smp = codec::smp;
namespace opcode = codec::smp::opcode;
using evidence::LossKind;

constexpr std::size_t kPairingsMax = 256;
constexpr std::uint8_t kBonding = 1, kSecureConnections = 2;

}  // namespace

Pairing& SmpTracker::Open(LinkState& state, Moment at) {
  auto& pairings = state.link->pairings;
  if (state.pairing_open) return pairings.back();
  if (pairings.size() >= kPairingsMax) {
    scribe_.Lose(LossKind::kTooLarge, "pairings of one link beyond the number that is kept", at);
    pairings.pop_back();
  }
  Pairing& pairing = pairings.emplace_back();
  pairing.started = pairing.ended = at.time;
  pairing.packet = pairing.end_packet = at.packet;
  pairing.asked_by_peer = state.security_asked;
  state.security_asked = false;
  state.pairing_open = true;
  state.pairing_auth = {};
  return pairing;
}

void SmpTracker::Features(LinkState& state, Pairing& pairing, bool from_phone, Bytes pdu) {
  const auto features = smp::DecodePairingFeatures(pdu);
  if (!features) return;
  state.pairing_auth[from_phone ? kOut : kIn] = static_cast<std::uint8_t>(
      (features->bonding ? kBonding : 0) | (features->secure_connections ? kSecureConnections : 0));
  const unsigned both = state.pairing_auth[kIn] & state.pairing_auth[kOut];
  pairing.bonding = (both & kBonding) != 0;
  pairing.secure_connections = (both & kSecureConnections) != 0;
  pairing.key_size =
      pairing.key_size == 0 ? features->key_size : std::min(pairing.key_size, features->key_size);
}

void SmpTracker::OnPdu(LinkState& state, Moment at, bool from_phone, Bytes pdu,
                       std::uint32_t missing) {
  if (pdu.empty()) return;
  const auto op = std::to_integer<std::uint8_t>(pdu[0]);
  ++counters_.smp_total;
  ++counters_.smp_opcodes[op];
  const smp::PduInfo& info = smp::FindPdu(op);
  if (info.name.empty())
    return scribe_.Lose(LossKind::kNotUnderstood, "pairing packets of an unassigned kind", at);
  if (pdu.size() < info.size) {
    if (missing == 0)
      scribe_.Lose(LossKind::kCorrupt, "pairing packets shorter than their kind allows", at);
    if (op == opcode::kPairingFailed) return;
  }
  if (op == opcode::kSecurityRequest) {
    ++state.link->security_requests;
    state.security_asked = true;
    scribe_.Tell("security_request", "the peer asked for an encrypted link", at);
    return;
  }
  if (op == opcode::kPairingRequest) state.pairing_open = false;
  Pairing& pairing = Open(state, at);
  pairing.end_packet = at.packet;
  pairing.ended = at.time;
  if (op == opcode::kPairingRequest || op == opcode::kPairingResponse) {
    Features(state, pairing, from_phone, pdu);
  } else if (info.distributes_key) {
    ++(from_phone ? pairing.keys_sent : pairing.keys_received);
    // Keys travel over the encrypted link only, so encryption succeeded even if its event is
    // missing.
    pairing.outcome = Pairing::Outcome::kSucceeded;
  } else if (op == opcode::kPairingFailed) {
    const auto reason = std::to_integer<std::uint8_t>(pdu[1]);
    ++counters_.smp_failures[reason];
    pairing.outcome = Pairing::Outcome::kFailed;
    pairing.reason = reason;
    pairing.failed_by_phone = from_phone;
    state.pairing_open = false;
    scribe_.Tell("pairing_failed",
                 std::string(from_phone ? "the phone" : "the peer") +
                     " ended the pairing: " + smp::FormatReason(reason),
                 at);
  }
}

void SmpTracker::OnEncrypted(LinkState& state, Moment at) {
  if (!state.pairing_open) return;
  Pairing& pairing = state.link->pairings.back();
  if (pairing.outcome == Pairing::Outcome::kOpen) {
    pairing.outcome = Pairing::Outcome::kSucceeded;
    scribe_.Tell("pairing_succeeded", "the pairing succeeded: the link is encrypted with its key",
                 at);
  }
  pairing.end_packet = at.packet;
  pairing.ended = at.time;
}

}  // namespace bk::capture
