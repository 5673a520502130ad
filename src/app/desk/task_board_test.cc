#include "app/desk/task_board.h"

#include <gtest/gtest.h>

#include <future>

#include "app/desk/page_face.h"
#include "app/desk/parts.h"

namespace bk::app {
namespace {

using Json = TaskBoard::Json;
using Is = TaskBoard::Answer::Is;

class TaskBoardTest : public testing::Test {
 protected:
  // The part as a page last saw it, once `until` says that it is what was waited for.
  Json Await(const std::function<bool(const Json&)>& until) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return until(part_); });
    return part_;
  }
  Json AwaitQuestion() {
    return Await([](const Json& part) {
      return part.is_object() && !part["question"].is_null();
    })["question"];
  }
  std::future<TaskBoard::Answer> Ask(TaskBoard::Question question) {
    return std::async(std::launch::async,
                      [this, question = std::move(question)] { return board_.Ask(question); });
  }
  std::int64_t now_ = 1'000;
  std::mutex mutex_;
  std::condition_variable changed_;
  Json part_;
  TaskBoard board_{[this](const std::string& text) {
                     const std::lock_guard lock(mutex_);
                     part_ = Json::parse(text);
                     changed_.notify_all();
                   },
                   [this] { return now_; }};
};

TEST_F(TaskBoardTest, AQuestionWaitsForItsOwnAnswer) {
  board_.Begin(7, "repair", {"stop"});
  auto asked = Ask({.kind = "yes_no_stop", .about = "step", .text = "Do it?"});
  const Json question = AwaitQuestion();
  EXPECT_EQ(question["id"], "7.1");
  EXPECT_EQ(question["preview"], false);
  EXPECT_EQ(board_.Reply("7.2", {{"answer", "yes"}}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(board_.Reply("7.1", {{"answer", "perhaps"}}).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(board_.Reply("7.1", {{"answer", "unknown"}}).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(board_.Reply("7.1", Json::object()).error().code, ErrorCode::kInvalid);
  EXPECT_TRUE(board_.Reply("7.1", {{"answer", "yes"}}));
  // A second tab's answer comes too late and does no harm.
  EXPECT_FALSE(board_.Reply("7.1", {{"answer", "no"}}));
  EXPECT_EQ(asked.get().is, Is::kYes);
  EXPECT_TRUE(part_["question"].is_null());
  EXPECT_EQ(part_["log"].back()["answer"], "yes");
}

TEST_F(TaskBoardTest, ATypedWordIsNotWrittenDown) {
  board_.Begin(1, "repair", {});
  auto asked = Ask({.kind = "typed_word", .about = "lossy", .text = "All is lost."});
  const std::string id = AwaitQuestion()["id"];
  EXPECT_FALSE(board_.Reply(id, {{"answer", "yes"}}));
  EXPECT_FALSE(board_.Reply(id, {{"answer", "typed"}, {"word", std::string(201, 'x')}}));
  EXPECT_TRUE(board_.Reply(id, {{"answer", "typed"}, {"word", "pairing"}}));
  const auto answer = asked.get();
  EXPECT_EQ(answer.is, Is::kTyped);
  EXPECT_EQ(answer.word, "pairing");
  EXPECT_FALSE(board_.End().dump().contains("pairing"));
}

TEST_F(TaskBoardTest, AChoiceIsOneOfThose) {
  board_.Begin(1, "repair", {});
  auto asked = Ask({.kind = "choice", .about = "app", .text = "Which?", .options = 2});
  const std::string id = AwaitQuestion()["id"];
  for (const Json& wrong :
       {Json{{"answer", "choose"}}, Json{{"answer", "choose"}, {"choice", 2}},
        Json{{"answer", "choose"}, {"choice", -1}}, Json{{"answer", "choose"}, {"choice", "0"}}})
    EXPECT_FALSE(board_.Reply(id, wrong)) << wrong;
  EXPECT_TRUE(board_.Reply(id, {{"answer", "choose"}, {"choice", 1}}));
  EXPECT_EQ(asked.get().choice, 1U);
}

TEST_F(TaskBoardTest, AChoiceIsKnownInAnyLanguage) {
  language::Language other;
  other.code = "xx";
  other.texts["message.fix.put_it_back"] = {"zurueck damit"};
  other.texts["message.fix.which_app"] = {"Welche App?"};
  PageFace face(board_, [](std::string_view text) { return std::string(text); }, other);
  board_.Begin(1, "repair", {});
  const auto about = [&](std::string_view text, const std::vector<std::string>& options) {
    auto asked = std::async(std::launch::async, [&] { return face.AskWhich(text, options); });
    const Json question = AwaitQuestion();
    EXPECT_TRUE(board_.Reply(question["id"].get<std::string>(), {{"answer", "none"}}));
    EXPECT_EQ(asked.get(), RepairFace::npos);
    return question["about"].get<std::string>();
  };
  EXPECT_EQ(about("Location: on", {"zurueck damit", "so lassen"}), "anyway");
  EXPECT_EQ(about("Welche App?", {"a", "b"}), "app");
  EXPECT_EQ(about("Which app do you use with the band?", {"put it back", "b"}), "which");
}

TEST_F(TaskBoardTest, StopAnswersWhatIsOpenAndWhatIsAskedLater) {
  board_.Begin(3, "repair", {"stop"});
  auto asked = Ask({.kind = "done", .about = "words", .text = "Done?"});
  AwaitQuestion();
  EXPECT_FALSE(board_.Stop(2)) << "another task's stop";
  EXPECT_TRUE(board_.Stop(3));
  EXPECT_EQ(asked.get().is, Is::kStop);
  EXPECT_EQ(board_.Ask({.kind = "done", .about = "words", .text = "Again?"}).is, Is::kStop);
  EXPECT_FALSE(board_.HoldWhilePaused());
  board_.End();
  EXPECT_FALSE(board_.Stop(3)) << "over";
  board_.Begin(4, "watch", {});
  EXPECT_FALSE(board_.stopped()) << "a stop is for one task";
}

TEST_F(TaskBoardTest, ThePreviewIsMadeByTheOneWhoAsks) {
  board_.Begin(1, "repair", {});
  std::thread::id made_by;
  TaskBoard::Question question{.kind = "yes_no_stop", .about = "step", .text = "Do it?"};
  question.preview = [&] {
    made_by = std::this_thread::get_id();
    return Json::array({{{"what", "Location: off → on"}}});
  };
  std::thread::id asked_by;
  auto asked = std::async(std::launch::async, [&] {
    asked_by = std::this_thread::get_id();
    return board_.Ask(question);
  });
  const std::string id = AwaitQuestion()["id"];
  EXPECT_FALSE(board_.WantPreview("9.9"));
  EXPECT_TRUE(board_.WantPreview(id));
  const Json shown = Await([](const Json& part) {
    return part["question"].is_object() && part["question"]["commands"].is_array();
  });
  EXPECT_EQ(shown["question"]["commands"][0]["what"], "Location: off → on");
  EXPECT_TRUE(board_.Reply(id, {{"answer", "no"}}));
  EXPECT_EQ(asked.get().is, Is::kNo);
  EXPECT_TRUE(made_by == asked_by);
}

TEST_F(TaskBoardTest, ASimulatedOwnerDoesItOrTheQuestionStaysOpen) {
  board_.Begin(1, "repair", {});
  TaskBoard::Question question{.kind = "done", .about = "finger", .text = "Unpair it."};
  bool knows_how = false;
  int tried = 0;
  question.owner = [&] {
    ++tried;
    return knows_how;
  };
  auto asked = Ask(question);
  const Json open = AwaitQuestion();
  EXPECT_EQ(open["owner"], true);
  EXPECT_TRUE(board_.Reply(open["id"].get<std::string>(), {{"answer", "owner"}}));
  const Json failed = Await([](const Json& part) {
    return part["question"].is_object() && part["question"]["owner"] == false;
  });
  EXPECT_EQ(failed["question"]["id"], open["id"]) << "it stays open";
  EXPECT_FALSE(board_.Reply(open["id"].get<std::string>(), {{"answer", "owner"}}));
  EXPECT_TRUE(board_.Reply(open["id"].get<std::string>(), {{"answer", "not_done"}}));
  EXPECT_EQ(asked.get().is, Is::kNo);
  EXPECT_EQ(tried, 1);

  knows_how = true;
  auto again = Ask(question);
  const std::string id = AwaitQuestion()["id"];
  EXPECT_TRUE(board_.Reply(id, {{"answer", "owner"}}));
  const auto answer = again.get();
  EXPECT_EQ(answer.is, Is::kYes);
  EXPECT_TRUE(answer.by_owner);
  EXPECT_EQ(part_["log"].back()["answer"], "owner");
}

TEST_F(TaskBoardTest, NobodyHasAnOwnerOfARealPhone) {
  board_.Begin(1, "repair", {});
  auto asked = Ask({.kind = "done", .about = "words", .text = "Done?"});
  const Json question = AwaitQuestion();
  EXPECT_EQ(question["owner"], false);
  EXPECT_EQ(board_.Reply(question["id"].get<std::string>(), {{"answer", "owner"}}).error().code,
            ErrorCode::kInvalid);
  EXPECT_TRUE(board_.Reply(question["id"].get<std::string>(), {{"answer", "done"}}));
  EXPECT_EQ(asked.get().is, Is::kYes);
}

// Virtual time is over before a person has read the question.
TEST_F(TaskBoardTest, WhereAFingerIsAwaitedOnASimulatedPhoneItIsAskedFor) {
  const language::Language english;
  std::string done;
  PageFace face(
      board_, [](std::string_view text) { return std::string(text); }, english, nullptr,
      [&](const std::string& fix, std::chrono::seconds takes) {
        done = fix + " " + std::to_string(takes.count());
        return true;
      });
  board_.Begin(1, "repair", {});
  const troubleshoot::Step step{.id = "forget_in_android", .hands_on = 0.5};
  troubleshoot::Fix fix;
  fix.id = "forget_in_android";
  face.BeginStep({.step = &step, .fix = &fix, .doer = repair::Doer::kFinger, .preview = {}});
  EXPECT_TRUE(face.Waiting("Bluetooth: on", std::chrono::seconds(9))) << "no page is open yet";
  face.ShowPage({.what = "the Bluetooth settings", .ways = {}}, true, "The phone shows it.");
  auto waited = std::async(std::launch::async,
                           [&] { return face.Waiting("paired: no", std::chrono::seconds(9)); });
  const Json question = AwaitQuestion();
  EXPECT_EQ(question["about"], "finger");
  EXPECT_EQ(question["page"], "the Bluetooth settings");
  EXPECT_TRUE(board_.Reply(question["id"].get<std::string>(), {{"answer", "owner"}}));
  EXPECT_TRUE(waited.get());
  EXPECT_EQ(done, "forget_in_android 30");
  EXPECT_TRUE(face.Waiting("paired: no", std::chrono::seconds(8))) << "asked once";
}

TEST_F(TaskBoardTest, PauseHoldsUntilItIsTakenBack) {
  board_.Begin(1, "repair", {"pause"});
  EXPECT_TRUE(board_.Pause(1, true));
  auto held = std::async(std::launch::async, [&] { return board_.HoldWhilePaused(); });
  EXPECT_EQ(held.wait_for(std::chrono::milliseconds(0)), std::future_status::timeout);
  EXPECT_EQ(part_["paused"], true);
  EXPECT_TRUE(board_.Pause(1, false));
  EXPECT_TRUE(held.get());
  EXPECT_FALSE(board_.Enough(1)) << "this task does not wait for anything";
}

TEST_F(TaskBoardTest, TheLogIsBounded) {
  board_.Begin(1, "watch", {});
  for (int i = 0; i < 600; ++i) board_.Log({{"kind", "tell"}, {"text", std::to_string(i)}});
  EXPECT_EQ(part_["log"].size(), 500U);
  EXPECT_EQ(part_["log_dropped"], 100U);
  EXPECT_EQ(part_["log"].back()["text"], "599");
}

TEST_F(TaskBoardTest, ForeignBytesDoNotBreakTheDocument) {
  board_.Begin(1, "repair", {});
  EXPECT_NO_THROW(board_.Log({{"kind", "tell"}, {"text", "\xff\xc3"}}));
  EXPECT_NO_THROW(board_.Progress("\xed\xa0\x80"));
}

TEST(Parts, RevisionsGrowAndAnEqualValueIsNoChange) {
  Parts parts(100);
  int told = 0;
  parts.OnChange([&] { ++told; });
  parts.Set("a", "1", false);
  parts.Set("b", "2", false);
  parts.Set("a", "1", false);
  EXPECT_EQ(told, 2);
  EXPECT_EQ(parts.revision(), 101);
  parts.Set("a", "3", true);
  const auto newer = parts.Since(101);
  ASSERT_EQ(newer.size(), 1U);
  EXPECT_EQ(newer[0].name, "a");
  EXPECT_EQ(newer[0].revision, 102);
  EXPECT_TRUE(newer[0].simulated);
  EXPECT_TRUE(parts.Since(102).empty());
  EXPECT_EQ(parts.Since(0).size(), 2U);
  EXPECT_EQ(parts.Since(5'000).size(), 2U) << "of another run of the server: everything";
}

}  // namespace
}  // namespace bk::app
