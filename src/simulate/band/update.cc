// Update of firmware and resources. The old image runs until a verified one is activated; nothing
// that is half there is ever used.
#include "codec/miband/update.h"

#include <algorithm>
#include <utility>

#include "simulate/band/band.h"
#include "simulate/band/image.h"

namespace bk::simulate::band {

namespace mb = codec::miband;
using mb::UpdateOp;
using Phase = UpdateState::Phase;

namespace {

// Any status but 01 means failure to every client; which the real band gives is not known.
constexpr std::uint8_t kFailed = 0x02;
constexpr auto kLowBattery = static_cast<std::uint8_t>(mb::UpdateStatus::kBatteryTooLow);
constexpr auto kNoSpace = static_cast<std::uint8_t>(mb::UpdateStatus::kNoSpace);
constexpr std::uint32_t kImageBytesMax = 4 * 1024 * 1024;  // the flash of its predecessor

constexpr std::uint8_t kParameters[] = {0x06, 0x00, 0x04, 0x00, 0x80, 0x00, 0x00, 0x02};

void Respond(Band& band, UpdateOp op, std::uint8_t status, Bytes data = {}) {
  Reply(band, Attribute::kUpdateControl, Encode(mb::UpdateReply{op, status, data}));
}

std::uint8_t Or(const Band& band, UpdateOp op, std::uint8_t status) {
  const auto at = band.faults().update_status.find(op);
  return at == band.faults().update_status.end() ? status : at->second;
}

void Init(Band& band, const mb::UpdateRequest& request) {
  if (request.probe)
    return Respond(band, UpdateOp::kInit,
                   static_cast<std::uint8_t>(mb::UpdateStatus::kProbeAnswer));
  UpdateState& update = band.link.update;
  update = UpdateState{};
  std::uint8_t status = mb::kSuccess;
  if (!request.crc32 || request.size == 0) status = kFailed;  // the forms of older bands
  if (request.size > kImageBytesMax) status = kNoSpace;
  if (Percent(band) < band.quirks().update_percent_min) status = kLowBattery;
  status = Or(band, UpdateOp::kInit, status);
  if (status != mb::kSuccess) return Respond(band, UpdateOp::kInit, status);
  update.phase = Phase::kReady;
  update.type = request.type;
  update.size = request.size;
  update.crc32 = *request.crc32;
  const std::array<std::byte, 8> zeros{};
  Respond(band, UpdateOp::kInit, status, band.quirks().long_init_reply ? Bytes(zeros) : Bytes{});
}

void Sync(Band& band) {
  UpdateState& update = band.link.update;
  if (update.phase != Phase::kReceiving || update.data.size() < update.size) return;
  const bool fits = update.data.size() == update.size;
  const std::uint8_t status = Or(band, UpdateOp::kStartData, fits ? mb::kSuccess : kFailed);
  update.phase = status == mb::kSuccess ? Phase::kReceived : Phase::kIdle;
  Respond(band, UpdateOp::kStartData, status);
}

// Resources are used from the moment they are verified; a firmware waits for the restart.
void UseResources(State& state, const UpdateState& update) {
  switch (update.type) {
    case mb::UpdateType::kResources:
    case mb::UpdateType::kResourcesCompressed:
      state.images.resources_crc = update.crc32;
      state.images.resources_version = VersionInImage(update.data);
      return;
    case mb::UpdateType::kFont:
      state.images.font_crc = update.crc32;
      return;
    case mb::UpdateType::kWatchFace:
      state.images.watch_face_crc = update.crc32;
      return;
    default:
      return;
  }
}

void Verify(Band& band) {
  UpdateState& update = band.link.update;
  const bool good =
      update.phase == Phase::kReceived && band.checksum->Crc32(update.data) == update.crc32;
  const std::uint8_t status = Or(band, UpdateOp::kVerify, good ? mb::kSuccess : kFailed);
  if (status == mb::kSuccess) {
    update.phase = Phase::kVerified;
    UseResources(band.state, update);
  } else {
    update = UpdateState{};
  }
  Respond(band, UpdateOp::kVerify, status);
}

}  // namespace

void UpdateControlWrite(Band& band, Bytes bytes) {
  const auto request = mb::DecodeUpdateRequest(bytes);
  if (!request) return;
  UpdateState& update = band.link.update;
  switch (request->op) {
    case UpdateOp::kInit:
      return Init(band, *request);
    case UpdateOp::kParameters:
      return Respond(band, request->op, mb::kSuccess, std::as_bytes(std::span(kParameters)));
    case UpdateOp::kStartData:
      if (update.phase != Phase::kReady) return Respond(band, request->op, kFailed);
      update.phase = Phase::kReceiving;
      return;
    case UpdateOp::kSync:
      return Sync(band);
    case UpdateOp::kVerify:
      return Verify(band);
    case UpdateOp::kReboot: {
      const std::uint8_t status = Or(band, UpdateOp::kReboot, mb::kSuccess);
      Respond(band, UpdateOp::kReboot, status);
      if (status != mb::kSuccess) return;
      if (update.phase != Phase::kVerified || !band.faults().update_ignores_restart)
        BeginRestart(band, false);
      return;
    }
  }
}

void UpdateDataWrite(Band& band, Bytes bytes) {
  UpdateState& update = band.link.update;
  if (update.phase != Phase::kReceiving) return;
  ++update.packets;
  if (band.faults().update_hangs_after && update.packets > *band.faults().update_hangs_after) {
    band.leaves = true;
    return;
  }
  constexpr std::uint32_t kLostPacket = 7;
  if (band.faults().update_loses_packet && update.packets == kLostPacket) return;
  // One byte too many is enough to know that it does not fit.
  const std::size_t room =
      update.size + 1U - std::min<std::size_t>(update.data.size(), update.size);
  const Bytes taken = bytes.first(std::min(room, bytes.size()));
  update.data.insert(update.data.end(), taken.begin(), taken.end());
}

void InstallStaged(Band& band) {
  UpdateState& update = band.link.update;
  if (update.phase != Phase::kVerified || update.type != mb::UpdateType::kFirmware) return;
  if (band.faults().update_keeps_old) return;
  ImageState& images = band.state.images;
  images.firmware_crc = update.crc32;
  images.version = VersionInImage(update.data);
  // Mi Band 3s were bricked by foreign firmware: the band itself checks no model.
  images.bricked = mb::RecogniseUpdateFile(update.data) != mb::UpdateType::kFirmware;
  update = UpdateState{};
}

}  // namespace bk::simulate::band
