#include "codec/miband/alert.h"

namespace bk::codec::miband {

std::optional<NewAlert> DecodeNewAlert(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t category = reader.U8();
  const std::uint8_t count = reader.U8();
  if (reader.failed()) return std::nullopt;
  return NewAlert{static_cast<AlertCategory>(category), count, reader.TakeRest()};
}

ByteVector Encode(const NewAlert& alert) {
  ByteVector out;
  ByteWriter(out).U8(static_cast<std::uint8_t>(alert.category)).U8(alert.count).Put(alert.text);
  return out;
}

std::optional<ImmediateAlert> DecodeImmediateAlert(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t level = reader.U8();
  if (reader.failed() || reader.left() != 0 || level > 3) return std::nullopt;
  return static_cast<ImmediateAlert>(level);
}

ByteVector Encode(ImmediateAlert alert) { return BytesOf(static_cast<std::uint8_t>(alert)); }

std::optional<Notification> DecodeNotification(Bytes message) {
  ByteReader reader(message);
  Notification notification;
  notification.category = static_cast<AlertCategory>(reader.U8());
  const std::uint32_t zeros = reader.Le32();
  const std::uint8_t one = reader.U8();
  const bool app = notification.category == AlertCategory::kApp;
  if (app) notification.icon = reader.U8();
  if (reader.failed() || zeros != 0 || one != 1) return std::nullopt;
  std::string_view text = AsText(reader.TakeRest());
  const std::size_t title_end = text.find('\0');
  if (title_end == std::string_view::npos) return std::nullopt;
  notification.title = text.substr(0, title_end);
  text.remove_prefix(title_end + 1);
  const std::size_t body_end = text.find('\0');
  if (body_end == std::string_view::npos) return std::nullopt;
  notification.body = text.substr(0, body_end);
  text.remove_prefix(body_end + 1);
  const std::size_t app_end = text.find('\0');
  if (app_end == std::string_view::npos || app_end + 1 != text.size()) return std::nullopt;
  if (app) notification.app = text.substr(0, app_end);
  return notification;
}

ByteVector Encode(const Notification& notification) {
  ByteVector out;
  ByteWriter writer(out);
  const bool app = notification.category == AlertCategory::kApp;
  writer.U8(static_cast<std::uint8_t>(notification.category)).Le32(0).U8(1);
  if (app) writer.U8(notification.icon);
  writer.Put(AsBytes(notification.title)).U8(0).Put(AsBytes(notification.body)).U8(0);
  writer.Put(AsBytes(app ? notification.app : std::string_view(" "))).U8(0);
  return out;
}

}  // namespace bk::codec::miband
