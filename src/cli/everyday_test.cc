#include "cli/everyday.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run.h"
#include "repair/fake_phone_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// The one phone on the cable; every Open gives a copy of it.
class OnePhone : public ports::Phones {
 public:
  explicit OnePhone(repair::FakePhone phone) : phone_(std::move(phone)) {}
  Result<std::vector<ports::PhoneSeen>> List() override { return {}; }
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>&) override {
    return {};
  }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string& serial) override {
    if (serial == "gone")
      return Fail(ErrorCode::kNotFound, "No phone is on the cable: plug it in.");
    return std::make_unique<repair::FakePhone>(phone_);
  }

 private:
  repair::FakePhone phone_;
};

Outcome Doctor(repair::FakePhone phone, std::vector<std::string> words) {
  OnePhone phones(std::move(phone));
  app::World world;
  world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
  world.phones = &phones;
  words.insert(words.begin(), {"doctor", "--everyday"});
  return Run(words, world, Style(false, 0));
}

repair::FakePhone GoodPhone() {
  repair::FakePhone phone(34, "Google");
  for (const char* row : {"global/auto_time", "global/auto_time_zone"}) phone.state.rows[row] = "1";
  phone.state.rows["secure/location_mode"] = "3";
  for (auto& [name, granted] : phone.state.permissions) granted = true;
  phone.state.doze.insert(repair::FakePhone::kApp);
  phone.state.level = "adaptive_bucket";
  return phone;
}

TEST(DoctorEveryday, AGoodPhoneIsHealthyAndABadOneTrouble) {
  const Outcome good = Doctor(GoodPhone(), {});
  EXPECT_EQ(good.status, ExitCode::kHealthy) << good.out << good.err;
  EXPECT_THAT(good.out, HasSubstr("All everyday settings are good."));
  EXPECT_THAT(good.out, HasSubstr("✔ Zepp Life runs without battery limits"));

  repair::FakePhone phone = GoodPhone();
  phone.state.doze.erase(repair::FakePhone::kApp);
  const Outcome bad = Doctor(phone, {});
  EXPECT_EQ(bad.status, ExitCode::kTrouble);
  EXPECT_THAT(bad.out, HasSubstr("✖ Zepp Life runs without battery limits"));
  EXPECT_THAT(bad.out, HasSubstr("now: Zepp Life: free of battery limits: no"));
  EXPECT_THAT(bad.out, HasSubstr("1 of "));
}

TEST(DoctorEveryday, JsonIsOneDocument) {
  const Outcome outcome = Doctor(GoodPhone(), {"--json"});
  EXPECT_THAT(outcome.out, StartsWith("{"));
  EXPECT_THAT(outcome.out, HasSubstr("bandkeeper.everyday/1"));
}

TEST(DoctorEveryday, WithoutAPhoneItSaysWhatToDo) {
  const Outcome none = Doctor(GoodPhone(), {"--serial", "gone"});
  EXPECT_EQ(none.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(none.err, HasSubstr("plug it in"));
  EXPECT_EQ(Doctor(GoodPhone(), {"report.zip"}).status, ExitCode::kUsage);
  EXPECT_EQ(Doctor(GoodPhone(), {"--app", "unknown"}).status, ExitCode::kUsage);
}

TEST(DoctorEveryday, AHostilePhoneDoesNotPaintTheTerminal) {
  repair::FakePhone phone = GoodPhone();
  phone.says["settings get global auto_time"] = "\x1b[2J\x1b]0;x\x07\n";
  phone.says["appops get"] = "\x1b[2J\n";
  const Outcome outcome = Doctor(phone, {"-v"});
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace bk::cli
