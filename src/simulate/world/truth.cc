#include "simulate/world/truth.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/hci/codes.h"

namespace bk::simulate::world {
namespace {

using Json = nlohmann::ordered_json;

// Core, vol. 1 part F, in the words of this world.
std::string_view EndedBy(const LinkTruth& link) {
  namespace status = codec::hci::status;
  if (link.ended == 0) return "stands";
  if (!link.reason) return "phone";
  switch (*link.reason) {
    case status::kConnectionTimeout:
    case status::kFailedToEstablish:
      return "silence";
    case status::kPeerEnded:
      return "band";
    case status::kHostEnded:
      return "phone";
    case status::kMicFailure:
      return "key";
    default:
      return "unknown";
  }
}

Json LinkJson(const LinkTruth& link) {
  Json json = {{"address", link.address}, {"began_us", link.began}};
  json["ended_us"] = link.ended == 0 ? Json() : Json(link.ended);
  json["reason"] = link.reason ? Json(*link.reason) : Json();
  json["ended_by"] = EndedBy(link);
  json["authenticated"] = link.authenticated;
  json["minutes"] = link.fetched;
  return json;
}

Json MinutesJson(const std::vector<std::int64_t>& minutes) {
  Json stretches = Json::array();
  for (const auto& [from, until] : Stretches(minutes)) stretches.push_back({from, until});
  return {{"count", minutes.size()}, {"stretches", stretches}};
}

}  // namespace

std::string_view PlaceName(Place place) {
  switch (place) {
    case Place::kPhone:
      return "phone";
    case Place::kRadio:
      return "radio";
    case Place::kBand:
      break;
  }
  return "band";
}

std::vector<std::pair<std::int64_t, std::int64_t>> Stretches(std::vector<std::int64_t> minutes) {
  std::ranges::sort(minutes);
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  for (const std::int64_t minute : minutes) {
    if (!out.empty() && minute < out.back().second) continue;  // twice
    if (!out.empty() && minute == out.back().second)
      ++out.back().second;
    else
      out.emplace_back(minute, minute + 1);
  }
  return out;
}

std::string TruthJson(const WorldTruth& truth) {
  Json json = {{"schema", "bandkeeper.world_truth/1"},
               {"simulated", true},
               {"seed", truth.seed},
               {"from_us", truth.from},
               {"until_us", truth.until},
               {"healthy", truth.healthy},
               {"phone", {{"what", truth.phone}, {"app", truth.app}}},
               {"band",
                {{"address", truth.band},
                 {"name", truth.band_name},
                 {"firmware", truth.firmware},
                 {"battery_percent", truth.band_battery}}}};
  json["faults"] = Json::array();
  for (const FaultTruth& fault : truth.faults)
    json["faults"].push_back({{"name", fault.name},
                              {"place", PlaceName(fault.place)},
                              {"what", fault.what},
                              {"since_us", fault.since}});
  json["links"] = Json::array();
  for (const LinkTruth& link : truth.happened.links) json["links"].push_back(LinkJson(link));
  json["failed_attempts"] = Json::array();
  for (const LinkTruth& link : truth.happened.failed)
    json["failed_attempts"].push_back(LinkJson(link));
  json["proofs"] = truth.happened.proofs;
  json["syncs"] = Json::array();
  for (const SyncTruth& sync : truth.happened.syncs)
    json["syncs"].push_back({{"at_us", sync.at}, {"minutes", sync.minutes}, {"whole", sync.whole}});
  // Numbers of minutes since 1970 in UTC; the second of a stretch is no longer in it.
  json["minutes"] = {{"recorded", MinutesJson(truth.recorded)},
                     {"phone_got", MinutesJson(truth.happened.got)},
                     {"only_on_band", MinutesJson(truth.on_band)},
                     {"lost", MinutesJson(truth.lost)}};
  return json.dump(2) + "\n";
}

}  // namespace bk::simulate::world
