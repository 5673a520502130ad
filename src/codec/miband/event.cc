#include "codec/miband/event.h"

namespace bk::codec::miband {

std::optional<std::uint16_t> BandEvent::Mtu() const {
  if (kind != EventKind::kMtu || data.size() != 2) return std::nullopt;
  const std::uint16_t mtu = ByteReader(data).Le16();
  if (mtu < 23 || mtu > 517) return std::nullopt;
  return mtu;
}

std::optional<BandEvent> DecodeEvent(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t kind = reader.U8();
  if (reader.failed()) return std::nullopt;
  return BandEvent{static_cast<EventKind>(kind), reader.TakeRest()};
}

ByteVector Encode(const BandEvent& event) {
  ByteVector out;
  ByteWriter(out).U8(static_cast<std::uint8_t>(event.kind)).Put(event.data);
  return out;
}

std::string_view EventMeaning(EventKind kind) {
  switch (kind) {
    case EventKind::kFellAsleep:
      return "the wearer fell asleep";
    case EventKind::kWokeUp:
      return "the wearer woke up";
    case EventKind::kGoalReached:
      return "the step goal was reached";
    case EventKind::kButton:
      return "the band's button was pressed";
    case EventKind::kTakenOff:
      return "the band was taken off";
    case EventKind::kCallRejected:
      return "a call was rejected on the band";
    case EventKind::kFindPhone:
      return "the band looks for the phone";
    case EventKind::kCallIgnored:
      return "a call was muted on the band";
    case EventKind::kAlarmToggled:
      return "an alarm was switched on the band";
    case EventKind::kLongPress:
      return "the band's button was held";
    case EventKind::kSyncTick:
      return "the band asked to be synced";
    case EventKind::kFindPhoneStop:
      return "the band stopped looking for the phone";
    case EventKind::kSilentMode:
      return "the phone's silent mode was switched on the band";
    case EventKind::kWorkoutOpened:
      return "a workout was opened on the band";
    case EventKind::kMtu:
      return "the band told its packet size";
    case EventKind::kAlarmChanged:
      return "an alarm was changed on the band";
    case EventKind::kMusic:
      return "the music screen was used on the band";
  }
  return "";
}

}  // namespace bk::codec::miband
