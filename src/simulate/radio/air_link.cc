// The life of a link: connection events, what goes in them, how it ends.
#include <algorithm>
#include <utility>

#include "base/result.h"
#include "simulate/radio/air.h"
#include "simulate/radio/scanning.h"

namespace bk::simulate::radio {
namespace {

// The link layer's own PDUs that come first: feature exchange, then perhaps the data length update
// (Core, vol. 6 part B 2.4.2). Linux tells its programs of a link when the features are known.
constexpr std::byte kFeatureRequest{0x08}, kFeatureResponse{0x09}, kLengthRequest{0x14},
    kLengthResponse{0x15};
constexpr std::size_t kControlBytes = 9;
// A link that has not begun after this many events never will (4.5.2).
constexpr std::uint64_t kEventsToEstablish = 6;

Sdu Control(std::byte opcode) {
  Sdu sdu{std::vector<std::byte>(kControlBytes), true};
  sdu.bytes[0] = opcode;
  return sdu;
}

}  // namespace

void Air::Connect(std::size_t number, std::size_t band) {
  HostSide& host = *hosts_[number];
  const std::uint64_t id = next_link_++;
  const LinkOptions& options = host.options().link;
  auto link = std::make_unique<Link>(Link{number, band, LinkLayer(options), options});
  link->band_joined = !random_.Chance(options_.setup_failure) && !random_.Chance(options_.loss) &&
                      bands_[band].peripheral->Joins(now_);
  link->band_alive = link->band_joined;
  // The transmit window: 1.25 ms after the request, and up to 1.25 ms wide.
  const RadioTime first = now_ + kAdvertTime + kInterFrame + RadioTime{random_.Between(1250, 2500)};
  link->host_heard = link->band_heard = first;
  link->layer.Queue(Direction::kToBand, Control(kFeatureRequest));
  if (link->band_joined) {
    bands_[band].link = id;
    bands_[band].peripheral->Connected(now_);
    Refresh(band);
  }
  links_[id] = std::move(link);
  Plan(first, What::kAnchor, id);
  host.Connecting(id);
}

void Air::Anchor(std::uint64_t id) {
  Link& link = *Find(id);
  ++link.events;
  link.anchor = now_;
  // Before the first packet the rule is six events, for both sides.
  const bool late = link.events > kEventsToEstablish;
  if (link.host_alive &&
      (link.established ? now_ - link.host_heard > link.options.supervision : late))
    EndHost(link, link.host_leaves   ? kLocalTerminated
                  : link.established ? kConnectionTimeout
                                     : kFailedToEstablish);
  if (link.band_alive &&
      (link.band_established ? now_ - link.band_heard > link.options.supervision : late))
    EndBand(link, kConnectionTimeout);
  if (!link.host_alive && !link.band_alive) {
    links_.erase(id);
    return;
  }
  ++connection_events_;
  for (std::size_t i = 0; i < options_.cuts.size(); ++i) {
    const Cut& cut = options_.cuts[i];
    if (cut_done_[i] || cut.when != Cut::When::kConnectionEvent || cut.count > connection_events_)
      continue;
    cut_done_[i] = true;
    Carry(cut, link);
  }
  link.layer.BeginEvent();
  Plan(now_, What::kExchange, id);
  Plan(now_ + link.options.interval, What::kAnchor, id);
}

// The band's controller takes what its host has for it.
void Air::FillBand(Link& link) {
  while (!link.answers.empty() && link.answers.front().ready <= now_) {
    link.layer.Queue(Direction::kToHost, std::move(link.answers.front().sdu));
    link.answers.pop_front();
  }
  Band& band = bands_[link.band];
  const std::size_t queued = link.layer.Queued(Direction::kToHost);
  if (queued < band.options.buffers) {
    auto notifications = band.peripheral->TakeNotifications(band.options.buffers - queued, now_);
    for (const Notification& notification : notifications)
      link.layer.Queue(Direction::kToHost, {NotificationPdu(notification, link.server.mtu), false});
    if (!notifications.empty()) Refresh(link.band);
  }
  if (!link.band_leaves && link.answers.empty() && link.layer.Queued(Direction::kToHost) == 0) {
    link.band_leaves = band.peripheral->WantsToLeave(now_);
    if (link.band_leaves && link.band_leaves->silent) EndBand(link, kLocalTerminated);
  }
}

void Air::Exchange(std::uint64_t id) {
  Link* link = Find(id);
  if (link == nullptr) return;
  if (link->band_alive) FillBand(*link);
  const bool passes = link->host_alive && link->band_alive && !link->silent && !Dead();
  LinkLayer::Outcome outcome = link->layer.Exchange(passes ? options_.loss : 1, random_);
  if (outcome.host_heard) {
    link->host_heard = now_ + outcome.took;
    link->established = true;
  }
  if (outcome.band_heard) {
    link->band_heard = now_;
    link->band_established = true;
  }
  link->goes_on = link->layer.More(now_ + outcome.took - link->anchor);
  if (outcome.to_band && link->band_alive &&
      !CutsBefore(*link, Direction::kToBand, *outcome.to_band))
    ToBand(id, *outcome.to_band);
  if (outcome.to_host && !CutsBefore(*link, Direction::kToHost, *outcome.to_host))
    link->arriving.push_back(std::move(*outcome.to_host));
  // A goodbye is one more packet, which has just been heard.
  if (link->host_alive && link->host_leaves && outcome.band_heard) {
    EndBand(*link, kRemoteTerminated);
    EndHost(*link, kLocalTerminated);
  } else if (link->band_leaves && !link->band_leaves->silent && outcome.host_heard) {
    const std::uint8_t reason = link->band_leaves->reason;
    EndBand(*link, kLocalTerminated);
    EndHost(*link, reason);
  }
  Plan(now_ + outcome.took, What::kExchangeEnd, id);
}

void Air::ExchangeEnd(std::uint64_t id) {
  Link* link = Find(id);
  if (link == nullptr) return;
  for (const Sdu& sdu : std::exchange(link->arriving, {}))
    if (link->host_alive) ToHost(id, sdu);
  CutsAfter(*link);
  if (link->host_alive && link->up) hosts_[link->host]->Room();
  if (link->goes_on && link->host_alive && link->band_alive) {
    Plan(now_, What::kExchange, id);
  } else if (hosts_[link->host] != nullptr) {
    link->layer.EndEvent(hosts_[link->host]->MutableCounters());
  }
}

void Air::ToBand(std::uint64_t id, const Sdu& sdu) {
  Link& link = *Find(id);
  const RadioTime ready = now_ + bands_[link.band].options.answer_after;
  if (sdu.control) {
    const bool length = sdu.bytes[0] == kLengthRequest;
    link.answers.push_back({ready, Control(length ? kLengthResponse : kFeatureResponse)});
    return;
  }
  const auto agreed = link.server.agreed;
  auto answer = ServeAtt(sdu.bytes, *bands_[link.band].peripheral, link.server, now_);
  if (answer) link.answers.push_back({ready, {std::move(*answer), false}});
  if (link.server.agreed != agreed) {
    link.server.mtu = *link.server.agreed;
    bands_[link.band].peripheral->MtuIs(link.server.mtu, now_);
  }
  Refresh(link.band);
}

void Air::ToHost(std::uint64_t id, const Sdu& sdu) {
  Link& link = *Find(id);
  HostSide& host = *hosts_[link.host];
  if (!sdu.control) return host.Arrived(sdu.bytes);
  if (sdu.bytes[0] == kFeatureResponse && link.options.data_length_extension) {
    link.layer.Queue(Direction::kToBand, Control(kLengthRequest));
    return;
  }
  if (sdu.bytes[0] == kLengthResponse) link.layer.LongPackets();
  link.up = true;
  link.up_since = now_;
  ++host.MutableCounters().links;
  host.Up();
}

void Air::EndHost(Link& link, std::uint8_t reason) {
  if (!std::exchange(link.host_alive, false)) return;
  HostSide& host = *hosts_[link.host];
  if (link.up) host.MutableCounters().connected += now_ - link.up_since;
  if (reason == kConnectionTimeout) ++host.MutableCounters().supervision_timeouts;
  if (reason == kFailedToEstablish) ++host.MutableCounters().setup_failures;
  host.Ended(reason);
}

void Air::EndBand(Link& link, std::uint8_t reason) {
  if (!std::exchange(link.band_alive, false)) return;
  bands_[link.band].link = 0;
  bands_[link.band].peripheral->Disconnected(now_, reason);
  // It advertises again at once.
  PlanAdvert(link.band, now_ + RadioTime{random_.Between(
                                   0, bands_[link.band].options.advertising_jitter.count())});
  Refresh(link.band);
}

}  // namespace bk::simulate::radio
