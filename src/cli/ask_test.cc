// `doctor --ask`, key by key, with a scripted person and a store in memory.
#include "cli/ask.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cli/run.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cli {
namespace {

using Heard = ports::Person::Heard;

class MemoryStore : public ports::Store {
 public:
  Result<std::optional<Kept>> Load(const std::string& name) override {
    const auto found = texts.find(name);
    if (found == texts.end()) return std::nullopt;
    return Kept{found->second, 125};
  }
  Status Save(const std::string& name, std::string_view text) override {
    if (full) return Fail(ErrorCode::kNotReadable, "The disk is full.");
    texts[name] = text;
    return {};
  }
  Status Remove(const std::string& name) override {
    texts.erase(name);
    return {};
  }
  std::map<std::string, std::string> texts;
  bool full = false;
};

// Types `keys`; '!' is Ctrl-C, '.' the end of input, which also comes when the keys run out.
class Script : public ports::Person {
 public:
  Script(std::string keys, bool terminal, std::string* screen)
      : keys_(std::move(keys)), terminal_(terminal), screen_(screen) {}
  void Show(std::string_view text) override { screen_->append(text); }
  Heard Listen() override {
    const char key = at_ < keys_.size() ? keys_[at_++] : '.';
    if (key == '.') return {Heard::Kind::kEnd, 0};
    if (key == '!') return {Heard::Kind::kInterrupted, 0};
    if (key == '~') return {Heard::Kind::kResumed, 0};
    return {Heard::Kind::kKey, key};
  }
  [[nodiscard]] bool at_terminal() const override { return terminal_; }
  [[nodiscard]] bool colours() const override { return false; }
  [[nodiscard]] std::size_t columns() const override { return terminal_ ? 80 : 0; }

 private:
  std::string keys_;
  bool terminal_;
  std::string* screen_;
  std::size_t at_ = 0;
};

class AskTest : public testing::Test {
 protected:
  Outcome Type(const std::string& keys, std::vector<std::string> more = {}, bool terminal = true) {
    screen_.clear();
    world_.person = [=, this](bool) -> Result<std::unique_ptr<ports::Person>> {
      return std::make_unique<Script>(keys, terminal, &screen_);
    };
    std::vector<std::string> words = {"doctor", "--ask"};
    words.insert(words.end(), more.begin(), more.end());
    return cli::Run(words, world_, Style(false, 0));
  }
  [[nodiscard]] bool Shows(std::string_view text) const {
    return screen_.find(text) != std::string::npos;
  }
  nlohmann::json Kept() { return nlohmann::json::parse(store_.texts["interview.json"]); }

  MemoryStore store_;
  std::string screen_;
  std::string answers_ = R"({"findings": {"location_off": true}})";
  app::World world_{.embedded_knowledge = &troubleshoot::EmbeddedKnowledge(),
                    .read_text = [this](const std::string&, std::size_t) -> Result<std::string> {
                      return answers_;
                    },
                    .store = &store_};
};

TEST_F(AskTest, AsksTellsWhyGoesBackAndEndsInAVerdict) {
  const Outcome told = Type("wx1bb1d" + std::string(30, 'd'));
  EXPECT_EQ(told.status, ExitCode::kTrouble);
  EXPECT_TRUE(Shows("Question 1, about")) << screen_;
  EXPECT_TRUE(Shows("Which of these fits your trouble best?"));
  EXPECT_TRUE(Shows("less tried in vain"));           // w
  EXPECT_TRUE(Shows("That is none of the keys."));    // x
  EXPECT_TRUE(Shows("This is the first question."));  // b at the first
  EXPECT_TRUE(Shows("That is enough: further questions would cost more time than they save.") ||
              Shows("enough for one sitting"))
      << screen_;
  EXPECT_NE(told.out.find("What to do now"), std::string::npos) << told.out;
  for (std::size_t at = 0, end = 0; at < screen_.size(); at = end + 1) {
    end = std::min(screen_.find('\n', at), screen_.size());
    EXPECT_LE(end - at, 80U) << screen_.substr(at, end - at);
  }
}

TEST_F(AskTest, WhatIsPlainIsNotAskedAbout) {
  answers_ = R"({"findings": {"bluetooth_off": true, "band_not_in_scan": true}})";
  const Outcome told = Type("", {"--findings", "a.json"});
  EXPECT_TRUE(Shows("No question is worth its time")) << screen_;
  EXPECT_NE(told.out.find("Bluetooth is off"), std::string::npos) << told.out;
}

TEST_F(AskTest, CtrlCKeepsTheAnswersAndTheNextRunGoesOn) {
  const Outcome stopped = Type("1d!");
  EXPECT_EQ(stopped.status, ExitCode::kStepFailed);
  EXPECT_TRUE(stopped.out.empty());
  EXPECT_NE(stopped.err.find("goes on from there"), std::string::npos);
  EXPECT_EQ(Kept()["answers"].size(), 2U);
  (void)Type("y!");
  EXPECT_TRUE(Shows("Your 2 answers to this case, given 2 minutes ago, are kept.")) << screen_;
  EXPECT_TRUE(Shows("Question 3"));
  EXPECT_EQ(Kept()["answers"].size(), 2U);
  (void)Type("xn!");
  EXPECT_TRUE(Shows("Question 1"));
  EXPECT_FALSE(Shows("Question 3"));
  EXPECT_EQ(Kept()["answers"].size(), 2U);  // until the first new answer
  (void)Type("!", {"--fresh"});
  EXPECT_FALSE(Shows("are kept"));
  EXPECT_TRUE(store_.texts.empty());
}

TEST_F(AskTest, OtherEvidenceAndDamageStartAnew) {
  (void)Type("1!");
  (void)Type("!", {"--findings", "a.json"});
  EXPECT_FALSE(Shows("kept"));
  EXPECT_TRUE(Shows("Question 1"));
  store_.texts["interview.json"] = "{\"schema\": ";
  (void)Type("!");
  EXPECT_TRUE(Shows("The answers that were kept are damaged. Starting anew."));
  EXPECT_TRUE(Shows("Question 1"));
  store_.full = true;
  (void)Type("1dd!", {"--fresh"});
  EXPECT_TRUE(Shows("Your answers cannot be kept: The disk is full."));
  EXPECT_EQ(screen_.find("cannot be kept"), screen_.rfind("cannot be kept"));  // said once
}

TEST_F(AskTest, EvidenceIsNotAskedFor) {
  constexpr std::string_view kQuestion = "Is location switched off on the phone?";
  (void)Type(std::string(30, 'd') + "q", {"--fresh"});
  EXPECT_TRUE(Shows(std::string(kQuestion)));  // else the next line would prove nothing
  (void)Type(std::string(30, 'd') + "q", {"--findings", "a.json"});
  EXPECT_FALSE(Shows(std::string(kQuestion)));
}

TEST_F(AskTest, APipeAnswersTheSameEachTimeAndEndsPolitely) {
  const Outcome first = Type("1\nd.", {}, false);
  EXPECT_EQ(first.status, ExitCode::kTrouble);
  EXPECT_TRUE(Shows("Stopped after 2 answers; this is the verdict so far."));
  EXPECT_FALSE(first.out.empty());
  EXPECT_TRUE(store_.texts.empty());
  EXPECT_EQ(Type("1\nd.", {}, false).out, first.out);
  const Outcome nothing = Type(".", {}, false);
  EXPECT_EQ(nothing.status, ExitCode::kCouldNotCheck);
  EXPECT_TRUE(Shows("No question was answered."));
}

TEST_F(AskTest, JsonAloneIsOnStandardOutput) {
  const Outcome told = Type("4q", {"--json"});
  const auto json = nlohmann::json::parse(told.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  EXPECT_EQ(json["schema"], "bandkeeper.report/1");
  EXPECT_EQ(json["findings"][0]["source"], "person");
  EXPECT_TRUE(Shows("Question 2"));
}

TEST_F(AskTest, AfterSleepTheQuestionIsShownAgain) {
  (void)Type("~!");
  EXPECT_NE(screen_.find("Question 1"), screen_.rfind("Question 1"));
}

TEST_F(AskTest, NobodyThereAndWrongWords) {
  world_.person = nullptr;
  EXPECT_EQ(cli::Run({"doctor", "--ask"}, world_, Style(false, 0)).status,
            ExitCode::kCouldNotCheck);
  EXPECT_EQ(cli::Run({"doctor", "--fresh"}, world_, Style(false, 0)).status, ExitCode::kUsage);
  EXPECT_NE(cli::Run({"doctor", "--help"}, world_, Style(false, 0)).out.find("--fresh"),
            std::string::npos);
}

}  // namespace
}  // namespace bk::cli
