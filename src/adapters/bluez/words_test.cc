#include "adapters/bluez/words.h"

#include <gtest/gtest.h>

namespace bk::adapters::bluez {
namespace {

TEST(BluezWords, Paths) {
  EXPECT_EQ(DevicePath("/org/bluez/hci0", Address{0xc80f10010203}),
            "/org/bluez/hci0/dev_C8_0F_10_01_02_03");
  EXPECT_EQ(ValueHandle("/org/bluez/hci0/dev_C8_0F_10_01_02_03/service002a/char002b"), 0x002c);
  EXPECT_EQ(ValueHandle("/org/bluez/hci0/dev_C8_0F_10_01_02_03/service002a"), std::nullopt);
  EXPECT_EQ(ValueHandle("/x/char"), std::nullopt);
  EXPECT_EQ(ValueHandle("/x/charffff"), std::nullopt);
  EXPECT_EQ(ValueHandle("/x/char002b/desc002d"), std::nullopt);
}

TEST(BluezWords, AttErrors) {
  EXPECT_EQ(AttErrorOf("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e"), 0x0e);
  EXPECT_EQ(AttErrorOf("org.bluez.Error.NotPermitted", "Read not permitted"), 0x03);
  EXPECT_EQ(AttErrorOf("org.bluez.Error.InvalidValueLength", ""), 0x0d);
  for (const char* name : {"org.bluez.Error.Failed", "org.freedesktop.DBus.Error.NoReply", ""})
    EXPECT_EQ(AttErrorOf(name, "Not connected"), ports::RequestDone::kNoAnswer) << name;
  EXPECT_EQ(AttErrorOf("org.bluez.Error.Failed", "0x"), ports::RequestDone::kNoAnswer);
  EXPECT_EQ(AttErrorOf("org.bluez.Error.Failed", "0x123"), ports::RequestDone::kNoAnswer);
}

TEST(BluezWords, EveryStateSaysWhatToDo) {
  for (const auto state :
       {ports::AdapterState::kAbsent, ports::AdapterState::kOff, ports::AdapterState::kBlocked,
        ports::AdapterState::kNoDaemon, ports::AdapterState::kNoPermission})
    EXPECT_GT(SentenceFor(state).size(), 40U);
  EXPECT_EQ(SentenceFor(ports::AdapterState::kReady), "");
}

}  // namespace
}  // namespace bk::adapters::bluez
