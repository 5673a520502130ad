// What goes on in and around a simulated phone: processes, the band in the air, what the companion
// apps know and do, the person, the log. State only; advance.h lets time pass.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bk::simulate {

// The two companion apps that a new phone may have: the makers', and the free one.
inline constexpr std::string_view kZeppLife = "com.xiaomi.hm.health";
inline constexpr std::string_view kGadgetbridge = "nodomain.freeyourgadget.gadgetbridge";

struct Process {
  int pid = 0;
  std::chrono::microseconds since{0};  // boot time
  bool foreground = false;             // its page is on the screen
  friend bool operator==(const Process&, const Process&) = default;
};

struct SimBandInAir {
  std::string address = "C8:0F:10:00:00:01", name = "Mi Smart Band 4";
  bool powered = true, in_reach = true;
  bool held_by_other = false;    // another phone has its link: it does not advertise
  bool hung = false;             // advertises and answers no connection until it restarts
  bool hung_hard = false;        // the charger does not restart it, only the owner's finger
  bool knows_bond = true;        // has a bond with this phone
  bool refuses_pairing = false;  // keeps an old bond and takes no new pairing until it is erased
  bool drops_bonded = false;     // hangs up on a link that Android encrypts by itself
  std::uint32_t key = 0;         // what its app must prove; 0: it has none, is bound to nobody
  std::string bound_to;          // another phone or account that has the key; empty: none
  int battery = 60;
  int rssi = -62;
  friend bool operator==(const SimBandInAir&, const SimBandInAir&) = default;
};

enum class Doing : std::uint8_t {
  kResting,  // until `next`, then tries again
  kScanning,
  kConnecting,
  kSettingUp,  // link up: encryption, discovery, authentication, initialising
  kReady,      // initialised; next sync at `next`
  kSyncing,
};

// What a companion app keeps in its own data (`pm clear` loses it), and what it is doing.
struct CompanionApp {
  // Its data.
  bool signed_in = true;    // the makers' apps need an account
  std::string band;         // address of the band that it has; empty: none
  std::uint32_t key = 0;    // proves that the band is its own; 0: has none
  bool reconnects = true;   // its option to connect by itself
  bool makes_bond = true;   // asks Android for a bond when it meets a band without one
  bool damaged = false;     // its database: syncs fail
  bool wrong_mode = false;  // a setting that does not suit the band
  bool locked_in_recents = false;
  std::chrono::microseconds last_sync{0};  // wall
  std::chrono::microseconds has_until{0};  // on an air: the band's minutes before this, wall
  // The app itself.
  bool needs_server = true;  // a sync is done when the maker's server has it
  bool supports_band = true;
  std::string needs_package;        // does nothing without it; empty: needs none
  bool grabs = false;               // takes the band's link from other apps of the same phone
  std::int64_t faulty_version = 0;  // this version crashes while it syncs; 0: none does
  // What it does; ends with its process.
  int pid = 0;
  Doing doing = Doing::kResting;
  std::chrono::microseconds next{0};  // boot time
  int step = 0;                       // of kSettingUp
  int failures = 0;                   // in a row
  friend bool operator==(const CompanionApp&, const CompanionApp&) = default;
};

// An app that keeps the radio busy or takes client slots and gives none back.
struct RadioHog {
  bool scans = true;
  int clients = 0;                    // slots that it takes, over time
  std::chrono::microseconds next{0};  // boot time
  friend bool operator==(const RadioHog&, const RadioHog&) = default;
};

enum class Deed : std::uint8_t { kDoes, kForgets, kRefuses };

// The person who holds the phone: what comes of asking.
struct Owner {
  Deed usually = Deed::kDoes;
  std::map<std::string, Deed> on;  // by fix id, where it differs
  std::vector<std::string> asked;  // fix ids, in order
  friend bool operator==(const Owner&, const Owner&) = default;
};

// What a maker's system sets back when the phone starts (quirk "settings_come_back").
struct ComesBack {
  enum class What : std::uint8_t { kOp, kDozeExempt, kBucket, kAutostart, kSetting } what{};
  std::string package, name, value;  // kSetting: package is the table
  friend bool operator==(const ComesBack&, const ComesBack&) = default;
};

struct LogLine {
  std::chrono::microseconds at{0};  // the phone's wall clock
  int pid = 0, tid = 0;
  char priority = 'I';
  std::string buffer = "main", tag, text;
  int uid = 1000;
  friend bool operator==(const LogLine&, const LogLine&) = default;
};

struct HciPacket {
  std::chrono::microseconds at{0};  // wall, UTC
  std::uint8_t kind = 4;            // H4: 1 command, 2 ACL, 4 event
  bool to_controller = false;
  std::vector<std::byte> data;
  friend bool operator==(const HciPacket&, const HciPacket&) = default;
};

struct Life {
  std::uint64_t random = 1;  // the state of the seed; every chance is drawn from it
  int next_pid = 4'000;
  std::map<std::string, Process> processes;  // by package
  SimBandInAir band;
  int noise = 0;                             // percent of what is sent that other radios destroy
  std::string companion{kZeppLife};          // the package that owns the band
  std::map<std::string, CompanionApp> apps;  // companion apps, by package
  std::map<std::string, RadioHog> hogs;      // by package
  bool metered = false;                      // on mobile data: Data Saver counts
  std::chrono::milliseconds sync_every{std::chrono::minutes(15)};
  std::chrono::microseconds last_sync{0};  // the companion's, the phone's wall clock; 0 never
  bool server_up = true;                   // the maker's
  std::set<std::string> dead_listeners;    // "pkg/cls" that are allowed and not bound
  bool listener_bug = false;               // a restart of the phone does not bind them either
  Owner owner;
  std::vector<ComesBack> comes_back;
  // When these come next, in boot time.
  std::chrono::microseconds next_sweep{0}, next_crash{0}, next_neighbours{0};
  std::chrono::microseconds foreground_until{0};
  std::chrono::microseconds seen_boot{0};  // a boot time that went back is a restart
  std::chrono::microseconds clock_off{0};  // wall minus the true time
  std::string true_zone;                   // empty: the phone has the true one
  int true_offset = 0;
  bool ready = false;  // SetUpLife has run
  // The phone is in a world (simulate/world): `band` mirrors the band there, links end when they do
  // on its air, and what its controller saw comes from there, not from log/hci_log's own words.
  bool on_air = false;
  int severed = 0;  // on an air: the band's link is to end for this HCI reason; 0: it is not
  std::deque<LogLine> log;
  std::uint64_t log_first = 0;  // how many lines were pushed out: the number of log.front()
  std::deque<HciPacket> hci;
  std::map<std::string, std::string> files;  // on the phone: path → bytes (bug reports)
  friend bool operator==(const Life&, const Life&) = default;
};

}  // namespace bk::simulate
