// Which phones there are, and the adb server itself, against a scripted one.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "adapters/adb/adb.h"
#include "adapters/adb/scripted_server_testing.h"
#include "adapters/adb/stage_testing.h"

namespace bk::adapters::adb {
namespace {

using namespace std::chrono_literals;
using ports::PhoneSeen;
using testing::Conversation;
using testing::Echo;
using testing::Exit;
using testing::Framed;
using testing::OnePhone;
using testing::ScriptedServer;
using testing::Stage;

TEST(Adb, ListsWithTheSentenceOfEachState) {
  Stage stage(Echo);
  stage.phone.devices =
      "S1                     device product:p model:Redmi_Note_8 device:d transport_id:1\n"
      "S2                     unauthorized usb:1-2 transport_id:2\n";
  const auto phones = MakePhones(stage.server.options());
  const auto list = phones->List();
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].model, "Redmi Note 8");
  EXPECT_EQ((*list)[1].state, ports::PhoneState::kUnauthorised);
  EXPECT_EQ(phones->Open("").error().code, ErrorCode::kInvalid);
  EXPECT_TRUE(phones->Open("S1"));
  EXPECT_EQ(phones->Open("S2").error().code, ErrorCode::kRefused);
  EXPECT_EQ(phones->Open("S3").error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(MakePhones(stage.server.options({{"ANDROID_SERIAL", "S1"}}))->Open(""));
}

TEST(Adb, ConnectsToAnAddressThatIsNotListed) {
  std::atomic<bool> connected = false;
  std::atomic<int> looks = 0;
  const auto list = [&]() -> std::string {
    if (!connected) return "";
    // As a server tells it while the phone checks the key of this computer.
    constexpr const char* kOnTheWay[] = {"offline", "unauthorized"};
    const int look = looks++;
    return "10.0.0.2:5555          " + std::string(look < 2 ? kOnTheWay[look] : "device") +
           " model:Pixel_7 transport_id:4\n";
  };
  ScriptedServer server([&](Conversation& talk) {
    const auto request = talk.Request();
    if (!request) return;
    if (*request == "host:devices-l") {
      talk.Okay() && talk.Text(list());
    } else if (*request == "host:connect:10.0.0.2:5555") {
      connected = true;
      talk.Okay() && talk.Text("connected to 10.0.0.2:5555");
    } else if (request->starts_with("host:connect:")) {
      talk.Okay() && talk.Text("failed to connect to '10.0.0.3:5555': Connection refused");
    } else {
      talk.Okay() && talk.Text("shell_v2");
    }
  });
  const auto phones = MakePhones(server.options());
  const auto phone = phones->Open("10.0.0.2:5555");
  ASSERT_TRUE(phone) << phone.error().message;
  EXPECT_EQ((*phone)->serial(), "10.0.0.2:5555");
  EXPECT_TRUE(phones->Open("10.0.0.3:5555").error().message.contains("Connection refused"));
}

TEST(Adb, TracksWhatComesAndGoes) {
  std::mutex mutex;
  std::string list;
  ScriptedServer server([&](Conversation& talk) {
    const auto request = talk.Request();
    if (!request) return;
    if (*request == "host:devices-l") {
      const std::lock_guard lock(mutex);
      talk.Okay() && talk.Text(list);
    } else if (*request == "host:track-devices") {
      talk.Okay();
      for (const char* next : {"", "S1\tunauthorized\n", "S1\tdevice\n"}) {
        {
          const std::lock_guard lock(mutex);
          list = next;
        }
        talk.Text(next);
        (void)talk.Read(0);
      }
      talk.Hold();
    }
  });
  const auto phones = MakePhones(server.options());
  const Status tracked = phones->Track([](std::span<const PhoneSeen> seen) {
    return seen.empty() || seen[0].state != ports::PhoneState::kReady;
  });
  EXPECT_TRUE(tracked);
}

TEST(Adb, RestartsAndWaitsForAnotherStart) {
  std::atomic<int> boots = 1, looks = 0;
  OnePhone one;
  one.service = [&](Conversation& talk, const std::string& service) {
    if (service == "reboot:") {
      talk.Okay();
      return;  // the phone drops the cable
    }
    talk.Okay();
    if (service.contains("boot_id")) {
      // It answers for a while before it goes down.
      if (boots == 1 && ++looks == 3) boots = 2;
      talk.Send(Framed(1, "boot-" + std::to_string(boots.load()) + "\n") + Exit(0));
    } else {
      talk.Send(Framed(1, "1\n") + Exit(0));
    }
  };
  ScriptedServer server([&](Conversation& talk) { one(talk); });
  const auto phone = MakePhones(server.options())->Open("S1");
  ASSERT_TRUE(phone);
  ASSERT_TRUE((*phone)->Restart());
  const Status ready = (*phone)->WaitUntilReady(60s);
  EXPECT_TRUE(ready) << ready.error().message;
  EXPECT_EQ(boots, 2);
}

TEST(Adb, WaitsNoLongerThanAsked) {
  Stage stage(Echo);
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  stage.phone.state = "offline";
  EXPECT_EQ(phone->WaitUntilReady(30ms).error().code, ErrorCode::kTimedOut);
}

TEST(Adb, SaysWhatIsMissing) {
  std::map<std::string, std::string> nothing = {{"ANDROID_ADB_SERVER_PORT", "1"},
                                                {"PATH", "/nonexistent"}};
  const auto options = [&] {
    return AdbOptions{.environment = [&](const char* name) { return nothing[name]; }};
  };
  const auto no_adb = MakePhones(options())->List();
  EXPECT_EQ(no_adb.error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(no_adb.error().message.contains("apt install adb"));
  nothing = {{"ADB_SERVER_SOCKET", "nonsense"}};
  EXPECT_EQ(MakePhones(options())->List().error().code, ErrorCode::kInvalid);
  nothing = {{"ADB_SERVER_SOCKET", "localfilesystem:/nonexistent/adb"}, {"PATH", "/nonexistent"}};
  EXPECT_TRUE(MakePhones(options())->List().error().message.contains("adb"));
}

// What listens at adb's port need not be adb.
TEST(Adb, AStrangerAtThePortIsToldFromAServer) {
  ScriptedServer web([](Conversation& talk) { talk.Send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  const auto list = MakePhones(web.options())->List();
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, ErrorCode::kNotReadable);
  ScriptedServer silent([](Conversation& talk) { talk.Hold(); });
  AdbOptions options = silent.options();
  options.ask = 50ms;
  EXPECT_EQ(MakePhones(options)->List().error().code, ErrorCode::kTimedOut);
}

// The program that starts a server is run with its words, and its complaint is passed on.
TEST(Adb, StartsTheServerWithTheAdbThatIsFound) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "bk-adb-start";
  std::filesystem::create_directories(folder);
  const auto program = folder / "adb";
  const auto write = [&](const std::string& script) {
    std::filesystem::remove(program);
    std::ofstream(program) << "#!/bin/sh\n" << script;
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  };
  AdbOptions options{.environment =
                         [&](const char* name) {
                           if (std::string_view(name) == "PATH") return folder.string();
                           if (std::string_view(name) == "ANDROID_ADB_SERVER_PORT")
                             return std::string("1");
                           return std::string();
                         },
                     .server_start = 10s};
  write("echo \"$@\" > " + (folder / "words").string() +
        "\necho '* daemon not running; starting now' >&2\necho 'cannot bind' >&2\nexit 1\n");
  const auto failed = MakePhones(options)->List();
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().message.ends_with("cannot bind")) << failed.error().message;
  std::string words;
  std::getline(std::ifstream(folder / "words"), words);
  EXPECT_EQ(words, "start-server");

  write("exec tail -f /dev/null\n");
  options.server_start = 60ms;
  EXPECT_EQ(MakePhones(options)->List().error().code, ErrorCode::kTimedOut);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace bk::adapters::adb
