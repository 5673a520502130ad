#include "adapters/adb/server_place.h"

#include <gtest/gtest.h>

#include <map>

namespace bk::adapters::adb {
namespace {

Environment Of(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) {
    const auto it = values.find(name);
    return it == values.end() ? std::string() : it->second;
  };
}

std::string PlaceOf(std::map<std::string, std::string> values) {
  const auto place = FindServer(Of(std::move(values)));
  if (!place) return "error: " + place.error().message;
  return place->Text() + (place->here ? "" : " elsewhere");
}

TEST(ServerPlace, HonoursTheVariablesOfAdb) {
  EXPECT_EQ(PlaceOf({}), "127.0.0.1:5037");
  EXPECT_EQ(PlaceOf({{"ANDROID_ADB_SERVER_PORT", "5039"}}), "127.0.0.1:5039");
  EXPECT_EQ(PlaceOf({{"ANDROID_ADB_SERVER_ADDRESS", "192.168.1.7"}}), "192.168.1.7:5037 elsewhere");
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "tcp:6000"}}), "127.0.0.1:6000");
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "tcp:localhost:6000"}}), "localhost:6000");
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "tcp:[::1]:6000"}}), "[::1]:6000");
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "tcp:desk.lan:6000"}}), "desk.lan:6000 elsewhere");
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "localfilesystem:/run/adb"}}), "/run/adb");
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "localabstract:adb"}}), "@adb");
  // The more exact one wins, as in adb.
  EXPECT_EQ(PlaceOf({{"ADB_SERVER_SOCKET", "tcp:6000"}, {"ANDROID_ADB_SERVER_PORT", "5039"}}),
            "127.0.0.1:6000");
}

TEST(ServerPlace, SaysWhichVariableIsWrong) {
  for (const char* socket : {"tcp:", "tcp:0", "tcp:70000", "tcp:host:", "tcp::5037", "vsock:1:2",
                             "localabstract:", "5037"})
    EXPECT_TRUE(PlaceOf({{"ADB_SERVER_SOCKET", socket}}).contains("ADB_SERVER_SOCKET")) << socket;
  for (const char* port : {"0", "-1", "65536", "5037x"})
    EXPECT_TRUE(PlaceOf({{"ANDROID_ADB_SERVER_PORT", port}}).starts_with("error: ANDROID_ADB"))
        << port;
}

TEST(ServerPlace, LooksForAdbWhereItIsInstalled) {
  EXPECT_EQ(AdbCandidates(Of({{"PATH", "/usr/bin::relative:/opt/bin"},
                              {"ANDROID_HOME", "/sdk"},
                              {"HOME", "/home/me"}})),
            (std::vector<std::string>{"/usr/bin/adb", "/opt/bin/adb", "/sdk/platform-tools/adb",
                                      "/home/me/Android/Sdk/platform-tools/adb"}));
  EXPECT_EQ(FindAdb(Of({{"PATH", "/nonexistent"}})), "");
}

TEST(ServerPlace, TellsAnAddressFromASerial) {
  EXPECT_TRUE(IsHostAndPort("192.168.1.20:5555"));
  EXPECT_TRUE(IsHostAndPort("[fe80::1]:39001"));
  EXPECT_FALSE(IsHostAndPort("0123456789ABCDEF"));
  EXPECT_FALSE(IsHostAndPort("usb:1-1"));
  EXPECT_FALSE(IsHostAndPort(""));
}

}  // namespace
}  // namespace bk::adapters::adb
