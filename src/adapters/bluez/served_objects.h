// A table and an advertisement as objects on the bus, for bluetoothd to read and to call.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "adapters/bluez/advert_data.h"
#include "adapters/bluez/bus.h"
#include "adapters/bluez/gatt_server.h"

namespace bk::adapters::bluez {

inline constexpr const char* kTablePath = "/bandkeeper/table";
inline constexpr const char* kAdvertPath = "/bandkeeper/advert";

// "read", "write" ...: the reverse of PropertyBit (words.h).
std::vector<std::string> FlagsOf(std::uint8_t properties);
// The error as which bluetoothd hands this ATT error on; those that it has no name for become the
// nearest one.
sdbus::Error ErrorOf(std::uint8_t att);

class ServedTable {
 public:
  // Throws sdbus::Error. Bus and `served` outlive it.
  ServedTable(Bus& bus, std::span<const ServedRow> rows, Served& served);
  void Notify(std::size_t row, Bytes bytes);
  // The MTU is told anew.
  void NewLink() { mtu_ = 0; }

 private:
  void AddRow(std::size_t row, const ServedRow& what, const std::string& service);
  void Read(std::size_t row, sdbus::MethodCall call);
  void Write(std::size_t row, sdbus::MethodCall call);
  // bluetoothd names link and MTU with each call.
  void Link(const std::map<std::string, sdbus::Variant>& options);

  Bus& bus_;
  Served& served_;
  std::uint16_t mtu_ = 0;
  std::vector<std::unique_ptr<sdbus::IObject>> services_;
  std::vector<std::unique_ptr<sdbus::IObject>> rows_;
  std::vector<std::uint8_t> properties_;
};

// One at a time; what it says is asked when it is registered with bluetoothd.
class AdvertObject {
 public:
  explicit AdvertObject(Bus& bus);
  void Say(const ServedAdvert& advert);

 private:
  AdvertParts parts_;
  bool connectable_ = true;
  std::unique_ptr<sdbus::IObject> object_;
};

}  // namespace bk::adapters::bluez
