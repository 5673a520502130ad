// Firmware, resources, font and watch face: service 1530 of Huami's base, control 1531, data 1532.
//
//   [01 FF -> 10 01 09]  [A0 -> 10 A0 01 ...]                     probes of the official app
//   01 type size32 crc32 -> 10 01 01 [8 bytes]
//   03 01, data in packets of MTU - 3, 00 after packet 101, 201, ... and after the last -> 10 03 01
//   04 -> 10 04 01 (verified);  05 -> 10 05 01, the band restarts (firmware only; alone it is a
//   soft reboot)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

enum class UpdateType : std::uint8_t {
  kFirmware = 0x00,
  kFont = 0x01,
  kResources = 0x02,
  kGps = 0x03,
  kGpsCep = 0x04,
  kGpsAlmanac = 0x05,
  kWatchFace = 0x08,
  kLatinFont = 0x0b,
  kChangeLog = 0x10,
  kResourcesCompressed = 0x82,
};
std::string_view UpdateTypeName(UpdateType type);  // "firmware"; "file" when not known
// The band works without it but its screens miss parts, or it shows "connect to app".
bool IsResource(UpdateType type);

enum class UpdateOp : std::uint8_t {
  kSync = 0x00,
  kInit = 0x01,
  kStartData = 0x03,
  kVerify = 0x04,
  kReboot = 0x05,
  kParameters = 0xa0,
};
struct UpdateRequest {
  UpdateOp op = UpdateOp::kSync;
  bool probe = false;  // kInit as `01 FF`
  // Of kInit only.
  UpdateType type = UpdateType::kFirmware;
  std::uint32_t size = 0;
  std::optional<std::uint32_t>
      crc32;  // absent in the older forms of Mi Band 2 and 3, whose size has 24 bits
  friend bool operator==(const UpdateRequest&, const UpdateRequest&) = default;
};
std::optional<UpdateRequest> DecodeUpdateRequest(Bytes bytes);
ByteVector Encode(const UpdateRequest& request);

struct UpdateReply {
  UpdateOp op = UpdateOp::kSync;
  std::uint8_t status = kSuccess;
  Bytes data;
};
std::optional<UpdateReply> DecodeUpdateReply(Bytes bytes);
ByteVector Encode(const UpdateReply& reply);
enum class UpdateStatus : std::uint8_t {
  kOk = 0x01,
  kProbeAnswer = 0x09,  // the Mi Smart Band 4 to `01 FF`
  kBatteryTooLow = 0x22,
  kNoSpace = 0x47,
};
// One clause for people. Never empty.
std::string_view UpdateStatusMeaning(std::uint8_t status);

// What a file is, by its content. nullopt: no file for this band.
std::optional<UpdateType> RecogniseUpdateFile(Bytes file);

// The version that a firmware prints: 8 characters behind "V%d.%d.%d.%d" and four zeros, on a
// 4-byte boundary (Gadgetbridge, HuamiFirmwareInfo). "1.0.9.66"; empty: none stands there. It says
// which firmware this wants to be, and nothing about whether all of it is there.
std::string VersionInFirmware(Bytes file);

// The container that watch faces may come in: the only kind of file here whose length and sum are
// known to stand in it (Gadgetbridge, UIHHContainer). Both little-endian.
struct UihhContainer {
  std::uint32_t crc32 = 0;   // at 12, of all behind the head
  std::uint32_t length = 0;  // at 22, of all behind the head
  Bytes content;             // all behind the 32 bytes of the head, as much as there is
};
// nullopt: not one, or cut within its head.
std::optional<UihhContainer> DecodeUihh(Bytes file);

}  // namespace bk::codec::miband
