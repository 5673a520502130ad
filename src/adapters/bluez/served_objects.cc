#include "adapters/bluez/served_objects.h"

#include <fmt/format.h>

#include <utility>

#include "adapters/bluez/objects.h"

namespace bk::adapters::bluez {
namespace {

constexpr const char* kAdvertisement = "org.bluez.LEAdvertisement1";

std::vector<std::uint8_t> ForBus(Bytes bytes) {
  std::vector<std::uint8_t> out;
  out.reserve(bytes.size());
  for (const std::byte byte : bytes) out.push_back(std::to_integer<std::uint8_t>(byte));
  return out;
}

template <class T>
void Property(sdbus::IObject& object, const char* interface, const char* name, T value) {
  object.registerProperty(name).onInterface(interface).withGetter(
      [value = std::move(value)] { return value; });
}

void Return(const sdbus::MethodCall& call) { call.createReply().send(); }

}  // namespace

std::vector<std::string> FlagsOf(std::uint8_t properties) {
  std::vector<std::string> flags;
  for (const char* flag : {"read", "write-without-response", "write", "notify", "indicate"})
    if ((properties & PropertyBit(flag)) != 0) flags.emplace_back(flag);
  return flags;
}

sdbus::Error ErrorOf(std::uint8_t att) {
  const auto named = [](const char* name) {
    return sdbus::Error(std::string("org.bluez.Error.") + name, "");
  };
  switch (att) {
    case 0x02:
    case 0x03:
      return named("NotPermitted");
    case 0x05:
    case 0x08:
      return named("NotAuthorized");
    case 0x06:
      return named("NotSupported");
    case 0x07:
      return named("InvalidOffset");
    case 0x0d:
      return named("InvalidValueLength");
    default:
      // Application errors go through as numbers.
      return {"org.bluez.Error.Failed", fmt::format("{:#04x}", att)};
  }
}

ServedTable::ServedTable(Bus& bus, std::span<const ServedRow> rows, Served& served)
    : bus_(bus), served_(served) {
  auto root = sdbus::createObject(bus.connection(), kTablePath);
  root->addObjectManager();
  services_.push_back(std::move(root));
  std::string service;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (row == 0 || rows[row].service != rows[row - 1].service) {
      service = fmt::format("{}/service{:02}", kTablePath, services_.size());
      auto object = sdbus::createObject(bus.connection(), service);
      Property(*object, kGattService, "UUID", FormatUuid(rows[row].service));
      Property(*object, kGattService, "Primary", true);
      object->finishRegistration();
      services_.push_back(std::move(object));
    }
    AddRow(row, rows[row], service);
  }
}

void ServedTable::AddRow(std::size_t row, const ServedRow& what, const std::string& service) {
  auto object = sdbus::createObject(bus_.connection(), fmt::format("{}/char{:02}", service, row));
  Property(*object, kCharacteristic, "UUID", FormatUuid(what.uuid));
  Property(*object, kCharacteristic, "Service", sdbus::ObjectPath(service));
  Property(*object, kCharacteristic, "Flags", FlagsOf(what.properties));
  object->registerMethod(kCharacteristic, "ReadValue", "a{sv}", "ay",
                         [this, row](sdbus::MethodCall call) { Read(row, std::move(call)); });
  object->registerMethod(kCharacteristic, "WriteValue", "aya{sv}", "",
                         [this, row](sdbus::MethodCall call) { Write(row, std::move(call)); });
  for (const bool on : {true, false})
    object->registerMethod(kCharacteristic, on ? "StartNotify" : "StopNotify", "", "",
                           [this, row, on](const sdbus::MethodCall& call) {
                             served_.Subscribe(row, on);
                             Return(call);
                           });
  object->finishRegistration();
  properties_.push_back(what.properties);
  rows_.push_back(std::move(object));
}

void ServedTable::Link(const std::map<std::string, sdbus::Variant>& options) {
  const auto mtu = Objects::From<std::uint16_t>(options, "mtu");
  if (!mtu || *mtu == mtu_) return;
  mtu_ = *mtu;
  served_.MtuIs(*mtu);
}

void ServedTable::Read(std::size_t row, sdbus::MethodCall call) {
  std::map<std::string, sdbus::Variant> options;
  call >> options;
  Link(options);
  const auto answer = served_.Read(row);
  if (!answer) return;
  if (answer->error != 0) return call.createErrorReply(ErrorOf(answer->error)).send();
  std::vector<std::uint8_t> bytes = ForBus(answer->bytes);
  // A long value is read in pieces.
  const std::size_t offset = Objects::From<std::uint16_t>(options, "offset").value_or(0);
  if (offset > bytes.size()) return call.createErrorReply(ErrorOf(0x07)).send();
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
  auto reply = call.createReply();
  reply << bytes;
  reply.send();
}

void ServedTable::Write(std::size_t row, sdbus::MethodCall call) {
  std::vector<std::uint8_t> bytes;
  std::map<std::string, sdbus::Variant> options;
  call >> bytes >> options;
  Link(options);
  // bluetoothd 5.66 does not tell a request from a command: what the row takes decides.
  constexpr std::uint8_t kWriteRequest = 0x08;
  const bool command = Objects::From<std::string>(options, "type") == "command" ||
                       (properties_.at(row) & kWriteRequest) == 0;
  const auto error = served_.Write(row, std::as_bytes(std::span(bytes)), !command);
  if (!error) return;
  if (*error != 0) return call.createErrorReply(ErrorOf(*error)).send();
  Return(call);
}

void ServedTable::Notify(std::size_t row, Bytes bytes) {
  sdbus::IObject& object = *rows_.at(row);
  auto signal = object.createSignal(kProperties, "PropertiesChanged");
  signal << std::string(kCharacteristic) << Properties{{"Value", sdbus::Variant(ForBus(bytes))}}
         << std::vector<std::string>{};
  object.emitSignal(signal);
}

AdvertObject::AdvertObject(Bus& bus) : object_(sdbus::createObject(bus.connection(), kAdvertPath)) {
  const auto property = [&](const char* name, auto getter) {
    object_->registerProperty(name).onInterface(kAdvertisement).withGetter(std::move(getter));
  };
  property("Type", [this] { return std::string(connectable_ ? "peripheral" : "broadcast"); });
  property("LocalName", [this] { return parts_.name; });
  property("ManufacturerData", [this] {
    std::map<std::uint16_t, sdbus::Variant> data;
    if (parts_.company) data[*parts_.company] = sdbus::Variant(ForBus(parts_.manufacturer));
    return data;
  });
  property("ServiceUUIDs", [this] {
    std::vector<std::string> services;
    for (const Uuid uuid : parts_.services) services.push_back(FormatUuid(uuid));
    return services;
  });
  // Else bluetoothd follows the adapter, which is not discoverable.
  property("Discoverable", [this] { return connectable_; });
  object_->registerMethod(kAdvertisement, "Release", "", "",
                          [](const sdbus::MethodCall& call) { Return(call); });
  object_->finishRegistration();
}

void AdvertObject::Say(const ServedAdvert& advert) {
  parts_ = PartsOf(advert.data, advert.scan_response);
  connectable_ = advert.connectable;
}

}  // namespace bk::adapters::bluez
