// Keeps a link to one band: connects, discovers, authenticates, sets up, runs what it is given, and
// comes back when the link is lost. The band's state and the person's next step are told as notes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "companion/authenticate.h"
#include "companion/backoff.h"
#include "companion/initialise.h"

namespace bk::companion {

// What happened, for progress, evidence and the log.
struct SessionNote {
  enum class Kind : std::uint8_t {
    kConnecting,
    kLinkUp,
    kDiscovered,
    kAuthenticated,
    kReady,
    kFailed,    // an attempt or a step failed; `outcome` says how
    kLost,      // a link that had been up ended
    kPausing,   // until the next attempt
    kNotHeard,  // looked for it after failed attempts: no advertisement
    kHeard,     // it advertises; `connectable` false: another device holds it
    kAdapter,   // this computer's Bluetooth is away or back
    kGivenUp,   // only the person can go on: wrong key, or another device than a Mi Smart Band 4
  };
  Kind kind = Kind::kConnecting;
  RadioTime at{0};
  std::optional<std::uint8_t> reason;  // of kLost and failed connections: HCI
  std::optional<int> rssi;
  std::optional<bool> connectable;
  std::optional<Outcome> outcome;
  std::chrono::microseconds pause{0};
  std::string text;  // one clause for the person; may be empty
};

class BandSession {
 public:
  struct Options {
    Address address;
    ports::AddressKind address_kind = ports::AddressKind::kPublic;
    // Without a key the session stays at the level of an unauthenticated link: for looking only.
    const ports::Block16* key = nullptr;
    const ports::Cipher* cipher = nullptr;
    bool reconnect = true;  // off: the first failure behind three attempts ends it
    bool set_clock = true;
    // While it waits for the band it also searches, for so long since there was a link or since the
    // start: Linux listens half the time for a device that is to be connected, and nearly always
    // while it searches. Not for ever: that costs power.
    std::chrono::microseconds search{std::chrono::minutes(5)};
    // Local time and zone of this computer at a radio time.
    std::function<codec::miband::Clock(RadioTime)> local_clock;
  };
  explicit BandSession(Options options) : options_(std::move(options)) {}

  void Start(RadioTime now);
  void On(const ports::RadioEvent& event, RadioTime now);
  void Tick(RadioTime now);
  [[nodiscard]] std::optional<RadioTime> deadline() const;
  std::vector<ports::RadioOrder> TakeOrders();
  std::vector<SessionNote> TakeNotes();

  // A link stands, whatever is done on it.
  [[nodiscard]] bool linked() const;
  // Ready for a procedure: none runs and the band is set up (or, without a key, discovered).
  [[nodiscard]] bool ready() const { return state_ == State::kReady && procedure_ == nullptr; }
  // Runs it; the caller keeps it alive until it has an outcome. A lost link gives it none: then
  // running() is false again, and a new one starts when ready() is true.
  void Run(Procedure& procedure, RadioTime now);
  [[nodiscard]] bool running() const { return procedure_ != nullptr; }
  // For a procedure's own extra calls (Fetch::Stored).
  Talk& talk() { return talk_; }
  // After such a call: picks up what the procedure said or how it ended.
  void Pump(RadioTime now);

  // This link is of no use any more: ends it and makes a new one.
  void Renew(RadioTime now);
  // The same, and no long packets on it nor on any later one of this session, where the radio can
  // choose. False: that was asked for before.
  bool RenewWithShortPackets(RadioTime now);
  // Ends the link for good; over() follows.
  void Close(RadioTime now);
  // Nothing more will happen without a new session: closed, given up, or failed without
  // `reconnect`.
  [[nodiscard]] bool over() const { return state_ == State::kOver; }
  [[nodiscard]] const BandInfo& info() const { return info_; }
  // What the last failure was; nullopt: none yet.
  [[nodiscard]] const std::optional<Outcome>& failure() const { return failure_; }

 private:
  enum class State : std::uint8_t {
    kNoAdapter,
    kPausing,
    kConnecting,
    kListening,  // for its advertisements, after attempts that came to nothing
    kDiscovering,
    kAuthenticating,
    kInitialising,
    kReady,
    kDropping,  // our disconnect is under way; then `after_drop_`
    kClosing,
    kOver,
  };
  void Connect(RadioTime now);
  void Listen(RadioTime now);
  void Search(bool on);
  void Pause(RadioTime now);
  void HearAdvert(const ports::BandAdvert& advert, RadioTime now);
  void HearTable(const ports::Discovered& found, RadioTime now);
  void HearEnd(const ports::LinkEnded& end, RadioTime now);
  void HearAdapter(const ports::AdapterChanged& change, RadioTime now);
  void Begin(State state, std::unique_ptr<Procedure> own, RadioTime now);
  void StepDone(RadioTime now);
  void Drop(Outcome outcome, RadioTime now);
  void Disconnect(State then, RadioTime now);
  void Dropped(RadioTime now);
  void GiveUp(std::string text, RadioTime now);
  void Note(SessionNote note, RadioTime now);
  Options options_;
  State state_ = State::kPausing;
  State after_drop_ = State::kPausing;  // kPausing, kListening or kConnecting
  bool long_packets_ = true;
  bool searches_ = false;  // a scan was ordered
  RadioTime waits_since_{0};
  bool held_ = false;  // heard in this listening, not connectable
  Talk talk_;
  Backoff backoff_;
  BandInfo info_;
  std::unique_ptr<Procedure> own_;  // authentication, initialising
  Procedure* procedure_ = nullptr;  // what runs: own_ or the caller's
  std::optional<RadioTime> deadline_;
  std::optional<Outcome> failure_;
  int attempts_ = 0;  // in a row without a link

  std::vector<ports::RadioOrder> orders_;
  std::vector<SessionNote> notes_;
};

}  // namespace bk::companion
