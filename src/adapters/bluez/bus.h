// The system bus: one connection, a proxy per object, everything asynchronous.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <memory>
#include <string>

#include "adapters/bluez/words.h"

namespace bk::adapters::bluez {

class Bus {
 public:
  // Throws sdbus::Error when there is no system bus.
  Bus() : connection_(sdbus::createSystemBusConnection()) {}
  sdbus::IConnection& connection() { return *connection_; }
  // Lives until the bus ends, so that no reply comes to something that is gone.
  sdbus::IProxy& Proxy(const std::string& path) {
    std::unique_ptr<sdbus::IProxy>& proxy = proxies_[path];
    if (proxy == nullptr) proxy = sdbus::createProxy(*connection_, kService, path);
    return *proxy;
  }
  // Carries out what has arrived, without waiting.
  void Process() {
    while (connection_->processPendingRequest()) {
    }
  }

 private:
  std::unique_ptr<sdbus::IConnection> connection_;
  std::map<std::string, std::unique_ptr<sdbus::IProxy>> proxies_;
};

}  // namespace bk::adapters::bluez
