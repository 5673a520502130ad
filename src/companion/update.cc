#include "companion/update.h"

#include <algorithm>
#include <array>

namespace bk::companion {
namespace {

using codec::miband::UpdateOp;
using codec::miband::UpdateReply;
using codec::miband::UpdateRequest;
using std::chrono::seconds;

constexpr seconds kReplyTime{15};
// Reading the file back and checking it: no figure is known, an erase of flash takes seconds.
constexpr seconds kVerifyTime{60};
// The radio has taken no packet for this long.
constexpr seconds kStall{30};
// A sync point behind packets 101, 201, ... (8.1), counted from 1.
constexpr std::size_t kSyncEvery = 100;
// Enough to fill a connection event, few enough to stop at once.
constexpr std::size_t kInFlightMax = 8;
constexpr std::size_t kShortPacket = 20;
constexpr std::size_t kLongPacketMax = 244;

}  // namespace

void Update::Start(Talk& talk, RadioTime now) {
  progress_.of = file_.bytes.size();
  packet_bytes_ = options_.long_packets && talk.mtu > 23
                      ? std::min<std::size_t>(kLongPacketMax, talk.mtu - 3U)
                      : kShortPacket;
  talk.Subscribe(Attribute::kUpdateControl);
  WakeAt(now + kReplyTime);
}

void Update::SendControl(UpdateOp op, Talk& talk, RadioTime now) {
  UpdateRequest request;
  request.op = op;
  if (op == UpdateOp::kInit) {
    request.type = file_.type;
    request.size = static_cast<std::uint32_t>(file_.bytes.size());
    request.crc32 = file_.crc32;
  }
  talk.Write(Attribute::kUpdateControl, codec::miband::Encode(request));
  WakeAt(now + (op == UpdateOp::kVerify ? kVerifyTime : kReplyTime));
}

void Update::Hear(const Heard& heard, Talk& talk, RadioTime now) {
  if (outcome()) return;
  if (heard.attribute == Attribute::kUpdateData) {
    if (heard.error != 0) return AttRefused(heard, "the data of the update");
    if (heard.kind != Heard::Kind::kWritten || in_flight_ == 0) return;
    --in_flight_;
    return SendData(talk, now);
  }
  if (heard.attribute != Attribute::kUpdateControl) return;
  if (heard.error != 0) return AttRefused(heard, "the update");
  if (heard.kind == Heard::Kind::kSubscribed) return SendControl(UpdateOp::kInit, talk, now);
  if (heard.kind == Heard::Kind::kWritten && started_ && progress_.phase == Phase::kAnnouncing) {
    // `03 01` has arrived: the data may follow.
    progress_.phase = Phase::kSending;
    progress_.data_since = now;
    return SendData(talk, now);
  }
  if (heard.kind != Heard::Kind::kNotified) return;
  if (const auto reply = codec::miband::DecodeUpdateReply(heard.bytes))
    HearReply(*reply, talk, now);
}

void Update::SendData(Talk& talk, RadioTime now) {
  if (progress_.phase != Phase::kSending) return;
  while (in_flight_ < kInFlightMax && progress_.bytes < progress_.of) {
    const Bytes rest = Bytes(file_.bytes).subspan(progress_.bytes);
    const Bytes packet = rest.first(std::min(packet_bytes_, rest.size()));
    talk.Command(Attribute::kUpdateData, {packet.begin(), packet.end()});
    ++in_flight_;
    ++packets_;
    progress_.bytes += packet.size();
    const bool last = progress_.bytes == progress_.of;
    // The last one has its own sync point; one is enough.
    if (last || (packets_ > 1 && packets_ % kSyncEvery == 1))
      SendControl(UpdateOp::kSync, talk, now);
  }
  WakeAt(now + kStall);
}

void Update::HearReply(const UpdateReply& reply, Talk& talk, RadioTime now) {
  const bool ok = reply.status == codec::miband::kSuccess;
  const auto refused = [&] {
    Finish({Outcome::End::kRefused, Attribute::kUpdateControl, reply.status, false,
            std::string(codec::miband::UpdateStatusMeaning(reply.status))});
  };
  switch (progress_.phase) {
    case Phase::kAnnouncing:
      if (reply.op != UpdateOp::kInit || started_) return;
      if (!ok) return refused();
      started_ = true;
      return SendControl(UpdateOp::kStartData, talk, now);
    case Phase::kSending:
      if (reply.op != UpdateOp::kStartData) return;
      if (!ok) return refused();
      if (progress_.bytes < progress_.of) {
        return Finish({Outcome::End::kGarbled, Attribute::kUpdateControl, 0, false,
                       "the band said that it had the whole file before it was sent"});
      }
      progress_.phase = Phase::kVerifying;
      return SendControl(UpdateOp::kVerify, talk, now);
    case Phase::kVerifying:
      if (reply.op != UpdateOp::kVerify) return;
      if (!ok) return refused();
      if (!file_.firmware()) return Finish({});
      progress_.phase = Phase::kActivating;
      return SendControl(UpdateOp::kReboot, talk, now);
    case Phase::kActivating:
      if (reply.op != UpdateOp::kReboot) return;
      if (!ok) return refused();
      progress_.activated = true;
      return Finish({});
  }
}

void Update::Tick(Talk&, RadioTime) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"the announcement of the update", "the data of the update", "the request to check the file",
       "the request to restart with the new firmware"});
  NoAnswer(Attribute::kUpdateControl, kWords[static_cast<std::size_t>(progress_.phase)]);
}

bool Update::ShortPacketsMayHelp() const {
  return packet_bytes_ > kShortPacket && progress_.phase >= Phase::kSending &&
         progress_.phase <= Phase::kVerifying && !(outcome() && outcome()->done());
}

std::optional<std::int64_t> Update::Progress::SecondsLeft(RadioTime now) const {
  if (!data_since || bytes == 0 || now <= *data_since) return std::nullopt;
  const double per_byte =
      static_cast<double>((now - *data_since).count()) / static_cast<double>(bytes);
  return static_cast<std::int64_t>(per_byte * static_cast<double>(of - bytes) / 1e6 + 0.5);
}

std::optional<std::int64_t> Update::Progress::BytesPerSecond(RadioTime now) const {
  if (!data_since || bytes == 0 || now <= *data_since) return std::nullopt;
  return static_cast<std::int64_t>(bytes) * 1'000'000 / (now - *data_since).count();
}

}  // namespace bk::companion
