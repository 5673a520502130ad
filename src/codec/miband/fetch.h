// Fetching what the band has recorded: control on 0004, data on 0005.
//
//   01 type since -> 10 01 01 records since'   or a refusal; 0 records = nothing new
//   02            -> data: counter + payload, counter 0..255 and round again; then 10 02 01
//   03            -> 10 03 01                  acknowledged: the band need not keep it
// The unit of `records` is settled by a capture of the official app (firmware of 2026): minute
// samples of 4 bytes for type 01, 6-byte records for type 02. `since'` is the time of the first
// record; 1970 when there never was one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/miband/clock.h"

namespace bk::codec::miband {

enum class FetchType : std::uint8_t {
  kActivity = 0x01,
  kManualHeartRate = 0x02,
  kWorkoutSummaries = 0x05,
  kWorkoutDetails = 0x06,
  kDebugLog = 0x07,
  kPai = 0x0d,  // the official app asks for it; the Mi Smart Band 4 always answers "none"
  kStress = 0x13,
  kSpo2 = 0x25,
};
std::string_view FetchTypeName(FetchType type);  // "activity"; "records" when not known
// Bytes of one record where that is fixed (4, 6, 8), else 0.
std::size_t FetchRecordBytes(FetchType type);

enum class FetchOp : std::uint8_t { kStart = 1, kGo = 2, kAcknowledge = 3 };

struct FetchRequest {
  FetchOp op = FetchOp::kGo;
  // Of kStart only.
  FetchType type = FetchType::kActivity;
  Clock since;
  // Of kAcknowledge on later models: 01 drop, 09 keep. nullopt: bare `03`.
  std::optional<std::uint8_t> keep;
  friend bool operator==(const FetchRequest&, const FetchRequest&) = default;
};
std::optional<FetchRequest> DecodeFetchRequest(Bytes bytes);
ByteVector Encode(const FetchRequest& request);

struct FetchReply {
  FetchOp op = FetchOp::kStart;
  std::uint8_t status = kSuccess;
  // Of a successful kStart only.
  std::uint32_t records = 0;
  Clock since;
  // Of kGo on later models: CRC-32 of the payload.
  std::optional<std::uint32_t> crc;
  friend bool operator==(const FetchReply&, const FetchReply&) = default;
};
// Also takes the longer forms of later models.
std::optional<FetchReply> DecodeFetchReply(Bytes bytes);
ByteVector Encode(const FetchReply& reply);
// "the band is busy or has nothing"; never empty.
std::string_view FetchStatusMeaning(FetchOp op, std::uint8_t status);

struct FetchData {
  std::uint8_t counter = 0;
  Bytes payload;  // whole records for type 01: 4 k bytes
};
std::optional<FetchData> DecodeFetchData(Bytes bytes);
ByteVector Encode(const FetchData& data);

// Follows the counters of one round.
class FetchCounter {
 public:
  // Counters that were left out before this one: 0 = in order. A repeated or stray counter looks
  // like a gap of up to 255; there is no retransmission in the protocol, so any gap makes the round
  // unusable.
  unsigned Next(std::uint8_t counter);

 private:
  std::uint8_t expected_ = 0;
};

}  // namespace bk::codec::miband
