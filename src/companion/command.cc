#include "companion/command.h"

#include <utility>

#include "codec/miband/alert.h"
#include "codec/miband/update.h"

namespace bk::companion {
namespace {

using codec::miband::ConfigurationRequest;
using codec::miband::Setting;

constexpr std::chrono::seconds kReplyTime{5};

}  // namespace

Command Command::FindBand() {
  return {Attribute::kImmediateAlert,
          codec::miband::Encode(codec::miband::ImmediateAlert::kVibrate), Answer::kNone};
}

Command Command::Restart() {
  codec::miband::UpdateRequest request;
  request.op = codec::miband::UpdateOp::kReboot;
  return {Attribute::kUpdateControl, codec::miband::Encode(request), Answer::kUpdateControl};
}

Command Command::FactoryReset() {
  static constexpr std::array kOn = {std::byte{1}};
  return Configure(Setting::kFactoryReset, kOn);
}

Command Command::Configure(Setting setting, Bytes arguments) {
  Command command(Attribute::kConfiguration,
                  codec::miband::Encode(ConfigurationRequest{setting, 0, arguments}),
                  Answer::kConfiguration);
  command.setting_ = setting;
  return command;
}

void Command::Start(Talk& talk, RadioTime now) {
  // The answer is a notification of the same characteristic.
  if (answer_ == Answer::kNone || talk.Subscribed(attribute_)) return Send(talk, now);
  talk.Subscribe(attribute_);
  WakeAt(now + kReplyTime);
}

void Command::Send(Talk& talk, RadioTime now) {
  sent_ = true;
  if (answer_ == Answer::kUpdateControl)
    talk.Write(attribute_, bytes_);
  else
    talk.Command(attribute_, bytes_);
  WakeAt(now + kReplyTime);
}

void Command::Hear(const Heard& heard, Talk& talk, RadioTime now) {
  if (outcome() || heard.attribute != attribute_) return;
  if (heard.error != 0) return AttRefused(heard, "the command");
  if (heard.kind == Heard::Kind::kSubscribed && !sent_) return Send(talk, now);
  if (heard.kind == Heard::Kind::kWritten && answer_ == Answer::kNone) return Finish({});
  if (heard.kind != Heard::Kind::kNotified || !sent_) return;
  std::optional<std::uint8_t> status;
  std::string meaning;
  if (answer_ == Answer::kConfiguration) {
    const auto reply = codec::miband::DecodeConfigurationReply(heard.bytes);
    if (!reply || reply->setting != setting_) return;
    status = reply->status;
    meaning = codec::miband::ConfigurationStatusMeaning(reply->status);
  } else {
    const auto reply = codec::miband::DecodeUpdateReply(heard.bytes);
    if (!reply || reply->op != codec::miband::UpdateOp::kReboot) return;
    status = reply->status;
    meaning = codec::miband::UpdateStatusMeaning(reply->status);
  }
  if (*status == codec::miband::kSuccess) return Finish({});
  Finish({Outcome::End::kRefused, attribute_, *status, false, std::move(meaning)});
}

void Command::Tick(Talk&, RadioTime) { NoAnswer(attribute_, "the command"); }

}  // namespace bk::companion
