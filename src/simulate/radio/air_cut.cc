// Cuts: where exactly a link dies.
#include <algorithm>

#include "codec/att/pdu.h"
#include "simulate/radio/air.h"

namespace bk::simulate::radio {
namespace {

namespace op = codec::att::opcode;

// Bytes of values that this PDU moves: of notifications to the host, of writes to the band.
std::size_t ValueBytes(Direction direction, const Sdu& sdu) {
  if (sdu.control || sdu.bytes.size() < 3) return 0;
  const auto opcode = std::to_integer<std::uint8_t>(sdu.bytes[0]);
  const bool moves = direction == Direction::kToHost
                         ? opcode == op::kNotification
                         : opcode == op::kWriteRequest || opcode == op::kWriteCommand;
  return moves ? sdu.bytes.size() - 3 : 0;
}

}  // namespace

bool Air::CutsBefore(Link& link, Direction direction, const Sdu& sdu) {
  if (sdu.control) return false;
  const auto side = static_cast<std::size_t>(direction);
  const std::size_t bytes = ValueBytes(direction, sdu);
  bool cut_before = false;
  for (std::size_t i = 0; i < options_.cuts.size(); ++i) {
    const Cut& cut = options_.cuts[i];
    if (cut_done_[i] || (cut.direction && *cut.direction != direction)) continue;
    const std::uint64_t pdus = cut.direction ? pdus_[side] : pdus_[0] + pdus_[1];
    const std::uint64_t values =
        cut.direction ? value_bytes_[side] : value_bytes_[0] + value_bytes_[1];
    const bool before = (cut.when == Cut::When::kAttPdu && cut.count <= pdus) ||
                        (cut.when == Cut::When::kValueByte && cut.count <= values + bytes);
    if (!before) continue;
    cut_done_[i] = true;
    cut_before = true;
    Carry(cut, link);
  }
  if (cut_before) return true;
  ++pdus_[side];
  value_bytes_[side] += bytes;
  if (hosts_[link.host] != nullptr) {
    DirectionCounters& counters = hosts_[link.host]->MutableCounters().Of(direction);
    ++counters.att_pdus;
    counters.value_bytes += bytes;
  }
  return false;
}

void Air::CutsAfter(Link& link) {
  for (std::size_t i = 0; i < options_.cuts.size(); ++i) {
    const Cut& cut = options_.cuts[i];
    if (cut_done_[i] || cut.when != Cut::When::kAttPdu) continue;
    const std::uint64_t pdus =
        cut.direction ? pdus_[static_cast<std::size_t>(*cut.direction)] : pdus_[0] + pdus_[1];
    if (pdus < cut.count) continue;
    cut_done_[i] = true;
    Carry(cut, link);
  }
}

void Air::Carry(const Cut& cut, Link& link) {
  switch (cut.how) {
    case Cut::How::kSilence:
      link.silent = true;
      dead_until_ = std::max(dead_until_, now_ + cut.outage);
      return;
    case Cut::How::kBandLeaves:
      EndBand(link, kLocalTerminated);
      EndHost(link, kRemoteTerminated);
      return;
    case Cut::How::kHostLeaves:
      EndBand(link, kRemoteTerminated);
      EndHost(link, kLocalTerminated);
      return;
    case Cut::How::kAdapterVanishes:
      if (hosts_[link.host] != nullptr) hosts_[link.host]->AdapterVanishes(now_ + cut.outage);
      return;
  }
}

}  // namespace bk::simulate::radio
