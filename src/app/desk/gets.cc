// What the page looks at beside the parts.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/band/export_minutes.h"
#include "app/band/messages.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/desk/timeline_columns.h"
#include "app/evidence_json.h"
#include "base/text.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Query = Desk::Query;

Answered NotFound(std::string_view text) { return Answered::Wrong(404, "not_found", text); }

Answered State(DeskRoom& room, const Query&) {
  Json parts = Json::object();
  std::string text;
  std::int64_t revision = 0;
  // The values are JSON already.
  for (const Parts::Part& part : room.parts.Since(0)) {
    text +=
        fmt::format("{}\"{}\":{{\"revision\":{},\"simulated\":{},\"value\":{}}}",
                    text.empty() ? "" : ",", part.name, part.revision, part.simulated, *part.value);
    revision = std::max(revision, part.revision);
  }
  const Json head = {{"schema", "bandkeeper.page/1"},
                     {"version", room.options.version},
                     {"run", room.run_id},
                     {"revision", revision}};
  std::string whole = DumpCompact(head);
  whole.pop_back();
  Answered answered;
  answered.raw = whole + ",\"parts\":{" + text + "}}";
  return answered;
}

Answered TimelineOf(DeskRoom& room, const Query&) {
  const std::lock_guard lock(room.mutex);
  if (!room.gathered) return NotFound(room.Say(kDeskSays.no_timeline));
  Answered answered;
  answered.raw = TimelineColumns(*room.gathered, room.report_at, room.privacy);
  return answered;
}

Answered KnowledgeOf(DeskRoom& room, const Query&) {
  const std::lock_guard lock(room.mutex);
  const troubleshoot::Knowledge& known = *room.knowledge;
  Json layers = Json::array(), causes = layers, findings = layers, fixes = layers, apps = layers;
  for (const auto& one : known.layers) layers.push_back({{"id", one.id}, {"title", one.title}});
  for (const auto& one : known.causes)
    causes.push_back({{"id", one.id},
                      {"layer", one.layer},
                      {"title", one.title},
                      {"explain", one.explain},
                      {"instead", one.instead}});
  for (const auto& one : known.findings)
    findings.push_back({{"id", one.id}, {"statement", one.statement}, {"question", one.question}});
  for (const auto& one : known.fixes) {
    std::vector<std::string> words;
    for (const auto& some : one.words)
      if (some.maker.empty() && some.android_min == 0 && some.android_max == 0) words = some.steps;
    fixes.push_back({{"id", one.id},
                     {"title", one.title},
                     {"minutes", one.minutes},
                     {"loss", troubleshoot::LossClassName(one.loss)},
                     {"words", words}});
  }
  for (const auto& one : known.apps)
    apps.push_back({{"id", one.id}, {"title", one.title}, {"packages", one.packages}});
  Answered answered;
  answered.raw = DumpCompact({{"language", room.settings.language},
                              {"layers", std::move(layers)},
                              {"causes", std::move(causes)},
                              {"findings", std::move(findings)},
                              {"fixes", std::move(fixes)},
                              {"apps", std::move(apps)}});
  return answered;
}

// Whatever the setting says: what is handed to a stranger holds no address.
Answered Bundle(DeskRoom& room, const Query&) {
  const std::lock_guard lock(room.mutex);
  Privacy strict(false);
  Json parts = Json::object();
  for (const Parts::Part& part : room.parts.Since(0))
    if (part.name == "outcome" || part.name == "everyday" || part.name == "repairs")
      parts[part.name] = Json::parse(*part.value, nullptr, false);
  const std::string timeline =
      room.gathered ? TimelineColumns(*room.gathered, room.report_at, strict) : std::string("null");
  Json band = room.band_part;
  if (band.is_object()) {
    band.erase("heard");
    band.erase("files");
  }
  const Json kept =
      room.kept_report.is_object() ? room.kept_report.value("report", Json()) : Json();
  Json settings = {{"language", room.settings.language}, {"app", room.settings.app}};
  const Json json = {{"schema", "bandkeeper.bundle/1"},
                     {"version", room.options.version},
                     {"made_at", WallNow()},
                     {"report", room.report ? room.Marked(ToJson(*room.report, strict)) : kept},
                     {"repairs", parts.value("repairs", Json())},
                     {"outcome", parts.value("outcome", Json())},
                     {"everyday", parts.value("everyday", Json())},
                     {"band", std::move(band)},
                     {"settings", std::move(settings)}};
  std::string text = DumpCompact(json);
  text.pop_back();
  Answered answered;
  // What was made while addresses were shown is scrubbed once more as text.
  answered.raw = strict.Scrub(text + ",\"timeline\":" + timeline + "}");
  answered.file_name = "bandkeeper-support.json";
  return answered;
}

Answered Kept(DeskRoom& room, const Query&) {
  const std::lock_guard lock(room.mutex);
  std::uint64_t bytes = 0;
  for (const DeskFile& file : room.files) bytes += file.bytes;
  const std::string& place = room.options.folder;
  const auto item = [](std::string_view id, std::string_view text, const std::string& where,
                       std::uint64_t size, std::string_view why_not) {
    return Json{{"id", id},
                {"text", text},
                {"place", ValidUtf8(where)},
                {"bytes", size},
                {"deletable", why_not.empty()},
                {"why_not", why_not}};
  };
  Json items = Json::array();
  items.push_back(item("case", room.Say(kDeskSays.kept_case), place, bytes, ""));
  items.push_back(item("outcome", room.Say(kDeskSays.kept_outcome), place, 0, ""));
  items.push_back(item("settings", room.Say(kDeskSays.kept_settings), place, 0, ""));
  items.push_back(item("journal", room.Say(kDeskSays.kept_journal), place, 0,
                       room.Say(kDeskSays.journal_needed)));
  if (room.options.world.band != nullptr && !room.options.world.band->keys_place.empty())
    items.push_back(item("keys", room.Say(kDeskSays.kept_keys), room.options.world.band->keys_place,
                         0, room.Say(kDeskSays.keys_needed)));
  return {.body = {{"items", std::move(items)}}};
}

std::int64_t Number(const Query& query, const char* key, std::int64_t otherwise) {
  const auto found = query.find(key);
  if (found == query.end()) return otherwise;
  return ParseInt<std::int64_t>(found->second).value_or(otherwise);
}

constexpr std::int64_t kFar = std::int64_t{1} << 40;

Answered Minutes(DeskRoom& room, const Query& query) {
  constexpr std::size_t kMinutesMax = 100'000;
  std::optional<Address> band;
  std::string none;
  {
    const std::lock_guard lock(room.mutex);
    band = room.band;
    none = room.Say(kWaySays.no_band);
  }
  if (room.options.world.band == nullptr || !band) return NotFound(none);
  const auto store = room.options.world.band->open_store();
  if (!store) return Answered::Wrong(422, "refused", store.error().message);
  Json minute = Json::array(), zone = minute, kind = minute, intensity = minute, steps = minute,
       heart = minute;
  const ports::MinuteRange range{std::clamp(Number(query, "from", -kFar), -kFar, kFar),
                                 std::clamp(Number(query, "to", kFar), -kFar, kFar)};
  const Status read = (*store)->ForEach(*band, range, [&](const ports::BandMinute& one) {
    minute.push_back(one.minute);
    zone.push_back(one.zone);
    kind.push_back(one.kind);
    intensity.push_back(one.intensity);
    steps.push_back(one.steps);
    heart.push_back(one.heart_rate);
    return minute.size() < kMinutesMax;
  });
  if (!read) return Answered::Wrong(422, "refused", read.error().message);
  return {.body = {{"minute", std::move(minute)},
                   {"zone", std::move(zone)},
                   {"kind", std::move(kind)},
                   {"intensity", std::move(intensity)},
                   {"steps", std::move(steps)},
                   {"heart_rate", std::move(heart)}}};
}

Answered Export(DeskRoom& room, const Query& query) {
  constexpr std::size_t kBytesMax = 512U << 20;
  std::optional<Address> band;
  std::string none;
  {
    const std::lock_guard lock(room.mutex);
    band = room.band;
    none = room.Say(kWaySays.no_band);
  }
  if (room.options.world.band == nullptr || !band) return NotFound(none);
  const auto named = query.find("format");
  const std::string format = named == query.end() ? "csv" : named->second;
  if (format != "csv" && format != "json" && format != "gadgetbridge")
    return Answered::Wrong(400, "bad_request", "format: csv, json or gadgetbridge.");
  const auto store = room.options.world.band->open_store();
  if (!store) return Answered::Wrong(422, "refused", store.error().message);
  ports::MinuteRange range{-kFar, kFar};
  if (const std::int64_t days = Number(query, "days", 0); days > 0 && days < 100'000)
    range.from = WallNow() / 60'000 - days * 24 * 60;
  std::string text;
  const Status made = ExportMinutes(**store, *band, range,
                                    format == "json"           ? ExportFormat::kJson
                                    : format == "gadgetbridge" ? ExportFormat::kGadgetbridge
                                                               : ExportFormat::kCsv,
                                    [&](std::string_view piece) {
                                      text += piece;
                                      return text.size() < kBytesMax;
                                    });
  if (!made) return Answered::Wrong(422, "refused", made.error().message);
  Answered answered;
  answered.raw = std::move(text);
  answered.type = format == "json"  ? "application/json"
                  : format == "csv" ? "text/csv; charset=utf-8"
                                    : "application/sql";
  answered.file_name = format == "gadgetbridge" ? "band-minutes.sql" : "band-minutes." + format;
  return answered;
}

struct Named {
  std::string_view name;
  Answered (*run)(DeskRoom&, const Query&);
};
constexpr std::array kGets = {
    Named{"state", State},       Named{"timeline", TimelineOf}, Named{"knowledge", KnowledgeOf},
    Named{"bundle", Bundle},     Named{"kept", Kept},           Named{"band/minutes", Minutes},
    Named{"band/export", Export}};

}  // namespace

Answered GetFrom(DeskRoom& room, std::string_view what, const Query& query) {
  const auto found = std::ranges::find(kGets, what, &Named::name);
  return found == kGets.end() ? NotFound("There is no such thing.") : found->run(room, query);
}

std::vector<std::string_view> GetNames() {
  std::vector<std::string_view> names;
  for (const Named& one : kGets) names.push_back(one.name);
  return names;
}

}  // namespace bk::app
