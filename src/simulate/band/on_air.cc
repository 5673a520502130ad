#include "simulate/band/on_air.h"

#include <algorithm>
#include <utility>

#include "codec/miband/attribute.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::uint16_t kLastHandle = 0x0076;
constexpr std::uint8_t kInvalidHandle = 0x01, kReadOk = 0;
// User descriptions (2901) without words, and the empty GATT service.
constexpr std::uint16_t kDescriptions[] = {0x001d, 0x0051};
constexpr radio::GattService kGattService{0x0008, 0x0008, SigUuid(0x1801)};

radio::GattTable MakeTable() {
  radio::GattTable table;
  for (const mb::AttributeInfo& info : mb::MiBand4Attributes()) {
    const auto declaration = static_cast<std::uint16_t>(info.value_handle - 1);
    const Uuid service = FullUuid(info.service);
    if (table.services.empty() || table.services.back().uuid != service)
      table.services.push_back({static_cast<std::uint16_t>(declaration - 1), 0, service});
    table.characteristics.push_back(
        {declaration, info.value_handle, FullUuid(info.uuid), info.properties});
    if (info.cccd_handle != 0) table.descriptors.push_back({info.cccd_handle, 0x2902});
  }
  table.services.insert(table.services.begin() + 1, kGattService);
  for (std::size_t i = 0; i < table.services.size(); ++i)
    table.services[i].end = i + 1 < table.services.size()
                                ? static_cast<std::uint16_t>(table.services[i + 1].start - 1)
                                : kLastHandle;
  for (const std::uint16_t handle : kDescriptions) table.descriptors.push_back({handle, 0x2901});
  std::ranges::sort(table.descriptors, {}, &radio::GattDescriptor::handle);
  return table;
}

}  // namespace

const radio::GattTable& MiBand4Table() {
  static const radio::GattTable table = MakeTable();
  return table;
}

std::optional<radio::Advertising> BandOnAir::Adverts(RadioTime now) {
  auto advertising = band_.Advertising(now);
  if (!advertising) return std::nullopt;
  return radio::Advertising{advertising->address, ports::AddressKind::kPublic,
                            advertising->connectable, std::move(advertising->data),
                            std::move(advertising->scan_response)};
}

std::optional<radio::AttAnswer> BandOnAir::Read(std::uint16_t handle, RadioTime now) {
  if (std::ranges::find(kDescriptions, handle) != std::end(kDescriptions))
    return radio::AttAnswer{kReadOk, {}};
  const auto role = mb::MiBand4Handle(handle);
  if (!role) return radio::AttAnswer{kInvalidHandle, {}};
  if (role->is_cccd)
    return radio::AttAnswer{0, mb::BytesOf(band_.Subscribed(role->attribute) ? 1 : 0, 0)};
  Answer answer = band_.Read(role->attribute, now);
  return radio::AttAnswer{answer.error, std::move(answer.bytes)};
}

std::optional<radio::AttAnswer> BandOnAir::Write(std::uint16_t handle, Bytes bytes,
                                                 bool with_response, RadioTime now) {
  const auto role = mb::MiBand4Handle(handle);
  if (!role) return radio::AttAnswer{kInvalidHandle, {}};
  if (role->is_cccd) {
    if (bytes.size() != 2) return radio::AttAnswer{kInvalidLength, {}};
    const bool on = (std::to_integer<unsigned>(bytes[0]) & 1U) != 0;
    return radio::AttAnswer{band_.Subscribe(role->attribute, on, now).error, {}};
  }
  return radio::AttAnswer{band_.Write(role->attribute, bytes, with_response, now).error, {}};
}

std::vector<radio::Notification> BandOnAir::TakeNotifications(std::size_t room, RadioTime now) {
  std::vector<radio::Notification> out;
  for (BandNotification& notification : band_.TakeNotifications(room, now))
    out.push_back({mb::InfoOf(notification.attribute).value_handle, std::move(notification.bytes)});
  return out;
}

std::optional<radio::Leave> BandOnAir::WantsToLeave(RadioTime now) {
  const auto hangup = band_.WantsToHangUp(now);
  if (!hangup) return std::nullopt;
  return radio::Leave{hangup->silent, radio::kRemoteTerminated};
}

}  // namespace bk::simulate::band
