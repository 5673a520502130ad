#include "codec/adb/smart_socket.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/result.h"
#include "base/text.h"

namespace bk::codec::adb {
namespace {

constexpr std::array<std::string_view, 5> kFields = {
    "model:", "product:", "device:", "transport_id:", "usb:"};

// The serial may hold no blank; the state may ("no permissions (user in plugdev group; …)").
DeviceLine ParseDevice(std::string_view line) {
  DeviceLine device;
  const std::size_t end = line.find_first_of(" \t");
  device.serial = line.substr(0, end);
  if (end == std::string_view::npos) return device;
  std::string_view rest = Trim(line.substr(end));
  std::size_t fields = rest.size();
  for (const std::string_view field : kFields) {
    for (std::size_t at = rest.find(field); at != std::string_view::npos;
         at = rest.find(field, at + 1)) {
      if (at != 0 && rest[at - 1] != ' ') continue;
      fields = std::min(fields, at);
      const std::size_t begin = at + field.size();
      const std::string value(rest.substr(begin, rest.find(' ', begin) - begin));
      if (field == "model:") device.model = value;
      if (field == "product:") device.product = value;
      if (field == "device:") device.device = value;
      if (field == "transport_id:") device.transport_id = value;
      if (field == "usb:") device.usb = value;
      break;
    }
  }
  device.state = Trim(rest.substr(0, fields));
  std::ranges::replace(device.model, '_', ' ');
  return device;
}

}  // namespace

std::string EncodeRequest(std::string_view payload) {
  BK_CHECK(payload.size() <= kRequestBytesMax);
  return fmt::format("{:04x}{}", payload.size(), payload);
}

std::optional<std::uint32_t> ParseHex4(std::string_view digits) {
  if (digits.size() != 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return value;
}

std::vector<DeviceLine> ParseDevices(std::string_view text) {
  std::vector<DeviceLine> devices;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) devices.push_back(ParseDevice(line));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return devices;
}

}  // namespace bk::codec::adb
