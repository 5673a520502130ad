#include "companion/band_session.h"

#include <algorithm>
#include <utility>

#include "base/result.h"

namespace bk::companion {
namespace {

using std::chrono::seconds;

// A direct connection attempt; Android gives it 30 s as well (11.3).
constexpr seconds kConnectTime{30};
constexpr seconds kDiscoverTime{30};
// Long enough to hear a band that advertises every two seconds with nine chances in ten per event.
constexpr seconds kListenTime{6};
constexpr seconds kCloseTime{5};
// Attempts in a row before a session that does not come back ends.
constexpr int kAttemptsOfOne = 3;
// An attempt is itself the best way to wait for a band: the controller takes its first
// advertisement. Whether it is heard at all, and held by another device, is for the person: after
// the first attempt that came to nothing, then seldom.
constexpr int kAttemptsPerListening = 10;

}  // namespace

bool BandSession::linked() const {
  return state_ == State::kDiscovering || state_ == State::kAuthenticating ||
         state_ == State::kInitialising || state_ == State::kReady;
}

void BandSession::Note(SessionNote note, RadioTime now) {
  note.at = now;
  notes_.push_back(std::move(note));
}

void BandSession::Start(RadioTime now) {
  waits_since_ = now;
  Connect(now);
}

void BandSession::Search(bool on) {
  if (std::exchange(searches_, on) != on) orders_.push_back(ports::ScanOrder{on});
}

void BandSession::Connect(RadioTime now) {
  state_ = State::kConnecting;
  const bool search = now - waits_since_ < options_.search;
  if (!search) Search(false);
  orders_.push_back(ports::ConnectOrder{options_.address, options_.address_kind, long_packets_});
  if (search) Search(true);
  deadline_ = now + kConnectTime;
  Note({.kind = SessionNote::Kind::kConnecting}, now);
}

void BandSession::Listen(RadioTime now) {
  state_ = State::kListening;
  Search(true);
  deadline_ = now + kListenTime;
}

void BandSession::Pause(RadioTime now) {
  if (state_ == State::kOver) return;
  procedure_ = nullptr;
  own_.reset();
  Search(false);
  if (!options_.reconnect && attempts_ >= kAttemptsOfOne) {
    state_ = State::kOver;
    deadline_.reset();
    return;
  }
  const auto pause = backoff_.Failed();
  state_ = State::kPausing;
  deadline_ = now + pause;
  Note({.kind = SessionNote::Kind::kPausing, .pause = pause}, now);
}

void BandSession::GiveUp(std::string text, RadioTime now) {
  Note({.kind = SessionNote::Kind::kGivenUp, .outcome = failure_, .text = std::move(text)}, now);
  Close(now);
}

void BandSession::Close(RadioTime now) {
  procedure_ = nullptr;
  own_.reset();
  Search(false);
  deadline_.reset();
  const bool link = linked() || state_ == State::kConnecting;
  if (link) orders_.push_back(ports::DisconnectOrder{});
  state_ = link || state_ == State::kDropping ? State::kClosing : State::kOver;
  if (state_ == State::kClosing) deadline_ = now + kCloseTime;
}

// Every attempt and every link has one end: nothing new is begun before it has come.
void BandSession::Disconnect(State then, RadioTime now) {
  if (linked()) waits_since_ = now;
  procedure_ = nullptr;
  own_.reset();
  orders_.push_back(ports::DisconnectOrder{});
  state_ = State::kDropping;
  after_drop_ = then;
  deadline_ = now + kCloseTime;
}

void BandSession::Renew(RadioTime now) {
  if (linked()) Disconnect(State::kPausing, now);
}

bool BandSession::RenewWithShortPackets(RadioTime now) {
  const bool another = std::exchange(long_packets_, false);
  Renew(now);
  return another;
}

void BandSession::Dropped(RadioTime now) {
  if (after_drop_ == State::kListening) return Listen(now);
  if (after_drop_ == State::kConnecting && options_.reconnect) return Connect(now);
  Pause(now);
}

void BandSession::On(const ports::RadioEvent& event, RadioTime now) {
  if (state_ == State::kOver) return;
  if (const auto* advert = std::get_if<ports::AdvertSeen>(&event))
    return HearAdvert(advert->advert, now);
  if (const auto* change = std::get_if<ports::AdapterChanged>(&event))
    return HearAdapter(*change, now);
  if (const auto* end = std::get_if<ports::LinkEnded>(&event)) return HearEnd(*end, now);
  if (const auto* up = std::get_if<ports::LinkUp>(&event)) {
    if (state_ != State::kConnecting) return;
    state_ = State::kDiscovering;
    talk_.SetTable({});
    talk_.mtu = up->mtu;
    attempts_ = 0;
    Search(false);
    Note({.kind = SessionNote::Kind::kLinkUp}, now);
    orders_.push_back(ports::DiscoverOrder{});
    deadline_ = now + kDiscoverTime;
    return;
  }
  if (const auto* found = std::get_if<ports::Discovered>(&event)) return HearTable(*found, now);
  const auto heard = talk_.Hear(event);
  if (heard && procedure_ != nullptr) procedure_->Hear(*heard, talk_, now);
  Pump(now);
}

void BandSession::HearAdvert(const ports::BandAdvert& advert, RadioTime now) {
  if (state_ != State::kListening || advert.address != options_.address) return;
  const bool held = advert.connectable == false;
  const bool told = held && std::exchange(held_, held);
  held_ = held;
  if (!told) {
    Note({.kind = SessionNote::Kind::kHeard,
          .rssi = advert.rssi,
          .connectable = advert.connectable,
          .text = held ? "it advertises, but another device holds its link" : ""},
         now);
  }
  // It is listened to until it is free or falls silent.
  if (held) return;
  Connect(now);
}

void BandSession::HearTable(const ports::Discovered& found, RadioTime now) {
  if (state_ != State::kDiscovering) return;
  const std::uint16_t mtu = talk_.mtu;
  talk_.SetTable(found.table);
  talk_.mtu = mtu;
  if (found.table.empty())
    return Drop({Outcome::End::kNoAnswer, Attribute::kAuth, 0, false,
                 "the band's services could not be read"},
                now);
  if (!talk_.Has(Attribute::kAuth) || !talk_.Has(Attribute::kConfiguration)) {
    failure_ = Outcome{Outcome::End::kGarbled, Attribute::kAuth, 0, false,
                       "this device has not the services of a Mi Smart Band 4"};
    return GiveUp(failure_->text, now);
  }
  Note({.kind = SessionNote::Kind::kDiscovered}, now);
  if (options_.key == nullptr)
    return Begin(State::kInitialising,
                 std::make_unique<Initialise>(options_.local_clock(now), false), now);
  Begin(State::kAuthenticating, std::make_unique<Authenticate>(*options_.key, *options_.cipher),
        now);
}

void BandSession::Begin(State state, std::unique_ptr<Procedure> own, RadioTime now) {
  state_ = state;
  own_ = std::move(own);
  procedure_ = own_.get();
  deadline_.reset();
  procedure_->Start(talk_, now);
  Pump(now);
}

void BandSession::Run(Procedure& procedure, RadioTime now) {
  BK_CHECK(ready());
  procedure_ = &procedure;
  procedure_->Start(talk_, now);
  Pump(now);
}

void BandSession::Pump(RadioTime now) {
  while (procedure_ != nullptr && !procedure_->outcome()) {
    const auto heard = talk_.HearLocal();
    if (!heard) break;
    procedure_->Hear(*heard, talk_, now);
  }
  for (auto& order : talk_.TakeOrders()) orders_.push_back(std::move(order));
  if (procedure_ != nullptr && procedure_->outcome()) StepDone(now);
}

void BandSession::StepDone(RadioTime now) {
  const Procedure* done = std::exchange(procedure_, nullptr);
  if (done != own_.get()) return;  // the caller reads its outcome
  const Outcome outcome = *done->outcome();
  if (!outcome.done()) {
    if (state_ == State::kAuthenticating && Authenticate::KeyIsWrong(outcome)) {
      failure_ = outcome;
      return GiveUp("the band does not accept this key", now);
    }
    return Drop(outcome, now);
  }
  if (state_ == State::kAuthenticating) {
    Note({.kind = SessionNote::Kind::kAuthenticated}, now);
    return Begin(State::kInitialising,
                 std::make_unique<Initialise>(options_.local_clock(now), options_.set_clock), now);
  }
  info_ = static_cast<const Initialise&>(*done).info();
  own_.reset();
  state_ = State::kReady;
  backoff_.Succeeded();
  Note({.kind = SessionNote::Kind::kReady}, now);
}

// A step failed on a standing link: the link is of no use as it is.
void BandSession::Drop(Outcome outcome, RadioTime now) {
  failure_ = outcome;
  ++attempts_;
  Note({.kind = SessionNote::Kind::kFailed, .outcome = outcome, .text = outcome.text}, now);
  Disconnect(State::kPausing, now);
}

void BandSession::HearEnd(const ports::LinkEnded& end, RadioTime now) {
  if (state_ == State::kClosing) {
    state_ = State::kOver;
    deadline_.reset();
    return;
  }
  if (state_ == State::kDropping) return Dropped(now);
  if (state_ != State::kConnecting && !linked()) return;
  failure_ = Outcome{Outcome::End::kLinkLost, Attribute::kAuth, end.reason.value_or(0), false,
                     end.was_up ? "the link was lost" : "the band did not take the connection"};
  Note({.kind = end.was_up ? SessionNote::Kind::kLost : SessionNote::Kind::kFailed,
        .reason = end.reason,
        .outcome = failure_,
        .text = end.text},
       now);
  if (end.was_up) waits_since_ = now;
  if (end.was_up && state_ == State::kReady) return Pause(now);
  ++attempts_;
  Pause(now);
}

void BandSession::HearAdapter(const ports::AdapterChanged& change, RadioTime now) {
  const bool is_ready = change.state == ports::AdapterState::kReady;
  Note({.kind = SessionNote::Kind::kAdapter, .text = change.sentence}, now);
  if (state_ == State::kClosing && !is_ready) {
    state_ = State::kOver;
    return;
  }
  if (!is_ready) {
    procedure_ = nullptr;
    own_.reset();
    state_ = State::kNoAdapter;
    searches_ = false;  // it ended with the adapter
    deadline_.reset();
    return;
  }
  if (state_ != State::kNoAdapter) return;
  waits_since_ = now;
  Connect(now);
}

void BandSession::Tick(RadioTime now) {
  if (procedure_ != nullptr && procedure_->deadline() && *procedure_->deadline() <= now) {
    procedure_->Tick(talk_, now);
    Pump(now);
  }
  if (!deadline_ || *deadline_ > now) return;
  deadline_.reset();
  switch (state_) {
    case State::kPausing:
      return Connect(now);
    case State::kConnecting:
      ++attempts_;
      failure_ = Outcome{Outcome::End::kNoAnswer, Attribute::kAuth, 0, false,
                         "the band did not answer the connection"};
      Note({.kind = SessionNote::Kind::kFailed, .outcome = failure_, .text = failure_->text}, now);
      return Disconnect(
          attempts_ % kAttemptsPerListening == 1 ? State::kListening : State::kConnecting, now);
    case State::kDropping:
      return Dropped(now);
    case State::kClosing:
      state_ = State::kOver;
      return;
    case State::kListening:
      if (!held_) Note({.kind = SessionNote::Kind::kNotHeard}, now);
      held_ = false;
      if (!options_.reconnect) return Pause(now);
      return Connect(now);
    case State::kDiscovering:
      return Drop({Outcome::End::kNoAnswer, Attribute::kAuth, 0, false,
                   "the band's services could not be read"},
                  now);
    case State::kNoAdapter:
    case State::kAuthenticating:
    case State::kInitialising:
    case State::kReady:
    case State::kOver:
      return;
  }
}

std::optional<RadioTime> BandSession::deadline() const {
  std::optional<RadioTime> first = deadline_;
  if (procedure_ != nullptr && procedure_->deadline())
    first = first ? std::min(*first, *procedure_->deadline()) : *procedure_->deadline();
  return first;
}

std::vector<ports::RadioOrder> BandSession::TakeOrders() { return std::exchange(orders_, {}); }

std::vector<SessionNote> BandSession::TakeNotes() { return std::exchange(notes_, {}); }

}  // namespace bk::companion
