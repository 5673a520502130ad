#include "codec/hci/scan.h"

#include "codec/hci/codes.h"

namespace bk::codec::hci {
namespace {

constexpr std::uint16_t kHuamiCompany = 0x0157;
constexpr std::uint16_t kHuamiService = 0xfee0;

// AD types (Assigned Numbers section 2.3).
enum : std::uint8_t {
  kSomeServices16 = 0x02,
  kAllServices16 = 0x03,
  kShortName = 0x08,
  kFullName = 0x09,
  kServiceData16 = 0x16,
  kManufacturer = 0xff,
};

std::uint16_t Le16At(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(bytes[at]) |
                                    std::to_integer<unsigned>(bytes[at + 1]) << 8);
}

// Some devices send the zero that ends a name in memory as a part of it.
std::string_view NameOf(Bytes value) {
  const std::string_view name = AsText(value);
  return name.substr(0, name.find('\0'));
}

}  // namespace

AdvertReader::AdvertReader(std::uint8_t subevent, Bytes parameters)
    : reader_(parameters), subevent_(subevent), left_(reader_.U8()) {}

bool AdvertReader::Next(AdvertReport& report) {
  if (left_ == 0) return false;
  --left_;
  const bool good = subevent_ == le_event::kExtendedAdvertisingReport   ? NextExtended(report)
                    : subevent_ == le_event::kDirectedAdvertisingReport ? NextDirected(report)
                                                                        : NextLegacy(report);
  damaged_ = damaged_ || !good;
  if (!good) left_ = 0;
  return good;
}

bool AdvertReader::NextLegacy(AdvertReport& report) {
  const std::uint8_t type = reader_.U8();
  report.address_type = reader_.U8();
  report.address = {reader_.Le48()};
  const std::uint8_t length = reader_.U8();
  report.data = reader_.Take(length);
  report.rssi = reader_.I8();
  report.connectable = type <= 1;  // ADV_IND, ADV_DIRECT_IND
  report.directed = type == 1;
  report.scan_response = type == 4;
  return reader_.ok();
}

bool AdvertReader::NextExtended(AdvertReport& report) {
  const std::uint16_t type = reader_.Le16();
  report.address_type = reader_.U8();
  report.address = {reader_.Le48()};
  reader_.Skip(4);  // PHYs, set, transmit power
  report.rssi = reader_.I8();
  reader_.Skip(9);  // periodic interval, direct address
  const std::uint8_t length = reader_.U8();
  report.data = reader_.Take(length);
  report.connectable = (type & 0x01) != 0;
  report.directed = (type & 0x04) != 0;
  report.scan_response = (type & 0x08) != 0;
  return reader_.ok();
}

bool AdvertReader::NextDirected(AdvertReport& report) {
  reader_.Skip(1);
  report.address_type = reader_.U8();
  report.address = {reader_.Le48()};
  reader_.Skip(7);  // direct address
  report.rssi = reader_.I8();
  report.data = {};
  report.connectable = report.directed = true;
  report.scan_response = false;
  return reader_.ok();
}

AdvertContent ReadAdvertContent(Bytes data) {
  AdvertContent content;
  std::size_t at = 0;
  while (at + 1 < data.size()) {
    const auto length = std::to_integer<std::size_t>(data[at]);
    if (length == 0 || length > data.size() - at - 1) break;  // zero: the rest is padding
    const auto type = std::to_integer<std::uint8_t>(data[at + 1]);
    const Bytes value = data.subspan(at + 2, length - 1);
    switch (type) {
      case kSomeServices16:
      case kAllServices16:
        for (std::size_t i = 0; i + 1 < value.size(); i += 2)
          content.huami_service = content.huami_service || Le16At(value, i) == kHuamiService;
        break;
      case kShortName:
        if (content.name.empty()) content.name = NameOf(value);
        break;
      case kFullName:
        content.name = NameOf(value);
        break;
      case kServiceData16:
        if (value.size() >= 2 && Le16At(value, 0) == kHuamiService) content.huami_service = true;
        break;
      case kManufacturer:
        if (value.size() >= 2 && Le16At(value, 0) == kHuamiCompany) content.huami_company = true;
        break;
      default:
        break;
    }
    at += length + 1;
  }
  return content;
}

std::optional<ScanParameters> DecodeScanParameters(std::uint16_t opcode, Bytes parameters) {
  ByteReader reader(parameters);
  ScanParameters result;
  if (opcode == command::kLeSetScanParameters) {
    result.active = reader.U8() == 1;
    result.interval = reader.Le16();
    result.window = reader.Le16();
    reader.Skip(1);
    result.accept_list_only = (reader.U8() & 1) != 0;
  } else {
    reader.Skip(1);
    result.accept_list_only = (reader.U8() & 1) != 0;
    const std::uint8_t phys = reader.U8();
    if ((phys & 0x05) == 0) return std::nullopt;
    result.active = reader.U8() == 1;
    result.interval = reader.Le16();
    result.window = reader.Le16();
  }
  if (reader.failed()) return std::nullopt;
  return result;
}

}  // namespace bk::codec::hci
