#include "language/language.h"

#include <gtest/gtest.h>

namespace bk::language {
namespace {

constexpr Message kKept{"test.kept", "{count} {count:answer|answers} kept for {who}."};

TEST(Message, PlaceholdersAreFilledByNameAndNumber) {
  const Language english;
  EXPECT_EQ(english.Say(kKept, {{"who", "you"}, {"count", 1}}), "1 answer kept for you.");
  EXPECT_EQ(english.Say(kKept, {{"count", 7}, {"who", "you"}}), "7 answers kept for you.");
  EXPECT_EQ(english.Say(kKept, {{"count", 0}}), "0 answers kept for {who}.");
}

TEST(Message, ANumberAmongItsWords) {
  const Message steps{"test.steps", "{count:a step|# steps} to go"};
  EXPECT_EQ(Language().Say(steps, {{"count", 1}}), "a step to go");
  EXPECT_EQ(Language().Say(steps, {{"count", 12}}), "12 steps to go");
}

TEST(Message, WhatIsFilledInIsNotLookedAtAgain) {
  EXPECT_EQ(Fill("{a} {b}", Plurals::kOne, {{"a", "{b}"}, {"b", "{a}"}}), "{b} {a}");
}

TEST(Message, BracesThatAreNoPlaceholderStay) {
  for (const char* text : {"{", "}", "{}", "{\"findings\": {\"a\": true}}", "{A}", "a {b", "{a b}"})
    EXPECT_EQ(Fill(text, Plurals::kOne, {{"a", "x"}, {"b", "y"}}), text) << text;
  EXPECT_EQ(Fill("{{a}}", Plurals::kOne, {{"a", "x"}}), "{x}");
}

TEST(Message, EveryTruncationIsFilledOrLeft) {
  const std::string text(kKept.english);
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string filled = Fill(text.substr(0, size), Plurals::kOne, {{"count", 2}});
    EXPECT_LE(filled.size(), text.size());
  }
}

TEST(Message, ATranslationWithItsOwnOrderAndForms) {
  Language polish{.code = "pl", .name = "polski", .plurals = Plurals::kPolish, .texts = {}};
  polish.texts["message.test.kept"] = {"{who}: {count} {count:odpowiedź|odpowiedzi|odpowiedzi!}"};
  EXPECT_EQ(polish.Say(kKept, {{"who", "ty"}, {"count", 1}}), "ty: 1 odpowiedź");
  EXPECT_EQ(polish.Say(kKept, {{"who", "ty"}, {"count", 23}}), "ty: 23 odpowiedzi");
  EXPECT_EQ(polish.Say(kKept, {{"who", "ty"}, {"count", 12}}), "ty: 12 odpowiedzi!");
  EXPECT_EQ(polish.Say({"test.other", "Not {count:translated|translated yet}."}, {{"count", 5}}),
            "Not translated yet.");
}

// CLDR's own examples.
TEST(Plurals, FollowTheRulesOfTheLanguage) {
  const auto forms = [](Plurals plurals, std::vector<long long> numbers) {
    std::string out;
    for (const long long number : numbers) out += std::to_string(FormOf(plurals, number));
    return out;
  };
  const std::vector<long long> numbers = {0,  1,  2,  4,   5,   11,  12, 14,
                                          21, 22, 25, 101, 111, 112, 122};
  EXPECT_EQ(forms(Plurals::kNone, numbers), "000000000000000");
  EXPECT_EQ(forms(Plurals::kOne, numbers), "101111111111111");
  EXPECT_EQ(forms(Plurals::kZeroOne, numbers), "001111111111111");
  EXPECT_EQ(forms(Plurals::kCzech, numbers), "201122222222222");
  EXPECT_EQ(forms(Plurals::kPolish, numbers), "201122222122221");
  EXPECT_EQ(forms(Plurals::kRussian, numbers), "201122220120221");
  for (const Plurals plurals : {Plurals::kNone, Plurals::kOne, Plurals::kZeroOne, Plurals::kCzech,
                                Plurals::kPolish, Plurals::kRussian}) {
    EXPECT_EQ(PluralsNamed(PluralsName(plurals)), plurals);
    for (const long long number : numbers) EXPECT_LT(FormOf(plurals, number), FormsOf(plurals));
  }
  EXPECT_FALSE(PluralsNamed("klingon").has_value());
}

TEST(Language, TitlesWithinSentences) {
  Language language;
  EXPECT_EQ(language.WithinSentence("A leftover pairing no longer matches."),
            "a leftover pairing no longer matches");
  EXPECT_EQ(language.WithinSentence("Bluetooth is off"), "Bluetooth is off");
  EXPECT_EQ(language.WithinSentence("GATT status 133"), "GATT status 133");
  language.lower_within = false;
  EXPECT_EQ(language.WithinSentence("Ein Rest"), "Ein Rest");
}

TEST(Language, TheEnvironmentsSetting) {
  EXPECT_EQ(CodesFor("pt_BR.UTF-8"), (std::vector<std::string>{"pt_BR", "pt"}));
  EXPECT_EQ(CodesFor("de"), (std::vector<std::string>{"de"}));
  EXPECT_EQ(CodesFor("de@euro"), (std::vector<std::string>{"de"}));
  for (const char* english : {"", "C", "C.UTF-8", "POSIX", "en", "en_GB.UTF-8"})
    EXPECT_TRUE(CodesFor(english).empty()) << english;
}

struct TwoMessages {
  Message one{"test.one", "One."};
  Message two{"test.two", "Two."};
};

TEST(Message, AStructIsAList) {
  std::vector<Message> all;
  Append(TwoMessages{}, all);
  Append(TwoMessages{}, all);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[3].english, "Two.");
}

}  // namespace
}  // namespace bk::language
