#include "adapters/toml/load_knowledge.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bk::adapters::toml {
namespace {

const std::string kRoot = BK_SOURCE_DIR;

std::vector<KnowledgeFile> RealFiles() {
  auto files = ReadKnowledgeFiles(kRoot + "/knowledge");
  EXPECT_TRUE(files.has_value());
  return files ? *files : std::vector<KnowledgeFile>{};
}

bool Has(const Loaded& loaded, std::string_view file, unsigned line, std::string_view key) {
  return std::ranges::any_of(loaded.problems, [&](const LoadProblem& problem) {
    return problem.file == file && problem.line == line && problem.key == key;
  });
}

constexpr std::string_view kCause =
    "id = \"x\"\nlayer = \"link\"\ntitle = \"T\"\nexplain = \"E\"\nprior = 0.1\n"
    "prior_from = \"guess\"\n[[effect]]\nfinding = \"f\"\nchance = 0.5\nfrom = \"guess\"\n";

std::string With(std::string_view from, std::string_view to) {
  std::string text(kCause);
  return text.replace(text.find(from), from.size(), to);
}

TEST(LoadKnowledge, ReadsTheRealFilesInAnyOrder) {
  std::vector<KnowledgeFile> files = RealFiles();
  const Loaded forward = ParseKnowledge(files);
  for (const LoadProblem& problem : forward.problems) ADD_FAILURE() << Format(problem);
  std::ranges::reverse(files);
  const Loaded backward = ParseKnowledge(files);
  ASSERT_EQ(forward.knowledge.causes.size(), backward.knowledge.causes.size());
  for (std::size_t c = 0; c < forward.knowledge.causes.size(); ++c)
    EXPECT_EQ(forward.knowledge.causes[c].id, backward.knowledge.causes[c].id);
}

TEST(LoadKnowledge, ErrorsNameFileLineAndKey) {
  const auto parse = [](const std::string& text) {
    return ParseKnowledge({{"causes/x.toml", text}});
  };
  EXPECT_TRUE(
      Has(parse(With("chance = 0.5", "chance = 1.5")), "causes/x.toml", 9, "effect[1].chance"));
  EXPECT_TRUE(Has(parse(With("prior = 0.1", "prior = \"much\"")), "causes/x.toml", 5, "prior"));
  EXPECT_TRUE(Has(parse(With("title = \"T\"", "titel = \"T\"")), "causes/x.toml", 3, "titel"));
  EXPECT_TRUE(Has(parse(With("id = \"x\"", "id = \"y\"")), "causes/x.toml", 1, "id"));
  EXPECT_TRUE(Has(parse(With("layer = ", "layer : ")), "causes/x.toml", 2, ""));
  EXPECT_TRUE(Has(parse(std::string(kCause)), "model.toml", 0, ""));
}

TEST(LoadKnowledge, ChoicesAreReadAndTheirMistakesNamed) {
  const std::string good =
      "[[choice]]\nid = \"x\"\nquestion = \"Q?\"\nwhy = \"W\"\nminutes = 0.5\n"
      "none_words = \"none\"\nfrom = \"guess\"\n[[choice.option]]\nid = \"a\"\nwords = \"A.\"\n"
      "sets = [\"f\", \"!g\"]\n";
  const Loaded loaded = ParseKnowledge({{"choices.toml", good}});
  ASSERT_EQ(loaded.knowledge.choices.size(), 1U);
  const auto& option = loaded.knowledge.choices[0].options.at(0);
  ASSERT_EQ(option.sets.size(), 2U);
  EXPECT_TRUE(option.sets[0].value);
  EXPECT_EQ(option.sets[1].finding, "g");
  EXPECT_FALSE(option.sets[1].value);
  std::string bad = good;
  bad.replace(bad.find("0.5"), 3, "\"much\"");
  EXPECT_TRUE(Has(ParseKnowledge({{"choices.toml", bad}}), "choices.toml", 5, "choice[1].minutes"));
}

TEST(LoadKnowledge, LanguagesAreReadAndTheirMistakesNamed) {
  const KnowledgeFile language = {"words/pt_BR/language.toml",
                                  "name = \"Português\"\nplurals = \"zero_one\"\n"};
  const KnowledgeFile texts = {
      "words/pt_BR/all.toml",
      "[cause.x]\ntitle = \"T\"\n[fix.y.steps]\nany = [\"1\", \"2\"]\n[message.verdict]\n"
      "sure = \"S\"\n"};
  const Loaded loaded = ParseKnowledge({texts, language});
  ASSERT_EQ(loaded.knowledge.languages.size(), 1U);
  const language::Language& one = loaded.knowledge.languages.front();
  EXPECT_EQ(one.code, "pt_BR");
  EXPECT_EQ(one.plurals, language::Plurals::kZeroOne);
  EXPECT_FALSE(one.lower_within);
  EXPECT_EQ(one.texts.at("fix.y.steps.any"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(one.Say({"verdict.sure", "English"}), "S");
  const auto place = loaded.knowledge.places.find("words[pt_BR].cause.x.title");
  ASSERT_NE(place, loaded.knowledge.places.end());
  EXPECT_EQ(place->second.line, 2U);

  EXPECT_TRUE(Has(ParseKnowledge({texts}), "words/pt_BR/language.toml", 0, ""));
  EXPECT_TRUE(Has(ParseKnowledge({{"words/de/language.toml", "name = \"D\"\nplurals = \"two\"\n"}}),
                  "words/de/language.toml", 2, "plurals"));
  EXPECT_TRUE(Has(ParseKnowledge({texts, {"words/pt_BR/more.toml", "[cause.x]\ntitle = \"U\"\n"}}),
                  "words/pt_BR/more.toml", 2, "cause.x.title"));
  EXPECT_TRUE(Has(ParseKnowledge({{"words/de/a.toml", "[cause.x]\ntitle = 3\n"}}),
                  "words/de/a.toml", 2, "cause.x.title"));
  EXPECT_TRUE(Has(ParseKnowledge({{"words/all.toml", "[cause.x]\n"}}), "words/all.toml", 1, ""));
  EXPECT_TRUE(Has(ParseKnowledge({{"words/en/a.toml", "[cause.x]\n"}}), "words/en/a.toml", 1, ""));
  EXPECT_TRUE(Has(ParseKnowledge({{"words/de/a.toml", "[a.b.c.d.e.f]\ng = \"x\"\n"}}),
                  "words/de/a.toml", 1, "a.b.c.d.e"));
}

// A cut cause is refused with its file, until all that it needs is there; then a cut costs only
// what was optional.
TEST(LoadKnowledge, EveryTruncationIsReadOrRefused) {
  const std::size_t needed = kCause.find("[[effect]]");
  for (std::size_t size = 0; size <= kCause.size(); ++size) {
    const Loaded loaded = ParseKnowledge({{"causes/x.toml", std::string(kCause.substr(0, size))}});
    const bool refused = std::ranges::any_of(loaded.problems, [](const LoadProblem& problem) {
      return problem.file == "causes/x.toml";
    });
    if (size + 1 < needed) {
      EXPECT_TRUE(refused) << size;
    } else if (size == kCause.size()) {
      EXPECT_FALSE(refused);
    }
  }
}

// toml++ calls this place unreachable (found by toml_fuzz under the sanitizers).
TEST(LoadKnowledge, BareLetterBeyondAsciiIsAProblem) {
  for (const char* text : {"\xc3\xa9 = 1", "a = 1 \xc3\xa9", "a\xc3\xa9 = 1"})
    EXPECT_TRUE(Has(ParseKnowledge({{"causes/x.toml", text}}), "causes/x.toml", 1, "")) << text;
}

// toml++ stopped the program with an assertion.
TEST(LoadKnowledge, BracketWithoutKeyIsAProblem) {
  for (const char* text : {"[=", "[[=", "[#", "[.a]", "a.="})
    EXPECT_TRUE(Has(ParseKnowledge({{"causes/x.toml", text}}), "causes/x.toml", 1, "")) << text;
}

}  // namespace
}  // namespace bk::adapters::toml
