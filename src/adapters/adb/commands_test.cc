// Commands on a phone, against a scripted server on a loopback socket. Nothing is waited for by the
// clock but where a time-out is what is tested.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <future>
#include <string>

#include "adapters/adb/adb.h"
#include "adapters/adb/scripted_server_testing.h"
#include "adapters/adb/stage_testing.h"

namespace bk::adapters::adb {
namespace {

using namespace std::chrono_literals;
using ports::PhoneAnswer;
using ports::PhoneCommand;
using testing::Conversation;
using testing::Echo;
using testing::Exit;
using testing::Framed;
using testing::OnePhone;
using testing::ScriptedServer;
using testing::Stage;
using End = PhoneAnswer::End;

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

}  // namespace
}  // namespace bk::adapters::adb
