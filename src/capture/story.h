// What a capture tells: counters, every peer that was heard, every attempt, the story of each link.
//
// A Story is plain data. Every index is into the vector that its name says; kNone means none. Frame
// numbers are Wireshark's. Texts hold addresses only in standard form; no key is ever stored.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/instant.h"
#include "capture/att_observer.h"
#include "capture/stage.h"
#include "codec/att/uuid.h"
#include "evidence/evidence.h"

namespace bk::capture {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// kUnknown: a link that began before the capture and has shown nothing that tells.
enum class Transport : std::uint8_t { kLe, kClassic, kUnknown };
std::string_view TransportName(Transport transport);  // "le", "classic", "unknown"
std::string_view EndedByName(EndedBy by);             // "phone", "peer", "unknown"

using ByCode = std::array<std::uint64_t, 256>;

// Over the whole capture, as tshark would count.
struct Counters {
  std::uint64_t packets = 0;
  std::uint64_t commands = 0, events = 0, acl = 0, sco = 0, iso = 0, other = 0;
  std::uint64_t adverts = 0;     // single reports within events
  ByCode le_connections{};       // LE (enhanced) Connection Complete, by status
  ByCode classic_connections{};  // Connection Complete, by status
  ByCode disconnects{};          // Disconnection Complete with status 0, by reason
  ByCode encryption_changes{};   // by status
  std::uint64_t att_total = 0;   // PDUs
  ByCode att_opcodes{};
  ByCode att_errors{};  // Error Response, by code
  std::uint64_t smp_total = 0;
  ByCode smp_opcodes{};
  ByCode smp_failures{};               // Pairing Failed, by reason
  std::uint64_t classic_l2cap = 0;     // PDUs on other channels
  std::uint64_t controller_debug = 0;  // Qualcomm's handle 0xEDC
  std::uint64_t hardware_errors = 0;
  std::uint64_t resets = 0;  // HCI Reset commands: the stack (re)started
};

struct RssiStats {
  std::uint32_t count = 0;           // 0: nothing below is known
  int min = 0, median = 0, max = 0;  // dBm
};

// How often the peer advertises, measured from the distances of its adverts. Missed adverts and
// the scanner's own pauses make distances of several intervals; those are recognised.
struct AdvertisingInterval {
  double milliseconds = 0;
  std::uint32_t distances = 0;  // that were used; 8 at least
  double share_explained = 0;   // of them, by multiples of the interval
};

struct Peer {
  Address address;
  std::uint8_t address_type = 0;  // 0 public, 1 random, 2 and 3 the same as identity; 0xff classic
  std::string name;               // advertised, or read from 2A00, or told by the remote name event
  bool huami_company = false;     // company id 0x0157 in an advert
  bool huami_service = false;     // service FEE0 in an advert or discovered
  std::uint64_t adverts = 0;      // without scan responses
  std::uint64_t connectable = 0;
  std::uint64_t non_connectable = 0;
  std::uint64_t scan_responses = 0;
  // Of its last adverts, those that were not connectable, while the phone had no link with it: how
  // many in a row, and the first of them.
  std::uint64_t held_in_row = 0;
  std::uint64_t held_since_packet = 0;
  RssiStats rssi;
  RssiStats rssi_lately;  // of the last reports, eight at most
  std::optional<AdvertisingInterval> interval;
  std::uint32_t scans_heard_in = 0;  // of Story::scans
  SnoopTime first, last;             // adverts; valid when adverts + scan_responses > 0
  std::uint64_t first_packet = 0, last_packet = 0;
};

// The phone listening, from scan enable to scan disable.
struct ScanWindow {
  std::uint16_t adapter = 0;
  SnoopTime started, ended;
  std::uint64_t packet = 0, end_packet = 0;
  bool ended_seen = false;    // false: still scanning when the capture ended
  bool began_before = false;  // reports came without a scan enable in the capture
  bool active = false;        // with scan requests
  bool accept_list_only = false;
  bool filters_duplicates = false;  // each peer is reported once: counts say nothing
  double duty = 1;                  // window / interval
  std::uint64_t reports = 0;
  std::uint32_t peers = 0;  // different addresses heard
};

// The phone asking for a link.
struct Attempt {
  enum class Outcome : std::uint8_t {
    kConnected,
    kCancelled,  // by the phone (status 0x02 after a cancel)
    kFailed,     // another status
    kOpen,       // the capture ended first
  };
  Transport transport = Transport::kLe;
  bool accept_list = false;          // background: whoever of the list advertises first
  std::vector<std::size_t> targets;  // peers: the one, or the accept list at that time
  SnoopTime started, ended;
  std::uint64_t packet = 0, end_packet = 0;
  Outcome outcome = Outcome::kOpen;
  std::uint8_t status = 0;
  std::size_t link = kNone;
  std::string text;  // in plain words
};

struct LinkParameters {
  SnoopTime at;
  std::uint64_t packet = 0;
  double interval_ms = 0;
  std::uint16_t latency = 0;
  std::uint32_t timeout_ms = 0;
  std::uint8_t status = 0;     // of an update
  bool asked_by_peer = false;  // by an L2CAP request just before
};

struct EncryptionChange {
  SnoopTime at;
  std::uint64_t packet = 0;
  std::uint8_t status = 0;
  bool enabled = false;
  bool refresh = false;
};

// One run of the Security Manager.
struct Pairing {
  enum class Outcome : std::uint8_t { kOpen, kSucceeded, kFailed };
  SnoopTime started, ended;
  std::uint64_t packet = 0, end_packet = 0;
  bool asked_by_peer = false;       // a Security Request came first
  bool secure_connections = false;  // both sides offered it
  bool bonding = false;             // both sides wanted a bond
  std::uint8_t key_size = 0;
  std::uint8_t keys_sent = 0, keys_received = 0;  // how many; never which
  Outcome outcome = Outcome::kOpen;
  std::uint8_t reason = 0;  // of kFailed
  bool failed_by_phone = false;
};

struct AttTimeout {
  SnoopTime asked;
  std::uint64_t packet = 0;
  std::uint8_t opcode = 0;
  std::uint16_t handle = 0;
  bool by_phone = true;
};

struct AttErrorCount {
  std::uint8_t code = 0;
  std::uint64_t count = 0;
  std::uint64_t first_packet = 0;
  std::uint8_t request_opcode = 0;  // of the first
  std::uint16_t handle = 0;         // of the first
};

struct Link {
  std::size_t peer = kNone;
  std::size_t attempt = kNone;
  Transport transport = Transport::kLe;
  std::uint16_t adapter = 0;
  std::uint16_t handle = 0;  // of the controller
  bool inferred = false;     // its beginning is not in the capture
  bool told_apart = false;   // inferred, and only what was said tells it from the one before it
  bool phone_is_central = true;
  SnoopTime started, ended;  // ended: of the last packet when the capture ended first
  std::uint64_t packet = 0, end_packet = 0;
  bool ended_by_reset = false;  // the phone reset its controller
  bool end_not_seen = false;    // the handle was used anew without an end in the capture
  std::optional<std::uint8_t> reason;
  EndedBy by = EndedBy::kUnknown;
  std::uint64_t end_asked_packet = 0;         // the phone's Disconnect command, 0: none
  std::vector<StageMark> stages;              // in the order of Stage, each once
  std::uint64_t bytes_in = 0, bytes_out = 0;  // of ACL payload, from the peer and to it
  std::uint64_t packets_in = 0, packets_out = 0;
  std::uint64_t pdus_lost = 0;          // that could not be put together
  std::uint64_t pdus_cut = 0;           // whose payload the recorder removed
  std::int64_t longest_silence_us = 0;  // between two packets of the link
  std::uint64_t silence_packet = 0;     // the packet after it

  std::vector<LinkParameters> parameters;  // the first at connection, then updates
  std::uint32_t parameter_requests = 0, parameter_requests_refused = 0;
  std::uint16_t mtu = 23;  // agreed
  bool mtu_exchanged = false;
  std::uint8_t phy_tx = 0, phy_rx = 0;  // 0 not told, 1 1M, 2 2M, 3 coded
  std::uint16_t data_length_tx = 0, data_length_rx = 0;
  std::vector<EncryptionChange> encryption;
  std::uint32_t encryption_requests = 0;  // LE Enable Encryption by the phone
  std::uint64_t encryption_request_packet = 0;
  std::uint32_t security_requests = 0;  // by the peer
  std::vector<Pairing> pairings;

  std::uint64_t att_pdus = 0, att_requests = 0, att_notifications = 0;
  std::vector<AttErrorCount> att_errors;
  std::vector<AttTimeout> att_timeouts;
  std::vector<codec::att::Uuid> services;      // discovered, each once
  RssiStats rssi;                              // Read RSSI during the link
  std::optional<int> rssi_last;                // of Read RSSI
  std::optional<int> rssi_before, rssi_after;  // last advert before it, first after its end

  std::string device_name;  // read from 2A00 on this link
  TalkReport talk;          // findings, stages and sentences of the band's own protocol
  std::string text;         // the story in plain words
};

struct Story {
  Counters counters;
  std::optional<SnoopTime> first, last;
  std::vector<Link> links;
  std::vector<Attempt> attempts;
  std::vector<Peer> peers;
  std::vector<ScanWindow> scans;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> heard;  // (scan, peer), each once
  std::vector<evidence::Event> events;
  std::vector<evidence::Loss> losses;
  std::vector<evidence::BandSeen> bands;
  // The phone reset its Bluetooth chip and told it nothing more: 0, or that packet.
  std::uint64_t reset_at_end = 0;
  std::string file, member;            // as given to the reader; in every Where
  bool recorded_by_phone_side = true;  // false: a link-layer sniffer
};

// The index of the peer with this address (any type), or kNone.
std::size_t FindPeer(const Story& story, Address address);

}  // namespace bk::capture
