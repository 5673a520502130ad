// The stack's printed names of HCI status codes and disconnect reasons.
#pragma once

#include <optional>
#include <string_view>

namespace bk::android {

// The code after `key` in `text`: "reason:19", "reason=0x13",
// "disconnect_reason:REMOTE_USER_TERMINATED_CONNECTION(0x13)", or a name alone, with or without
// "HCI_ERR_" and its kin before it. nullopt when there is none or its name is not known.
// Source: hci_packets.pdl ErrorCode, stack/include/hci_error_code.h.
std::optional<int> HciCodeAfter(std::string_view text, std::string_view key);

// "the link was lost: no packet from the other side in time", "" for a code without plain words.
std::string_view HciReasonWords(int code);

}  // namespace bk::android
