#include "capture/talk/band_talk.h"

#include <fmt/format.h>

#include <utility>

#include "codec/att/pdu.h"
#include "codec/miband/battery.h"
#include "codec/miband/chunked.h"
#include "codec/miband/configuration.h"
#include "codec/miband/event.h"
#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace att = codec::att;
namespace id = evidence::id;
namespace miband = codec::miband;
using miband::Attribute;

constexpr int kBatteryLowBelow = 20;

bool IsWrite(std::uint8_t opcode) {
  return opcode == att::opcode::kWriteRequest || opcode == att::opcode::kWriteCommand;
}
bool TellsValue(std::uint8_t opcode) {
  return opcode == att::opcode::kNotification || opcode == att::opcode::kReadResponse;
}

}  // namespace

BandTalk::BandTalk(const LinkInfo& link)
    : link_(link), roles_(link), auth_(notebook_), fetch_(notebook_), update_(notebook_) {}

void BandTalk::OnAtt(const AttPdu& pdu) {
  const Moment at{pdu.time, pdu.packet};
  fetch_.OnTime(at);
  const auto role = roles_.Find(pdu);
  if (!role) return;
  if (const auto earlier = roles_.TakeEarlierWrite()) {
    const Moment then{earlier->time, earlier->packet};
    if (const auto* request = std::get_if<miband::AuthRequest>(&earlier->request)) {
      auth_.OnRequest(*request, then);
    } else {
      fetch_.OnRequest(std::get<miband::FetchRequest>(earlier->request), then);
    }
  }
  ++messages_;
  if (pdu.cut) return OnCutPdu(role->attribute, pdu, at);
  Dispatch(role->attribute, pdu, at);
}

void BandTalk::Dispatch(Attribute attribute, const AttPdu& pdu, Moment at) {
  if (pdu.from_phone && IsWrite(pdu.opcode)) return OnFromPhone(attribute, pdu, at);
  if (!pdu.from_phone && TellsValue(pdu.opcode)) return OnFromBand(attribute, pdu, at);
  if (attribute != Attribute::kCurrentTime || pdu.from_phone) return;
  if (pdu.opcode == att::opcode::kWriteResponse) return OnTimeWritten(true, at);
  if (pdu.opcode == att::opcode::kErrorResponse && pdu.request_opcode == att::opcode::kWriteRequest)
    OnTimeWritten(false, at);
}

void BandTalk::OnCutPdu(Attribute attribute, const AttPdu& pdu, Moment at) {
  if (cut_in_ + cut_out_ == 0) first_cut_ = at;
  ++(pdu.from_phone ? cut_out_ : cut_in_);
  const bool write = pdu.from_phone && IsWrite(pdu.opcode);
  const bool told = !pdu.from_phone && TellsValue(pdu.opcode);
  switch (attribute) {
    case Attribute::kAuth:
      // The kept part may reach as far as the status, which stands in front of what was removed.
      if (const auto reply = told ? miband::DecodeAuthReply(pdu.value) : std::nullopt)
        return auth_.OnReply(*reply, at);
      if (const auto request = write ? miband::DecodeAuthRequest(pdu.value) : std::nullopt) {
        // How long the payload was decides what `01` means.
        if (request->op != miband::AuthOp::kPair) return auth_.OnRequest(*request, at);
      }
      return auth_.OnCut(pdu.from_phone, at);
    case Attribute::kFetchControl:
      return fetch_.OnCut(false, pdu.from_phone, pdu.value.size() + pdu.missing, at);
    case Attribute::kFetchData:
      return fetch_.OnCut(true, pdu.from_phone, pdu.value.size() + pdu.missing, at);
    case Attribute::kUpdateData:
      if (write) update_.OnData(pdu.value.size() + pdu.missing, at);
      return;
    default:
      return;
  }
}

void BandTalk::OnFromPhone(Attribute attribute, const AttPdu& pdu, Moment at) {
  switch (attribute) {
    case Attribute::kAuth:
      if (const auto request = miband::DecodeAuthRequest(pdu.value)) auth_.OnRequest(*request, at);
      return;
    case Attribute::kChunked:
      if (const auto chunk = miband::DecodeChunk(pdu.value);
          chunk && chunk->type == miband::ChunkType::kBindSignature) {
        if (chunk->first) signature_under_way_ = true;
        if (chunk->last && signature_under_way_) {
          signature_under_way_ = false;
          auth_.OnSignature(at);
        }
      }
      return;
    case Attribute::kFetchControl:
      if (const auto request = miband::DecodeFetchRequest(pdu.value))
        fetch_.OnRequest(*request, at);
      return;
    case Attribute::kUpdateControl:
      if (const auto request = miband::DecodeUpdateRequest(pdu.value))
        update_.OnRequest(*request, at);
      return;
    case Attribute::kUpdateData:
      return update_.OnData(pdu.value.size(), at);
    case Attribute::kCurrentTime:
      if (const auto time = miband::DecodeCurrentTime(pdu.value)) {
        time_written_ = time->clock;
        if (pdu.opcode == att::opcode::kWriteCommand) OnTimeWritten(true, at);
      }
      return;
    case Attribute::kConfiguration:
      if (const auto request = miband::DecodeConfigurationRequest(pdu.value);
          request && request->setting == miband::Setting::kFactoryReset &&
          !request->arguments.empty()) {
        notebook_.Happened("band_factory_reset", "the phone told the band to erase itself", at);
        notebook_.Say(
            fmt::format("The phone told the band to erase itself (factory reset, frame {}).",
                        at.packet),
            at);
      }
      return;
    default:
      return;
  }
}

void BandTalk::OnFromBand(Attribute attribute, const AttPdu& pdu, Moment at) {
  switch (attribute) {
    case Attribute::kAuth:
      if (pdu.opcode != att::opcode::kNotification) return;
      if (const auto reply = miband::DecodeAuthReply(pdu.value)) auth_.OnReply(*reply, at);
      if (auth_.bound_here()) fetch_.OnNewBand();
      return;
    case Attribute::kFetchControl:
      if (const auto reply = miband::DecodeFetchReply(pdu.value)) fetch_.OnReply(*reply, at);
      return;
    case Attribute::kFetchData:
      if (const auto data = miband::DecodeFetchData(pdu.value)) fetch_.OnData(*data, at);
      return;
    case Attribute::kUpdateControl:
      if (const auto reply = miband::DecodeUpdateReply(pdu.value)) update_.OnReply(*reply, at);
      return;
    case Attribute::kCurrentTime:
      return OnTimeRead(pdu.value, at);
    case Attribute::kBattery:
      return OnBattery(pdu.value, at);
    case Attribute::kConfiguration:
      return OnConfiguration(pdu.value, at);
    case Attribute::kEvents:
      return OnBandEvent(pdu.value, at);
    default:
      return;
  }
}

void BandTalk::OnTimeWritten(bool accepted, Moment at) {
  if (!time_written_) return;
  const miband::Clock clock = *std::exchange(time_written_, std::nullopt);
  if (!accepted) {
    notebook_.Happened("band_time_refused", "the band refused the time", at);
    notebook_.Found(id::kTimeNotSynced, true,
                    fmt::format("the band refused in frame {} to have its time set", at.packet),
                    at);
    return;
  }
  fetch_.OnBandTime(clock, at);
  notebook_.Happened("band_time_set", "the phone set the band's time", at);
  notebook_.Found(id::kTimeNotSynced, false,
                  fmt::format("the phone set the band's time in frame {}", at.packet), at);
  Initialised(at);
}

void BandTalk::OnTimeRead(Bytes value, Moment at) {
  const auto time = miband::DecodeCurrentTime(value);
  if (!time) return;
  if (time->clock.Set() && time->clock.quarter_hours != miband::kZoneNotSet)
    return fetch_.OnBandTime(time->clock, at);
  const std::string_view what =
      time->clock.Set() ? "has no time zone" : "stands at a date before 2000, or at none";
  notebook_.Found(
      id::kTimeNotSynced, true,
      fmt::format("the band's clock {} in frame {}: no app has set it", what, at.packet), at);
}

void BandTalk::OnBattery(Bytes value, Moment at) {
  const auto battery = miband::DecodeBattery(value);
  if (!battery) return;
  const bool low = battery->percent < kBatteryLowBelow;
  if (percent_ != battery->percent) {
    percent_ = battery->percent;
    notebook_.Happened("band_battery",
                       fmt::format("the band's battery: {} %{}", battery->percent,
                                   battery->charging ? ", charging" : ""),
                       at);
    notebook_.Say(fmt::format("The band's battery stood at {} %{} (frame {}).", battery->percent,
                              battery->charging ? ", charging" : "", at.packet),
                  at);
  }
  notebook_.Found(
      id::kBandBatteryLow, low,
      fmt::format("the band told a level of {} % in frame {}", battery->percent, at.packet), at);
}

void BandTalk::OnConfiguration(Bytes value, Moment at) {
  const auto reply = miband::DecodeConfigurationReply(value);
  if (!reply || reply->status != miband::kSuccess) return;
  if (reply->setting == miband::Setting::kFactoryReset)
    notebook_.Happened("band_factory_reset", "the band erases itself: key, data and address go",
                       at);
  Initialised(at);
}

void BandTalk::Initialised(Moment at) {
  if (auth_.authenticated()) notebook_.Reach(Stage::kInitialised, at);
}

void BandTalk::OnBandEvent(Bytes value, Moment at) {
  const auto event = miband::DecodeEvent(value);
  if (!event) return;
  const std::string_view meaning = miband::EventMeaning(event->kind);
  if (meaning.empty() || event->kind == miband::EventKind::kMtu ||
      event->kind == miband::EventKind::kMusic)
    return;
  notebook_.Happened("band_event", std::string(meaning), at);
}

void BandTalk::OnGap(SnoopTime, std::uint64_t) {
  gap_ = true;
  auth_.OnGap();
  fetch_.OnGap();
  update_.OnGap();
}

TalkReport BandTalk::Finish(const LinkEnd& end) {
  const bool named = evidence::LikenessFromName(link_.name) >= 2 || link_.advertised_huami;
  const bool huami = roles_.proven();
  if (!huami && !(named && cut_in_ + cut_out_ > 0)) return {};
  const bool whole = !link_.inferred && !gap_ && cut_in_ + cut_out_ == 0;
  auth_.Finish(end, link_.started, whole, huami || named);
  fetch_.Finish(end);
  update_.Finish(end);
  if (cut_in_ + cut_out_ > 0)
    notebook_.Lost(evidence::LossKind::kFiltered,
                   "the recorder removed the payload of messages with the band: authentication and "
                   "sync can be judged only in part",
                   first_cut_, cut_in_ + cut_out_);
  TalkReport report = notebook_.Take();
  report.huami = huami;
  if (roles_.inferred_any() && !report.sentences.empty()) {
    report.sentences.push_back(
        "Which characteristic is which was inferred from values and known handles: the capture "
        "holds no discovery.");
    report.sentence_packets.push_back(link_.packet);
  }
  return report;
}

}  // namespace bk::capture::talk
