// Every fix of knowledge has one who does it: the tool over the cable, the owner's finger on a page
// that the tool opens, or words alone. What the data say (`by`) and what the program does agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "adapters/toml/load_knowledge.h"
#include "repair/action.h"

namespace bk::repair {
namespace {

TEST(FixesOfKnowledge, AreDoneByTheToolByAFingerOrByWords) {
  const auto knowledge = adapters::toml::LoadKnowledge(std::string(BK_SOURCE_DIR) + "/knowledge");
  ASSERT_TRUE(knowledge) << knowledge.error().message;
  std::vector<std::string_view> known = KnownFixes();
  std::map<Doer, int> count;
  for (const troubleshoot::Fix& fix : knowledge->fixes) {
    const auto doer = DoerOf(fix.id);
    ASSERT_TRUE(doer) << fix.id << ": src/repair/actions does not say who does it";
    EXPECT_EQ(fix.by == troubleshoot::Actor::kTool, *doer == Doer::kTool)
        << fix.id << ": `by` in knowledge and the table in src/repair/actions disagree";
    ++count[*doer];
    std::erase(known, fix.id);
  }
  EXPECT_TRUE(known.empty()) << known.front() << " is no fix of knowledge";
  for (const Doer doer : {Doer::kTool, Doer::kFinger, Doer::kWords}) EXPECT_GT(count[doer], 0);
}

// A lossy fix is never the tool's own: what a phone or band loses goes through a person's finger.
TEST(FixesOfKnowledge, TheToolLosesNothingButASetting) {
  const auto knowledge = adapters::toml::LoadKnowledge(std::string(BK_SOURCE_DIR) + "/knowledge");
  ASSERT_TRUE(knowledge);
  for (const troubleshoot::Fix& fix : knowledge->fixes)
    if (DoerOf(fix.id) == Doer::kTool) {
      EXPECT_LE(fix.loss, troubleshoot::LossClass::kSetting) << fix.id;
    }
}

}  // namespace
}  // namespace bk::repair
