// What the air, a computer's radio and a band's radio are like, and what goes wrong. Plain data: a
// world is its options and its seed.
//
// Where the defaults come from: C5 = the arithmetic and the tables of Android's and Linux's sources
// (LineageOS le_impl.h, kernel hci_core.c); "band" = values that a Mi Smart Band 4 states of itself
// (its two characteristics 2A04). What nobody has measured on a band is said to be a guess.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ports/band_radio.h"

namespace bk::simulate::radio {

using ports::RadioTime;
inline constexpr RadioTime Millis(std::int64_t ms) { return RadioTime{ms * 1000}; }
inline constexpr RadioTime Seconds(std::int64_t s) { return RadioTime{s * 1'000'000}; }

// HCI reasons that the simulated radio itself gives (Core, vol. 1 part F).
inline constexpr std::uint8_t kConnectionTimeout = 0x08;
inline constexpr std::uint8_t kRemoteTerminated = 0x13;
inline constexpr std::uint8_t kLocalTerminated = 0x16;
inline constexpr std::uint8_t kFailedToEstablish = 0x3e;

enum class Direction : std::uint8_t { kToBand, kToHost };

// How a link is run. The central decides.
struct LinkOptions {
  RadioTime interval{48'750};          // band
  RadioTime supervision = Seconds(5);  // band; the kernel's own default is 420 ms (C5)
  // Data packets per connection event and direction; 0: as many as the interval has room for. Four
  // is a common limit of phones (C5).
  unsigned packets_per_event = 4;
  bool data_length_extension = false;  // guess: never seen on this band
};

// The receiver listens `window` of every `interval`, on the three channels in turn.
struct ScanTiming {
  RadioTime window, interval;
};
inline constexpr ScanTiming kFullDuty{Millis(60), Millis(60)};
inline constexpr ScanTiming kHalfDuty{Millis(30), Millis(60)};

// A search runs for `on`, and again after `pause`.
struct ScanRests {
  RadioTime on, pause;
};

// What the stack above the link layer does to notifications, with these probabilities each. A
// swapped one comes after its successor, or alone after `held`.
struct HostFaults {
  double lost = 0, doubled = 0, swapped = 0;
  RadioTime held = Millis(200);
};

// The adapter itself is gone (or off, blocked ...) for a while; a link it had dies in silence.
struct AdapterFault {
  RadioTime from, until;
  ports::AdapterState state = ports::AdapterState::kAbsent;
  std::string sentence = "the Bluetooth adapter is gone (simulated)";
};

struct CentralOptions {
  ScanTiming scan = kFullDuty;          // while ScanOrder is on (BlueZ discovers with 60/60)
  std::optional<ScanRests> scan_rests;  // nullopt: it never rests
  ScanTiming connect = kFullDuty;       // while it waits to connect (C5)
  // Linux first scans passively and connects at the next advertisement; nullopt: connects at the
  // first.
  std::optional<ScanTiming> accept_scan;
  // An attempt ends after this long with "no answer"; nullopt: the port's word, it tries on.
  std::optional<RadioTime> connect_gives_up;
  LinkOptions link;
  // Asked for as soon as the link is up, as BlueZ does (517); nullopt: stays at 23.
  std::optional<std::uint16_t> mtu = 517;
  bool mtu_always = false;    // also where the order wants short packets: BlueZ's one for all links
  unsigned command_room = 8;  // packets that the controller takes in advance
  RadioTime att_timeout = Seconds(30);  // Core, vol. 3 part F 3.3.3: then the link is useless
  int rssi = -60;                       // dBm, +-4
  HostFaults host;
  std::vector<AdapterFault> adapter;  // apart from each other, in order of time
};
// Linux as it is out of the box: two advertisements to connect, a short supervision time-out. A
// search listens 11.25 ms of every 11.25 (DISCOV_LE_SCAN_WIN) for 10.24 s (DISCOV_LE_TIMEOUT), and
// bluetoothd begins another 5 s later (IDLE_DISCOV_TIMEOUT). While it runs, the kernel does not
// listen besides for devices that are to be connected, but connects those that the search hears.
inline CentralOptions KernelDefaults() {
  CentralOptions options;
  options.scan = {RadioTime{11'250}, RadioTime{11'250}};
  options.scan_rests = ScanRests{Millis(10'240), Seconds(5)};
  options.accept_scan = kHalfDuty;
  options.link.interval = Millis(40);
  options.link.supervision = Millis(420);
  return options;
}

struct PeripheralOptions {
  RadioTime advertising_interval = Millis(1022);  // guess (peers.md C5); the band's is not known
  RadioTime advertising_jitter = Millis(10);      // Core, vol. 6 part B 4.4.2.2
  RadioTime answer_after = Millis(3);  // a request's answer is ready; guess: it misses its event
  unsigned buffers = 8;                // packets that its link layer takes in advance
};

// A link that dies at an exact place. Counts run over all links of the air, so that "the 700th
// byte" is a place in a whole session with its reconnects.
struct Cut {
  enum class When : std::uint8_t {
    kTime,
    kConnectionEvent,  // nothing of event `count` (from 1) arrives
    kAttPdu,           // the `count`th arrives, nothing after it
    kValueByte,        // of notifications or of written values: the PDU with byte `count` (from 1)
                       // is the first that does not arrive
  };
  enum class How : std::uint8_t {
    kSilence,         // both sides run into their supervision time-outs
    kBandLeaves,      // 0x13
    kHostLeaves,      // 0x16: the computer's stack closes the link by itself
    kAdapterVanishes  // and comes back after `outage`
  };
  When when = When::kTime;
  How how = How::kSilence;
  RadioTime at{};                      // of kTime
  std::uint64_t count = 0;             // of the others
  std::optional<Direction> direction;  // of kAttPdu and kValueByte; nullopt: both together
  RadioTime outage{};  // kSilence: so long nothing at all passes, advertisements included
};

// Out of reach.
struct Silence {
  RadioTime from, until;
};

// Another device that takes the band at its first advertisement in this time and keeps it until
// the end of it.
struct Holder {
  std::size_t band = 0;  // in the order in which they were put on the air
  RadioTime from, until;
  std::uint8_t reason = kRemoteTerminated;  // what the band sees at the end; 08: the holder died
};

struct AirOptions {
  std::uint64_t seed = 1;
  double loss = 0;           // of every packet, either way, advertisements included
  double setup_failure = 0;  // the band does not hear the request to connect (0x3e)
  std::vector<Cut> cuts;     // each cuts once
  std::vector<Silence> silences;
  std::vector<Holder> holders;
  RadioTime end = Seconds(400LL * 24 * 3600);  // a wait for ever ends here
};

}  // namespace bk::simulate::radio
