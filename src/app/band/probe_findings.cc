#include "app/band/probe_findings.h"

#include <fmt/format.h>

#include <cstdlib>

#include "app/band/probe_messages.h"
#include "codec/miband/auth.h"
#include "evidence/finding_ids.h"

namespace bk::app {
namespace {

namespace id = evidence::id;
using Reach = ProbeResult::Reach;
using Key = ProbeResult::Key;
using Records = ProbeResult::Records;

constexpr int kWeakSignal = -85;  // dBm, finding_ids.h
constexpr int kLowBattery = 20;   // %
// A band's crystal strays a minute in weeks; more was never set, or wrongly.
constexpr std::int64_t kClockWrong = 300;  // seconds

class Writer {
 public:
  Writer(const language::Language& language, ProbeResult& result)
      : language_(language), result_(result) {}
  void Add(id::Id what, bool value, std::string text) {
    result_.evidence.findings.push_back(
        {.id = std::string(what),
         .value = value,
         .source = evidence::SourceKind::kBand,
         .where = {.file = std::string(kProbePlace), .time = result_.at},
         .text = std::move(text)});
  }

  void Air() {
    if (result_.reach == Reach::kNotHeard) {
      if (!result_.phones_off) {
        result_.untold.push_back(Say(kProbeSays.may_be_held));
        return;
      }
      if (result_.others == 0) {
        result_.untold.push_back(Say(kProbeSays.may_be_deaf));
        return;
      }
      Add(id::kSilentToComputer, true,
          fmt::format(
              "this computer heard {} other devices and not the band, and got no connection "
              "to it, with Bluetooth off on the phones that know it",
              result_.others));
      return;
    }
    if (result_.reach == Reach::kHeld) {
      Add(id::kBandNotConnectable, true,
          "the band says that it takes no connection: another device has its link");
      Add(id::kAnswersComputer, false, "the band takes no connection of this computer");
      return;
    }
    if (result_.rssi && *result_.rssi < kWeakSignal)
      Add(id::kWeakSignal, true,
          fmt::format("this computer hears the band at {} dBm only", *result_.rssi));
  }

  void Talk() {
    if (result_.reach < Reach::kNoLink) return;
    if (result_.reach == Reach::kNoLink)
      return Add(id::kAnswersComputer, false,
                 "the band is heard, but takes no connection of this computer: " + result_.failure);
    if (result_.reach == Reach::kConnected)
      return Add(id::kHangsForComputer, true,
                 "the band takes a connection and then does not answer: " + result_.failure);
    Add(id::kAnswersComputer, true, "the band connects to this computer and answers");
    if (result_.key == Key::kAccepted)
      Add(id::kKeyRefusedOnComputer, false, "the band accepts the key that this computer has");
    if (result_.key == Key::kRefused) {
      const bool void_key =
          result_.key_status == static_cast<std::uint8_t>(codec::miband::AuthStatus::kKeyVoid);
      Add(id::kKeyRefusedOnComputer, true,
          fmt::format("the band refuses the key that this computer has (status {:02x}): {}",
                      result_.key_status, result_.failure));
      if (void_key)
        Add(id::kPairFirstOnBand, true,
            "the band has no key at all (status 07): it is bound to nobody");
    }
    if (result_.records == Records::kCame)
      Add(id::kWorksWithComputer, true,
          "the band works with this computer: key, settings and records are answered as they "
          "should be");
    if (result_.records == Records::kNone)
      Add(id::kNoNewData, true,
          "the band lets itself be read but has no records of the last hours");
    if (result_.records == Records::kFailed)
      Add(id::kRecordsFailOnComputer, true,
          "the band's records do not come to this computer: " + result_.failure);
  }

  void Itself() {
    if (const auto& battery = result_.info.battery) {
      Add(id::kBandBatteryLow, battery->percent < kLowBattery,
          fmt::format("the band's battery is at {} %", battery->percent));
    }
    if (const auto ahead = result_.info.clock_ahead_s) {
      Add(id::kTimeNotSynced, std::llabs(*ahead) > kClockWrong,
          fmt::format("the band's clock is {} s {} this computer's", std::llabs(*ahead),
                      *ahead < 0 ? "behind" : "ahead of"));
    }
    if (result_.resources_of) {
      Add(id::kFirmwareUpdateDone, true, "this computer has updated the band's firmware");
      Add(id::kResourceTransferFails, true,
          "the update from this computer is half done: the firmware is in, the resources that the "
          "band has are of " +
              *result_.resources_of);
    } else if (result_.changed_elsewhere) {
      Add(id::kFirmwareUpdateDone, true,
          "the band runs firmware " + result_.changed_elsewhere->now + ", and ran " +
              result_.changed_elsewhere->before +
              " when this computer met it last: another program changed it, and whether its "
              "resources came with it a band does not tell");
    }
  }

  void Untold() {
    auto& untold = result_.untold;
    if (result_.key == Key::kNone && result_.reach >= Reach::kConnected)
      untold.push_back(Say(kProbeSays.no_key));
    if (result_.key == Key::kAccepted) untold.push_back(Say(kProbeSays.app_key));
    if (result_.reach >= Reach::kConnected && !result_.resources_of)
      untold.push_back(Say(kProbeSays.resources));
  }

  [[nodiscard]] std::string Text() const {
    switch (result_.reach) {
      case Reach::kNotHeard:
        return Say(kProbeSays.unheard);
      case Reach::kHeld:
        return Say(kProbeSays.held);
      case Reach::kNoLink:
        return Say(kProbeSays.no_link);
      case Reach::kConnected:
        return Say(kProbeSays.hangs);
      case Reach::kAnswers:
        break;
    }
    if (result_.key == Key::kRefused) return Say(kProbeSays.other_key);
    if (result_.key == Key::kNone) return Say(kProbeSays.without_key);
    if (result_.records == Records::kFailed) return Say(kProbeSays.records_fail);
    if (result_.records == Records::kNone) return Say(kProbeSays.no_records);
    std::string text = Say(kProbeSays.well);
    if (result_.resources_of)
      text = Say(kProbeSays.half_updated,
                 {{"after", result_.info.firmware}, {"held", *result_.resources_of}});
    else if (result_.changed_elsewhere)
      text = Say(kProbeSays.changed, {{"before", result_.changed_elsewhere->before},
                                      {"after", result_.changed_elsewhere->now}});
    const auto& battery = result_.info.battery;
    if (battery && battery->percent < kLowBattery)
      text = Say(kProbeSays.low, {{"text", text}, {"percent", battery->percent}});
    if (result_.rssi && *result_.rssi < kWeakSignal)
      text = Say(kProbeSays.faint, {{"text", text}, {"dbm", *result_.rssi}});
    return text;
  }

 private:
  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return language_.Say(message, arguments);
  }

  const language::Language& language_;
  ProbeResult& result_;
};

}  // namespace

void WriteProbeFindings(const language::Language& language, ProbeResult& result) {
  result.evidence.findings.clear();
  result.untold.clear();
  Writer writer(language, result);
  writer.Air();
  writer.Talk();
  writer.Itself();
  writer.Untold();
  result.text = writer.Text();
}

}  // namespace bk::app
