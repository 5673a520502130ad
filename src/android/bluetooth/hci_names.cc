#include "android/bluetooth/hci_names.h"

#include <array>
#include <cstdint>

#include "android/dump_text.h"

namespace bk::android {
namespace {

struct Named {
  std::string_view name;
  std::uint8_t code;
};

// Names of hci_packets.pdl (13 and later) and of hci_error_code.h where those differ.
constexpr std::array kNames = std::to_array<Named>({
    {"SUCCESS", 0x00},
    {"UNKNOWN_HCI_COMMAND", 0x01},
    {"ILLEGAL_COMMAND", 0x01},
    {"UNKNOWN_CONNECTION", 0x02},
    {"NO_CONNECTION", 0x02},
    {"HARDWARE_FAILURE", 0x03},
    {"HW_FAILURE", 0x03},
    {"PAGE_TIMEOUT", 0x04},
    {"AUTHENTICATION_FAILURE", 0x05},
    {"AUTH_FAILURE", 0x05},
    {"PIN_OR_KEY_MISSING", 0x06},
    {"KEY_MISSING", 0x06},
    {"MEMORY_CAPACITY_EXCEEDED", 0x07},
    {"MEMORY_FULL", 0x07},
    {"CONNECTION_TIMEOUT", 0x08},
    {"CONNECTION_TOUT", 0x08},
    {"CONNECTION_LIMIT_EXCEEDED", 0x09},
    {"MAX_NUM_OF_CONNECTIONS", 0x09},
    {"SYNCHRONOUS_CONNECTION_LIMIT_EXCEEDED", 0x0a},
    {"MAX_NUM_OF_SCOS", 0x0a},
    {"CONNECTION_ALREADY_EXISTS", 0x0b},
    {"CONNECTION_EXISTS", 0x0b},
    {"COMMAND_DISALLOWED", 0x0c},
    {"CONNECTION_REJECTED_LIMITED_RESOURCES", 0x0d},
    {"HOST_REJECT_RESOURCES", 0x0d},
    {"CONNECTION_REJECTED_SECURITY_REASONS", 0x0e},
    {"HOST_REJECT_SECURITY", 0x0e},
    {"CONNECTION_REJECTED_UNACCEPTABLE_BD_ADDR", 0x0f},
    {"HOST_REJECT_DEVICE", 0x0f},
    {"CONNECTION_ACCEPT_TIMEOUT", 0x10},
    {"HOST_TIMEOUT", 0x10},
    {"UNSUPPORTED_FEATURE_OR_PARAMETER_VALUE", 0x11},
    {"ILLEGAL_PARAMETER_FMT", 0x12},
    {"INVALID_HCI_COMMAND_PARAMETERS", 0x12},
    {"REMOTE_USER_TERMINATED_CONNECTION", 0x13},
    {"PEER_USER", 0x13},
    {"REMOTE_DEVICE_TERMINATED_CONNECTION_LOW_RESOURCES", 0x14},
    {"REMOTE_LOW_RESOURCE", 0x14},
    {"REMOTE_DEVICE_TERMINATED_CONNECTION_POWER_OFF", 0x15},
    {"REMOTE_POWER_OFF", 0x15},
    {"CONNECTION_TERMINATED_BY_LOCAL_HOST", 0x16},
    {"CONN_CAUSE_LOCAL_HOST", 0x16},
    {"REPEATED_ATTEMPTS", 0x17},
    {"PAIRING_NOT_ALLOWED", 0x18},
    {"UNKNOWN_LMP_PDU", 0x19},
    {"UNSUPPORTED_REMOTE_OR_LMP_FEATURE", 0x1a},
    {"UNSUPPORTED_REM_FEATURE", 0x1a},
    {"UNSPECIFIED_ERROR", 0x1f},
    {"UNSPECIFIED", 0x1f},
    {"LINK_LAYER_RESPONSE_TIMEOUT", 0x22},
    {"LMP_RESPONSE_TIMEOUT", 0x22},
    {"LMP_RESPONSE_TIMEOUT_OR_LL_RESPONSE_TIMEOUT", 0x22},
    {"LINK_LAYER_COLLISION", 0x23},
    {"LMP_ERR_TRANS_COLLISION", 0x23},
    {"ENCRYPTION_MODE_NOT_ACCEPTABLE", 0x25},
    {"ENCRY_MODE_NOT_ACCEPTABLE", 0x25},
    {"INSTANT_PASSED", 0x28},
    {"PAIRING_WITH_UNIT_KEY_NOT_SUPPORTED", 0x29},
    {"DIFFERENT_TRANSACTION_COLLISION", 0x2a},
    {"DIFF_TRANSACTION_COLLISION", 0x2a},
    {"INSUFFICIENT_SECURITY", 0x2f},
    {"INSUFFCIENT_SECURITY", 0x2f},
    {"CONTROLLER_BUSY", 0x3a},
    {"UNACCEPTABLE_CONNECTION_PARAMETERS", 0x3b},
    {"UNACCEPT_CONN_INTERVAL", 0x3b},
    {"ADVERTISING_TIMEOUT", 0x3c},
    {"ADVERTISING_TIMEOUT_", 0x3c},
    {"MIC_FAILURE", 0x3d},
    {"CONNECTION_TERMINATED_DUE_TO_MIC_FAILURE", 0x3d},
    {"CONN_FAILED_ESTABLISHMENT", 0x3e},
    {"CONNECTION_FAILED_ESTABLISHMENT", 0x3e},
    {"LIMIT_REACHED", 0x43},
    {"CANCELLED_BY_LOCAL_HOST", 0x44},
});

constexpr bool IsNameChar(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::optional<int> HciCodeAfter(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + key.size());
  if (!text.empty() && (text.front() == ':' || text.front() == '=')) text.remove_prefix(1);
  const std::string_view word = text.substr(0, text.find_first_of(" \t,;"));
  if (const std::size_t hex = word.find("0x"); hex != std::string_view::npos) {
    const std::string_view digits = word.substr(hex + 2);
    return ParseInt<int>(digits.substr(0, digits.find_first_not_of("0123456789abcdefABCDEF")), 16);
  }
  if (const auto number = ParseInt<int>(word); number && *number >= 0 && *number <= 0xff)
    return number;
  std::size_t length = 0;
  while (length < word.size() && IsNameChar(word[length])) ++length;
  std::string_view name = word.substr(0, length);
  for (const std::string_view prefix : {"HCI_ERR_", "HCI_"})
    if (Take(name, prefix)) break;
  for (const Named& known : kNames)
    if (known.name == name) return known.code;
  return std::nullopt;
}

std::string_view HciReasonWords(int code) {
  switch (code) {
    case 0x02:
      return "the attempt was called off before the device answered";
    case 0x05:
      return "authentication failed";
    case 0x06:
      return "the other side has no key for this phone any more";
    case 0x08:
      return "the link was lost: nothing was heard from the other side in time";
    case 0x09:
      return "the phone has no room for another link";
    case 0x0d:
      return "the other side had no resources";
    case 0x10:
      return "the other side did not accept in time";
    case 0x13:
      return "the other side ended the link";
    case 0x14:
      return "the other side ended the link for lack of resources";
    case 0x15:
      return "the other side switched off";
    case 0x16:
      return "the phone ended the link";
    case 0x22:
      return "the other side's radio did not answer a control request";
    case 0x3b:
      return "the connection parameters were refused";
    case 0x3d:
      return "a packet did not decrypt: the two sides have different keys";
    case 0x3e:
      return "the link was begun and never came to be";
    default:
      return "";
  }
}

}  // namespace bk::android
