#include "adapters/bluez/words.h"

#include <charconv>

namespace bk::adapters::bluez {

std::string DevicePath(std::string_view adapter, Address address) {
  std::string path(adapter);
  path += "/dev_";
  for (const char c : FormatAddress(address)) path += c == ':' ? '_' : c;
  return path;
}

std::optional<std::uint16_t> ValueHandle(std::string_view characteristic_path) {
  static constexpr std::string_view kPart = "/char";
  const std::size_t at = characteristic_path.rfind(kPart);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view digits = characteristic_path.substr(at + kPart.size());
  std::uint16_t handle = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), handle, 16);
  if (error != std::errc() || end != digits.data() + digits.size() || handle == 0xffff)
    return std::nullopt;
  return static_cast<std::uint16_t>(handle + 1);
}

std::uint8_t PropertyBit(std::string_view flag) {
  if (flag == "read") return 0x02;
  if (flag == "write-without-response") return 0x04;
  if (flag == "write") return 0x08;
  if (flag == "notify") return 0x10;
  if (flag == "indicate") return 0x20;
  return 0;
}

std::uint8_t AttErrorOf(std::string_view error_name, std::string_view message) {
  // "Operation failed with ATT error: 0x0e"
  if (const std::size_t at = message.rfind("0x"); at != std::string_view::npos) {
    unsigned code = 0;
    const std::string_view digits = message.substr(at + 2);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error == std::errc() && end != digits.data() && code > 0 && code < 0xff)
      return static_cast<std::uint8_t>(code);
  }
  static constexpr std::string_view kPrefix = "org.bluez.Error.";
  if (!error_name.starts_with(kPrefix)) return ports::RequestDone::kNoAnswer;
  error_name.remove_prefix(kPrefix.size());
  if (error_name == "NotPermitted") return 0x03;
  if (error_name == "NotAuthorized") return 0x08;
  if (error_name == "NotSupported") return 0x06;
  if (error_name == "InvalidValueLength") return 0x0d;
  if (error_name == "InvalidOffset") return 0x07;
  if (error_name == "ImproperlyConfigured") return 0xfd;
  return ports::RequestDone::kNoAnswer;
}

std::string SentenceFor(ports::AdapterState state) {
  switch (state) {
    case ports::AdapterState::kReady:
      return "";
    case ports::AdapterState::kAbsent:
      return "This computer has no Bluetooth adapter, or it was pulled out. Plug one in; "
             "`bluetoothctl list` shows what is there.";
    case ports::AdapterState::kOff:
      return "Bluetooth is switched off on this computer. Switch it on in the settings or with "
             "`bluetoothctl power on`.";
    case ports::AdapterState::kBlocked:
      return "Bluetooth is blocked on this computer. Unblock it with `rfkill unblock bluetooth`, "
             "or with the switch or key for aeroplane mode.";
    case ports::AdapterState::kNoDaemon:
      return "The Bluetooth service does not run. Start it with `sudo systemctl start bluetooth`; "
             "install the package bluez where it is missing.";
    case ports::AdapterState::kNoPermission:
      return "This user may not use Bluetooth. Run it in your desktop session, or add yourself to "
             "the group bluetooth (`sudo adduser $USER bluetooth`) and log in again.";
  }
  return "";
}

}  // namespace bk::adapters::bluez
