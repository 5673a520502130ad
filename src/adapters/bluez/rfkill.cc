#include "adapters/bluez/rfkill.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace bk::adapters::bluez {

bool BluetoothBlocked() {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/sys/class/rfkill", none)) {
    std::string type, soft, hard;
    std::ifstream(entry.path() / "type") >> type;
    std::ifstream(entry.path() / "soft") >> soft;
    std::ifstream(entry.path() / "hard") >> hard;
    if (type == "bluetooth" && (soft == "1" || hard == "1")) return true;
  }
  return false;
}

}  // namespace bk::adapters::bluez
