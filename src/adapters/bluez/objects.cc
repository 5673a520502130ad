#include "adapters/bluez/objects.h"

namespace bk::adapters::bluez {

void Objects::Add(const std::string& path, const Interfaces& interfaces) {
  for (const auto& [name, properties] : interfaces) objects_[path][name] = properties;
}

void Objects::Remove(const std::string& path, const std::vector<std::string>& interfaces) {
  const auto object = objects_.find(path);
  if (object == objects_.end()) return;
  for (const std::string& name : interfaces) object->second.erase(name);
  if (object->second.empty()) objects_.erase(object);
}

void Objects::Change(const std::string& path, const std::string& interface,
                     const Properties& changed, const std::vector<std::string>& invalidated) {
  const auto object = objects_.find(path);
  if (object == objects_.end()) return;
  const auto row = object->second.find(interface);
  if (row == object->second.end()) return;
  for (const auto& [name, value] : changed) row->second[name] = value;
  for (const std::string& name : invalidated) row->second.erase(name);
}

bool Objects::Has(const std::string& path, const std::string& interface) const {
  const auto object = objects_.find(path);
  return object != objects_.end() && object->second.contains(interface);
}

std::vector<std::string> Objects::With(const std::string& interface,
                                       const std::string& under) const {
  std::vector<std::string> paths;
  for (const auto& [path, interfaces] : objects_)
    if (interfaces.contains(interface) &&
        (under.empty() || path == under || path.starts_with(under + "/")))
      paths.push_back(path);
  return paths;
}

}  // namespace bk::adapters::bluez
