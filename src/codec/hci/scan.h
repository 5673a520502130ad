// Scanning: its commands, the reports of adverts, and what an advert says
// (Core Specification Vol 4 Part E 7.7.65.2, .11, .13; 7.8.10, .11, .64, .65; Supplement Part A).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"

namespace bk::codec::hci {

struct AdvertReport {
  Address address;
  std::uint8_t address_type = 0;  // as AddressType; 0xff: anonymous
  bool connectable = false;
  bool scan_response = false;
  bool directed = false;
  std::int8_t rssi = 127;  // dBm; 127: not told
  Bytes data;              // AD structures
};

// Walks the reports of one LE Meta event, `parameters` after the subevent code. Reports stand one
// after the other, as every controller sends them and every host reads them.
//   for (AdvertReader reader(subevent, parameters); reader.Next(report);) ...
class AdvertReader {
 public:
  AdvertReader(std::uint8_t subevent, Bytes parameters);
  // False at the end, or where the event is shorter than its reports: then damaged().
  bool Next(AdvertReport& report);
  [[nodiscard]] bool damaged() const { return damaged_; }

 private:
  bool NextLegacy(AdvertReport& report);
  bool NextExtended(AdvertReport& report);
  bool NextDirected(AdvertReport& report);

  ByteReader reader_;
  std::uint8_t subevent_;
  std::uint8_t left_;
  bool damaged_ = false;
};

// What a band finder wants of the AD structures. Malformed data ends the walk; what came before
// stays.
struct AdvertContent {
  std::string_view name;  // complete or shortened; into the report's data
  bool huami_company = false;
  bool huami_service = false;  // FEE0, listed or with service data
};
AdvertContent ReadAdvertContent(Bytes data);

// LE Set (Extended) Scan Parameters. 0.625 ms units; the first PHY of the extended form.
struct ScanParameters {
  bool active = false;
  bool accept_list_only = false;
  std::uint16_t interval = 0, window = 0;
};
std::optional<ScanParameters> DecodeScanParameters(std::uint16_t opcode, Bytes parameters);

}  // namespace bk::codec::hci
