#include "companion/initialise.h"

#include "codec/miband/device_info.h"
#include "companion/band_clock.h"

namespace bk::companion {
namespace {

// Each answer is given this long. Twelve requests took 0.6 to 2.2 s on real bands (10.1).
constexpr std::chrono::seconds kAnswerTime{10};

}  // namespace

void Initialise::Start(Talk& talk, RadioTime now) {
  // Asked all at once: a radio carries requests out one by one, and the band answers in turn.
  talk.Read(Attribute::kCurrentTime);
  open_ = 1;
  if (set_clock_) {
    codec::miband::CurrentTime time;
    time.clock = local_now_;
    // 1970-01-01 was a Thursday; the band works the day out itself, other clients write 1 = Monday.
    const std::int64_t days = local_now_.Local().us / (24 * 60 * kMinuteUs);
    time.day_of_week = static_cast<std::uint8_t>((days + 3) % 7 + 1);
    talk.Write(Attribute::kCurrentTime, codec::miband::Encode(time));
    ++open_;
  }
  for (const Attribute attribute :
       {Attribute::kConfiguration, Attribute::kBattery, Attribute::kEvents}) {
    talk.Subscribe(attribute);
    ++open_;
  }
  for (const Attribute attribute :
       {Attribute::kSoftwareRevision, Attribute::kHardwareRevision, Attribute::kBattery}) {
    talk.Read(attribute);
    ++open_;
  }
  WakeAt(now + kAnswerTime);
}

void Initialise::HearRead(const Heard& heard, RadioTime now) {
  if (heard.error != 0) return;  // told by what stays empty
  switch (heard.attribute) {
    case Attribute::kCurrentTime: {
      const auto time = codec::miband::DecodeCurrentTime(heard.bytes);
      if (!time || !time->clock.Valid()) return;
      info_.clock_before = time->clock;
      info_.clock_read_at = now;
      info_.clock_ahead_s = (UtcOf(time->clock, local_now_.quarter_hours) -
                             UtcOf(local_now_, local_now_.quarter_hours)) /
                            1'000'000;
      return;
    }
    case Attribute::kSoftwareRevision:
      info_.firmware = codec::miband::DecodeVersion(heard.bytes).value_or("");
      return;
    case Attribute::kHardwareRevision:
      info_.hardware = codec::miband::DecodeVersion(heard.bytes).value_or("");
      return;
    case Attribute::kBattery:
      info_.battery = codec::miband::DecodeBattery(heard.bytes);
      return;
    default:
      return;
  }
}

void Initialise::Hear(const Heard& heard, Talk&, RadioTime now) {
  if (outcome() || heard.kind == Heard::Kind::kNotified) return;
  if (heard.kind == Heard::Kind::kRead) HearRead(heard, now);
  if (heard.kind == Heard::Kind::kWritten && heard.attribute == Attribute::kCurrentTime) {
    if (heard.error != 0) return AttRefused(heard, "its clock being set");
    info_.clock_set = true;
  }
  if (--open_ == 0) return Finish({});
  WakeAt(now + kAnswerTime);
}

void Initialise::Tick(Talk&, RadioTime) {
  NoAnswer(Attribute::kCurrentTime, "while it was being set up");
}

}  // namespace bk::companion
