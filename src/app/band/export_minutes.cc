#include "app/band/export_minutes.h"

#include <fmt/format.h>

#include <string>

#include "app/band/ledger.h"
#include "base/instant.h"
#include "codec/miband/activity.h"

namespace bk::app {
namespace {

using ports::BandMinute;

std::string Iso(std::int64_t seconds, std::string_view zone) {
  const CivilTime civil = CivilFromMicros(seconds * 1'000'000);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:00{}", civil.year, civil.month, civil.day,
                     civil.hour, civil.minute, zone);
}
std::string Utc(const BandMinute& minute) { return Iso(minute.minute * 60, "Z"); }
std::string Local(const BandMinute& minute) {
  const int quarters = minute.zone;
  const int magnitude = quarters < 0 ? -quarters : quarters;
  return Iso(
      minute.minute * 60 + quarters * 900,
      fmt::format("{}{:02}:{:02}", quarters < 0 ? '-' : '+', magnitude / 4, magnitude % 4 * 15));
}
std::string_view Kind(const BandMinute& minute) {
  codec::miband::ActivitySample sample;
  sample.kind = minute.kind;
  return codec::miband::ActivityKindName(codec::miband::KindOf(sample));
}

struct Writer {
  std::string head, tail, between;
  std::string (*row)(const BandMinute&);
};

Writer WriterOf(ExportFormat format) {
  switch (format) {
    case ExportFormat::kCsv:
      return {"time,local_time,kind,raw_kind,intensity,steps,heart_rate\n", "", "",
              [](const BandMinute& minute) {
                return fmt::format("{},{},{},{},{},{},{}\n", Utc(minute), Local(minute),
                                   Kind(minute), minute.kind, minute.intensity, minute.steps,
                                   minute.heart_rate == 0xff
                                       ? std::string()
                                       : fmt::format("{}", minute.heart_rate));
              }};
    case ExportFormat::kJson:
      return {"{\"schema\": \"bandkeeper.minutes/1\",\n \"minutes\": [", "\n ]", ",",
              [](const BandMinute& minute) {
                return fmt::format(
                    "\n  {{\"time\": \"{}\", \"local_time\": \"{}\", \"kind\": \"{}\", "
                    "\"raw_kind\": {}, "
                    "\"intensity\": {}, \"steps\": {}, \"heart_rate\": {}}}",
                    Utc(minute), Local(minute), Kind(minute), minute.kind, minute.intensity,
                    minute.steps,
                    minute.heart_rate == 0xff ? std::string("null")
                                              : fmt::format("{}", minute.heart_rate));
              }};
    case ExportFormat::kGadgetbridge:
      return {
          "BEGIN;\n"
          "CREATE TABLE IF NOT EXISTS MI_BAND_ACTIVITY_SAMPLE(TIMESTAMP INTEGER NOT NULL, "
          "DEVICE_ID "
          "INTEGER NOT NULL, USER_ID INTEGER NOT NULL, RAW_INTENSITY INTEGER NOT NULL, STEPS "
          "INTEGER "
          "NOT NULL, RAW_KIND INTEGER NOT NULL, HEART_RATE INTEGER NOT NULL, PRIMARY "
          "KEY(TIMESTAMP, "
          "DEVICE_ID)) WITHOUT ROWID;\n",
          "COMMIT;\n", "", [](const BandMinute& minute) {
            return fmt::format(
                "INSERT OR IGNORE INTO MI_BAND_ACTIVITY_SAMPLE VALUES({}, 1, 1, {}, {}, {}, {});\n",
                minute.minute * 60, minute.intensity, minute.steps, minute.kind, minute.heart_rate);
          }};
  }
  return {};
}

std::string GapsJson(const std::vector<ports::MinuteGap>& gaps) {
  std::string text = ",\n \"gaps\": [";
  for (const ports::MinuteGap& gap : gaps) {
    text += fmt::format("{}\n  {{\"from\": \"{}\", \"to\": \"{}\", \"why\": \"{}\"}}",
                        &gap == gaps.data() ? "" : ",", Iso(gap.from * 60, "Z"),
                        Iso(gap.to * 60, "Z"), GapName(WhyOf(gap.why)));
  }
  return text + "\n ]}\n";
}

}  // namespace

Status ExportMinutes(ports::BandStore& store, Address band, ports::MinuteRange range,
                     ExportFormat format, const std::function<bool(std::string_view)>& put) {
  const Writer writer = WriterOf(format);
  bool going = put(writer.head), first = true;
  const auto read = store.ForEach(band, range, [&](const BandMinute& minute) {
    std::string text = first ? "" : writer.between;
    first = false;
    text += writer.row(minute);
    going = going && put(text);
    return going;
  });
  if (!read) return read;
  std::string tail = writer.tail;
  if (format == ExportFormat::kJson) {
    BK_TRY(const auto gaps, store.Gaps(band));
    tail += GapsJson(gaps);
  }
  if (!going || !put(tail)) return Fail(ErrorCode::kStopped, "the export was stopped");
  return {};
}

}  // namespace bk::app
