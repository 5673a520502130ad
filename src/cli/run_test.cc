#include "cli/run.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cli {
namespace {

class RunTest : public testing::Test {
 protected:
  Outcome Words(std::vector<std::string> words) { return cli::Run(words, world_, Style(false, 0)); }
  Outcome Answers(std::string findings, std::vector<std::string> more = {}) {
    answers_ = "{\"findings\": " + findings + "}";
    std::vector<std::string> words = {"doctor", "--findings", "answers.json"};
    words.insert(words.end(), more.begin(), more.end());
    return Words(words);
  }
  std::string answers_;
  app::World world_{
      .embedded_knowledge = &troubleshoot::EmbeddedKnowledge(),
      .load_knowledge = [](const std::string&) -> Result<troubleshoot::Knowledge> {
        return Fail(ErrorCode::kInvalid, "causes/x.toml:3: prior: must be a number");
      },
      .read_text = [this](const std::string& path, std::size_t) -> Result<std::string> {
        if (path != "answers.json") return Fail(ErrorCode::kNotFound, path + ": no such file.");
        return answers_;
      }};
};

TEST_F(RunTest, NamesTheLayerAndTheNextStep) {
  const Outcome told = Answers(R"({"location_off": true, "band_not_in_scan": true})");
  EXPECT_EQ(told.status, ExitCode::kTrouble);
  EXPECT_NE(told.out.find("App on the phone"), std::string::npos);
  EXPECT_NE(told.out.find("What to do now"), std::string::npos);
  EXPECT_TRUE(told.err.empty());
}

TEST_F(RunTest, JsonIsOneDocumentOfTheSchema) {
  const Outcome told = Answers(R"({"auth_failed": true})", {"--json"});
  const auto json = nlohmann::json::parse(told.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  EXPECT_EQ(json["schema"], "bandkeeper.report/1");
  EXPECT_EQ(json["verdict"]["layer"], "binding");
  double sum = 0;
  bool none = false;
  for (const auto& cause : json["causes"]) {
    EXPECT_GE(cause["probability"].get<double>(), 0);
    EXPECT_LE(cause["probability"].get<double>(), 1);
    none |= cause["id"] == "none_of_these";
  }
  // Several causes may be at work at once: it is the sets of them that sum to one.
  for (const auto& set : json["fault_sets"]) sum += set["probability"].get<double>();
  EXPECT_NEAR(sum + json["fault_sets_rest"].get<double>(), 1, 1e-9);
  EXPECT_TRUE(none);
  for (const char* key : {"layers", "findings", "timeline", "losses", "plan"})
    EXPECT_TRUE(json.contains(key)) << key;
}

TEST_F(RunTest, EvidenceThatDoesNotSpeakOfTheBandIsNoVerdict) {
  EXPECT_EQ(Answers("{}").status, ExitCode::kCouldNotCheck);
}

TEST_F(RunTest, AnUnknownFindingIsTold) {
  EXPECT_NE(Answers(R"({"auth_failed": true, "no_such_thing": true})").out.find("no_such_thing"),
            std::string::npos);
}

TEST_F(RunTest, WrongWordsAreTwoAndMissingEvidenceIsThree) {
  EXPECT_EQ(Words({"doctor", "--nonsense"}).status, ExitCode::kUsage);
  EXPECT_EQ(Words({}).status, ExitCode::kCouldNotCheck);
  EXPECT_EQ(Words({"doctor", "--findings", "gone.json"}).status, ExitCode::kCouldNotCheck);
  answers_ = "{";
  EXPECT_EQ(Words({"doctor", "--findings", "answers.json"}).status, ExitCode::kUsage);
  EXPECT_EQ(Words({"doctor", "--findings", "answers.json", "--knowledge", "x"}).status,
            ExitCode::kUsage);
}

TEST_F(RunTest, HelpVersionAndCompletion) {
  EXPECT_NE(Words({"--help"}).out.find("Examples:"), std::string::npos);
  EXPECT_EQ(Words({"--help"}).status, ExitCode::kHealthy);
  EXPECT_NE(Words({"--version"}).out.find("bandkeeper "), std::string::npos);
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Outcome script = Words({"completion", shell});
    EXPECT_NE(script.out.find("--findings"), std::string::npos) << shell;
    EXPECT_NE(script.out.find("--in-place"), std::string::npos)
        << shell;  // of a verb within a verb
  }
  EXPECT_EQ(Words({"completion", "tcsh"}).status, ExitCode::kUsage);
}

TEST_F(RunTest, TheBuiltInKnowledgeIsSound) {
  const Outcome checked = Words({"knowledge", "check"});
  EXPECT_EQ(checked.status, ExitCode::kHealthy) << checked.out;
  EXPECT_EQ(Words({"knowledge", "check", "dir"}).status, ExitCode::kTrouble);
}

constexpr const char* kCase =
    R"({"id": "c1", "observations": ["auth_failed"], "layer": "binding", "cause": "auth_key_wrong"})"
    "\n";

TEST_F(RunTest, FitTellsWhatChangesAndWritesNothingUnlessTold) {
  world_.read_text = [](const std::string& path, std::size_t) -> Result<std::string> {
    if (path != "cases.jsonl") return Fail(ErrorCode::kNotFound, path + ": no such file.");
    return kCase;
  };
  world_.write_numbers = [](const std::string&, const std::string&,
                            std::span<const troubleshoot::Change>) -> Result<std::size_t> {
    ADD_FAILURE() << "written";
    return 0;
  };
  const Outcome told = Words({"knowledge", "fit", "cases.jsonl"});
  EXPECT_EQ(told.status, ExitCode::kHealthy) << told.err;
  EXPECT_NE(told.out.find("Nothing was written"), std::string::npos);
  EXPECT_NE(told.out.find("case count: "), std::string::npos);
  EXPECT_EQ(Words({"knowledge", "fit", "cases.jsonl", "--in-place"}).status, ExitCode::kUsage);
  EXPECT_EQ(Words({"knowledge", "fit"}).status, ExitCode::kUsage);
  EXPECT_EQ(Words({"knowledge", "evaluate", "nowhere"}).status, ExitCode::kCouldNotCheck);
  const auto json = nlohmann::json::parse(
      Words({"knowledge", "evaluate", "cases.jsonl", "--json"}).out, nullptr, false);
  EXPECT_EQ(json["schema"], "bandkeeper.evaluation/1");
}

TEST_F(RunTest, RemembersAnOwnCaseWithoutWhatItDoesNotKnow) {
  std::string kept;
  world_.own_cases = "/home/cases.jsonl";
  world_.append_line = [&](const std::string&, std::string_view line) -> Status {
    kept = line;
    return {};
  };
  answers_ = R"({"findings": {"auth_failed": true, "my_secret": "12:34:56:78:9a:bc"}})";
  const std::vector<std::string> words = {"knowledge",  "remember",   "--cause",
                                          "stale_bond", "--findings", "answers.json"};
  const Outcome told = Words(words);
  EXPECT_EQ(told.status, ExitCode::kHealthy) << told.err;
  EXPECT_NE(kept.find("\"auth_failed\""), std::string::npos);
  EXPECT_EQ(kept.find("secret"), std::string::npos);
  auto wrong = words;
  wrong[3] = "no_such_cause";
  EXPECT_EQ(Words(wrong).status, ExitCode::kUsage);
}

}  // namespace
}  // namespace bk::cli
