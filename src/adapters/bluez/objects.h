// What bluetoothd exports: objects, interfaces, properties; kept as it is by its signals.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bk::adapters::bluez {

using Properties = std::map<std::string, sdbus::Variant>;
using Interfaces = std::map<std::string, Properties>;

class Objects {
 public:
  void Clear() { objects_.clear(); }
  void Add(const std::string& path, const Interfaces& interfaces);
  void Remove(const std::string& path, const std::vector<std::string>& interfaces);
  void Change(const std::string& path, const std::string& interface, const Properties& changed,
              const std::vector<std::string>& invalidated);

  [[nodiscard]] bool Has(const std::string& path, const std::string& interface) const;
  // Paths that have this interface, below (or at) `under`, in order.
  [[nodiscard]] std::vector<std::string> With(const std::string& interface,
                                              const std::string& under = "") const;
  // nullopt: not there, or of another type.
  template <class T>
  [[nodiscard]] std::optional<T> Get(const std::string& path, const std::string& interface,
                                     const std::string& property) const {
    const auto object = objects_.find(path);
    if (object == objects_.end()) return std::nullopt;
    const auto row = object->second.find(interface);
    if (row == object->second.end()) return std::nullopt;
    return From<T>(row->second, property);
  }
  template <class T>
  static std::optional<T> From(const Properties& properties, const std::string& property) {
    const auto value = properties.find(property);
    if (value == properties.end() || !value->second.containsValueOfType<T>()) return std::nullopt;
    return value->second.get<T>();
  }

 private:
  std::map<std::string, Interfaces> objects_;
};

}  // namespace bk::adapters::bluez
