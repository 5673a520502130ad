#include "codec/miband/band_settings.h"

#include <algorithm>

#include "codec/miband/text.h"

namespace bk::codec::miband {
namespace {

constexpr std::uint8_t kReminder = 0x0b, kMenu = 0x1e, kVibration = 0x20, kCustomVibration = 0xff;
constexpr std::uint32_t kEnabled = 1 << 0, kEnds = 1 << 2, kText = 1 << 3, kMonthly = 1 << 12,
                        kYearly = 1 << 13;
constexpr int kWeekdayShift = 5;
constexpr std::uint32_t kWeekdays = 0x7f << kWeekdayShift;
constexpr std::uint8_t kTry = 0x80, kKeep = 0x40, kPulses = 0x3f;

std::optional<BandSetting> ReadReminder(ByteReader& reader) {
  Reminder reminder;
  reminder.slot = reader.U8();
  const std::uint32_t flags = reader.Le32();
  if (flags == kText && reader.left() == 1)
    return reader.U8() == 0 ? std::optional<BandSetting>(ReminderRemoved{reminder.slot})
                            : std::nullopt;
  if ((flags & ~(kEnabled | kEnds | kText | kMonthly | kYearly | kWeekdays)) != 0 ||
      (flags & kText) == 0)
    return std::nullopt;
  reminder.enabled = (flags & kEnabled) != 0;
  reminder.has_end = (flags & kEnds) != 0;
  reminder.monthly = (flags & kMonthly) != 0;
  reminder.yearly = (flags & kYearly) != 0;
  reminder.weekdays = static_cast<std::uint8_t>((flags & kWeekdays) >> kWeekdayShift);
  reminder.at.year = reader.Le16();
  reminder.at.month = reader.U8();
  reminder.at.day = reader.U8();
  reminder.at.hour = reader.U8();
  reminder.at.minute = reader.U8();
  const std::uint8_t zero = reader.U8();
  const auto text = TakeText(reader);
  if (reader.failed() || zero != 0 || !text) return std::nullopt;
  reminder.text = *text;
  return reminder;
}

std::optional<BandSetting> ReadMenu(ByteReader& reader) {
  Menu menu;
  while (reader.left() > 0) {
    const std::uint8_t index = reader.U8();
    const std::uint8_t hidden = reader.U8();
    const std::uint8_t mark = reader.U8();
    const std::uint8_t id = reader.U8();
    if (reader.failed() || index != menu.items.size() || hidden > 1 || mark != 0xff)
      return std::nullopt;
    menu.items.push_back({.id = id, .hidden = hidden == 1});
  }
  return menu;
}

std::optional<BandSetting> ReadVibration(ByteReader& reader) {
  VibrationPattern pattern;
  pattern.of = reader.U8();
  const std::uint8_t flags = reader.U8();
  const std::size_t pulses = flags & kPulses;
  pattern.only_try = (flags & kTry) != 0;
  if (reader.failed() || reader.left() != pulses * 4 || (flags & kKeep) == 0) return std::nullopt;
  for (std::size_t i = 0; i < pulses; ++i) {
    VibrationPattern::Pulse pulse;
    pulse.on_ms = reader.Le16();
    pulse.off_ms = reader.Le16();
    pattern.pulses.push_back(pulse);
  }
  return pattern;
}

void Write(const Reminder& reminder, ByteWriter& writer) {
  const std::uint32_t flags = kText | (reminder.enabled ? kEnabled : 0) |
                              (reminder.has_end ? kEnds : 0) | (reminder.monthly ? kMonthly : 0) |
                              (reminder.yearly ? kYearly : 0) |
                              (std::uint32_t{reminder.weekdays} << kWeekdayShift & kWeekdays);
  writer.U8(kReminder).U8(reminder.slot).Le32(flags).Le16(reminder.at.year);
  writer.U8(reminder.at.month).U8(reminder.at.day).U8(reminder.at.hour).U8(reminder.at.minute);
  PutText(writer.U8(0), reminder.text);
}
void Write(const ReminderRemoved& removed, ByteWriter& writer) {
  writer.U8(kReminder).U8(removed.slot).Le32(kText).U8(0);
}
void Write(const Menu& menu, ByteWriter& writer) {
  writer.U8(kMenu);
  std::uint8_t index = 0;
  for (const Menu::Item& item : menu.items)
    writer.U8(index++).U8(item.hidden ? 1 : 0).U8(0xff).U8(item.id);
}
void Write(const VibrationPattern& pattern, ByteWriter& writer) {
  const std::size_t pulses = std::min<std::size_t>(pattern.pulses.size(), kPulses);
  writer.U8(kVibration).U8(pattern.of).U8(kKeep | (pattern.only_try ? kTry : 0) | pulses);
  for (std::size_t i = 0; i < pulses; ++i)
    writer.Le16(pattern.pulses[i].on_ms).Le16(pattern.pulses[i].off_ms);
}

}  // namespace

std::optional<BandSetting> DecodeBandSetting(Bytes message) {
  ByteReader reader(message);
  std::optional<BandSetting> setting;
  switch (reader.U8()) {
    case kReminder:
      setting = ReadReminder(reader);
      break;
    case kMenu:
      setting = ReadMenu(reader);
      break;
    case kVibration:
      setting = ReadVibration(reader);
      break;
    default:
      break;
  }
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return setting;
}

ByteVector Encode(const BandSetting& setting) {
  ByteVector out;
  ByteWriter writer(out);
  std::visit([&](const auto& one) { Write(one, writer); }, setting);
  return out;
}

std::optional<CustomVibration> DecodeCustomVibration(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t mark = reader.U8();
  CustomVibration vibration;
  vibration.on_ms = reader.Le16();
  vibration.off_ms = reader.Le16();
  vibration.times = reader.U8();
  if (reader.failed() || reader.left() != 0 || mark != kCustomVibration) return std::nullopt;
  return vibration;
}

ByteVector Encode(const CustomVibration& vibration) {
  ByteVector out;
  ByteWriter(out)
      .U8(kCustomVibration)
      .Le16(vibration.on_ms)
      .Le16(vibration.off_ms)
      .U8(vibration.times);
  return out;
}

}  // namespace bk::codec::miband
