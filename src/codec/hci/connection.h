// Events and commands that make, change and end links. A decoder gives nullopt when the parameters
// are shorter than the specification allows; extra bytes are passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"

namespace bk::codec::hci {

enum class AddressType : std::uint8_t { kPublic, kRandom, kPublicIdentity, kRandomIdentity };

// 1.25 ms and 10 ms units, as they stand in the packet.
struct ConnectionTiming {
  std::uint16_t interval = 0;
  std::uint16_t latency = 0;
  std::uint16_t supervision_timeout = 0;
  [[nodiscard]] double interval_ms() const { return interval * 1.25; }
  [[nodiscard]] std::uint32_t timeout_ms() const { return supervision_timeout * 10U; }
};

// LE Connection Complete, LE Enhanced Connection Complete v1 and v2 (7.7.65.1, .10). `parameters`
// start after the subevent code, here and below.
struct LeConnectionComplete {
  std::uint8_t status = 0;
  std::uint16_t handle = 0;
  bool phone_is_central = true;
  std::uint8_t peer_type = 0;
  Address peer;
  ConnectionTiming timing;
};
std::optional<LeConnectionComplete> DecodeLeConnectionComplete(std::uint8_t subevent,
                                                               Bytes parameters);

// Connection Complete (7.7.3), classic.
struct ConnectionComplete {
  std::uint8_t status = 0;
  std::uint16_t handle = 0;
  Address peer;
  std::uint8_t link_type = 0;  // 1 = ACL
};
std::optional<ConnectionComplete> DecodeConnectionComplete(Bytes parameters);

// Disconnection Complete (7.7.5).
struct DisconnectionComplete {
  std::uint8_t status = 0;
  std::uint16_t handle = 0;
  std::uint8_t reason = 0;
};
std::optional<DisconnectionComplete> DecodeDisconnectionComplete(Bytes parameters);

// LE Connection Update Complete (7.7.65.3).
struct LeConnectionUpdateComplete {
  std::uint8_t status = 0;
  std::uint16_t handle = 0;
  ConnectionTiming timing;
};
std::optional<LeConnectionUpdateComplete> DecodeLeConnectionUpdateComplete(Bytes parameters);

// LE Data Length Change (7.7.65.7).
struct LeDataLengthChange {
  std::uint16_t handle = 0;
  std::uint16_t tx_octets = 0, rx_octets = 0;
};
std::optional<LeDataLengthChange> DecodeLeDataLengthChange(Bytes parameters);

// LE PHY Update Complete (7.7.65.12). 1 = 1M, 2 = 2M, 3 = coded.
struct LePhyUpdateComplete {
  std::uint8_t status = 0;
  std::uint16_t handle = 0;
  std::uint8_t tx = 0, rx = 0;
};
std::optional<LePhyUpdateComplete> DecodeLePhyUpdateComplete(Bytes parameters);

// Encryption Change v1 and v2, Encryption Key Refresh Complete (7.7.8, 7.7.39).
struct EncryptionEvent {
  std::uint8_t status = 0;
  std::uint16_t handle = 0;
  bool enabled = false;  // of a refresh: true
};
std::optional<EncryptionEvent> DecodeEncryptionEvent(std::uint8_t event_code, Bytes parameters);

// Remote Name Request Complete (7.7.7). The name ends at its first NUL.
struct RemoteName {
  std::uint8_t status = 0;
  Address peer;
  std::string_view name;  // into `parameters`
};
std::optional<RemoteName> DecodeRemoteName(Bytes parameters);

// LE Create Connection, LE Extended Create Connection v1 and v2 (7.8.12, .66).
struct LeCreateConnection {
  bool accept_list = false;
  std::uint8_t peer_type = 0;
  Address peer;  // meaningless with accept_list
};
std::optional<LeCreateConnection> DecodeLeCreateConnection(std::uint16_t opcode, Bytes parameters);

// Create Connection and its cancel (7.1.5, 7.1.7): the peer.
std::optional<Address> DecodeClassicPeer(Bytes parameters);

// LE Add/Remove Device To/From Filter Accept List (7.8.16, .17).
struct AcceptListEntry {
  std::uint8_t type = 0;
  Address address;
};
std::optional<AcceptListEntry> DecodeAcceptListEntry(Bytes parameters);

// Disconnect (7.1.6).
struct Disconnect {
  std::uint16_t handle = 0;
  std::uint8_t reason = 0;
};
std::optional<Disconnect> DecodeDisconnect(Bytes parameters);

// Command Complete and Command Status (7.7.14, .15). The status of a Command Complete is the first
// return parameter, where there is one.
struct CommandOutcome {
  std::uint16_t opcode = 0;
  std::uint8_t status = 0;
  Bytes returned;  // return parameters, with the status; empty for Command Status
};
std::optional<CommandOutcome> DecodeCommandOutcome(std::uint8_t event_code, Bytes parameters);

}  // namespace bk::codec::hci
