#include "repair/consent.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "repair/fakes_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::repair {
namespace {

using troubleshoot::LossClass;

const std::vector<troubleshoot::Fix>& Fixes() { return troubleshoot::EmbeddedKnowledge().fixes; }

PhoneTraits AnyTraits() {
  PhoneTraits traits;
  traits.sdk = *rc::gen::inRange(26, 36);
  traits.maker = *rc::gen::element<std::string>("", "samsung", "xiaomi");
  traits.uids["com.xiaomi.hm.health"] = 10143;
  return traits;
}
Situation TheSituation() {
  return {.companion = "com.xiaomi.hm.health",
          .companion_listener = "com.xiaomi.hm.health.Listener",
          .other_companions = {"nodomain.freeyourgadget.gadgetbridge"},
          .bluetooth_hogs = {"com.example.scanner"},
          .band_address = "C8:0F:10:00:00:01"};
}

TEST(Consent, TheRuleOverAllFixes) {
  PhoneTraits traits;
  traits.sdk = 34;
  traits.uids["com.xiaomi.hm.health"] = 10143;
  std::vector<std::string> disruptive;
  for (const troubleshoot::Fix& fix : Fixes()) {
    const auto action = ActionFor(fix.id, traits, TheSituation());
    const ConsentQuestion question = QuestionFor(fix, action ? &*action : nullptr);
    if (fix.loss > LossClass::kSetting) {
      EXPECT_EQ(question.harm, Harm::kLossy) << fix.id;
      EXPECT_NE(question.text.find(fix.loss_text), std::string::npos) << fix.id;
      EXPECT_FALSE(question.word.empty()) << fix.id;
    } else {
      EXPECT_NE(question.harm, Harm::kLossy) << fix.id;
      EXPECT_TRUE(question.word.empty()) << fix.id;
    }
    EXPECT_EQ(question.text.empty(), question.harm == Harm::kHarmless) << fix.id;
    if (question.harm == Harm::kDisruptive) disruptive.push_back(fix.id);
  }
  for (const char* id :
       {"toggle_bluetooth", "cycle_airplane_mode", "turn_off_airplane_mode", "restart_phone"})
    EXPECT_TRUE(std::ranges::count(disruptive, id)) << id;
  for (const char* id : {"turn_on_bluetooth", "turn_on_location", "restart_app",
                         "grant_nearby_devices", "exempt_from_battery_optimisation"})
    EXPECT_FALSE(std::ranges::count(disruptive, id)) << id;
}

TEST(Consent, TheLossyWordIsTypedForThisFixAndOnce) {
  const auto fix = std::ranges::find(Fixes(), "clear_app_data", &troubleshoot::Fix::id);
  ASSERT_NE(fix, Fixes().end());
  Consents consents;
  consents.AgreeToHarmless();
  EXPECT_FALSE(consents.PermitFor(*fix, nullptr));
  consents.Agree(fix->id);
  EXPECT_FALSE(consents.PermitFor(*fix, nullptr)) << "a yes is not the word";
  for (const char* wrong : {"", "y", "yes", "app", "app datas", "band data"}) {
    consents.Type(fix->id, wrong);
    EXPECT_FALSE(consents.PermitFor(*fix, nullptr)) << wrong;
  }
  consents.Type("clean_repair", "app data");
  EXPECT_FALSE(consents.PermitFor(*fix, nullptr)) << "typed for another fix";
  consents.Type(fix->id, " App Data ");
  const auto permit = consents.PermitFor(*fix, nullptr);
  ASSERT_TRUE(permit.has_value());
  EXPECT_NE(permit->words().find(fix->loss_text), std::string::npos);
  EXPECT_FALSE(consents.PermitFor(*fix, nullptr)) << "used up";
}

// The word is that of the language, in whatever case a keyboard begins it; the English one counts
// as well, and the journal gets English.
TEST(Consent, TheWordOfTheLanguageAndTheEnglishOneCount) {
  language::Language russian{.code = "ru", .plurals = language::Plurals::kRussian};
  russian.texts["message.consent.word_app_data"] = {"данные приложения"};
  russian.texts["message.consent.can_lose"] = {"Это может пропасть: {loss}"};
  const auto fix = std::ranges::find(Fixes(), "clear_app_data", &troubleshoot::Fix::id);
  ASSERT_NE(fix, Fixes().end());
  const ConsentQuestion question = QuestionFor(*fix, nullptr, &russian);
  EXPECT_EQ(question.word, "данные приложения");
  EXPECT_EQ(question.text, "Это может пропасть: " + fix->loss_text);
  Consents consents(&russian);
  for (const char* right :
       {"данные приложения", " Данные приложения", "ДАННЫЕ ПРИЛОЖЕНИЯ", "app data", "App data"}) {
    consents.Type(fix->id, right);
    const auto permit = consents.PermitFor(*fix, nullptr);
    ASSERT_TRUE(permit.has_value()) << right;
    EXPECT_TRUE(permit->words().starts_with("This can lose: ")) << permit->words();
  }
  for (const char* wrong : {"", "данные", "данные приложени", "данные браслета", "\xd0", "app"}) {
    consents.Type(fix->id, wrong);
    EXPECT_FALSE(consents.PermitFor(*fix, nullptr)) << wrong;
  }
  // German, with a capital within.
  language::Language german{.code = "de"};
  german.texts["message.consent.word_app_data"] = {"App-Daten"};
  Consents in_german(&german);
  for (const char* right : {"App-Daten", "app-daten", "app data"}) {
    in_german.Type(fix->id, right);
    EXPECT_TRUE(in_german.PermitFor(*fix, nullptr)) << right;
  }
}

// Under any plan and any answers a lossy step starts only when its own word was typed just before,
// and a disruptive one only after its own yes.
TEST(Consent, NoLossyStepWithoutItsOwnConsent) {
  rc::check([] {
    const PhoneTraits traits = AnyTraits();
    Consents consents;
    const int steps = *rc::gen::inRange(1, 60);
    for (int i = 0; i < steps; ++i) {
      const auto& fix = Fixes()[*rc::gen::inRange<std::size_t>(0, Fixes().size())];
      const auto& other = Fixes()[*rc::gen::inRange<std::size_t>(0, Fixes().size())];
      const auto action = ActionFor(fix.id, traits, TheSituation());
      const Action* doing = action ? &*action : nullptr;
      const ConsentQuestion question = QuestionFor(fix, doing);
      bool agreed = false, typed = false;
      switch (*rc::gen::inRange(0, 7)) {
        case 0:
          consents.AgreeToHarmless();
          break;
        case 1:
          consents.Agree(fix.id);
          agreed = true;
          break;
        case 2:
          consents.Agree(other.id);
          agreed = other.id == fix.id;
          break;
        case 3:
          consents.Type(fix.id, question.word);
          typed = true;
          break;
        case 4:
          consents.Type(other.id, question.word);
          typed = other.id == fix.id;
          break;
        case 5:
          consents.Type(fix.id, *rc::gen::element<std::string>("yes", "y", "", "pairing!"));
          break;
        default:
          break;
      }
      const auto permit = consents.PermitFor(fix, doing);
      if (!permit) continue;
      RC_ASSERT(permit->fix() == fix.id);
      if (fix.loss > LossClass::kSetting) {
        RC_ASSERT(typed);
        RC_ASSERT(!permit->words().empty());
      }
      if (question.harm == Harm::kDisruptive) RC_ASSERT(agreed);
      if (question.harm == Harm::kHarmless) RC_ASSERT(agreed || consents.harmless());
    }
  });
}

}  // namespace
}  // namespace bk::repair
