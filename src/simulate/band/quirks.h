// What differs between firmwares or is not known of any (quirks), and what goes wrong (faults).
// Each with why it is here. Plain data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "codec/miband/auth.h"
#include "codec/miband/update.h"
#include "ports/band_radio.h"

namespace bk::simulate::band {

using ports::RadioTime;

struct Quirks {
  // A protected write or read on a link that has not authenticated. Nobody has seen it on this
  // band; silence fits that its control points are write commands and what the Mi Band 2 does.
  enum class Unauthenticated : std::uint8_t { kSilence, kAttError, kDisconnect };
  Unauthenticated unauthenticated = Unauthenticated::kSilence;

  // `01 00` is answered by "needs a signature", bound or not: so the official app saw it with
  // firmware of 2026 at every connection. Off: a bound band answers 04.
  bool asks_signature_when_bound = true;
  // `01 00` and a key of the host's own choice, then a tap: Mi Band 2 and 3, and early firmware.
  bool binds_with_host_key = false;

  // Whether an acknowledged round is gone. Not known of this band; the harsher is the default,
  // because a companion that survives it survives the other.
  bool acknowledge_deletes = true;
  // A new start while data flows: begins anew, or is not heard. Not known.
  bool start_while_streaming_restarts = true;
  // A round brings at most this many minutes; 0: all that follow each other. Clients are built for
  // bands that send only part.
  std::uint32_t round_minutes = 0;
  // Samples in a data packet. Four (17 bytes) is what every log shows, at MTU 247 too; 0: as many
  // as the MTU takes, which nobody has seen.
  unsigned samples_per_packet = 4;
  bool long_replies = false;  // 16-byte start, 7-byte end with CRC-32: later models
  // A restart by command wipes what was not fetched: bands of the first generation.
  bool restart_wipes_minutes = false;

  bool mtu_events = true;               // event 16; slow sessions in logs show none
  bool long_init_reply = true;          // 11 bytes to the first step of an update, else 3
  bool verified_survives_link = false;  // a verified image waits for its activation
  std::uint8_t update_percent_min = 0;  // below, step 1 is refused with 22 (a code of relatives)

  RadioTime heart_keep_alive{std::chrono::seconds(15)};  // "somewhere above 12 s"
  RadioTime prompt{std::chrono::seconds(30)};            // for the tap; not known
  RadioTime restart{std::chrono::seconds(8)};            // off the air; not known
  RadioTime install{std::chrono::seconds(40)};           // of a firmware; "tens of seconds"
  // "Notification ready" after a request. Logs have 40-60 ms from write to notification for
  // authentication and 80-100 ms for the rest, of which two connection events are the link's.
  RadioTime reply{std::chrono::milliseconds(20)};
  double clock_ppm = 20;  // the band's clock runs this much fast; a crystal's usual bound
};

struct Faults {
  // --- authentication
  std::optional<std::uint8_t> proof_status;  // whatever the proof: 08, 04 ...
  bool deaf_to_challenge = false;            // no answer to 82
  bool drops_after_challenge = false;        // hangs up in the middle
  bool signature_refused = false;            // binding: no `10 83 01`
  // --- time
  bool forgets_zone = false;  // 2A2B reads zone 80 whatever was written
  // --- fetch
  unsigned busy_starts = 0;   // so many starts are answered `10 01 02`
  bool always_empty = false;  // 0 records
  bool refuses_go = false;    // `10 02 04`
  std::optional<std::uint32_t>
      skips_packet;  // of each round: its counter is left out with its data
  std::optional<std::uint32_t> stalls_after;  // packets of a round, then nothing more
  bool ends_without_word = false;             // no `10 02 01`
  // --- settings
  std::optional<std::uint8_t> setting_status;  // 05, 06
  // --- update: status instead of success; stalls and hangs up after so many data packets
  std::map<codec::miband::UpdateOp, std::uint8_t> update_status;
  std::optional<std::uint32_t> update_hangs_after;
  bool update_loses_packet = false;     // one data packet goes missing inside the band
  bool update_keeps_old = false;        // acknowledges the activation, restarts, runs the old image
  bool update_ignores_restart = false;  // acknowledges the activation and goes on as it was
  // --- link: values of more than 20 bytes, which only an MTU above 23 carries
  bool long_packets_lost = false;  // do not arrive, either way
  bool long_packets_cut = false;   // one from the host ends the link
};

// The faults by name, for `simulate band` and for tests that try each.
struct NamedFault {
  std::string_view name;
  std::string_view why;
  void (*apply)(Faults&, Quirks&);
};
const std::vector<NamedFault>& NamedFaults();
const NamedFault* FindFault(std::string_view name);

// Firmwares whose behaviour is documented somewhere.
struct FirmwareKind {
  std::string_view version;  // without the V
  std::string_view hardware;
  std::string_view why;
  Quirks quirks;
};
const std::vector<FirmwareKind>& Firmwares();

}  // namespace bk::simulate::band
