#include "codec/miband/configuration_arguments.h"

namespace bk::codec::miband {
namespace {

constexpr std::size_t kAlarmBytes = 4;
constexpr std::uint8_t kSlotMask = 0x0f, kSlotEnabled = 0x10;
constexpr std::uint8_t kDoNotDisturbMark = 0x80;

}  // namespace

std::optional<DayWindow> DecodeDayWindow(Bytes arguments) {
  ByteReader reader(arguments);
  DayWindow window;
  const std::uint8_t on = reader.U8();
  window.on = on == 1;
  if (reader.left() == 4) {
    window.from_hour = reader.U8();
    window.from_minute = reader.U8();
    window.to_hour = reader.U8();
    window.to_minute = reader.U8();
  }
  if (reader.failed() || reader.left() != 0 || on > 1) return std::nullopt;
  return window;
}

ByteVector Encode(const DayWindow& window) {
  return BytesOf(window.on ? 1 : 0, window.from_hour, window.from_minute, window.to_hour,
                 window.to_minute);
}

std::optional<Alarm> DecodeAlarm(Bytes arguments) {
  ByteReader reader(arguments);
  Alarm alarm;
  const std::uint8_t tag = reader.U8();
  alarm.slot = tag & 0x0f;
  alarm.enabled = (tag & 0x80) != 0;
  alarm.no_snooze = (tag & 0x40) != 0;
  alarm.hour = reader.U8();
  alarm.minute = reader.U8();
  alarm.days = reader.U8();
  if (reader.failed() || reader.left() != 0 || (tag & 0x30) != 0) return std::nullopt;
  return alarm;
}

ByteVector Encode(const Alarm& alarm) {
  return BytesOf((alarm.slot & 0x0f) | (alarm.enabled ? 0x80 : 0) | (alarm.no_snooze ? 0x40 : 0),
                 alarm.hour, alarm.minute, alarm.days);
}

std::optional<NightMode> DecodeNightMode(Bytes arguments) {
  ByteReader reader(arguments);
  const std::uint8_t when = reader.U8();
  if (reader.failed() || when > 2) return std::nullopt;
  NightMode mode;
  mode.when = static_cast<NightMode::When>(when);
  if (mode.when == NightMode::When::kScheduled) {
    mode.from_hour = reader.U8();
    mode.from_minute = reader.U8();
    mode.to_hour = reader.U8();
    mode.to_minute = reader.U8();
  }
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return mode;
}

ByteVector Encode(const NightMode& mode) {
  if (mode.when != NightMode::When::kScheduled)
    return BytesOf(static_cast<std::uint8_t>(mode.when));
  return BytesOf(1, mode.from_hour, mode.from_minute, mode.to_hour, mode.to_minute);
}

std::optional<Inactivity> DecodeInactivity(Bytes arguments) {
  ByteReader reader(arguments);
  Inactivity inactivity;
  const std::uint8_t on = reader.U8();
  inactivity.on = on == 1;
  inactivity.minutes = reader.Le16();
  for (std::uint8_t* field :
       {&inactivity.from1_hour, &inactivity.from1_minute, &inactivity.to1_hour,
        &inactivity.to1_minute, &inactivity.from2_hour, &inactivity.from2_minute,
        &inactivity.to2_hour, &inactivity.to2_minute})
    *field = reader.U8();
  if (reader.failed() || reader.left() != 0 || on > 1) return std::nullopt;
  return inactivity;
}

ByteVector Encode(const Inactivity& inactivity) {
  ByteVector out;
  ByteWriter(out)
      .U8(inactivity.on ? 1 : 0)
      .Le16(inactivity.minutes)
      .U8(inactivity.from1_hour)
      .U8(inactivity.from1_minute)
      .U8(inactivity.to1_hour)
      .U8(inactivity.to1_minute)
      .U8(inactivity.from2_hour)
      .U8(inactivity.from2_minute)
      .U8(inactivity.to2_hour)
      .U8(inactivity.to2_minute);
  return out;
}

std::optional<AlarmList> DecodeAlarmList(Bytes payload) {
  ByteReader reader(payload);
  AlarmList list;
  list.unknown = reader.U8();
  if (reader.failed() || reader.left() % kAlarmBytes != 0) return std::nullopt;
  while (reader.left() > 0) {
    const auto alarm = DecodeAlarm(reader.Take(kAlarmBytes));
    if (!alarm) return std::nullopt;
    list.alarms.push_back(*alarm);
  }
  return list;
}

ByteVector Encode(const AlarmList& list) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(list.unknown);
  for (const Alarm& alarm : list.alarms) writer.Put(Encode(alarm));
  return out;
}

std::optional<AlarmSlots> DecodeAlarmSlots(Bytes data) {
  ByteReader reader(data);
  AlarmSlots slots;
  for (std::uint8_t& byte : slots.unknown) byte = reader.U8();
  const std::size_t count = reader.U8();
  if (reader.failed() || reader.left() < count) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t entry = reader.U8();
    slots.slots.push_back({.slot = static_cast<std::uint8_t>(entry & kSlotMask),
                           .enabled = (entry & kSlotEnabled) != 0});
  }
  return slots;  // what comes after the entries is not known
}

ByteVector Encode(const AlarmSlots& slots) {
  ByteVector out;
  ByteWriter writer(out);
  for (const std::uint8_t byte : slots.unknown) writer.U8(byte);
  writer.U8(slots.slots.size());
  for (const AlarmSlots::Slot& slot : slots.slots)
    writer.U8((slot.slot & kSlotMask) | (slot.enabled ? kSlotEnabled : 0));
  return out;
}

std::optional<DisplayItems> DecodeDisplayItems(Bytes arguments) {
  ByteReader reader(arguments);
  DisplayItems items;
  items.shown = reader.Le16();
  for (std::uint8_t& position : items.positions) position = reader.U8();
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return items;
}

ByteVector Encode(const DisplayItems& items) {
  ByteVector out;
  ByteWriter writer(out);
  writer.Le16(items.shown);
  for (const std::uint8_t position : items.positions) writer.U8(position);
  return out;
}

std::optional<DoNotDisturb> DecodeDoNotDisturb(Bytes arguments) {
  ByteReader reader(arguments);
  const std::uint8_t first = reader.U8();
  const std::uint8_t when = first & ~kDoNotDisturbMark;
  if (reader.failed() || when < 1 || when > 3) return std::nullopt;
  DoNotDisturb wish;
  wish.when = static_cast<DoNotDisturb::When>(when);
  wish.lift_wakes = (first & kDoNotDisturbMark) == 0;
  if (wish.when == DoNotDisturb::When::kScheduled) {
    wish.from_hour = reader.U8();
    wish.from_minute = reader.U8();
    wish.to_hour = reader.U8();
    wish.to_minute = reader.U8();
  }
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return wish;
}

ByteVector Encode(const DoNotDisturb& wish) {
  const int first = static_cast<int>(wish.when) | (wish.lift_wakes ? 0 : kDoNotDisturbMark);
  if (wish.when != DoNotDisturb::When::kScheduled) return BytesOf(first);
  return BytesOf(first, wish.from_hour, wish.from_minute, wish.to_hour, wish.to_minute);
}

std::optional<HeartRateAlert> DecodeHeartRateAlert(Bytes arguments) {
  ByteReader reader(arguments);
  const std::uint8_t on = reader.U8();
  const HeartRateAlert alert{.on = on == 1, .beats_per_minute = reader.U8()};
  if (reader.failed() || reader.left() != 0 || on > 1) return std::nullopt;
  return alert;
}

ByteVector Encode(const HeartRateAlert& alert) {
  return BytesOf(alert.on ? 1 : 0, alert.beats_per_minute);
}

std::optional<Pin> DecodePin(Bytes arguments) {
  ByteReader reader(arguments);
  const std::uint8_t on = reader.U8();
  const Pin pin{.on = on == 1, .digits = AsText(reader.Take(4))};
  const std::uint8_t end = reader.U8();
  if (reader.failed() || reader.left() != 0 || on > 1 || end != 0) return std::nullopt;
  return pin;
}

ByteVector Encode(const Pin& pin) {
  ByteVector out;
  ByteWriter(out).U8(pin.on ? 1 : 0).Put(AsBytes(pin.digits)).U8(0);
  return out;
}

std::optional<WatchFaceAnnounced> DecodeWatchFaceAnnounced(Bytes arguments) {
  ByteReader reader(arguments);
  const std::uint16_t zeros = reader.Le16();
  const std::uint32_t ones = reader.Le24();
  WatchFaceAnnounced face;
  for (std::uint8_t& byte : face.id) byte = reader.U8();
  if (reader.failed() || reader.left() != 0 || zeros != 0 || ones != 0xffffff) return std::nullopt;
  return face;
}

ByteVector Encode(const WatchFaceAnnounced& face) {
  ByteVector out;
  ByteWriter writer(out);
  writer.Le16(0).Le24(0xffffff);
  for (const std::uint8_t byte : face.id) writer.U8(byte);
  return out;
}

}  // namespace bk::codec::miband
