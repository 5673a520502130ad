#include "codec/hci/reason.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace bk::codec::hci {
namespace {

using enum ReasonSide;

// Indexed by code. A side is named only where the code itself tells: the codes that a controller
// passes on from LL_TERMINATE_IND are the peer's, 0x16 is the host's own (Vol 4 Part E 7.7.5).
constexpr ReasonInfo kReasons[] = {
    {0x00, "Success", kUnknown, ""},
    {0x01, "Unknown HCI Command", kUnknown, "the phone's Bluetooth chip does not know the command"},
    {0x02, "Unknown Connection Identifier", kUnknown,
     "as the end of an attempt: the phone gave up waiting for the band"},
    {0x03, "Hardware Failure", kUnknown, "the phone's Bluetooth chip failed"},
    {0x04, "Page Timeout", kUnknown, "the device did not answer: out of range or off"},
    {0x05, "Authentication Failure", kPeer,
     "the keys of the two sides do not fit: the pairing is stale"},
    {0x06, "PIN or Key Missing", kUnknown,
     "one side no longer has the pairing key: the pairing is stale"},
    {0x07, "Memory Capacity Exceeded", kUnknown, "the Bluetooth chip ran out of memory"},
    {0x08, "Connection Timeout", kUnknown,
     "nothing was heard from the band any more: out of range, battery empty, restarted, or "
     "disturbed"},
    {0x09, "Connection Limit Exceeded", kUnknown, "too many devices are connected to the phone"},
    {0x0a, "Synchronous Connection Limit Exceeded", kUnknown, ""},
    {0x0b, "Connection Already Exists", kUnknown,
     "the phone's chip still holds an old link: restart Bluetooth"},
    {0x0c, "Command Disallowed", kUnknown,
     "the phone's software and chip are out of step: restart Bluetooth"},
    {0x0d, "Rejected: Limited Resources", kPeer, "the device has no room for another link"},
    {0x0e, "Rejected: Security Reasons", kPeer, "the device refused for security reasons"},
    {0x0f, "Rejected: Unacceptable Address", kPeer, "the device does not take this phone"},
    {0x10, "Connection Accept Timeout Exceeded", kUnknown, "the link was not accepted in time"},
    {0x11, "Unsupported Feature or Parameter", kUnknown, ""},
    {0x12, "Invalid Command Parameters", kUnknown, ""},
    {0x13, "Remote User Terminated Connection", kPeer,
     "the band hung up: it refused the app, restarted, or went to another phone"},
    {0x14, "Remote Device: Low Resources", kPeer, "the band hung up because it was busy"},
    {0x15, "Remote Device: Power Off", kPeer, "the band hung up because it was switching off"},
    {0x16, "Connection Terminated by Local Host", kPhone,
     "the phone hung up: an app closed the link, or pairing failed, or Bluetooth was switched off"},
    {0x17, "Repeated Attempts", kUnknown, "too many pairing attempts: wait a minute"},
    {0x18, "Pairing Not Allowed", kPeer, "the device does not allow pairing now"},
    {0x19, "Unknown LMP PDU", kUnknown, ""},
    {0x1a, "Unsupported Remote Feature", kPeer, "the band lacks something the phone asked for"},
    {0x1b, "SCO Offset Rejected", kUnknown, ""},
    {0x1c, "SCO Interval Rejected", kUnknown, ""},
    {0x1d, "SCO Air Mode Rejected", kUnknown, ""},
    {0x1e, "Invalid LMP/LL Parameters", kUnknown, ""},
    {0x1f, "Unspecified Error", kUnknown, "the Bluetooth chip gave no reason"},
    {0x20, "Unsupported LMP/LL Parameter Value", kUnknown, ""},
    {0x21, "Role Change Not Allowed", kUnknown, ""},
    {0x22, "LMP/LL Response Timeout", kUnknown,
     "one of the two Bluetooth chips hung in the middle of a procedure"},
    {0x23, "LMP/LL Procedure Collision", kUnknown, "both sides started the same procedure"},
    {0x24, "LMP PDU Not Allowed", kUnknown, ""},
    {0x25, "Encryption Mode Not Acceptable", kUnknown, "the two sides disagree on encryption"},
    {0x26, "Link Key Cannot Be Changed", kUnknown, ""},
    {0x27, "Requested QoS Not Supported", kUnknown, ""},
    {0x28, "Instant Passed", kUnknown, "a change of the link was missed: disturbed radio"},
    {0x29, "Pairing With Unit Key Not Supported", kPeer, "the device refused the pairing"},
    {0x2a, "Different Transaction Collision", kUnknown,
     "both sides started a procedure: try again"},
    {0x2b, "Reserved", kUnknown, ""},
    {0x2c, "QoS Unacceptable Parameter", kUnknown, ""},
    {0x2d, "QoS Rejected", kUnknown, ""},
    {0x2e, "Channel Classification Not Supported", kUnknown, ""},
    {0x2f, "Insufficient Security", kUnknown, "a stronger pairing was demanded"},
    {0x30, "Parameter Out Of Mandatory Range", kUnknown, ""},
    {0x31, "Reserved", kUnknown, ""},
    {0x32, "Role Switch Pending", kUnknown, ""},
    {0x33, "Reserved", kUnknown, ""},
    {0x34, "Reserved Slot Violation", kUnknown, ""},
    {0x35, "Role Switch Failed", kUnknown, ""},
    {0x36, "Extended Inquiry Response Too Large", kUnknown, ""},
    {0x37, "Secure Simple Pairing Not Supported By Host", kUnknown, ""},
    {0x38, "Host Busy - Pairing", kUnknown, "a pairing was already under way"},
    {0x39, "Connection Rejected: No Suitable Channel Found", kUnknown, ""},
    {0x3a, "Controller Busy", kUnknown, "the phone's Bluetooth chip was busy"},
    {0x3b, "Unacceptable Connection Parameters", kPeer, "the band refused the link's timing"},
    {0x3c, "Advertising Timeout", kUnknown, ""},
    {0x3d, "Connection Terminated due to MIC Failure", kUnknown,
     "the two sides encrypt with different keys: the pairing is stale"},
    {0x3e, "Connection Failed to be Established", kUnknown,
     "the band did not answer the first packets: weak signal, busy, or taken by another phone"},
    {0x3f, "MAC Connection Failed", kUnknown, ""},
    {0x40, "Coarse Clock Adjustment Rejected", kUnknown, ""},
    {0x41, "Type0 Submap Not Defined", kUnknown, ""},
    {0x42, "Unknown Advertising Identifier", kUnknown, ""},
    {0x43, "Limit Reached", kUnknown, ""},
    {0x44, "Operation Cancelled by Host", kPhone, "the phone cancelled"},
    {0x45, "Packet Too Long", kUnknown, ""},
};

static_assert([] {
  for (std::size_t i = 0; i < std::size(kReasons); ++i)
    if (kReasons[i].code != i) return false;
  return true;
}());

constexpr ReasonInfo kUnassigned{0xff, "Unassigned", kUnknown, ""};

}  // namespace

const ReasonInfo& FindReason(std::uint8_t code) {
  return code < std::size(kReasons) ? kReasons[code] : kUnassigned;
}

std::string FormatReason(std::uint8_t code) {
  return fmt::format("0x{:02x} {}", code, FindReason(code).name);
}

}  // namespace bk::codec::hci
