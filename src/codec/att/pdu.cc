#include "codec/att/pdu.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace bk::codec::att {
namespace {

using enum PduRole;

struct Row {
  std::uint8_t opcode;
  PduInfo info;
};

//    opcode, name, role, least size, value at, has handle, answers
constexpr Row kRows[] = {
    {0x01, {"Error Response", kResponse, 5, 0, false, 0}},
    {0x02, {"Exchange MTU Request", kRequest, 3, 0, false, 0}},
    {0x03, {"Exchange MTU Response", kResponse, 3, 0, false, 0x02}},
    {0x04, {"Find Information Request", kRequest, 5, 0, false, 0}},
    {0x05, {"Find Information Response", kResponse, 6, 0, false, 0x04}},
    {0x06, {"Find By Type Value Request", kRequest, 7, 0, false, 0}},
    {0x07, {"Find By Type Value Response", kResponse, 5, 0, false, 0x06}},
    {0x08, {"Read By Type Request", kRequest, 7, 0, false, 0}},
    {0x09, {"Read By Type Response", kResponse, 4, 0, false, 0x08}},
    {0x0a, {"Read Request", kRequest, 3, 0, true, 0}},
    {0x0b, {"Read Response", kResponse, 1, 1, false, 0x0a}},
    {0x0c, {"Read Blob Request", kRequest, 5, 0, true, 0}},
    {0x0d, {"Read Blob Response", kResponse, 1, 1, false, 0x0c}},
    {0x0e, {"Read Multiple Request", kRequest, 5, 0, false, 0}},
    {0x0f, {"Read Multiple Response", kResponse, 1, 0, false, 0x0e}},
    {0x10, {"Read By Group Type Request", kRequest, 7, 0, false, 0}},
    {0x11, {"Read By Group Type Response", kResponse, 6, 0, false, 0x10}},
    {0x12, {"Write Request", kRequest, 3, 3, true, 0}},
    {0x13, {"Write Response", kResponse, 1, 0, false, 0x12}},
    {0x16, {"Prepare Write Request", kRequest, 5, 5, true, 0}},
    {0x17, {"Prepare Write Response", kResponse, 5, 5, true, 0x16}},
    {0x18, {"Execute Write Request", kRequest, 2, 0, false, 0}},
    {0x19, {"Execute Write Response", kResponse, 1, 0, false, 0x18}},
    {0x1b, {"Handle Value Notification", kNotification, 3, 3, true, 0}},
    {0x1d, {"Handle Value Indication", kIndication, 3, 3, true, 0}},
    {0x1e, {"Handle Value Confirmation", kConfirmation, 1, 0, false, 0x1d}},
    {0x20, {"Read Multiple Variable Request", kRequest, 5, 0, false, 0}},
    {0x21, {"Read Multiple Variable Response", kResponse, 3, 0, false, 0x20}},
    {0x23,
     {"Multiple Handle Value Notification", kNotification, 5, 0, false,
      0}},  // of one value, too: BlueZ sends it so
    {0x52, {"Write Command", kCommand, 3, 3, true, 0}},
    {0xd2, {"Signed Write Command", kCommand, 15, 3, true, 0}},
};

constexpr auto kTable = [] {
  std::array<PduInfo, 256> table{};
  for (const Row& row : kRows) table[row.opcode] = row.info;
  return table;
}();

// Core Specification Vol 3 Part F 3.4.1.1; 0xe0.. from Supplement Part B.
constexpr ErrorInfo kErrors[] = {
    {0x01, "Invalid Handle", "the phone's memory of the band's services is out of date"},
    {0x02, "Read Not Permitted", ""},
    {0x03, "Write Not Permitted", ""},
    {0x04, "Invalid PDU", ""},
    {0x05, "Insufficient Authentication", "a pairing is missing or stale"},
    {0x06, "Request Not Supported", ""},
    {0x07, "Invalid Offset", ""},
    {0x08, "Insufficient Authorization", "the band does not allow it to this phone"},
    {0x09, "Prepare Queue Full", ""},
    {0x0a, "Attribute Not Found", "ordinary: how a search for services ends"},
    {0x0b, "Attribute Not Long", ""},
    {0x0c, "Encryption Key Size Too Short", "the pairing is too weak"},
    {0x0d, "Invalid Attribute Value Length", "app and firmware do not fit each other"},
    {0x0e, "Unlikely Error", "the band failed inside"},
    {0x0f, "Insufficient Encryption", "the link must be encrypted first: pairing missing or stale"},
    {0x10, "Unsupported Group Type", "ordinary in a search for services"},
    {0x11, "Insufficient Resources", "the band had no memory left"},
    {0x12, "Database Out Of Sync", "the band's services changed: the phone must read them anew"},
    {0x13, "Value Not Allowed", ""},
    {0xfc, "Write Request Rejected", ""},
    {0xfd, "CCC Descriptor Improperly Configured", ""},
    {0xfe, "Procedure Already In Progress", "an earlier operation is still running"},
    {0xff, "Out Of Range", ""},
};
static_assert(std::ranges::is_sorted(kErrors, {}, &ErrorInfo::code));

constexpr ErrorInfo kApplicationError{0x80, "Application Error", "a code of the band's own"};
constexpr ErrorInfo kUnassignedError{0x00, "Unassigned", ""};

}  // namespace

const PduInfo& FindPdu(std::uint8_t opcode) { return kTable[opcode]; }

const ErrorInfo& FindError(std::uint8_t code) {
  const auto* at = std::ranges::lower_bound(kErrors, code, {}, &ErrorInfo::code);
  if (at != std::end(kErrors) && at->code == code) return *at;
  return code >= 0x80 && code <= 0x9f ? kApplicationError : kUnassignedError;
}

std::string FormatError(std::uint8_t code) {
  return fmt::format("0x{:02x} {}", code, FindError(code).name);
}

ErrorResponse DecodeErrorResponse(Bytes pdu) {
  ByteReader reader(pdu);
  reader.Skip(1);
  ErrorResponse result;
  result.request_opcode = reader.U8();
  result.handle = reader.Le16();
  result.code = reader.U8();
  if (reader.failed()) return {};
  return result;
}

}  // namespace bk::codec::att
