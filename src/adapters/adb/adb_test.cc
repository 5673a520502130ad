// The client against a scripted server on a loopback socket. Nothing is waited for by the clock but
// where a time-out is what is tested.
#include "adapters/adb/adb.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>

#include "adapters/adb/scripted_server_testing.h"
#include "base/bytes.h"
#include "codec/adb/sync.h"

namespace bk::adapters::adb {
namespace {

using namespace std::chrono_literals;
using ports::PhoneAnswer;
using ports::PhoneCommand;
using ports::PhoneSeen;
using testing::Conversation;
using testing::Exit;
using testing::Framed;
using testing::OnePhone;
using testing::ScriptedServer;
using End = PhoneAnswer::End;

constexpr std::string_view kShell = "shell,v2,raw:";

// A server with one phone whose shell runs `answer`.
struct Stage {
  explicit Stage(std::function<void(Conversation&, const std::string& line)> shell) {
    phone.service = [this, shell = std::move(shell)](Conversation& talk,
                                                     const std::string& service) {
      if (!service.starts_with(kShell)) return (void)talk.Fail("closed");
      shell(talk, service.substr(kShell.size()));
    };
  }
  std::unique_ptr<ports::Phone> Open(const std::string& serial = {}) {
    phones = MakePhones(server.options());
    auto opened = phones->Open(serial);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }
  OnePhone phone;
  ScriptedServer server{[this](Conversation& talk) { phone(talk); }};
  std::unique_ptr<ports::Phones> phones;
};

void Echo(Conversation& talk, const std::string& line) {
  talk.Okay();
  talk.Send(Framed(1, "out of " + line) + Framed(2, "err") + Exit(line == "false" ? 1 : 0));
  talk.Hold();
}

TEST(Adb, RunsACommandWithItsExitCodeAndErrorsApart) {
  Stage stage(Echo);
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  EXPECT_EQ(phone->serial(), "S1");
  const PhoneAnswer good = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "date"});
  EXPECT_TRUE(good.ran());
  EXPECT_EQ(good.exit, 0);
  EXPECT_EQ(good.out, "out of date");
  EXPECT_EQ(good.err, "err");
  const PhoneAnswer bad = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "false"});
  EXPECT_TRUE(bad.ran());
  EXPECT_EQ(bad.exit, 1);
}

TEST(Adb, RunsManyAtOnceAndKeepsTheirPlaces) {
  std::atomic<int> now = 0, most = 0;
  std::mutex mutex;
  std::condition_variable enough;
  // The first eight wait for each other: they are answered only if they are asked at once.
  Stage stage([&](Conversation& talk, const std::string& line) {
    {
      std::unique_lock lock(mutex);
      most = std::max<int>(most, ++now);
      enough.notify_all();
      enough.wait_for(lock, 10s, [&] { return most >= 8; });
      --now;
    }
    talk.Okay();
    talk.Send(Framed(1, line) + Exit(0));
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  std::vector<PhoneCommand> commands;
  for (int i = 0; i < 40; ++i) commands.push_back({.line = "echo " + std::to_string(i)});
  const auto answers = phone->Run(commands);
  ASSERT_EQ(answers.size(), 40U);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_TRUE(answers[i].ran());
    EXPECT_EQ(answers[i].out, commands[i].line);
  }
  EXPECT_EQ(most, 8);
}

TEST(Adb, TakesTheStreamInAnyPieces) {
  const std::string stream = Framed(1, "a long answer\n") + Framed(2, "x") + Framed(1, "") +
                             Framed(9, "a later version's packet") + Framed(1, "more") + Exit(7);
  Stage stage([&](Conversation& talk, const std::string& line) {
    const auto piece = static_cast<std::size_t>(std::stoi(line));
    talk.Okay();
    for (std::size_t at = 0; at < stream.size(); at += piece)
      talk.Send(std::string_view(stream).substr(at, piece));
    talk.Hold();
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  for (const char* piece : {"1", "2", "3", "5", "17", "1000"}) {
    const auto answer = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = piece});
    EXPECT_EQ(answer.out, "a long answer\nmore") << piece;
    EXPECT_EQ(answer.err, "x") << piece;
    EXPECT_EQ(answer.exit, 7) << piece;
  }
}

// Whatever the byte at which the cable is pulled out: what came is there, and never "it ran".
TEST(Adb, ACableCutAtEveryByte) {
  const std::string stream = Framed(1, "abc") + Framed(2, "de") + Exit(0);
  Stage stage([&](Conversation& talk, const std::string& line) {
    talk.Okay();
    talk.Send(std::string_view(stream).substr(0, static_cast<std::size_t>(std::stoi(line))));
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  std::vector<PhoneCommand> commands;
  for (std::size_t i = 0; i <= stream.size(); ++i) commands.push_back({.line = std::to_string(i)});
  const auto answers = phone->Run(commands);
  for (std::size_t i = 0; i < stream.size(); ++i) {
    EXPECT_EQ(answers[i].end, End::kCut) << i;
    EXPECT_FALSE(answers[i].why.empty()) << i;
    EXPECT_EQ(answers[i].out, std::string("abc").substr(0, i < 5 ? 0 : i - 5)) << i;
  }
  EXPECT_TRUE(answers.back().ran());
  // It had begun: it may have done something, and is not run a second time.
  EXPECT_EQ(stage.phone.Count("shell,v2,raw:0"), 1U);
}

TEST(Adb, AnEndlessAnswerStopsAtItsLimit) {
  Stage stage([](Conversation& talk, const std::string&) {
    talk.Okay();
    const std::string much = Framed(1, std::string(60'000, 'x'));
    while (talk.Send(much)) {
    }
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  const PhoneAnswer answer =
      static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "yes", .bytes_max = 1'000'000});
  EXPECT_EQ(answer.end, End::kTooLong);
  EXPECT_EQ(answer.out.size(), 1'000'000U);
}

// Thirty dumps of 12 MB each are 360 MB, and with fifteen seconds each a minute and more.
TEST(Adb, ManyEndlessAnswersTogetherStopAtOneLimit) {
  Stage stage([](Conversation& talk, const std::string&) {
    talk.Okay();
    const std::string much = Framed(1, std::string(60'000, 'x'));
    while (talk.Send(much)) {
    }
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  const std::vector<PhoneCommand> commands(12, {.line = "yes", .bytes_max = 12'000'000});
  std::size_t taken = 0;
  for (const PhoneAnswer& answer : phone->Run(commands)) {
    EXPECT_EQ(answer.end, End::kTooLong);
    EXPECT_FALSE(answer.why.empty());
    taken += answer.out.size();
  }
  EXPECT_EQ(taken, std::size_t{64} * 1024 * 1024);
}

TEST(Adb, ManySlowAnswersTogetherStopAtOneTime) {
  Stage stage([](Conversation& talk, const std::string&) {
    talk.Okay();
    while (talk.Send(Framed(1, "x"))) std::this_thread::sleep_for(10ms);
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  // Eight at once: one after the other it would be ten times as long.
  const std::vector<PhoneCommand> commands(80, {.line = "slow", .time_out = 300ms});
  const auto begun = std::chrono::steady_clock::now();
  const auto answers = phone->Run(commands);
  const auto took = std::chrono::steady_clock::now() - begun;
  for (const PhoneAnswer& answer : answers) EXPECT_EQ(answer.end, End::kTimedOut);
  EXPECT_TRUE(answers.back().out.empty());
  EXPECT_TRUE(answers.back().why.contains("together")) << answers.back().why;
  EXPECT_LT(took, 2'500ms);
}

TEST(Adb, ALengthThatLiesCostsNoMemory) {
  Stage stage([](Conversation& talk, const std::string&) {
    talk.Okay();
    talk.Send(std::string("\x01\xff\xff\xff\xff", 5) + "abc");
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  const auto answer = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "x"});
  EXPECT_EQ(answer.end, End::kCut);
  EXPECT_EQ(answer.out, "abc");
}

TEST(Adb, SilenceEndsWithTheTimeOutAndWhatCame) {
  Stage stage([](Conversation& talk, const std::string& line) {
    if (line != "quiet from the start") {
      talk.Okay();
      talk.Send(Framed(1, "half"));
    }
    talk.Hold();
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  const std::vector<PhoneCommand> commands = {{.line = "dumpsys slow", .time_out = 60ms},
                                              {.line = "quiet from the start", .time_out = 60ms}};
  const auto answers = phone->Run(commands);
  EXPECT_EQ(answers[0].end, End::kTimedOut);
  EXPECT_EQ(answers[0].out, "half");
  EXPECT_TRUE(answers[0].why.contains("0.06 s")) << answers[0].why;
  EXPECT_EQ(answers[1].end, End::kTimedOut);
  EXPECT_EQ(stage.phone.Count("shell,v2,raw:quiet from the start"), 1U);
}

// One service that hung held the whole of doctor for its own time-out.
TEST(Adb, ASilentOneIsLeftSoonAfterAllOthersHaveAnswered) {
  Stage stage([](Conversation& talk, const std::string& line) {
    talk.Okay();
    if (line == "hangs") return talk.Hold();
    if (line == "slow") {  // it has begun to speak: its own time-out counts
      talk.Send(Framed(1, "some "));
      std::promise<void> never;
      never.get_future().wait_for(300ms);
    }
    talk.Send(Framed(1, "all") + Exit(0));
    talk.Hold();
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  std::vector<PhoneCommand> commands = {
      {.line = "quick"}, {.line = "hangs", .time_out = 10min}, {.line = "slow"}};
  for (PhoneCommand& command : commands) command.straggle = 50ms;
  const auto answers = phone->Run(commands);
  EXPECT_EQ(answers[0].out, "all");
  EXPECT_EQ(answers[1].end, End::kTimedOut);
  EXPECT_TRUE(answers[1].why.contains("when all else had long answered")) << answers[1].why;
  EXPECT_TRUE(answers[2].ran()) << answers[2].why;
  EXPECT_EQ(answers[2].out, "some all");
}

TEST(Adb, WhatDidNotBeginIsTriedOnceMore) {
  std::atomic<int> asked = 0;
  Stage stage([&](Conversation& talk, const std::string& line) {
    if (line == "never" || asked++ == 0) return (void)talk.Fail("closed");
    Echo(talk, line);
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  const auto answer = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "date"});
  EXPECT_TRUE(answer.ran()) << answer.why;
  EXPECT_EQ(stage.phone.Count("shell,v2,raw:date"), 2U);

  const auto never = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "never"});
  EXPECT_EQ(never.end, End::kRefused);
  EXPECT_TRUE(never.why.contains("closed")) << never.why;
  EXPECT_EQ(stage.phone.Count("shell,v2,raw:never"), 2U);
}

TEST(Adb, AnUnpluggedPhoneIsCut) {
  Stage stage(Echo);
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  stage.phone.gone = true;
  const auto answer = static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "date"});
  EXPECT_EQ(answer.end, End::kCut);
  EXPECT_TRUE(answer.why.contains("no longer connected")) << answer.why;
  EXPECT_EQ(phone->Pull("/x", [](Bytes) { return true; }).error().code, ErrorCode::kNotReadable);
  stage.phone.gone = false;
  EXPECT_TRUE(static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "date"}).ran());
}

// Android 6: no exit code, no stderr, a terminal's line ends, and no telling an end from a cut.
TEST(Adb, AnOldPhoneGetsAMarkBehindItsOutput) {
  OnePhone old;
  old.features = "";
  old.service = [](Conversation& talk, const std::string& service) {
    if (!service.starts_with("shell:")) return (void)talk.Fail("closed");
    talk.Okay();
    if (service.starts_with("shell:cut")) return (void)talk.Send("some of\r\nbandkeeper-exit:0 x");
    if (service.starts_with("shell:bare"))
      return (void)talk.Send("no line endbandkeeper-exit:3\r\n");
    talk.Send("one\r\ntwo\r\nbandkeeper-exit:0\r\n");
  };
  ScriptedServer server([&](Conversation& talk) { old(talk); });
  const auto phone = MakePhones(server.options())->Open("");
  ASSERT_TRUE(phone);
  const std::vector<PhoneCommand> commands = {
      {.line = "getprop"}, {.line = "cut"}, {.line = "bare"}};
  const auto answers = (*phone)->Run(commands);
  EXPECT_TRUE(answers[0].ran());
  EXPECT_EQ(answers[0].out, "one\ntwo\n");
  EXPECT_EQ(answers[0].exit, 0);
  EXPECT_EQ(answers[1].end, End::kCut);
  EXPECT_EQ(answers[1].out, "some of\nbandkeeper-exit:0 x");
  EXPECT_EQ(answers[2].out, "no line end");
  EXPECT_EQ(answers[2].exit, 3);
  EXPECT_EQ(old.Count("shell:getprop; echo bandkeeper-exit:$?"), 1U);
}

TEST(Adb, ALineThatNoServerCarriesIsRefusedHere) {
  Stage stage(Echo);
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  const auto answer =
      static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = std::string(70'000, 'x')});
  EXPECT_EQ(answer.end, End::kRefused);
}

TEST(Adb, CtrlCEndsWhatRunsAndClosesItsConnections) {
  std::atomic<int> held = 0, closed = 0;
  Stage stage([&](Conversation& talk, const std::string&) {
    talk.Okay();
    if (++held == 2) kill(getpid(), SIGINT);
    talk.Hold();
    ++closed;
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  std::vector<PhoneCommand> commands(10, PhoneCommand{.line = "logcat", .time_out = 60s});
  const auto answers = phone->Run(commands);
  EXPECT_TRUE(std::ranges::all_of(
      answers, [](const PhoneAnswer& answer) { return answer.end == End::kStopped; }));
  // Once more works: the interruption is over.
  struct sigaction now{};
  sigaction(SIGINT, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

volatile sig_atomic_t g_heard = 0;

TEST(Adb, WhoeverListenedForCtrlCHearsItToo) {
  struct sigaction ours{}, before{};
  sigemptyset(&ours.sa_mask);
  ours.sa_handler = [](int) { g_heard = 1; };
  sigaction(SIGINT, &ours, &before);
  g_heard = 0;
  Stage stage([&](Conversation& talk, const std::string&) {
    talk.Okay();
    kill(getpid(), SIGINT);
    talk.Hold();
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  EXPECT_EQ(static_cast<ports::Phone&>(*phone).Run(PhoneCommand{.line = "x"}).end, End::kStopped);
  EXPECT_EQ(g_heard, 1);
  sigaction(SIGINT, &before, nullptr);
}

TEST(Adb, FollowsUntilItIsEnough) {
  Stage stage([](Conversation& talk, const std::string&) {
    talk.Okay();
    while (talk.Send(Framed(1, "line\n"))) {
    }
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  std::size_t heard = 0;
  const auto answer = phone->Follow({.line = "logcat", .time_out = 60s, .bytes_max = 10},
                                    [&](std::string_view text) {
                                      heard += text.size();
                                      return heard < 100'000;
                                    });
  EXPECT_EQ(answer.end, End::kExited);
  EXPECT_EQ(answer.exit, -1);
  EXPECT_GE(heard, 100'000U);
  EXPECT_TRUE(answer.out.empty());
}

TEST(Adb, FollowSpeaksUpWhileNothingComes) {
  Stage stage([](Conversation& talk, const std::string&) {
    talk.Okay();
    talk.Hold();
  });
  const auto phone = stage.Open();
  ASSERT_TRUE(phone);
  int silences = 0;
  const auto answer =
      phone->Follow({.line = "logcat", .time_out = 60s}, [&](std::string_view text) {
        EXPECT_TRUE(text.empty());
        return ++silences < 2;
      });
  EXPECT_EQ(answer.end, End::kExited);
  EXPECT_EQ(silences, 2);
}

// Of the file service: "STA2" or "STAT", then "RECV".
void ServeFile(Conversation& talk, std::string_view path, std::string_view content, bool newer) {
  talk.Okay();
  while (const auto head = talk.Read(8)) {
    ByteReader reader{AsBytes(*head)};
    const std::string id(AsText(reader.Take(4)));
    const auto wanted = talk.Read(reader.Le32());
    if (!wanted) return;
    const bool there = *wanted == path;
    std::vector<std::byte> answer;
    if (id == "STA2" && newer) {
      ByteWriter(answer).Put(AsBytes(id)).Le32(there ? 0 : 2).Le64(0).Le64(0);
      ByteWriter(answer).Le32(there ? 0100644 : 0).Le32(1).Le32(0).Le32(0).Le64(content.size());
      ByteWriter(answer).Le64(0).Le64(0).Le64(0);
    } else if (id == "STAT") {
      ByteWriter(answer).Put(AsBytes(id)).Le32(there ? 0100644 : 0).Le32(content.size()).Le32(0);
    } else if (id == "RECV") {
      std::string_view rest = content;
      while (!rest.empty()) {
        codec::adb::EncodeSync("DATA", AsBytes(rest.substr(0, 1000)), answer);
        rest.remove_prefix(std::min<std::size_t>(rest.size(), 1000));
      }
      codec::adb::EncodeSync("DONE", {}, answer);
    } else {
      return;
    }
    talk.Send(AsText(answer));
  }
}

TEST(Adb, PullsAFile) {
  const std::string content = std::string(100'000, 'a') + std::string("\0\r\n", 3);
  for (const bool newer : {false, true}) {
    OnePhone one;
    if (!newer) one.features = "shell_v2";
    one.service = [&](Conversation& talk, const std::string& service) {
      ASSERT_EQ(service, "sync:");
      ServeFile(talk, "/bugreports/x.zip", content, newer);
    };
    ScriptedServer server([&](Conversation& talk) { one(talk); });
    const auto phone = MakePhones(server.options())->Open("S1");
    ASSERT_TRUE(phone);
    std::string got;
    const auto take = [&](Bytes bytes) {
      got += AsText(bytes);
      return true;
    };
    const auto pulled = (*phone)->Pull("/bugreports/x.zip", take);
    ASSERT_TRUE(pulled) << pulled.error().message;
    EXPECT_EQ(*pulled, content.size());
    EXPECT_EQ(got, content);
    EXPECT_EQ((*phone)->Pull("/nothing", take).error().code, ErrorCode::kNotFound);
    EXPECT_EQ((*phone)->Pull("", take).error().code, ErrorCode::kInvalid);
    const auto stop = [](Bytes) { return false; };
    EXPECT_EQ((*phone)->Pull("/bugreports/x.zip", stop).error().code, ErrorCode::kStopped);
  }
}

TEST(Adb, APullThatIsCutIsNoFile) {
  OnePhone one;
  one.service = [&](Conversation& talk, const std::string&) {
    talk.Okay();
    (void)talk.Read(8 + 2);
    std::vector<std::byte> answer;
    ByteWriter(answer).Put(AsBytes("STA2")).Le32(0).Le64(0).Le64(0).Le32(0100644);
    answer.resize(codec::adb::kStat2Bytes);
    talk.Send(AsText(answer));
    (void)talk.Read(8 + 2);
    answer.clear();
    codec::adb::EncodeSync("DATA", AsBytes("half"), answer);
    talk.Send(AsText(answer));
  };
  ScriptedServer server([&](Conversation& talk) { one(talk); });
  const auto phone = MakePhones(server.options())->Open("S1");
  ASSERT_TRUE(phone);
  EXPECT_EQ((*phone)->Pull("/x", [](Bytes) { return true; }).error().code, ErrorCode::kNotReadable);
}

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
