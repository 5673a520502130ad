#include "app/story_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/evidence_json.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

// {"0x08": 4, ...}, only codes that occurred.
Json ByCodeJson(const capture::ByCode& counts) {
  Json json = Json::object();
  for (std::size_t code = 0; code < counts.size(); ++code)
    if (counts[code] != 0) json[fmt::format("0x{:02x}", code)] = counts[code];
  return json;
}

void Add(capture::ByCode& into, const capture::ByCode& from) {
  for (std::size_t code = 0; code < into.size(); ++code) into[code] += from[code];
}

// Counters of several captures of one case, added up.
Json CountersJson(std::span<const capture::Story> stories) {
  capture::Counters sum;
  for (const capture::Story& story : stories) {
    const capture::Counters& one = story.counters;
    sum.packets += one.packets;
    sum.adverts += one.adverts;
    sum.att_total += one.att_total;
    Add(sum.le_connections, one.le_connections);
    Add(sum.classic_connections, one.classic_connections);
    Add(sum.disconnects, one.disconnects);
    Add(sum.att_errors, one.att_errors);
    Add(sum.smp_failures, one.smp_failures);
  }
  return {
      {"packets", sum.packets},
      {"adverts", sum.adverts},
      {"connections",
       {{"le", ByCodeJson(sum.le_connections)}, {"classic", ByCodeJson(sum.classic_connections)}}},
      {"disconnects", ByCodeJson(sum.disconnects)},
      {"att", {{"total", sum.att_total}, {"errors", ByCodeJson(sum.att_errors)}}},
      {"smp_failures", ByCodeJson(sum.smp_failures)}};
}

Json LinkJson(const capture::Story& story, const capture::Link& link, Privacy& privacy) {
  const capture::Peer* peer = link.peer < story.peers.size() ? &story.peers[link.peer] : nullptr;
  Json stages = Json::array();
  for (const capture::StageMark& mark : link.stages)
    stages.push_back(capture::StageName(mark.stage));
  Json json = {
      {"peer", peer == nullptr ? Json() : Json(privacy.Scrub(FormatAddress(peer->address)))}};
  if (peer != nullptr && !peer->name.empty()) json["name"] = privacy.Scrub(ValidUtf8(peer->name));
  json["transport"] = capture::TransportName(link.transport);
  json["started"] = FormatInstant(link.started);
  json["ended"] = FormatInstant(link.ended);
  json["reason"] = link.reason ? Json(fmt::format("0x{:02x}", *link.reason)) : Json();
  json["by"] = capture::EndedByName(link.by);
  json["stages"] = std::move(stages);
  json["bytes_in"] = link.bytes_in;
  json["bytes_out"] = link.bytes_out;
  json["inferred"] = link.inferred;
  json["packets"] = {link.packet, link.end_packet};
  if (!story.member.empty()) json["member"] = privacy.Scrub(ValidUtf8(story.member));
  json["text"] = privacy.Scrub(ValidUtf8(link.text));
  return json;
}

Json FileJson(const ReadFile& file, Privacy& privacy) {
  Json json = {{"path", privacy.Scrub(ValidUtf8(file.path))}};
  if (!file.member.empty()) json["member"] = privacy.Scrub(ValidUtf8(file.member));
  json["format"] = ValidUtf8(file.format);
  json["packets"] = file.packets;
  json["first"] = file.first.known() ? Json(FormatInstant(file.first)) : Json();
  json["last"] = file.last.known() ? Json(FormatInstant(file.last)) : Json();
  return json;
}

}  // namespace

Json StoryJson(std::span<const ReadFile> files, std::span<const capture::Story> stories,
               const evidence::Evidence& more, const Timeline& timeline, Privacy& privacy) {
  Json json = {{"schema", "bandkeeper.story/1"}, {"files", Json::array()}};
  for (const ReadFile& file : files) json["files"].push_back(FileJson(file, privacy));
  json["counters"] = CountersJson(stories);
  json["links"] = Json::array();
  json["events"] = Json::array();
  json["losses"] = Json::array();
  for (const capture::Story& story : stories) {
    for (const capture::Link& link : story.links)
      json["links"].push_back(LinkJson(story, link, privacy));
    for (const evidence::Loss& loss : story.losses) json["losses"].push_back(ToJson(loss, privacy));
  }
  for (const TimelineEntry& entry : timeline.entries)
    json["events"].push_back(ToJson(entry, privacy));
  for (const evidence::Loss& loss : more.losses) json["losses"].push_back(ToJson(loss, privacy));
  json["clocks"] = ClocksJson(timeline, privacy);
  return json;
}

}  // namespace bk::app
