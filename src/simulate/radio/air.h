// The air between any number of hosts (SimRadio) and bands (Peripheral), in virtual time. One queue
// of events in a total order (time, then the order in which they were planned) and one seed: the
// same world runs the same way, always.
//
//   Air air({.seed = 7, .loss = 0.3});
//   air.Put(band);                        // any number; they outlive the air
//   SimRadio radio(air);                  // ports::BandRadio; its Next() makes the time pass
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include "simulate/radio/att_server.h"
#include "simulate/radio/link_layer.h"
#include "simulate/radio/peripheral.h"

namespace bk::simulate::radio {

// What the air tells a host's controller. SimRadio implements it.
class HostSide {
 public:
  virtual ~HostSide() = default;
  struct Listening {
    bool connects = false;  // to `target`, at its next connectable advertisement
    bool accepts = false;   // listens for `target` first, as Linux does
    bool active = false;    // asks for the scan response
    Address target;
    ScanTiming timing = kFullDuty;
    RadioTime since{};
  };
  [[nodiscard]] virtual std::optional<Listening> ListensFor() const = 0;
  virtual void Heard(const Advertising& advertising, bool with_response) = 0;
  virtual void Connecting(std::uint64_t link) = 0;  // asked the band to connect
  virtual void Up() = 0;
  virtual void Ended(std::uint8_t reason) = 0;
  virtual void Arrived(std::vector<std::byte> pdu) = 0;
  virtual void Room() = 0;  // packets may have gone
  virtual void Timer(std::uint64_t what) = 0;
  virtual void AdapterVanishes(RadioTime until) = 0;
  [[nodiscard]] virtual const CentralOptions& options() const = 0;
  [[nodiscard]] virtual Counters& MutableCounters() = 0;
};

class Air {
 public:
  explicit Air(AirOptions options);
  Air(const Air&) = delete;
  Air& operator=(const Air&) = delete;

  // Puts a band on the air; gives its number. It must outlive the air.
  std::size_t Put(Peripheral& band, PeripheralOptions options = {});
  [[nodiscard]] RadioTime Now() const { return now_; }
  // Handles the next event, if it is not later than `until`; else the time is `until`, and false.
  bool Step(RadioTime until);
  void Run(RadioTime until) {
    while (Step(until)) {
    }
  }
  [[nodiscard]] const AirOptions& options() const { return options_; }
  // From now on; for tests that change the weather.
  void SetLoss(double loss) { options_.loss = loss; }
  // Nothing at all passes for so long, from now on.
  void Hush(RadioTime time) { dead_until_ = std::max(dead_until_, now_ + time); }
  // Whatever was done to a band from outside (a tap, a charger) may have changed when it is due.
  void Nudge();

  // --- for SimRadio
  std::size_t Join(HostSide& host);
  void Quit(std::size_t host);
  void WakeHost(std::size_t host, RadioTime at, std::uint64_t what);
  void Send(std::uint64_t link, std::vector<std::byte> pdu);
  [[nodiscard]] std::size_t Queued(std::uint64_t link) const;
  void HostLeaves(std::uint64_t link);
  void HostVanishes(std::uint64_t link);  // its radio is gone: the band hears nothing any more
  [[nodiscard]] Random& random() { return random_; }

 private:
  enum class What : std::uint8_t {
    kAdvertise,  // who: band
    kBandDue,
    kHolderEnds,  // who: holder
    kAnchor,      // who: link
    kExchange,
    kExchangeEnd,
    kHostTimer,  // who: host, extra: its own
    kCut,        // who: cut
  };
  struct Event {
    RadioTime at;
    std::uint64_t order;
    What what;
    std::uint64_t who, extra;
    // For a queue whose top is the first.
    friend bool operator<(const Event& a, const Event& b) {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };
  struct Band {
    Peripheral* peripheral;
    PeripheralOptions options;
    std::uint64_t link = 0;               // 0: none
    std::optional<std::size_t> holder;    // who has it in place of a link
    std::uint64_t advertising_round = 0;  // an older plan to advertise is void
    std::optional<RadioTime> due;         // as planned
  };
  struct Answer {
    RadioTime ready;
    Sdu sdu;
  };
  struct Link {
    std::size_t host, band;
    LinkLayer layer;
    LinkOptions options;
    RadioTime anchor{}, host_heard{}, band_heard{}, up_since{};
    std::uint64_t events = 0;
    bool host_alive = true, band_alive = true;
    bool band_joined = false;       // it heard the request
    bool established = false;       // the host has heard a packet of the band
    bool band_established = false;  // and the band one of the host
    bool up = false;                // told to the host
    bool silent = false;            // cut
    bool host_leaves = false;
    std::optional<Leave> band_leaves;
    ServerState server;
    std::deque<Answer> answers;  // of the band, not yet with its link layer
    std::vector<Sdu> arriving;   // to the host at the end of the exchange
    bool goes_on = false;
  };

  void Plan(RadioTime at, What what, std::uint64_t who, std::uint64_t extra = 0);
  void Handle(const Event& event);
  void Refresh(std::size_t band);
  void PlanAdvert(std::size_t band, RadioTime at);
  void Advertise(std::size_t band);
  void Offer(std::size_t host, std::size_t band, const Advertising& advertising);
  void Connect(std::size_t host, std::size_t band);
  void Anchor(std::uint64_t id);
  void Exchange(std::uint64_t id);
  void FillBand(Link& link);
  void ExchangeEnd(std::uint64_t id);
  void ToBand(std::uint64_t id, const Sdu& sdu);
  void ToHost(std::uint64_t id, const Sdu& sdu);
  void EndHost(Link& link, std::uint8_t reason);
  void EndBand(Link& link, std::uint8_t reason);
  [[nodiscard]] bool Dead() const;  // nothing passes now
  // Whether this PDU is the first that a cut keeps from arriving; counts it otherwise.
  bool CutsBefore(Link& link, Direction direction, const Sdu& sdu);
  void CutsAfter(Link& link);  // those that were to come behind what has now arrived
  void Carry(const Cut& cut, Link& link);
  Link* Find(std::uint64_t id);

  AirOptions options_;
  Random random_;
  RadioTime now_{};
  std::uint64_t planned_ = 0;
  std::priority_queue<Event> events_;
  std::vector<Band> bands_;
  std::vector<HostSide*> hosts_;
  std::map<std::uint64_t, std::unique_ptr<Link>> links_;
  std::uint64_t next_link_ = 1;
  RadioTime dead_until_{};
  // What cuts count.
  std::vector<bool> cut_done_;
  std::uint64_t connection_events_ = 0;
  std::uint64_t pdus_[2] = {}, value_bytes_[2] = {};
};

}  // namespace bk::simulate::radio
