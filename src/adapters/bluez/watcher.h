// bluetoothd's objects as they are, kept so by its signals, with word of every change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/bluez/bus.h"
#include "adapters/bluez/objects.h"

namespace bk::adapters::bluez {

class Watcher {
 public:
  // Called from Bus::Process, after `objects()` has changed. All are needed.
  struct Calls {
    std::function<void()> service;  // it came, it went, or everything was read anew
    std::function<void(const std::string& path, const Interfaces&)> added;
    std::function<void(const std::string& path)> removed;  // one or more of its interfaces
    std::function<void(const std::string& path, const std::string& interface,
                       const Properties& changed)>
        changed;
  };
  // Throws sdbus::Error. The bus outlives it; neither it nor the calls may move or end before.
  Watcher(Bus& bus, Calls calls);
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  [[nodiscard]] const Objects& objects() const { return objects_; }
  [[nodiscard]] bool service() const { return service_; }  // whether bluetoothd runs
  [[nodiscard]] bool denied() const { return denied_; }    // it answered that we may not
  void Deny() { denied_ = true; }
  // What a reply said of an object that is known.
  void Update(const std::string& path, const std::string& interface, const Properties& properties) {
    objects_.Change(path, interface, properties, {});
  }

 private:
  void Reload();
  void PropertiesChanged(sdbus::Message& message);
  void ObjectsChanged(sdbus::Message& message);
  void OwnerChanged(sdbus::Message& message);

  Bus& bus_;
  Calls calls_;
  Objects objects_;
  bool service_ = false, denied_ = false;
};

}  // namespace bk::adapters::bluez
