// What a real bluetoothd does not do on demand (private_bus_testing.h); the rest is in tests/vm.
#include "adapters/bluez/bluez_radio.h"

#include "adapters/bluez/private_bus_testing.h"

namespace bk::adapters {
namespace {

using bluez::FakeBluetoothd;
using bluez::PrivateBus;
using std::chrono::seconds;

// The next event of this kind; others are skipped.
template <class Kind>
std::optional<Kind> Await(ports::BandRadio& radio) {
  const ports::RadioTime until = radio.Now() + seconds(20);
  while (const auto event = radio.Next(until))
    if (const auto* kind = std::get_if<Kind>(&*event)) return *kind;
  return std::nullopt;
}

TEST(BluezRadio, WithoutSocketsForNotificationsItHearsThemBySignal) {
  const PrivateBus bus;
  if (!bus.runs()) GTEST_SKIP() << "there is no dbus-daemon";
  FakeBluetoothd bluetoothd;
  const auto radio = OpenBluez({});
  ASSERT_TRUE(radio.has_value()) << radio.error().message;
  (*radio)->Do(ports::ConnectOrder{FakeBluetoothd::kDeviceAddress});
  ASSERT_TRUE(Await<ports::LinkUp>(**radio));
  (*radio)->Do(ports::DiscoverOrder{});
  const auto found = Await<ports::Discovered>(**radio);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->table.size(), 1U);
  ASSERT_EQ(found->table[0].handle, FakeBluetoothd::kHandle);
  (*radio)->Do(ports::SubscribeOrder{FakeBluetoothd::kHandle, true});
  const auto subscribed = Await<ports::RequestDone>(**radio);
  ASSERT_TRUE(subscribed);
  EXPECT_EQ(subscribed->error, 0);
  EXPECT_EQ(bluetoothd.acquired, 1);
  EXPECT_EQ(bluetoothd.started, 1);
  bluetoothd.Say({0x10, 0x01, 0x01});
  const auto heard = Await<ports::Notified>(**radio);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->handle, FakeBluetoothd::kHandle);
  EXPECT_EQ(heard->bytes,
            (std::vector<std::byte>{std::byte{0x10}, std::byte{0x01}, std::byte{0x01}}));
  (*radio)->Do(ports::SubscribeOrder{FakeBluetoothd::kHandle, false});
  ASSERT_TRUE(Await<ports::RequestDone>(**radio));
  EXPECT_EQ(bluetoothd.stopped, 1);
}

// A session searches beside its attempt (companion/band_session): one search, ended when it says
// so.
TEST(BluezRadio, ASearchRunsBesideAnAttempt) {
  const PrivateBus bus;
  if (!bus.runs()) GTEST_SKIP() << "there is no dbus-daemon";
  FakeBluetoothd bluetoothd;
  const auto radio = OpenBluez({});
  ASSERT_TRUE(radio.has_value()) << radio.error().message;
  const auto until = [&](const std::atomic<int>& count) {
    const ports::RadioTime end = (*radio)->Now() + seconds(20);
    while (count == 0 && (*radio)->Now() < end)
      (void)(*radio)->Next((*radio)->Now() + std::chrono::milliseconds(20));
    return count.load();
  };
  (*radio)->Do(ports::ConnectOrder{FakeBluetoothd::kDeviceAddress});
  (*radio)->Do(ports::ScanOrder{true});
  (*radio)->Do(ports::ScanOrder{true});
  ASSERT_TRUE(Await<ports::LinkUp>(**radio));
  EXPECT_EQ(until(bluetoothd.searches), 1);
  EXPECT_EQ(bluetoothd.searches_ended, 0);
  (*radio)->Do(ports::ScanOrder{false});
  EXPECT_EQ(until(bluetoothd.searches_ended), 1);
  EXPECT_EQ(bluetoothd.searches, 1);
}

TEST(BluezRadio, ABusThatForbidsBluetoothIsASentenceWithWhatToDo) {
  const PrivateBus bus("<deny send_destination=\"org.bluez\"/>");
  if (!bus.runs()) GTEST_SKIP() << "there is no dbus-daemon";
  const FakeBluetoothd bluetoothd;
  const auto radio = OpenBluez({});
  ASSERT_TRUE(radio.has_value()) << radio.error().message;
  const auto change = Await<ports::AdapterChanged>(**radio);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->state, ports::AdapterState::kNoPermission);
  EXPECT_NE(change->sentence.find("bluetooth"), std::string::npos) << change->sentence;
}

}  // namespace
}  // namespace bk::adapters
