#include "codec/miband/update.h"

#include <algorithm>
#include <array>

namespace bk::codec::miband {
namespace {

bool HasAt(Bytes file, std::size_t at, std::string_view text) {
  return file.size() >= at + text.size() && AsText(file.subspan(at, text.size())) == text;
}

constexpr std::array<std::uint8_t, 16> kFirmwareMark{0x31, 0, 0,    0,    0,    0,    0,    0,
                                                     0,    0, 0x9c, 0xe3, 0x7d, 0x5c, 0x00, 0x04};
constexpr std::string_view kModelMark = "Mi Smart Band 4";
constexpr std::string_view kVersionMark{"V%d.%d.%d.%d\0\0\0\0", 16};
constexpr std::size_t kVersionLength = 8;
constexpr std::size_t kUihhHead = 32;

bool IsMiBand4Firmware(Bytes file) {
  if (file.size() < 32) return false;
  const bool marked = std::ranges::equal(file.subspan(16, 16), kFirmwareMark,
                                         [](std::byte have, std::uint8_t want) {
                                           return std::to_integer<std::uint8_t>(have) == want;
                                         });
  if (!marked) return false;
  // The name stands on a 4-byte boundary.
  const std::string_view text = AsText(file);
  for (std::size_t at = text.find(kModelMark); at != std::string_view::npos;
       at = text.find(kModelMark, at + 1))
    if (at % 4 == 0) return true;
  return false;
}

}  // namespace

std::string_view UpdateTypeName(UpdateType type) {
  switch (type) {
    case UpdateType::kFirmware:
      return "firmware";
    case UpdateType::kFont:
      return "font";
    case UpdateType::kResources:
    case UpdateType::kResourcesCompressed:
      return "resources";
    case UpdateType::kGps:
      return "GPS firmware";
    case UpdateType::kGpsCep:
      return "GPS data";
    case UpdateType::kGpsAlmanac:
      return "GPS almanac";
    case UpdateType::kWatchFace:
      return "watch face";
    case UpdateType::kLatinFont:
      return "Latin font";
    case UpdateType::kChangeLog:
      return "change log";
  }
  return "file";
}

bool IsResource(UpdateType type) { return type != UpdateType::kFirmware; }

std::optional<UpdateRequest> DecodeUpdateRequest(Bytes bytes) {
  ByteReader reader(bytes);
  UpdateRequest request;
  request.op = static_cast<UpdateOp>(reader.U8());
  if (reader.failed()) return std::nullopt;
  switch (request.op) {
    case UpdateOp::kInit:
      if (bytes.size() == 2 && std::to_integer<std::uint8_t>(bytes[1]) == 0xff) {
        request.probe = true;
        return request;
      }
      if (bytes.size() == 10) {
        request.type = static_cast<UpdateType>(reader.U8());
        request.size = reader.Le32();
        request.crc32 = reader.Le32();
        return request;
      }
      if (bytes.size() == 4 || bytes.size() == 5) {
        request.size = reader.Le24();
        if (reader.left() == 1) request.type = static_cast<UpdateType>(reader.U8());
        return request;
      }
      return std::nullopt;
    case UpdateOp::kSync:
    case UpdateOp::kReboot:
    case UpdateOp::kParameters:
      return bytes.size() == 1 ? std::optional(request) : std::nullopt;
    case UpdateOp::kStartData:  // `03` on older bands
      return bytes.size() <= 2 ? std::optional(request) : std::nullopt;
    case UpdateOp::kVerify:  // `04 crc16` on older bands
      return bytes.size() == 1 || bytes.size() == 3 ? std::optional(request) : std::nullopt;
  }
  return std::nullopt;
}

ByteVector Encode(const UpdateRequest& request) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(static_cast<std::uint8_t>(request.op));
  if (request.op == UpdateOp::kStartData) writer.U8(1);
  if (request.op != UpdateOp::kInit) return out;
  if (request.probe) {
    writer.U8(0xff);
  } else if (request.crc32) {
    writer.U8(static_cast<std::uint8_t>(request.type)).Le32(request.size).Le32(*request.crc32);
  } else {
    writer.Le24(request.size);
    if (request.type != UpdateType::kFirmware) writer.U8(static_cast<std::uint8_t>(request.type));
  }
  return out;
}

std::optional<UpdateReply> DecodeUpdateReply(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t mark = reader.U8();
  const std::uint8_t op = reader.U8();
  const std::uint8_t status = reader.U8();
  if (reader.failed() || mark != kReply) return std::nullopt;
  return UpdateReply{static_cast<UpdateOp>(op), status, reader.TakeRest()};
}

ByteVector Encode(const UpdateReply& reply) {
  ByteVector out;
  ByteWriter(out)
      .U8(kReply)
      .U8(static_cast<std::uint8_t>(reply.op))
      .U8(reply.status)
      .Put(reply.data);
  return out;
}

std::string_view UpdateStatusMeaning(std::uint8_t status) {
  switch (static_cast<UpdateStatus>(status)) {
    case UpdateStatus::kOk:
      return "accepted";
    case UpdateStatus::kProbeAnswer:
      return "the band answered the probe";
    case UpdateStatus::kBatteryTooLow:
      return "the band's battery is too low for an update";
    case UpdateStatus::kNoSpace:
      return "the band has no space for the file";
  }
  return "the band refused with a status whose meaning is not known";
}

std::optional<UpdateType> RecogniseUpdateFile(Bytes file) {
  if (HasAt(file, 0, "NEZK") && file.size() > 10) {
    const auto kind = std::to_integer<std::uint8_t>(file[10]);
    if (kind == 0x03 || kind == 0x06) return UpdateType::kFont;
    return std::nullopt;
  }
  if (HasAt(file, 0, "HMDIAL") || HasAt(file, 0, "UIHH")) return UpdateType::kWatchFace;
  if (HasAt(file, 0, "HMRES")) return UpdateType::kResources;
  if (HasAt(file, 9, "HMRES") || HasAt(file, 9, "NERES") || HasAt(file, 0x0d, "NERES"))
    return UpdateType::kResourcesCompressed;
  if (IsMiBand4Firmware(file)) return UpdateType::kFirmware;
  return std::nullopt;
}

std::string VersionInFirmware(Bytes file) {
  const std::string_view text = AsText(file);
  for (std::size_t at = text.find(kVersionMark); at != std::string_view::npos;
       at = text.find(kVersionMark, at + 1)) {
    if (at % 4 != 0) continue;
    const std::string_view behind = text.substr(at + kVersionMark.size());
    if (behind.size() < kVersionLength) return {};
    std::string_view version = behind.substr(0, kVersionLength);
    version = version.substr(0, version.find('\0'));
    const bool dotted = std::ranges::count(version, '.') == 3 &&
                        version.find_first_not_of("0123456789.") == std::string_view::npos;
    return dotted ? std::string(version) : std::string();
  }
  return {};
}

std::optional<UihhContainer> DecodeUihh(Bytes file) {
  if (!HasAt(file, 0, "UIHH") || file.size() < kUihhHead) return std::nullopt;
  return UihhContainer{ByteReader(file.subspan(12, 4)).Le32(),
                       ByteReader(file.subspan(22, 4)).Le32(), file.subspan(kUihhHead)};
}

}  // namespace bk::codec::miband
