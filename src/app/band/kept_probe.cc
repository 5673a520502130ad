#include "app/band/kept_probe.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "app/band/probe_findings.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using evidence::Event;

constexpr std::string_view kSchema = "bandkeeper.kept_probe/1";
// A probe makes ten or so.
constexpr std::size_t kEventsMax = 200;

constexpr std::array<std::string_view, 5> kReach = {"not_heard", "held", "no_link", "connected",
                                                    "answers"};
constexpr std::array<std::string_view, 5> kKey = {"none", "accepted", "refused", "no_answer",
                                                  "not_reached"};
constexpr std::array<std::string_view, 4> kRecords = {"not_asked", "came", "none", "failed"};

template <class Enum>
std::string_view NameOf(const auto& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}
  std::optional<std::string> Text(const char* key) const {
    const auto found = json_.find(key);
    if (found == json_.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  }
  std::optional<std::int64_t> Number(const char* key) const {
    const auto found = json_.find(key);
    if (found == json_.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
  }
  // False: no such name.
  template <class Enum>
  bool Named(const char* key, const auto& names, Enum& value) const {
    const auto text = Text(key);
    const auto found = std::ranges::find(names, text.value_or(""));
    if (!text || found == names.end()) return false;
    value = static_cast<Enum>(found - names.begin());
    return true;
  }

 private:
  const Json& json_;
};

}  // namespace

Json KeptProbeJson(const ProbeResult& probe) {
  Json events = Json::array();
  for (const Event& event : probe.evidence.events)
    events.push_back({{"at", event.at.us}, {"kind", event.kind}, {"text", event.text}});
  Json json = {{"schema", kSchema},
               {"at", probe.at.us},
               {"reach", NameOf(kReach, probe.reach)},
               {"key", NameOf(kKey, probe.key)},
               {"key_status", probe.key_status},
               {"records", NameOf(kRecords, probe.records)},
               {"others", probe.others},
               {"phones_off", probe.phones_off},
               {"failure", probe.failure},
               {"firmware", probe.info.firmware},
               {"hardware", probe.info.hardware},
               {"events", std::move(events)}};
  if (probe.rssi) json["rssi"] = *probe.rssi;
  if (probe.resources_of) json["resources_of"] = *probe.resources_of;
  if (const auto& changed = probe.changed_elsewhere) {
    json["changed_from"] = changed->before;
    json["changed_to"] = changed->now;
  }
  if (probe.info.battery) json["battery_percent"] = probe.info.battery->percent;
  if (probe.info.clock_ahead_s) json["clock_ahead"] = *probe.info.clock_ahead_s;
  return json;
}

std::optional<ProbeResult> KeptProbeOf(const Json& json, const language::Language& language) {
  if (!json.is_object()) return std::nullopt;
  const Reader kept(json);
  const auto at = kept.Number("at");
  ProbeResult probe;
  if (kept.Text("schema") != kSchema || !at || !kept.Named("reach", kReach, probe.reach) ||
      !kept.Named("key", kKey, probe.key) || !kept.Named("records", kRecords, probe.records))
    return std::nullopt;
  probe.at = WallTime{*at};
  probe.key_status = static_cast<std::uint8_t>(kept.Number("key_status").value_or(0));
  probe.others =
      static_cast<std::size_t>(std::max<std::int64_t>(0, kept.Number("others").value_or(0)));
  const auto off = json.find("phones_off");
  probe.phones_off = off != json.end() && off->is_boolean() && off->get<bool>();
  probe.failure = kept.Text("failure").value_or("");
  probe.info.firmware = kept.Text("firmware").value_or("");
  probe.info.hardware = kept.Text("hardware").value_or("");
  if (const auto dbm = kept.Number("rssi")) probe.rssi = static_cast<int>(*dbm);
  probe.resources_of = kept.Text("resources_of");
  if (auto from = kept.Text("changed_from"), to = kept.Text("changed_to"); from && to)
    probe.changed_elsewhere = ChangedElsewhere{.before = *std::move(from), .now = *std::move(to)};
  if (const auto percent = kept.Number("battery_percent");
      percent && *percent >= 0 && *percent <= 100)
    probe.info.battery = codec::miband::Battery{.percent = static_cast<std::uint8_t>(*percent)};
  probe.info.clock_ahead_s = kept.Number("clock_ahead");
  if (const auto events = json.find("events"); events != json.end() && events->is_array())
    for (const Json& one : *events) {
      if (!one.is_object() || probe.evidence.events.size() >= kEventsMax) continue;
      const Reader event(one);
      const auto when = event.Number("at");
      const auto kind = event.Text("kind");
      if (!when || !kind) continue;
      probe.evidence.events.push_back(
          {.at = WallTime{*when},
           .kind = *kind,
           .text = event.Text("text").value_or(""),
           .source = evidence::SourceKind::kBand,
           .where = {.file = std::string(kProbePlace), .time = WallTime{*when}}});
    }
  WriteProbeFindings(language, probe);
  return probe;
}

}  // namespace bk::app
