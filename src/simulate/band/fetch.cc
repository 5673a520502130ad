// The activity fetch: rounds, what they bring, and what an acknowledgement does.
#include "codec/miband/fetch.h"

#include <algorithm>
#include <utility>

#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::uint8_t kBusy = 0x02, kNoData = 0x04;
constexpr std::int64_t kMinuteMicros = 60'000'000;

void Send(Band& band, const mb::FetchReply& reply) {
  ByteVector bytes = Encode(reply);
  if (band.quirks().long_replies && reply.op == mb::FetchOp::kStart && reply.status == mb::kSuccess)
    bytes.push_back(std::byte{0});
  Reply(band, Attribute::kFetchControl, std::move(bytes));
}

// The request's moment in UTC. A zone that was never set counts as none.
std::int64_t UtcOf(const mb::Clock& clock) {
  return clock.Local().us - ZoneMicros(clock.quarter_hours);
}
mb::Clock ClockOf(std::int64_t utc_us, std::int8_t zone) {
  return mb::ClockFrom(BandTime{utc_us + ZoneMicros(zone)},
                       zone == mb::kZoneNotSet ? std::int8_t{0} : zone);
}

// The first stored minute that is not before `since`, and those that follow it without a gap.
void Gather(Band& band, UtcMinute since, FetchState& fetch, mb::FetchReply& reply) {
  const auto& minutes = band.state.minutes;
  auto at = std::ranges::find_if(
      minutes, [&](const StoredMinute& stored) { return stored.minute >= since; });
  if (at == minutes.end() || band.faults().always_empty) return;
  reply.since = ClockOf(at->minute * kMinuteMicros, at->zone);
  const std::size_t most =
      band.quirks().round_minutes == 0 ? minutes.size() : band.quirks().round_minutes;
  for (UtcMinute next = at->minute;
       at != minutes.end() && at->minute == next && fetch.minutes.size() < most; ++at, ++next) {
    fetch.minutes.push_back(at->minute);
    Append(at->sample, fetch.payload);
  }
  reply.records = static_cast<std::uint32_t>(fetch.minutes.size());
}

void GatherHeart(Band& band, std::int64_t since_us, FetchState& fetch, mb::FetchReply& reply) {
  for (const mb::ManualHeartRate& sample : band.state.manual_heart) {
    if (std::int64_t{sample.unix_seconds} * 1'000'000 < since_us) continue;
    if (reply.records == 0) reply.since = ClockOf(std::int64_t{sample.unix_seconds} * 1'000'000, 0);
    ++reply.records;
    Append(sample, fetch.payload);
  }
}

void Start(Band& band, const mb::FetchRequest& request) {
  FetchState& fetch = band.link.fetch;
  if (fetch.streaming && !band.quirks().start_while_streaming_restarts) return;
  fetch = FetchState{};
  mb::FetchReply reply;
  reply.op = mb::FetchOp::kStart;
  // In the middle of an update it has no time: a guess, as "busy" itself is.
  const bool updates = band.link.update.phase == UpdateState::Phase::kReceiving;
  if (band.options.faults.busy_starts > 0 || updates || !request.since.Valid()) {
    if (band.options.faults.busy_starts > 0) --band.options.faults.busy_starts;
    reply.status = kBusy;
    return Send(band, reply);
  }
  fetch.started = true;
  fetch.type = request.type;
  const std::int64_t since = UtcOf(request.since);
  // Where nothing is to come, a capture shows the request's own time: in the band's zone while it
  // has minutes, else in UTC; 1970 for what this band never records.
  switch (request.type) {
    case mb::FetchType::kActivity: {
      const std::int64_t minute =
          since >= 0 ? since / kMinuteMicros : (since - kMinuteMicros + 1) / kMinuteMicros;
      reply.since = ClockOf(minute * kMinuteMicros,
                            band.state.minutes.empty() ? std::int8_t{0} : band.state.clock.zone);
      Gather(band, minute, fetch, reply);
      break;
    }
    case mb::FetchType::kManualHeartRate:
      reply.since = ClockOf(since, 0);
      GatherHeart(band, since, fetch, reply);
      break;
    case mb::FetchType::kWorkoutSummaries:
    case mb::FetchType::kWorkoutDetails:
    case mb::FetchType::kDebugLog:
      reply.since = ClockOf(since, 0);
      break;
    default:
      reply.since = ClockOf(0, 0);
      break;
  }
  fetch.delivered = reply.records == 0;
  Send(band, reply);
}

void Go(Band& band) {
  FetchState& fetch = band.link.fetch;
  if (!fetch.started || band.faults().refuses_go || fetch.payload.empty() || fetch.delivered) {
    Send(band, {mb::FetchOp::kGo, kNoData, 0, {}, std::nullopt});
    return;
  }
  if (fetch.streaming) return;
  fetch.streaming = true;
}

void Acknowledge(Band& band, const mb::FetchRequest& request) {
  FetchState& fetch = band.link.fetch;
  // In the middle of a round there is nothing to acknowledge; what the real one says is not known.
  if (fetch.streaming) {
    Send(band, {mb::FetchOp::kAcknowledge, kNoData, 0, {}, std::nullopt});
    return;
  }
  constexpr std::uint8_t kKeep = 0x09;
  if (fetch.delivered && band.quirks().acknowledge_deletes && request.keep != kKeep) {
    for (const UtcMinute minute : fetch.minutes) {
      const auto at = std::ranges::find(band.state.minutes, minute, &StoredMinute::minute);
      if (at == band.state.minutes.end()) continue;
      band.truth.deleted.push_back({*at, Deleted::Why::kAcknowledged, band.truth.links, band.now});
      band.state.minutes.erase(at);
    }
    if (fetch.type == mb::FetchType::kManualHeartRate && !fetch.payload.empty())
      band.state.manual_heart.clear();
  }
  fetch = FetchState{};
  Send(band, {mb::FetchOp::kAcknowledge, mb::kSuccess, 0, {}, std::nullopt});
}

}  // namespace

void FetchWrite(Band& band, Bytes bytes) {
  const auto request = mb::DecodeFetchRequest(bytes);
  if (!request) return;
  switch (request->op) {
    case mb::FetchOp::kStart:
      return Start(band, *request);
    case mb::FetchOp::kGo:
      return Go(band);
    case mb::FetchOp::kAcknowledge:
      return Acknowledge(band, *request);
  }
}

std::optional<Saying> FetchNext(Band& band) {
  FetchState& fetch = band.link.fetch;
  if (!fetch.streaming) return std::nullopt;
  if (band.faults().stalls_after && fetch.packets >= *band.faults().stalls_after)
    return std::nullopt;
  if (fetch.sent >= fetch.payload.size()) {
    fetch.streaming = false;
    fetch.delivered = true;
    if (band.faults().ends_without_word) return std::nullopt;
    mb::FetchReply end{mb::FetchOp::kGo, mb::kSuccess, 0, {}, std::nullopt};
    if (band.quirks().long_replies) end.crc = band.checksum->Crc32(fetch.payload);
    return Saying{band.now, Attribute::kFetchControl, Encode(end)};
  }
  const std::size_t record = std::max<std::size_t>(1, mb::FetchRecordBytes(fetch.type));
  std::size_t records = band.quirks().samples_per_packet;
  const std::size_t room = (band.link.mtu - 3U - 1U) / record;
  records = std::clamp<std::size_t>(records == 0 ? room : records, 1, room);
  const std::size_t size = std::min(records * record, fetch.payload.size() - fetch.sent);
  mb::FetchData data;
  data.counter = static_cast<std::uint8_t>(fetch.packets);
  data.payload = Bytes(fetch.payload).subspan(fetch.sent, size);
  fetch.sent += size;
  if (band.faults().skips_packet == fetch.packets++) return FetchNext(band);
  return Saying{band.now, Attribute::kFetchData, Encode(data)};
}

}  // namespace bk::simulate::band
