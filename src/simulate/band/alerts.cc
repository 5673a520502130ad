// What makes the band show and buzz, and the chunked messages. It remembers what kind came, never
// the words.
#include "codec/miband/alert.h"
#include "codec/miband/chunked.h"
#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::size_t kAlertsKept = 1000;
constexpr RadioTime kChunkAckTime{std::chrono::milliseconds(100)};

}  // namespace

void AlertWrite(Band& band, Bytes bytes) {
  const auto alert = mb::DecodeNewAlert(bytes);
  if (alert && alert->count > 0 && band.truth.alerts.size() < kAlertsKept)
    band.truth.alerts.push_back(alert->category);
}

void ImmediateWrite(Band& band, Bytes bytes) {
  const auto alert = mb::DecodeImmediateAlert(bytes);
  if (alert && *alert != mb::ImmediateAlert::kStop) ++band.truth.vibrations;
}

void ChunkWrite(Band& band, Bytes bytes) {
  const auto chunk = mb::DecodeChunk(bytes);
  if (!chunk) return;
  // Without authentication only binding and music are heard.
  if (!band.link.authenticated && chunk->type != mb::ChunkType::kBindSignature &&
      chunk->type != mb::ChunkType::kMusic) {
    ++band.truth.ignored_writes;
    return;
  }
  const bool several = !chunk->first;
  const mb::ChunkType type = chunk->type;
  const auto message = band.link.chunks.Add(*chunk);
  if (!message) return;
  if (type == mb::ChunkType::kBindSignature) return BindSignature(band, *message);
  if (type == mb::ChunkType::kNotification)
    if (const auto notification = mb::DecodeNotification(*message);
        notification && band.truth.alerts.size() < kAlertsKept)
      band.truth.alerts.push_back(notification->category);
  Say(band, Attribute::kChunked, Encode(mb::ChunkAck{type, several}), kChunkAckTime);
}

}  // namespace bk::simulate::band
