#include "codec/hci/tables.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace bk::codec::hci {
namespace {

// Sorted by code.
constexpr PacketInfo kCommands[] = {
    {0x0401, "Inquiry", 5},
    {0x0402, "Inquiry Cancel", 0},
    {0x0405, "Create Connection", 13},
    {0x0406, "Disconnect", 3},
    {0x0408, "Create Connection Cancel", 6},
    {0x0409, "Accept Connection Request", 7},
    {0x040a, "Reject Connection Request", 7},
    {0x040b, "Link Key Request Reply", 22},
    {0x040c, "Link Key Request Negative Reply", 6},
    {0x0411, "Authentication Requested", 2},
    {0x0413, "Set Connection Encryption", 3},
    {0x0419, "Remote Name Request", 10},
    {0x041b, "Read Remote Supported Features", 2},
    {0x041d, "Read Remote Version Information", 2},
    {0x0c01, "Set Event Mask", 8},
    {0x0c03, "Reset", 0},
    {0x0c1a, "Write Scan Enable", 1},
    {0x1405, "Read RSSI", 2},
    {0x2001, "LE Set Event Mask", 8},
    {0x2005, "LE Set Random Address", 6},
    {0x2006, "LE Set Advertising Parameters", 15},
    {0x2008, "LE Set Advertising Data", 1},
    {0x200a, "LE Set Advertising Enable", 1},
    {0x200b, "LE Set Scan Parameters", 7},
    {0x200c, "LE Set Scan Enable", 2},
    {0x200d, "LE Create Connection", 25},
    {0x200e, "LE Create Connection Cancel", 0},
    {0x200f, "LE Read Filter Accept List Size", 0},
    {0x2010, "LE Clear Filter Accept List", 0},
    {0x2011, "LE Add Device To Filter Accept List", 7},
    {0x2012, "LE Remove Device From Filter Accept List", 7},
    {0x2013, "LE Connection Update", 14},
    {0x2016, "LE Read Remote Features", 2},
    {0x2019, "LE Enable Encryption", 28},
    {0x201a, "LE Long Term Key Request Reply", 18},
    {0x201b, "LE Long Term Key Request Negative Reply", 2},
    {0x2020, "LE Remote Connection Parameter Request Reply", 14},
    {0x2021, "LE Remote Connection Parameter Request Negative Reply", 3},
    {0x2022, "LE Set Data Length", 6},
    {0x2027, "LE Add Device To Resolving List", 39},
    {0x2028, "LE Remove Device From Resolving List", 7},
    {0x2029, "LE Clear Resolving List", 0},
    {0x202d, "LE Set Address Resolution Enable", 1},
    {0x2032, "LE Set PHY", 7},
    {0x2036, "LE Set Extended Advertising Parameters", 25},
    {0x2039, "LE Set Extended Advertising Enable", 2},
    {0x2041, "LE Set Extended Scan Parameters", 3},
    {0x2042, "LE Set Extended Scan Enable", 6},
    {0x2043, "LE Extended Create Connection", 10},
    {0x2085, "LE Extended Create Connection v2", 12},
};

constexpr PacketInfo kEvents[] = {
    {0x01, "Inquiry Complete", 1},
    {0x02, "Inquiry Result", 1},
    {0x03, "Connection Complete", 11},
    {0x04, "Connection Request", 10},
    {0x05, "Disconnection Complete", 4},
    {0x06, "Authentication Complete", 3},
    {0x07, "Remote Name Request Complete", 7},
    {0x08, "Encryption Change", 4},
    {0x09, "Change Connection Link Key Complete", 3},
    {0x0b, "Read Remote Supported Features Complete", 11},
    {0x0c, "Read Remote Version Information Complete", 8},
    {0x0d, "QoS Setup Complete", 21},
    {0x0e, "Command Complete", 3},
    {0x0f, "Command Status", 4},
    {0x10, "Hardware Error", 1},
    {0x12, "Role Change", 8},
    {0x13, "Number Of Completed Packets", 1},
    {0x14, "Mode Change", 6},
    {0x17, "Link Key Request", 6},
    {0x18, "Link Key Notification", 23},
    {0x11, "Flush Occurred", 2},
    {0x15, "Return Link Keys", 1},
    {0x16, "PIN Code Request", 6},
    {0x19, "Loopback Command", 3},
    {0x1a, "Data Buffer Overflow", 1},
    {0x1b, "Max Slots Change", 3},
    {0x1c, "Read Clock Offset Complete", 5},
    {0x1d, "Connection Packet Type Changed", 5},
    {0x20, "Page Scan Repetition Mode Change", 7},
    {0x21, "Flow Specification Complete", 22},
    {0x22, "Inquiry Result with RSSI", 1},
    {0x23, "Read Remote Extended Features Complete", 13},
    {0x2c, "Synchronous Connection Complete", 17},
    {0x2d, "Synchronous Connection Changed", 9},
    {0x2e, "Sniff Subrating", 11},
    {0x2f, "Extended Inquiry Result", 15},
    {0x30, "Encryption Key Refresh Complete", 3},
    {0x31, "IO Capability Request", 6},
    {0x32, "IO Capability Response", 9},
    {0x33, "User Confirmation Request", 10},
    {0x34, "User Passkey Request", 6},
    {0x35, "Remote OOB Data Request", 6},
    {0x36, "Simple Pairing Complete", 7},
    {0x38, "Link Supervision Timeout Changed", 4},
    {0x39, "Enhanced Flush Complete", 2},
    {0x3b, "User Passkey Notification", 10},
    {0x3c, "Keypress Notification", 7},
    {0x3d, "Remote Host Supported Features Notification", 14},
    {0x3e, "LE Meta", 1},
    {0x57, "Authenticated Payload Timeout Expired", 2},
    {0x59, "Encryption Change v2", 5},
    {0xff, "Vendor", 0},
};

constexpr PacketInfo kLeEvents[] = {
    {0x01, "LE Connection Complete", 18},
    {0x02, "LE Advertising Report", 1},
    {0x03, "LE Connection Update Complete", 9},
    {0x04, "LE Read Remote Features Complete", 11},
    {0x05, "LE Long Term Key Request", 12},
    {0x06, "LE Remote Connection Parameter Request", 10},
    {0x07, "LE Data Length Change", 10},
    {0x08, "LE Read Local P-256 Public Key Complete", 65},
    {0x09, "LE Generate DHKey Complete", 33},
    {0x0a, "LE Enhanced Connection Complete", 30},
    {0x0b, "LE Directed Advertising Report", 1},
    {0x0c, "LE PHY Update Complete", 5},
    {0x0d, "LE Extended Advertising Report", 1},
    {0x0e, "LE Periodic Advertising Sync Established", 15},
    {0x0f, "LE Periodic Advertising Report", 7},
    {0x10, "LE Periodic Advertising Sync Lost", 2},
    {0x11, "LE Scan Timeout", 0},
    {0x12, "LE Advertising Set Terminated", 5},
    {0x13, "LE Scan Request Received", 8},
    {0x14, "LE Channel Selection Algorithm", 3},
    {0x29, "LE Enhanced Connection Complete v2", 33},
};

// Small code spaces become direct indexes: these look-ups are made for every event.
template <std::size_t kCount>
constexpr auto IndexByCode(const PacketInfo (&table)[kCount]) {
  std::array<std::uint8_t, 256> index{};  // 0: none, else position + 1
  for (std::size_t i = 0; i < kCount; ++i) index[table[i].code] = static_cast<std::uint8_t>(i + 1);
  return index;
}
constexpr auto kEventIndex = IndexByCode(kEvents);
constexpr auto kLeEventIndex = IndexByCode(kLeEvents);

static_assert(std::ranges::is_sorted(kCommands, {}, &PacketInfo::code));

}  // namespace

const PacketInfo* FindCommand(std::uint16_t opcode) {
  const auto* at = std::ranges::lower_bound(kCommands, opcode, {}, &PacketInfo::code);
  return at != std::end(kCommands) && at->code == opcode ? at : nullptr;
}

const PacketInfo* FindEvent(std::uint8_t code) {
  const std::uint8_t at = kEventIndex[code];
  return at == 0 ? nullptr : &kEvents[at - 1];
}

const PacketInfo* FindLeEvent(std::uint8_t subevent) {
  const std::uint8_t at = kLeEventIndex[subevent];
  return at == 0 ? nullptr : &kLeEvents[at - 1];
}

}  // namespace bk::codec::hci
