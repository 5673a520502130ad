// A language that is compiled in says what its files say.
#include <gtest/gtest.h>

#include <algorithm>

#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "troubleshoot/knowledge/texts.h"

namespace bk::troubleshoot {
namespace {

TEST(EmbeddedLanguage, SaysWhatItsFilesSay) {
  const language::Language* there = FindLanguage(EmbeddedKnowledge(), "xx");
  ASSERT_NE(there, nullptr);
  EXPECT_EQ(there->name, "Test");
  EXPECT_EQ(there->plurals, language::Plurals::kPolish);
  EXPECT_TRUE(there->lower_within);
  EXPECT_EQ(there->Say({"report.losses", "English"}, {{"count", 3}}), "3 dvě");

  const Knowledge spoken = InLanguage(EmbeddedKnowledge(), *there);
  EXPECT_EQ(spoken.language.code, "xx");
  const auto cause = std::ranges::find(spoken.causes, "bluetooth_off", &Cause::id);
  EXPECT_EQ(cause->title, "Modrozub je vypnut");
  const auto fix = std::ranges::find(spoken.fixes, "restart_band", &Fix::id);
  EXPECT_EQ(fix->words.front().steps, (std::vector<std::string>{"Raz.", "Dva.", "Tři."}));
}

// What a language lacks stays English, text by text.
TEST(EmbeddedLanguage, WhatItLacksStaysEnglish) {
  const Knowledge& english = EmbeddedKnowledge();
  const Knowledge spoken = InLanguage(english, *FindLanguage(english, "xx"));
  const auto before = std::ranges::find(english.causes, "bluetooth_off", &Cause::id);
  const auto now = std::ranges::find(spoken.causes, "bluetooth_off", &Cause::id);
  EXPECT_EQ(now->explain, before->explain);
  EXPECT_EQ(FindLanguage(english, "yy"), nullptr);
}

}  // namespace
}  // namespace bk::troubleshoot
