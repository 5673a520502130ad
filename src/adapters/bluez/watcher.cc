#include "adapters/bluez/watcher.h"

#include <utility>

namespace bk::adapters::bluez {

namespace {
constexpr std::chrono::seconds kReadAllTime{10};
}  // namespace

Watcher::Watcher(Bus& bus, Calls calls) : bus_(bus), calls_(std::move(calls)) {
  const std::string from = std::string("type='signal',sender='") + kService + "',";
  bus_.connection().addMatch(
      from + "interface='" + kProperties + "',member='PropertiesChanged'",
      [this](sdbus::Message& message) { PropertiesChanged(message); }, sdbus::floating_slot);
  bus_.connection().addMatch(
      from + "interface='" + kObjectManager + "'",
      [this](sdbus::Message& message) { ObjectsChanged(message); }, sdbus::floating_slot);
  bus_.connection().addMatch(
      std::string("type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='") +
          kService + "'",
      [this](sdbus::Message& message) { OwnerChanged(message); }, sdbus::floating_slot);
  Reload();
}

void Watcher::Reload() {
  bus_.Proxy("/")
      .callMethodAsync("GetManagedObjects")
      .onInterface(kObjectManager)
      .withTimeout(kReadAllTime)
      .uponReplyInvoke(
          [this](const sdbus::Error* error, const std::map<sdbus::ObjectPath, Interfaces>& all) {
            if (error != nullptr) {
              denied_ = error->getName() == "org.freedesktop.DBus.Error.AccessDenied";
              service_ = denied_;
            } else {
              service_ = true;
              denied_ = false;
              objects_.Clear();
              for (const auto& [path, interfaces] : all) objects_.Add(path, interfaces);
            }
            calls_.service();
          });
}

void Watcher::OwnerChanged(sdbus::Message& message) {
  std::string name, before, after;
  message >> name >> before >> after;
  // Another process stands behind the name: nothing of the one before is true any more.
  objects_.Clear();
  service_ = false;
  calls_.service();
  if (!after.empty()) Reload();
}

void Watcher::PropertiesChanged(sdbus::Message& message) {
  std::string interface;
  Properties changed;
  std::vector<std::string> invalidated;
  message >> interface >> changed >> invalidated;
  // Before the first list nothing is known, and the list will have it: a signal between our match
  // and its answer would look as if no service ran.
  if (!service_) return;
  const std::string path = message.getPath();
  objects_.Change(path, interface, changed, invalidated);
  calls_.changed(path, interface, changed);
}

void Watcher::ObjectsChanged(sdbus::Message& message) {
  if (!service_) return;  // as above
  sdbus::ObjectPath path;
  if (message.getMemberName() == "InterfacesAdded") {
    Interfaces interfaces;
    message >> path >> interfaces;
    objects_.Add(path, interfaces);
    calls_.added(path, interfaces);
  } else if (message.getMemberName() == "InterfacesRemoved") {
    std::vector<std::string> interfaces;
    message >> path >> interfaces;
    objects_.Remove(path, interfaces);
    calls_.removed(path);
  }
}

}  // namespace bk::adapters::bluez
