#include "app/desk/timeline_columns.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>

#include "app/evidence_json.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

// Texts by number, each once, in order of first use.
template <class Key>
class Numbered {
 public:
  std::size_t Of(const Key& key) {
    const auto [at, fresh] = numbers_.try_emplace(key, keys_.size());
    if (fresh) keys_.push_back(key);
    return at->second;
  }
  [[nodiscard]] const std::vector<Key>& keys() const { return keys_; }

 private:
  std::map<Key, std::size_t> numbers_;
  std::vector<Key> keys_;
};

using Place = std::pair<std::string, std::string>;  // file, member
using Spot = std::tuple<std::string, std::string, std::uint64_t, std::uint64_t>;

Json MicrosOrNull(const AnyInstant& at) { return at.known() ? Json(at.us) : Json(); }

AnyInstant Aligned(const Timeline& timeline, std::size_t clock, const AnyInstant& at) {
  if (clock >= timeline.clocks.size()) return {};
  if (timeline.clocks[clock].common) return at;
  if (timeline.clocks[clock].map) return timeline.clocks[clock].map->Map(at);
  return {};
}

// The clock of a capture's events; npos: it has none here.
std::size_t ClockOf(const Timeline& timeline, const capture::Story& story) {
  for (const TimelineEntry& entry : timeline.entries)
    if (entry.event.at.clock == ClockKind::kSnoop && entry.event.where.file == story.file &&
        entry.event.where.member == story.member)
      return entry.clock;
  std::size_t only = timeline.clocks.size();
  for (std::size_t i = 0; i < timeline.clocks.size(); ++i)
    if (timeline.clocks[i].kind == ClockKind::kSnoop) {
      if (only != timeline.clocks.size()) return timeline.clocks.size();
      only = i;
    }
  return only;
}

// Only what is known.
Json RssiJson(const capture::Link& link) {
  Json json = Json::object();
  if (link.rssi_before) json["before"] = *link.rssi_before;
  if (link.rssi.count != 0) {
    json["median"] = link.rssi.median;
    json["min"] = link.rssi.min;
    json["max"] = link.rssi.max;
  }
  if (link.rssi_after) json["after"] = *link.rssi_after;
  return json;
}

Json LinkJson(const capture::Story& story, const capture::Link& link, const Timeline& timeline,
              std::size_t clock, Privacy& privacy) {
  const capture::Peer* peer = link.peer < story.peers.size() ? &story.peers[link.peer] : nullptr;
  Json stages = Json::array();
  for (const capture::StageMark& mark : link.stages)
    stages.push_back(capture::StageName(mark.stage));
  return {{"peer", peer == nullptr ? Json() : Json(privacy.Scrub(FormatAddress(peer->address)))},
          {"name", peer == nullptr ? "" : privacy.Scrub(ValidUtf8(peer->name))},
          {"transport", capture::TransportName(link.transport)},
          {"clock", clock < timeline.clocks.size() ? Json(clock) : Json()},
          {"started", link.started.us},
          {"ended", link.ended.us},
          {"aligned_started", MicrosOrNull(Aligned(timeline, clock, link.started))},
          {"aligned_ended", MicrosOrNull(Aligned(timeline, clock, link.ended))},
          {"end_not_seen", link.end_not_seen || !link.reason},
          {"reason", link.reason ? Json(fmt::format("0x{:02x}", *link.reason)) : Json()},
          {"by", capture::EndedByName(link.by)},
          {"stages", std::move(stages)},
          {"bytes_in", link.bytes_in},
          {"bytes_out", link.bytes_out},
          {"packet", link.packet},
          {"end_packet", link.end_packet},
          {"rssi", RssiJson(link)},
          {"text", privacy.Scrub(ValidUtf8(link.text))}};
}

}  // namespace

std::string TimelineColumns(const Gathered& gathered, std::int64_t report_at, Privacy& privacy) {
  const Timeline& timeline = gathered.report.timeline;
  Numbered<std::string> kinds, sources;
  Numbered<Place> places;
  std::map<Spot, std::size_t> spots;
  std::optional<std::size_t> probed;  // the last that the band itself told
  Json at = Json::array(), aligned = at, clock = at, kind = at, source = at, place = at, line = at,
       packet = at, offset = at, text = at;
  for (std::size_t i = 0; i < timeline.entries.size(); ++i) {
    const TimelineEntry& entry = timeline.entries[i];
    const evidence::Event& event = entry.event;
    at.push_back(MicrosOrNull(event.at));
    aligned.push_back(MicrosOrNull(entry.aligned));
    clock.push_back(entry.clock);
    kind.push_back(kinds.Of(event.kind));
    source.push_back(sources.Of(std::string(evidence::SourceName(event.source))));
    place.push_back(places.Of({event.where.file, event.where.member}));
    line.push_back(event.where.line);
    packet.push_back(event.where.packet);
    offset.push_back(event.where.offset);
    text.push_back(privacy.Scrub(ValidUtf8(event.text)));
    if (event.source == evidence::SourceKind::kBand) probed = i;
    if (event.where.line != 0 || event.where.packet != 0)
      spots.try_emplace(
          {event.where.file, event.where.member, event.where.line, event.where.packet}, i);
  }
  Json clocks = Json::array(), links = Json::array(), proof = Json::array(), where = Json::array();
  for (const TimelineClock& one : timeline.clocks)
    clocks.push_back({{"clock", ClockName(one.kind)},
                      {"source", privacy.Scrub(ValidUtf8(one.source))},
                      {"common", one.common},
                      {"events", one.events},
                      {"text", privacy.Scrub(ValidUtf8(one.text))}});
  for (const auto& [file, member] : places.keys())
    where.push_back(
        {{"file", privacy.Scrub(ValidUtf8(file))}, {"member", privacy.Scrub(ValidUtf8(member))}});
  for (const capture::Story& story : gathered.stories) {
    const std::size_t own = ClockOf(timeline, story);
    for (const capture::Link& link : story.links)
      links.push_back(LinkJson(story, link, timeline, own, privacy));
  }
  for (const evidence::Finding& finding : gathered.report.evidence.findings) {
    const auto found = spots.find(
        {finding.where.file, finding.where.member, finding.where.line, finding.where.packet});
    if (found != spots.end())
      proof.push_back({{"finding", finding.id}, {"event", found->second}});
    else if (probed && finding.source == evidence::SourceKind::kBand)
      proof.push_back({{"finding", finding.id}, {"event", *probed}});
  }
  const Json json = {{"schema", "bandkeeper.timeline/1"},
                     {"report_at", report_at},
                     {"clocks", std::move(clocks)},
                     {"kinds", kinds.keys()},
                     {"sources", sources.keys()},
                     {"places", std::move(where)},
                     {"at", std::move(at)},
                     {"aligned", std::move(aligned)},
                     {"clock", std::move(clock)},
                     {"kind", std::move(kind)},
                     {"source", std::move(source)},
                     {"place", std::move(place)},
                     {"line", std::move(line)},
                     {"packet", std::move(packet)},
                     {"offset", std::move(offset)},
                     {"text", std::move(text)},
                     {"links", std::move(links)},
                     {"proof", std::move(proof)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace bk::app
