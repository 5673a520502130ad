#include "troubleshoot/knowledge/guide_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::troubleshoot {
namespace {

std::vector<std::string> Order(const std::set<std::string, std::less<>>& seen) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  std::vector<std::string> ids;
  for (const std::size_t fix :
       GuideOrder(knowledge, [&](std::string_view id) { return seen.contains(id); }))
    ids.push_back(knowledge.fixes[fix].id);
  return ids;
}

std::ptrdiff_t Place(const std::vector<std::string>& order, std::string_view id) {
  return std::find(order.begin(), order.end(), id) - order.begin();
}

TEST(GuideOrder, StartsWithTheNinetySecondSequence) {
  const auto order = Order({"works_only_when_app_open"});
  const std::vector<std::string> first = {"put_on_charger", "toggle_bluetooth", "restart_app",
                                          "bring_band_near", "sync_by_hand"};
  ASSERT_GE(order.size(), first.size());
  EXPECT_TRUE(std::equal(first.begin(), first.end(), order.begin()));
}

TEST(GuideOrder, TakesTheBranchOfTheSymptom) {
  const auto background = Order({"works_only_when_app_open"});
  EXPECT_LT(Place(background, "lock_in_recents"), Place(background, "restart_band"));
  EXPECT_EQ(Place(background, "clear_bluetooth_data"), std::ssize(background));
  const auto bound = Order({"binding_fails"});
  EXPECT_LT(Place(bound, "factory_reset_band"), Place(bound, "restart_band"));
}

TEST(GuideOrder, WithoutASymptomAllBranchesButNoConditionalReset) {
  const auto order = Order({});
  EXPECT_LT(Place(order, "lock_in_recents"), std::ssize(order));
  EXPECT_LT(Place(order, "clean_repair"), Place(order, "clear_app_data"));
  EXPECT_EQ(std::set<std::string>(order.begin(), order.end()).size(), order.size());
}

TEST(GuideDiagnosis, TakesThePassageWhoseSignsAreSeenMost) {
  const auto layer = [](const std::set<std::string, std::less<>>& seen) {
    const GuidePassage* passage =
        GuideDiagnosis(EmbeddedKnowledge(), [&](std::string_view id) { return seen.contains(id); });
    return passage == nullptr ? std::string() : passage->layer;
  };
  EXPECT_EQ(layer({"app_cannot_connect"}), "link");
  EXPECT_EQ(layer({"works_only_when_app_open"}), "app");
  EXPECT_EQ(layer({"binding_fails"}), "binding");
  EXPECT_EQ(layer({"app_cannot_connect", "after_firmware_update", "firmware_update_fails"}),
            "firmware");
  EXPECT_EQ(layer({"auth_key_malformed"}), "");
}

}  // namespace
}  // namespace bk::troubleshoot
