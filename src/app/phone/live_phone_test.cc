#include "app/phone/live_phone.h"

#include <gtest/gtest.h>

#include "android/report_text.h"
#include "app/diagnose_case.h"
#include "app/phone/fake_phone_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app {
namespace {

using ports::PhoneState;
using testing::FakePhone;
using testing::FakePhones;

class LivePhoneTest : public ::testing::Test {
 protected:
  LivePhoneTest() {
    phone_.Say("getprop", "[ro.build.version.sdk]: [28]\n[ro.product.model]: [Invented 8]\n");
    world_.phones = &phones_;
    world_.patterns = patterns_.get();
  }
  Result<LivePhone> Read(PhoneRequest request = {}) { return ReadLivePhone(request, {}, world_); }
  void Watch() {
    world_.progress = [this](std::string_view text) { shown_.emplace_back(text); };
  }

  FakePhone phone_;
  FakePhones phones_{phone_};
  std::unique_ptr<ports::PatternCompiler> patterns_ = android::testing::NoPatterns();
  World world_;
  std::vector<std::string> shown_;
};

TEST_F(LivePhoneTest, IsAsked) {
  const auto live = Read();
  ASSERT_TRUE(live);
  EXPECT_EQ(live->collected.state.phone.model, "Invented 8");
  EXPECT_EQ(live->report, nullptr);
}

TEST_F(LivePhoneTest, SaysWhyThereIsNone) {
  phones_.list.clear();
  EXPECT_EQ(Read().error().code, ErrorCode::kNotFound);
  world_.phones = nullptr;
  EXPECT_EQ(Read().error().code, ErrorCode::kNotFound);
}

TEST_F(LivePhoneTest, WaitsForTheOwnersLeaveWhereSomebodyWatches) {
  const auto seen = [](PhoneState state) {
    return std::vector<ports::PhoneSeen>{{.serial = "R58INVENTED7Z", .state = state}};
  };
  phones_.list = seen(PhoneState::kUnauthorised);
  EXPECT_EQ(Read().error().code, ErrorCode::kRefused) << "a script is not kept waiting";
  Watch();
  phones_.changes = {seen(PhoneState::kUnauthorised), seen(PhoneState::kUnauthorised),
                     seen(PhoneState::kReady)};
  EXPECT_TRUE(Read());
  EXPECT_TRUE(std::ranges::any_of(
      shown_, [](const std::string& text) { return text.contains("tap Allow"); }));
}

TEST_F(LivePhoneTest, DoesNotWaitForEver) {
  Watch();
  phones_.list = {{.serial = "R58INVENTED7Z", .state = PhoneState::kUnauthorised}};
  EXPECT_EQ(Read().error().code, ErrorCode::kRefused);
  phones_.changes = {{}};  // unplugged meanwhile
  EXPECT_EQ(Read().error().code, ErrorCode::kRefused);
}

TEST_F(LivePhoneTest, AWholeReportThatFailsIsALoss) {
  phone_.followed = {"FAIL:no space"};
  const auto live = Read({.deep = true});
  ASSERT_TRUE(live);
  EXPECT_EQ(live->report, nullptr);
  ASSERT_EQ(live->collected.losses.size(), 1U);
  EXPECT_TRUE(live->collected.losses[0].text.ends_with("no space"));
}

// ---- as a source of a case

TEST_F(LivePhoneTest, ARequestWithoutEvidenceIsOneForThePhone) {
  phone_.Say("settings list global", "airplane_mode_on=1\n");
  const auto& knowledge = troubleshoot::EmbeddedKnowledge();
  const auto report = DiagnoseCase({}, knowledge, world_);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->files.size(), 1U);
  EXPECT_EQ(report->files[0].path, "phone");
  const auto airplane =
      std::ranges::find(report->evidence.findings, "airplane_mode_on", &evidence::Finding::id);
  ASSERT_NE(airplane, report->evidence.findings.end());
  EXPECT_EQ(airplane->source, evidence::SourceKind::kPhone);
  EXPECT_EQ(airplane->where.file, "phone");
  EXPECT_EQ(airplane->where.member, "settings list global");
  EXPECT_EQ(airplane->where.line, 1U);

  phones_.list.clear();
  const auto none = DiagnoseCase({}, knowledge, world_);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(none.error().message.starts_with("No phone is connected."));
  EXPECT_TRUE(none.error().message.contains("--ask"));
  // Asked for by name, the other ways are not offered.
  EXPECT_FALSE(
      DiagnoseCase({.phone = PhoneRequest{}}, knowledge, world_).error().message.contains("--ask"));
}

}  // namespace
}  // namespace bk::app
