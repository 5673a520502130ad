#include "codec/miband/fetch.h"

namespace bk::codec::miband {

std::string_view FetchTypeName(FetchType type) {
  switch (type) {
    case FetchType::kActivity:
      return "activity";
    case FetchType::kManualHeartRate:
      return "manual heart rate";
    case FetchType::kWorkoutSummaries:
      return "workout summaries";
    case FetchType::kWorkoutDetails:
      return "workout details";
    case FetchType::kDebugLog:
      return "debug log";
    case FetchType::kPai:
      return "PAI";
    case FetchType::kStress:
      return "stress";
    case FetchType::kSpo2:
      return "blood oxygen";
  }
  return "records";
}

std::size_t FetchRecordBytes(FetchType type) {
  switch (type) {
    case FetchType::kActivity:
      return 4;
    case FetchType::kManualHeartRate:
      return 6;
    case FetchType::kWorkoutDetails:
      return 8;
    default:
      return 0;
  }
}

std::optional<FetchRequest> DecodeFetchRequest(Bytes bytes) {
  ByteReader reader(bytes);
  FetchRequest request;
  const std::uint8_t op = reader.U8();
  if (reader.failed() || op < 1 || op > 3) return std::nullopt;
  request.op = static_cast<FetchOp>(op);
  if (request.op == FetchOp::kStart) {
    request.type = static_cast<FetchType>(reader.U8());
    request.since = ReadClock(reader);
    if (reader.failed()) return std::nullopt;
    // The 13-byte form with seconds resolution (later models) carries 2A2B's eleven bytes; its zone
    // is the last.
    if (reader.left() == 3) request.since.quarter_hours = static_cast<std::int8_t>(bytes.back());
  } else if (request.op == FetchOp::kAcknowledge && reader.left() == 1) {
    request.keep = reader.U8();
  } else if (reader.left() != 0) {
    return std::nullopt;
  }
  return request;
}

ByteVector Encode(const FetchRequest& request) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(static_cast<std::uint8_t>(request.op));
  if (request.op == FetchOp::kStart) {
    writer.U8(static_cast<std::uint8_t>(request.type));
    WriteClock(request.since, writer);
  } else if (request.op == FetchOp::kAcknowledge && request.keep) {
    writer.U8(*request.keep);
  }
  return out;
}

std::optional<FetchReply> DecodeFetchReply(Bytes bytes) {
  ByteReader reader(bytes);
  FetchReply reply;
  const std::uint8_t mark = reader.U8();
  const std::uint8_t op = reader.U8();
  reply.status = reader.U8();
  if (reader.failed() || mark != kReply || op < 1 || op > 3) return std::nullopt;
  reply.op = static_cast<FetchOp>(op);
  if (reply.op == FetchOp::kStart && reply.status == kSuccess) {
    reply.records = reader.Le32();
    reply.since = ReadClock(reader);
    if (reader.failed()) return std::nullopt;
  } else if (reply.op == FetchOp::kGo && reader.left() == 4) {
    reply.crc = reader.Le32();
  }
  return reply;
}

ByteVector Encode(const FetchReply& reply) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(kReply).U8(static_cast<std::uint8_t>(reply.op)).U8(reply.status);
  if (reply.op == FetchOp::kStart && reply.status == kSuccess) {
    writer.Le32(reply.records);
    WriteClock(reply.since, writer);
  } else if (reply.op == FetchOp::kGo && reply.crc) {
    writer.Le32(*reply.crc);
  }
  return out;
}

std::string_view FetchStatusMeaning(FetchOp op, std::uint8_t status) {
  if (status == kSuccess) return "accepted";
  if (op == FetchOp::kStart && status == 0x02)
    return "the band is busy, or has nothing to send now";
  if (op == FetchOp::kGo && status == 0x04) return "the band has no data, or refuses to send it";
  return "the band refused with a status whose meaning is not known";
}

std::optional<FetchData> DecodeFetchData(Bytes bytes) {
  if (bytes.size() < 2) return std::nullopt;
  return FetchData{std::to_integer<std::uint8_t>(bytes[0]), bytes.subspan(1)};
}

ByteVector Encode(const FetchData& data) {
  ByteVector out;
  ByteWriter(out).U8(data.counter).Put(data.payload);
  return out;
}

unsigned FetchCounter::Next(std::uint8_t counter) {
  const auto gap = static_cast<std::uint8_t>(counter - expected_);
  expected_ = static_cast<std::uint8_t>(counter + 1);
  return gap;
}

}  // namespace bk::codec::miband
