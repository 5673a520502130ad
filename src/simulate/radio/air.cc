#include "simulate/radio/air.h"

#include <algorithm>
#include <utility>

#include "base/result.h"
#include "simulate/radio/scanning.h"

namespace bk::simulate::radio {

// The link's own life is in air_link.cc, cuts in air_cut.cc.

Air::Air(AirOptions options)
    : options_(std::move(options)), random_(options_.seed), cut_done_(options_.cuts.size()) {
  for (std::size_t i = 0; i < options_.cuts.size(); ++i)
    if (options_.cuts[i].when == Cut::When::kTime) Plan(options_.cuts[i].at, What::kCut, i);
}

std::size_t Air::Put(Peripheral& band, PeripheralOptions options) {
  bands_.push_back({&band, options, 0, std::nullopt, 0, std::nullopt});
  const std::size_t number = bands_.size() - 1;
  PlanAdvert(number, now_ + RadioTime{random_.Between(0, options.advertising_interval.count())});
  Refresh(number);
  return number;
}

std::size_t Air::Join(HostSide& host) {
  hosts_.push_back(&host);
  return hosts_.size() - 1;
}

void Air::Quit(std::size_t host) {
  for (auto& [id, link] : links_)
    if (link->host == host) link->host_alive = false;
  hosts_[host] = nullptr;
}

void Air::WakeHost(std::size_t host, RadioTime at, std::uint64_t what) {
  Plan(at, What::kHostTimer, host, what);
}

void Air::Plan(RadioTime at, What what, std::uint64_t who, std::uint64_t extra) {
  events_.push({std::max(at, now_), planned_++, what, who, extra});
}

bool Air::Step(RadioTime until) {
  until = std::min(until, options_.end);
  if (events_.empty() || events_.top().at > until) {
    now_ = std::max(now_, until);
    return false;
  }
  const Event event = events_.top();
  events_.pop();
  now_ = event.at;
  Handle(event);
  return true;
}

void Air::Handle(const Event& event) {
  switch (event.what) {
    case What::kAdvertise:
      if (event.extra == bands_[event.who].advertising_round) Advertise(event.who);
      return;
    case What::kBandDue: {
      Band& band = bands_[event.who];
      if (band.due != event.at) return;
      band.due.reset();
      band.peripheral->Advance(now_);
      Refresh(event.who);
      return;
    }
    case What::kHolderEnds: {
      const Holder& holder = options_.holders[event.who];
      Band& band = bands_[holder.band];
      band.holder.reset();
      band.peripheral->Disconnected(now_, holder.reason);
      Refresh(holder.band);
      return;
    }
    case What::kAnchor:
      return Anchor(event.who);
    case What::kExchange:
      return Exchange(event.who);
    case What::kExchangeEnd:
      return ExchangeEnd(event.who);
    case What::kHostTimer:
      if (hosts_[event.who] != nullptr) hosts_[event.who]->Timer(event.extra);
      return;
    case What::kCut: {
      const Cut& cut = options_.cuts[event.who];
      cut_done_[event.who] = true;
      if (cut.how == Cut::How::kSilence) dead_until_ = std::max(dead_until_, now_ + cut.outage);
      for (auto& [id, link] : links_) Carry(cut, *link);
      if (links_.empty() && cut.how == Cut::How::kAdapterVanishes)
        for (HostSide* host : hosts_)
          if (host != nullptr) host->AdapterVanishes(now_ + cut.outage);
      return;
    }
  }
}

void Air::Nudge() {
  for (std::size_t i = 0; i < bands_.size(); ++i) Refresh(i);
}

void Air::Refresh(std::size_t number) {
  Band& band = bands_[number];
  const auto due = band.peripheral->Due();
  if (!due) {
    band.due.reset();
    return;
  }
  const RadioTime at = std::max(*due, now_);
  if (band.due == at) return;
  band.due = at;
  Plan(at, What::kBandDue, number);
}

bool Air::Dead() const {
  return now_ < dead_until_ ||
         std::ranges::any_of(
             options_.silences,
             [&](const Silence& silence) { return now_ >= silence.from && now_ < silence.until; });
}

void Air::PlanAdvert(std::size_t band, RadioTime at) {
  Plan(at, What::kAdvertise, band, ++bands_[band].advertising_round);
}

void Air::Advertise(std::size_t number) {
  Band& band = bands_[number];
  PlanAdvert(number, now_ + band.options.advertising_interval +
                         RadioTime{random_.Between(0, band.options.advertising_jitter.count())});
  const auto advertising = band.peripheral->Adverts(now_);
  if (!advertising || Dead()) return;
  const bool free = band.link == 0 && !band.holder && advertising->connectable;
  for (std::size_t i = 0; free && i < options_.holders.size(); ++i) {
    const Holder& holder = options_.holders[i];
    if (holder.band != number || now_ < holder.from || now_ >= holder.until) continue;
    band.holder = i;
    band.peripheral->Connected(now_);
    Plan(holder.until, What::kHolderEnds, i);
    Refresh(number);
    return;
  }
  const std::uint64_t link = band.link;
  for (std::size_t host = 0; host < hosts_.size() && band.link == link; ++host)
    if (hosts_[host] != nullptr) Offer(host, number, *advertising);
}

void Air::Offer(std::size_t number, std::size_t band, const Advertising& advertising) {
  HostSide& host = *hosts_[number];
  const auto listening = host.ListensFor();
  if (!listening) return;
  for (int channel = 0; channel < kChannels; ++channel) {
    if (!Hears(listening->timing, listening->since, now_ + channel * kChannelStep, channel) ||
        random_.Chance(options_.loss))
      continue;
    ++host.MutableCounters().adverts_heard;
    const bool target = advertising.address == listening->target;
    if (listening->connects) {
      if (target && advertising.connectable && !bands_[band].holder) Connect(number, band);
      return;
    }
    if (listening->accepts && !target) return;
    // The request for the scan response and the response itself can be lost.
    const bool response =
        listening->active && !random_.Chance(options_.loss) && !random_.Chance(options_.loss);
    host.Heard(advertising, response);
    return;
  }
}

Air::Link* Air::Find(std::uint64_t id) {
  const auto at = links_.find(id);
  return at == links_.end() ? nullptr : at->second.get();
}

void Air::Send(std::uint64_t id, std::vector<std::byte> pdu) {
  if (Link* link = Find(id)) link->layer.Queue(Direction::kToBand, {std::move(pdu), false});
}

std::size_t Air::Queued(std::uint64_t id) const {
  const auto at = links_.find(id);
  return at == links_.end() ? 0 : at->second->layer.Queued(Direction::kToBand);
}

void Air::HostLeaves(std::uint64_t id) {
  if (Link* link = Find(id)) link->host_leaves = true;
}

void Air::HostVanishes(std::uint64_t id) {
  Link* link = Find(id);
  if (link == nullptr) return;
  if (link->up) hosts_[link->host]->MutableCounters().connected += now_ - link->up_since;
  link->host_alive = false;
}

}  // namespace bk::simulate::radio
