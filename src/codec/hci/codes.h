// Numbers of the Host Controller Interface (Core Specification Vol 4 Part E sections 7.1 to 7.8).
// Definitions only, no logic.
#pragma once

#include <cstdint>

namespace bk::codec::hci {

namespace command {
inline constexpr std::uint16_t kInquiry = 0x0401;
inline constexpr std::uint16_t kCreateConnection = 0x0405;
inline constexpr std::uint16_t kDisconnect = 0x0406;
inline constexpr std::uint16_t kCreateConnectionCancel = 0x0408;
inline constexpr std::uint16_t kReset = 0x0c03;
inline constexpr std::uint16_t kReadRssi = 0x1405;
inline constexpr std::uint16_t kLeSetScanParameters = 0x200b;
inline constexpr std::uint16_t kLeSetScanEnable = 0x200c;
inline constexpr std::uint16_t kLeCreateConnection = 0x200d;
inline constexpr std::uint16_t kLeCreateConnectionCancel = 0x200e;
inline constexpr std::uint16_t kLeClearAcceptList = 0x2010;
inline constexpr std::uint16_t kLeAddToAcceptList = 0x2011;
inline constexpr std::uint16_t kLeRemoveFromAcceptList = 0x2012;
inline constexpr std::uint16_t kLeConnectionUpdate = 0x2013;
inline constexpr std::uint16_t kLeReadRemoteFeatures = 0x2016;
inline constexpr std::uint16_t kLeEnableEncryption = 0x2019;
inline constexpr std::uint16_t kLeLongTermKeyReply = 0x201a;
inline constexpr std::uint16_t kLeLongTermKeyNegativeReply = 0x201b;
inline constexpr std::uint16_t kLeSetExtendedScanParameters = 0x2041;
inline constexpr std::uint16_t kLeSetExtendedScanEnable = 0x2042;
inline constexpr std::uint16_t kLeExtendedCreateConnection = 0x2043;
inline constexpr std::uint16_t kLeExtendedCreateConnectionV2 = 0x2085;
}  // namespace command

namespace event {
inline constexpr std::uint8_t kConnectionComplete = 0x03;
inline constexpr std::uint8_t kDisconnectionComplete = 0x05;
inline constexpr std::uint8_t kRemoteNameRequestComplete = 0x07;
inline constexpr std::uint8_t kEncryptionChange = 0x08;
inline constexpr std::uint8_t kCommandComplete = 0x0e;
inline constexpr std::uint8_t kCommandStatus = 0x0f;
inline constexpr std::uint8_t kHardwareError = 0x10;
inline constexpr std::uint8_t kNumberOfCompletedPackets = 0x13;
inline constexpr std::uint8_t kDataBufferOverflow = 0x1a;
inline constexpr std::uint8_t kEncryptionKeyRefreshComplete = 0x30;
inline constexpr std::uint8_t kLeMeta = 0x3e;
inline constexpr std::uint8_t kEncryptionChangeV2 = 0x59;
inline constexpr std::uint8_t kVendor = 0xff;
}  // namespace event

namespace le_event {
inline constexpr std::uint8_t kConnectionComplete = 0x01;
inline constexpr std::uint8_t kAdvertisingReport = 0x02;
inline constexpr std::uint8_t kConnectionUpdateComplete = 0x03;
inline constexpr std::uint8_t kReadRemoteFeaturesComplete = 0x04;
inline constexpr std::uint8_t kLongTermKeyRequest = 0x05;
inline constexpr std::uint8_t kRemoteConnectionParameterRequest = 0x06;
inline constexpr std::uint8_t kDataLengthChange = 0x07;
inline constexpr std::uint8_t kEnhancedConnectionComplete = 0x0a;
inline constexpr std::uint8_t kDirectedAdvertisingReport = 0x0b;
inline constexpr std::uint8_t kPhyUpdateComplete = 0x0c;
inline constexpr std::uint8_t kExtendedAdvertisingReport = 0x0d;
inline constexpr std::uint8_t kScanTimeout = 0x11;
inline constexpr std::uint8_t kEnhancedConnectionCompleteV2 = 0x29;
}  // namespace le_event

// Status and reason codes that the program acts on (Vol 1 Part F). The rest: reason.h.
namespace status {
inline constexpr std::uint8_t kSuccess = 0x00;
inline constexpr std::uint8_t kUnknownConnection = 0x02;
inline constexpr std::uint8_t kAuthenticationFailure = 0x05;
inline constexpr std::uint8_t kPinOrKeyMissing = 0x06;
inline constexpr std::uint8_t kConnectionTimeout = 0x08;
inline constexpr std::uint8_t kPeerEnded = 0x13;
inline constexpr std::uint8_t kPeerLowResources = 0x14;
inline constexpr std::uint8_t kPeerPowerOff = 0x15;
inline constexpr std::uint8_t kHostEnded = 0x16;
inline constexpr std::uint8_t kMicFailure = 0x3d;
inline constexpr std::uint8_t kFailedToEstablish = 0x3e;
}  // namespace status

// ACL handle under which Qualcomm's controllers send debug data; no connection.
inline constexpr std::uint16_t kQualcommDebugHandle = 0xedc;
inline constexpr std::uint16_t kHandleMask = 0x0fff;

}  // namespace bk::codec::hci
