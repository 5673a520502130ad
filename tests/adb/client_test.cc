// Our own client of the adb server, over stock adb, against the simulated phone: three programs of
// three makers have to agree.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/adb/adb.h"
#include "adb/adb_fixture.h"

namespace bk::testing {
namespace {

using namespace std::chrono_literals;
using ports::Phone;
using ports::PhoneAnswer;
using ports::PhoneCommand;
using simulate::adbd::Owner;
using simulate::adbd::Trouble;
using End = PhoneAnswer::End;

class ClientTest : public WithTablePhone {
 protected:
  ClientTest() : WithTablePhone(kFile) {
    table_.Add("logcat", {.out = "one line\n", .endless = true});
    table_.Add("getprop sys.boot_completed", {.out = "1\n"});
  }
  // A client that finds the private server by the environment, as a person's would.
  static std::unique_ptr<ports::Phones> Phones() {
    const auto environment = [](const char* name) -> std::string {
      const std::string start = std::string(name) + "=";
      for (const std::string& variable : adb_->variables())
        if (variable.starts_with(start)) return variable.substr(start.size());
      return "";
    };
    return adapters::adb::MakePhones({.environment = environment, .introduction = 2s});
  }
  std::unique_ptr<Phone> Open() {
    auto phone = Phones()->Open(phone_->address());
    EXPECT_TRUE(phone) << (phone ? "" : phone.error().message);
    return phone ? std::move(*phone) : nullptr;
  }

  static constexpr std::size_t kFile = 2'000'000;
};

TEST_F(ClientTest, ConnectsRunsPullsAndFollows) {
  Serve({.product = "ginkgo", .model = "Simulated Redmi", .device = "ginkgo"});
  const auto phone = Open();
  ASSERT_TRUE(phone);
  std::vector<PhoneCommand> commands(20, PhoneCommand{.line = "complain"});
  commands.push_back({.line = "big"});
  commands.push_back({.line = "big", .bytes_max = 1000});
  commands.push_back({.line = "nonesuch"});
  const auto answers = phone->Run(commands);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(answers[i].out, "some\n");
    EXPECT_EQ(answers[i].err, "oh\n");
    EXPECT_EQ(answers[i].exit, 3);
  }
  EXPECT_TRUE(answers[20].out == Binary(kBig));
  EXPECT_EQ(answers[21].end, End::kTooLong);
  EXPECT_EQ(answers[21].out.size(), 1000U);
  EXPECT_EQ(answers[22].exit, 127);

  std::string file;
  const auto take = [&](Bytes bytes) {
    file += AsText(bytes);
    return true;
  };
  const auto pulled = phone->Pull("/bugreports/a.zip", take);
  ASSERT_TRUE(pulled) << pulled.error().message;
  EXPECT_TRUE(file == Binary(kFile));
  EXPECT_EQ(phone->Pull("/none", take).error().code, ErrorCode::kNotFound);

  std::string log;
  const PhoneAnswer followed =
      phone->Follow({.line = "logcat", .time_out = 60s}, [&](std::string_view text) {
        log += text;
        return !log.contains('\n');
      });
  EXPECT_EQ(followed.end, End::kExited);
  EXPECT_EQ(log, "one line\n");

  const auto list = Phones()->List();
  ASSERT_TRUE(list);
  EXPECT_TRUE(std::ranges::any_of(*list, [&](const ports::PhoneSeen& seen) {
    return seen.serial == phone_->address() && seen.model == "Simulated Redmi";
  }));
}

TEST_F(ClientTest, APhoneThatDoesNotAllowIt) {
  Serve({}, {.answer = Owner::Answer::kRefuses});
  const auto phone = Phones()->Open(phone_->address());
  ASSERT_FALSE(phone);
  EXPECT_EQ(phone.error().code, ErrorCode::kRefused);
  EXPECT_TRUE(phone.error().message.contains("tap Allow")) << phone.error().message;
}

TEST_F(ClientTest, APhoneOfBeforeAndroid7) {
  Serve({.old = true});
  const auto phone = Open();
  ASSERT_TRUE(phone);
  const PhoneAnswer answer = phone->Run(PhoneCommand{.line = "complain 2>&1"});
  EXPECT_EQ(answer.end, End::kExited) << answer.why;
  EXPECT_EQ(answer.out, "some\noh\n");
  EXPECT_EQ(answer.exit, 3);
  std::string file;
  EXPECT_TRUE(phone->Pull("/bugreports/a.zip", [&](Bytes bytes) {
    file += AsText(bytes);
    return true;
  }));
  EXPECT_TRUE(file == Binary(kFile));
}

TEST_F(ClientTest, ACableThatIsPulledOutInACommand) {
  Serve({}, {},
        {{.kind = Trouble::Kind::kDropInCommand, .of = "big", .nth = 1, .bytes = 100'000},
         {.kind = Trouble::Kind::kCloseInCommand, .of = "complain", .nth = 1, .bytes = 2}});
  const auto phone = Open();
  ASSERT_TRUE(phone);
  const PhoneAnswer closed = phone->Run(PhoneCommand{.line = "complain"});
  EXPECT_EQ(closed.end, End::kCut);
  const PhoneAnswer cut = phone->Run(PhoneCommand{.line = "big"});
  EXPECT_EQ(cut.end, End::kCut);
  EXPECT_LE(cut.out.size(), 100'000U);
  // Over the network nobody plugs it in again: it is connected to anew.
  const Status ready = phone->WaitUntilReady(60s);
  ASSERT_TRUE(ready) << ready.error().message;
  EXPECT_TRUE(phone->Run(PhoneCommand{.line = "big"}).ran());
}

TEST_F(ClientTest, APhoneThatFallsSilent) {
  Serve({}, {}, {{.kind = Trouble::Kind::kNoAnswer, .of = "big"}});
  const auto phone = Open();
  ASSERT_TRUE(phone);
  const std::vector<PhoneCommand> commands = {{.line = "big", .time_out = 200ms},
                                              {.line = "complain"}};
  const auto answers = phone->Run(commands);
  EXPECT_EQ(answers[0].end, End::kTimedOut);
  EXPECT_TRUE(answers[1].ran());
}

}  // namespace
}  // namespace bk::testing
