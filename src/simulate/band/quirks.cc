#include "simulate/band/quirks.h"

#include <algorithm>

namespace bk::simulate::band {

using codec::miband::UpdateOp;

const std::vector<NamedFault>& NamedFaults() {
  static const std::vector<NamedFault> faults = {
      {"wrong_key", "the proof is answered 08, as by a band that another app has bound",
       [](Faults& f, Quirks&) { f.proof_status = 0x08; }},
      {"wrong_key_old", "04 for a wrong key, as Mi Band 2 and 3",
       [](Faults& f, Quirks&) { f.proof_status = 0x04; }},
      {"key_void", "07, seen after the official app had unbound the band",
       [](Faults& f, Quirks&) { f.proof_status = 0x07; }},
      {"takes_host_key",
       "binds with a key of the host's own after a tap, as Mi Band 2 and 3; no Mi Band 4 was seen "
       "so",
       [](Faults&, Quirks& q) { q.binds_with_host_key = true; }},
      {"deaf", "no answer to the challenge: firmware hung",
       [](Faults& f, Quirks&) { f.deaf_to_challenge = true; }},
      {"drops", "hangs up between challenge and proof",
       [](Faults& f, Quirks&) { f.drops_after_challenge = true; }},
      {"hangs_up_unauthenticated", "Mi Band 2 ends a link that does not authenticate",
       [](Faults&, Quirks& q) { q.unauthenticated = Quirks::Unauthenticated::kDisconnect; }},
      {"att_error_unauthenticated", "a server may answer 05 instead of silence",
       [](Faults&, Quirks& q) { q.unauthenticated = Quirks::Unauthenticated::kAttError; }},
      {"no_zone", "2A2B keeps zone 80, as before any host has set it",
       [](Faults& f, Quirks&) { f.forgets_zone = true; }},
      {"busy", "three starts are answered 10 01 02", [](Faults& f, Quirks&) { f.busy_starts = 3; }},
      {"empty", "10 01 01 with length 0 whatever is stored",
       [](Faults& f, Quirks&) { f.always_empty = true; }},
      {"refuses_go", "10 02 04", [](Faults& f, Quirks&) { f.refuses_go = true; }},
      {"gap", "a data packet and its counter are left out in every round",
       [](Faults& f, Quirks&) { f.skips_packet = 2; }},
      {"stall", "the data stops in the middle, the link stays",
       [](Faults& f, Quirks&) { f.stalls_after = 5; }},
      {"no_end", "the data ends without 10 02 01",
       [](Faults& f, Quirks&) { f.ends_without_word = true; }},
      {"partial", "rounds of 100 minutes", [](Faults&, Quirks& q) { q.round_minutes = 100; }},
      {"long_replies", "16- and 7-byte replies of later models",
       [](Faults&, Quirks& q) { q.long_replies = true; }},
      {"long_packets", "data packets as long as the MTU, which nobody has seen",
       [](Faults&, Quirks& q) { q.samples_per_packet = 0; }},
      {"keeps", "an acknowledgement deletes nothing",
       [](Faults&, Quirks& q) { q.acknowledge_deletes = false; }},
      {"ignores_restart", "a new start while data flows is not heard",
       [](Faults&, Quirks& q) { q.start_while_streaming_restarts = false; }},
      {"settings_unsupported", "05 to every setting",
       [](Faults& f, Quirks&) { f.setting_status = 0x05; }},
      {"settings_bad", "06 to every setting", [](Faults& f, Quirks&) { f.setting_status = 0x06; }},
      {"no_mtu_event", "no event 16", [](Faults&, Quirks& q) { q.mtu_events = false; }},
      {"short_init", "a 3-byte reply to an update's first step",
       [](Faults&, Quirks& q) { q.long_init_reply = false; }},
      {"update_refused", "status 47 to an update's first step: no space",
       [](Faults& f, Quirks&) { f.update_status[UpdateOp::kInit] = 0x47; }},
      {"update_low_battery", "status 22 to an update's first step",
       [](Faults& f, Quirks&) { f.update_status[UpdateOp::kInit] = 0x22; }},
      {"update_data_bad", "a failure after the data",
       [](Faults& f, Quirks&) { f.update_status[UpdateOp::kStartData] = 0x02; }},
      {"update_verify_bad", "a failure of the check",
       [](Faults& f, Quirks&) { f.update_status[UpdateOp::kVerify] = 0x02; }},
      {"update_hangs", "hangs up in the middle of the data",
       [](Faults& f, Quirks&) { f.update_hangs_after = 50; }},
      {"update_keeps_old",
       "acknowledges the restart with the new image, restarts, and runs the old one: a boot loader "
       "that does not like its signature",
       [](Faults& f, Quirks&) { f.update_keeps_old = true; }},
      {"update_ignores_restart", "acknowledges the restart with the new image and does not restart",
       [](Faults& f, Quirks&) { f.update_ignores_restart = true; }},
      {"long_packets_lost",
       "what needs an MTU above 23 does not arrive, as on some phones (Gadgetbridge's issue 1766)",
       [](Faults& f, Quirks&) { f.long_packets_lost = true; }},
      {"long_packets_cut", "the first packet that needs an MTU above 23 ends the link",
       [](Faults& f, Quirks&) { f.long_packets_cut = true; }},
      {"update_loses_packet", "one data packet is dropped inside the band: flash was busy",
       [](Faults& f, Quirks&) { f.update_loses_packet = true; }},
  };
  return faults;
}

const NamedFault* FindFault(std::string_view name) {
  const auto at = std::ranges::find(NamedFaults(), name, &NamedFault::name);
  return at == NamedFaults().end() ? nullptr : &*at;
}

const std::vector<FirmwareKind>& Firmwares() {
  static const std::vector<FirmwareKind> kinds = [] {
    std::vector<FirmwareKind> out;
    Quirks early;
    early.asks_signature_when_bound = false;
    out.push_back({"1.0.5.66", "0.25.18.5", "as shipped in 2019: logs of clients", early});
    Quirks middle;
    out.push_back({"1.0.9.66", "0.25.19.5", "wrong key is 08 in a client's log", middle});
    out.push_back({"1.0.9.70", "0.25.131.5",
                   "two logs of 2026 and a capture of the official app: 01 00 is answered 81 when "
                   "bound, lengths are records",
                   Quirks{}});
    return out;
  }();
  return kinds;
}

}  // namespace bk::simulate::band
