#include "adapters/adb/phone_states.h"

#include <gtest/gtest.h>

#include "adapters/adb/server_place.h"

namespace bk::adapters::adb {
namespace {

using ports::PhoneSeen;
using ports::PhoneState;

PhoneSeen See(std::string state, std::string usb = {}) {
  return SeenAs({.serial = "S1", .state = std::move(state), .usb = std::move(usb)},
                [](std::string_view place) -> std::optional<std::string> {
                  if (place == "1-4") return "2717";
                  return std::nullopt;
                });
}

// Wireless debugging, found by mDNS: adb's own name for the phone is its serial number.
TEST(PhoneStates, APhoneThatIsPairedOverTheAirIsOneLikeOthers) {
  const std::string name = "adb-0A1B2C3D-aBcDeF._adb-tls-connect._tcp";
  const auto lines = codec::adb::ParseDevices(
      name + "        device product:ginkgo model:Redmi_Note_8 device:ginkgo transport_id:7\n");
  ASSERT_EQ(lines.size(), 1U);
  const PhoneSeen seen = SeenAs(lines[0], nullptr);
  EXPECT_EQ(seen.serial, name);
  EXPECT_EQ(seen.state, PhoneState::kReady);
  EXPECT_EQ(seen.model, "Redmi Note 8");
  EXPECT_FALSE(IsHostAndPort(name));  // nothing to connect to: it is listed, or it is not there
  const auto chosen = Choose({seen}, name);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->serial, name);
  EXPECT_EQ(SeenAs({.serial = name, .state = "offline"}, nullptr).state, PhoneState::kOffline);
}

TEST(PhoneStates, EachHasASentenceThatSaysWhatToDo) {
  EXPECT_EQ(See("device").state, PhoneState::kReady);
  EXPECT_TRUE(See("device").sentence.empty());
  struct Row {
    const char* state;
    PhoneState means;
    const char* says;
  };
  for (const Row& row : {Row{"unauthorized", PhoneState::kUnauthorised, "tap Allow"},
                         Row{"authorizing", PhoneState::kUnauthorised, "tap Allow"},
                         Row{"offline", PhoneState::kOffline, "plug it in again"},
                         Row{"detached", PhoneState::kOffline, "plug it in again"},
                         Row{"recovery", PhoneState::kNotAndroid, "in recovery mode"},
                         Row{"bootloader", PhoneState::kNotAndroid, "in bootloader mode"},
                         Row{"connecting", PhoneState::kConnecting, "try again"},
                         Row{"no permissions (user in plugdev group; are your udev rules wrong?)",
                             PhoneState::kNoPermissions, "idVendor"}}) {
    EXPECT_EQ(See(row.state).state, row.means) << row.state;
    EXPECT_TRUE(See(row.state).sentence.contains(row.says)) << See(row.state).sentence;
  }
}

TEST(PhoneStates, TheUsbRuleNamesTheMakerWhereItIsKnown) {
  const std::string known = See("no permissions (x)", "1-4").sentence;
  EXPECT_TRUE(known.contains("ATTR{idVendor}==\"2717\"")) << known;
  EXPECT_FALSE(known.contains("lsusb"));
  const std::string unknown = See("no permissions (x)", "2-1").sentence;
  EXPECT_TRUE(unknown.contains("XXXX are the four characters")) << unknown;
}

TEST(PhoneStates, APlaceOnTheBusIsNoPath) {
  EXPECT_FALSE(UsbVendorOf("../../../etc"));
  EXPECT_FALSE(UsbVendorOf("1-4/../.."));
  EXPECT_FALSE(UsbVendorOf(""));
}

TEST(PhoneStates, ChoosesTheOnlyOne) {
  const PhoneSeen ready{.serial = "A", .model = "Pixel 7"};
  const PhoneSeen other{.serial = "B"};
  PhoneSeen waiting = See("unauthorized");
  PhoneSeen gone = See("offline");

  EXPECT_EQ(Choose({ready}, "")->serial, "A");
  EXPECT_EQ(Choose({ready, other}, "B")->serial, "B");
  EXPECT_EQ(Choose({gone, ready}, "")->serial, "A") << "what is offline is no choice";

  EXPECT_EQ(Choose({}, "").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Choose({}, "B").error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(Choose({ready}, "B").error().message.contains("A (Pixel 7)"));
  EXPECT_EQ(Choose({waiting}, "").error().code, ErrorCode::kRefused);
  EXPECT_EQ(Choose({waiting}, "").error().message, waiting.sentence);
  const auto several = Choose({ready, waiting}, "");
  EXPECT_EQ(several.error().code, ErrorCode::kInvalid) << "the one that waits may be meant";
  EXPECT_TRUE(several.error().message.contains("A (Pixel 7), S1"));
}

TEST(PhoneStates, ReadsTheAnswerToConnect) {
  EXPECT_FALSE(ConnectFailure("connected to 10.0.0.2:5555", "10.0.0.2:5555"));
  EXPECT_FALSE(ConnectFailure("already connected to 10.0.0.2:5555", "10.0.0.2:5555"));
  EXPECT_FALSE(ConnectFailure("failed to authenticate to 10.0.0.2:5555", "10.0.0.2:5555"));
  const auto refused =
      ConnectFailure("failed to connect to '10.0.0.2:5555': Connection refused\n", "10.0.0.2:5555");
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->contains("Connection refused"));
  EXPECT_TRUE(refused->contains("Wireless debugging"));
  EXPECT_TRUE(ConnectFailure("", "10.0.0.2:5555"));
}

TEST(PhoneStates, TheServersWordsBecomeEnds) {
  using End = ports::PhoneAnswer::End;
  EXPECT_EQ(WhyUnreachable("device 'S1' not found").end, End::kCut);
  EXPECT_EQ(WhyUnreachable("device offline").end, End::kCut);
  EXPECT_EQ(
      WhyUnreachable("device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set").end,
      End::kRefused);
  EXPECT_EQ(WhyUnreachable("closed").end, End::kRefused);
  EXPECT_TRUE(WhyUnreachable("closed").why.contains("closed"));
}

}  // namespace
}  // namespace bk::adapters::adb
