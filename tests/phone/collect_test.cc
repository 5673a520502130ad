// What the program asks of a phone on the cable, asked of the simulated one: every version and
// flavour must answer all of it, and trouble on the way must be told, not taken for evidence.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "android/log/plain_scan.h"
#include "android/report_text.h"
#include "app/phone/collect_phone.h"
#include "evidence/finding_ids.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/sim_phone.h"

namespace bk {
namespace {

using simulate::Maker;
using simulate::SimPhones;

struct Asked {
  app::CollectedPhone collected;
  std::map<std::string, std::string> findings;
  std::vector<evidence::Loss> losses;
  std::chrono::microseconds took{0};
};

Result<Asked> Ask(SimPhones& phones) {
  static const android::log::testing::PlainCompiler compiler;
  static const auto apps = android::testing::CompanionApps();
  BK_TRY(const auto phone, phones.Open(""));
  const auto begun = phones.machine().elapsed();
  BK_TRY(auto collected, app::CollectPhone(*phone, compiler, apps));
  Asked asked{std::move(collected), {}, {}, phones.machine().elapsed() - begun};
  const evidence::Evidence seen = android::FindingsFor(asked.collected.state, {}, apps);
  for (const evidence::Finding& finding : seen.findings)
    if (const bool* value = std::get_if<bool>(&finding.value))
      asked.findings[finding.id] = *value ? "yes" : "no";
  asked.losses = seen.losses;
  asked.losses.insert(asked.losses.end(), asked.collected.losses.begin(),
                      asked.collected.losses.end());
  return asked;
}

TEST(CollectFromSimulatedPhone, EveryVersionAndFlavourAnswersAllOfIt) {
  for (const int sdk : {26, 29, 31, 34, 35})
    for (const Maker maker : {Maker::kStock, Maker::kSamsung, Maker::kXiaomi}) {
      SCOPED_TRACE(std::to_string(sdk) + " maker " + std::to_string(static_cast<int>(maker)));
      SimPhones phones(simulate::MakeAndroid(sdk, maker, 31));
      const auto asked = Ask(phones);
      ASSERT_TRUE(asked.has_value()) << asked.error().message;
      for (const evidence::Loss& loss : asked->losses)
        ADD_FAILURE() << loss.where.member << ": " << loss.text;
      EXPECT_EQ(asked->collected.state.phone.sdk, sdk);
      EXPECT_EQ(asked->findings.at(std::string(evidence::id::kBluetoothOff)), "no");
      EXPECT_EQ(asked->findings.at(std::string(evidence::id::kBondedInAndroid)), "yes");
      EXPECT_EQ(asked->findings.at(std::string(evidence::id::kCompanionInstalled)), "yes");
      EXPECT_EQ(asked->findings.at(std::string(evidence::id::kBatteryOptimisationOff)), "yes");
      // The phone's own work for it; the wire and the reading come on top.
      EXPECT_LT(asked->took, std::chrono::milliseconds(1'500));
    }
}

TEST(CollectFromSimulatedPhone, WhatIsCutIsALoss) {
  simulate::Android phone = simulate::MakeAndroid(34, Maker::kXiaomi, 32);
  simulate::AddQuirk(phone, "output_cut");
  SimPhones phones(phone);
  const auto asked = Ask(phones);
  ASSERT_TRUE(asked.has_value());
  EXPECT_FALSE(asked->losses.empty());
}

TEST(CollectFromSimulatedPhone, ACableThatDropsIsSaidAtAnyCommand) {
  const simulate::Android phone = simulate::MakeAndroid(31, Maker::kSamsung, 33);
  std::size_t commands = 0;
  {
    SimPhones phones(phone);
    ASSERT_TRUE(Ask(phones).has_value());
    commands = phones.commands();
  }
  for (std::size_t at = 0; at < commands; at += 3)
    for (const bool after : {false, true}) {
      SimPhones phones(phone);
      phones.knobs().cut_at = at;
      phones.knobs().cut_after_it = after;
      const auto asked = Ask(phones);
      if (asked.has_value()) {
        EXPECT_FALSE(asked->losses.empty()) << at;
      }
    }
}

TEST(CollectFromSimulatedPhone, ASlowPhoneIsWaitedForNotForEver) {
  simulate::Android phone = simulate::MakeAndroid(34, Maker::kStock, 34);
  simulate::AddQuirk(phone, "slow");
  SimPhones phones(phone);
  const auto asked = Ask(phones);
  ASSERT_TRUE(asked.has_value());
  EXPECT_LT(asked->took, std::chrono::minutes(2));
}

}  // namespace
}  // namespace bk
