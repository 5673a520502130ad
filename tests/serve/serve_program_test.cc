#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "adb/stock_adb.h"
#include "server/wire_testing.h"

namespace bk::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using server::testing::Wire;

// One running server, asked as the page asks.
class Served {
 public:
  explicit Served(const std::vector<std::string>& words) : program_(words) {
    const std::string& said = program_.WaitFor("#token=");
    const std::size_t port = said.find("http://127.0.0.1:"), token = said.find("#token=");
    if (port == std::string::npos || token == std::string::npos) return;
    port_ = static_cast<std::uint16_t>(std::stoi(said.substr(port + 17)));
    (void)program_.WaitFor("Ctrl-C ends it.");
    token_ = said.substr(token + 7, 64);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] Background& program() { return program_; }

  Json Ask(const std::string& method, const std::string& path, const Json& body = nullptr) {
    const std::string text = body.is_null() ? "" : body.dump();
    Wire wire(port_);
    wire.Say(method + " /api/1/" + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
             "\r\nAuthorization: Bearer " + token_ + "\r\nContent-Type: application/json\r\n" +
             (method == "GET" ? "" : "Content-Length: " + std::to_string(text.size()) + "\r\n") +
             "\r\n" + text);
    const std::string answer = wire.Answer();
    const std::size_t head = answer.find("\r\n\r\n");
    return head == std::string::npos ? Json()
                                     : Json::parse(answer.substr(head + 4), nullptr, false);
  }
  Json Post(const std::string& path, const Json& body = Json::object()) {
    return Ask("POST", path, body);
  }
  Json Part(const std::string& name) {
    const Json state = Ask("GET", "state");
    return state.is_object() ? state["parts"][name]["value"] : Json();
  }
  // Looks again and again, as a page without the stream would.
  Json Await(const std::string& name, const std::function<bool(const Json&)>& until) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    Json part;
    do {
      part = Part(name);
      if (until(part)) return part;
      std::this_thread::yield();
    } while (std::chrono::steady_clock::now() < end);
    ADD_FAILURE() << name << " never came to be as wanted: " << part.dump().substr(0, 2000);
    return part;
  }
  Json AwaitQuestion() {
    return Await("task",
                 [](const Json& task) { return task.is_null() || !task["question"].is_null(); });
  }
  // Says yes to everything until nothing runs; gives the outcome.
  Json Agree(const Json& started) {
    for (int n = 0; n < 200; ++n) {
      const Json task = AwaitQuestion();
      if (task.is_null()) break;
      const Json& question = task["question"];
      asked_ += question["about"].get<std::string>() + " ";
      Json answer = {{"id", question["id"]}, {"answer", "yes"}};
      if (question["kind"] == "done") answer["answer"] = "done";
      if (question["kind"] == "choice") {
        answer["answer"] = "choose";
        answer["choice"] = 0;
      }
      if (question["kind"] == "typed_word") {
        answer["answer"] = "typed";
        answer["word"] = question["word"];
      }
      if (question["about"] == "question") answer["answer"] = "unknown";
      if (question["about"] == "restart_check") answer["answer"] = "no";
      (void)Post("task/answer", answer);
    }
    return Await("outcome", [&](const Json& outcome) {
      return outcome.is_object() && outcome["task"] == started["task"];
    });
  }
  [[nodiscard]] const std::string& asked() const { return asked_; }

 private:
  Background program_;
  std::uint16_t port_ = 0;
  std::string token_, asked_;
};

class ServeProgramTest : public ::testing::Test {
 protected:
  ServeProgramTest() {
    std::string name = (fs::temp_directory_path() / "bk_serve_XXXXXX").string();
    home_ = mkdtemp(name.data());
  }
  ~ServeProgramTest() override { fs::remove_all(home_); }
  // No adb is found, and no server runs at that port.
  [[nodiscard]] std::vector<std::string> Words(std::vector<std::string> words) const {
    std::vector<std::string> all = {"/usr/bin/env",
                                    "HOME=" + home_.string(),
                                    "XDG_STATE_HOME=",
                                    "XDG_DATA_HOME=",
                                    "PATH=" + home_.string(),
                                    "ANDROID_HOME=",
                                    "ANDROID_SDK_ROOT=",
                                    "ADB_SERVER_SOCKET=tcp:1",
                                    "LANG=C",
                                    "DISPLAY=:99",
                                    BK_PROGRAM,
                                    "serve"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
  [[nodiscard]] fs::path Folder() const { return home_ / ".local/state/bandkeeper/simulated/page"; }
  fs::path home_;
};

TEST_F(ServeProgramTest, ASimulatedPhoneIsDiagnosedMendedAndUndone) {
  Served served(Words({"--simulated", "--fault", "background_killed"}));
  ASSERT_NE(served.port(), 0);
  const Json state = served.Ask("GET", "state");
  EXPECT_EQ(state["parts"]["phones"]["simulated"], true);
  EXPECT_TRUE(state["parts"]["phones"]["value"]["simulated_phone"].get<std::string>().contains(
      "background_killed"));
  served.Agree(served.Post("diagnose", {{"phone", true}}));
  const Json report = served.Part("report");
  EXPECT_EQ(report["report"]["verdict"]["cause"], "background_killed");
  EXPECT_EQ(report["report"]["simulated"], true);
  EXPECT_GT(report["timeline_events"], 0);
  EXPECT_EQ(served.Ask("GET", "timeline")["at"].size(), report["timeline_events"]);

  served.Agree(served.Post("plan"));
  EXPECT_EQ(served.Part("plan")["plan"]["schema"], "bandkeeper.dry_run/1");

  const Json fixed = served.Agree(served.Post("repair"));
  EXPECT_EQ(fixed["good"], true) << fixed.dump(2) << served.asked();
  EXPECT_TRUE(served.asked().contains("harmless"));
  EXPECT_FALSE(fixed["result"]["changed"].empty());
  const Json past = served.Part("repairs");
  ASSERT_EQ(past["repairs"].size(), 1U);
  EXPECT_EQ(past["repairs"][0]["undoable"], true);
  EXPECT_EQ(past["interrupted"], false);

  const Json undone = served.Agree(served.Post("undo"));
  EXPECT_EQ(undone["result"]["all_back"], true) << undone.dump(2);
  EXPECT_EQ(served.Part("repairs")["repairs"][0]["undoable"], false);
  const Ran ended = served.program().Interrupt();
  EXPECT_EQ(ended.exit, 0) << ended.err;
}

TEST_F(ServeProgramTest, ASecondOneSaysWhereTheFirstIsAndARestartKeepsTheAddress) {
  std::uint16_t port = 0;
  std::string token;
  {
    Served served(Words({"--simulated"}));
    port = served.port();
    token = served.token();
    const Ran second = RunProgram(Words({"--simulated"}));
    EXPECT_EQ(second.exit, 0) << second.err;
    EXPECT_TRUE(second.out.contains(":" + std::to_string(port) + "/#token=" + token)) << second.out;
    EXPECT_EQ(served.Post("settings", {{"page", {{"theme", "dark"}}}}), Json::object());
    EXPECT_EQ(served.program().Interrupt().exit, 0);
  }
  struct stat about{};
  ASSERT_EQ(stat((Folder() / "address").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  Served again(Words({"--simulated"}));
  EXPECT_EQ(again.port(), port);
  EXPECT_EQ(again.token(), token);
  EXPECT_EQ(again.Part("settings")["page"]["theme"], "dark");
}

TEST_F(ServeProgramTest, StopInTheMidstOfARepairPutsBackWhatWasForAMoment) {
  Served served(Words({"--simulated", "--fault", "phone_bluetooth_stack_bug"}));
  const Json started = served.Post("repair");
  Json task = served.AwaitQuestion();
  ASSERT_TRUE(task.is_object());
  EXPECT_EQ(served.Post("diagnose", {{"phone", true}})["error"]["code"], "busy");
  EXPECT_EQ(served.Post("task/stop", {{"task", 1}})["error"]["code"], "not_open");
  EXPECT_EQ(served.Post("task/stop", {{"task", started["task"]}}), Json::object());
  const Json outcome = served.Await("outcome", [&](const Json& json) {
    return json.is_object() && json["task"] == started["task"];
  });
  EXPECT_EQ(outcome["stopped"], true) << outcome.dump(2);
  EXPECT_EQ(served.Part("repairs")["interrupted"], false);
  // The next task is not stopped by that.
  const Json looked = served.Agree(served.Post("diagnose", {{"phone", true}}));
  EXPECT_EQ(looked["good"], true) << looked.dump(2);
}

TEST_F(ServeProgramTest, ThePageOfAKilledServerPicksUpAndOffersToRollBack) {
  std::uint16_t port = 0;
  {
    Served served(Words({"--simulated", "--fault", "background_killed"}));
    port = served.port();
    served.Agree(served.Post("diagnose", {{"phone", true}}));
    const Json started = served.Post("repair");
    // Until something was changed, or it is over.
    for (int n = 0; n < 50; ++n) {
      const Json task = served.AwaitQuestion();
      if (task.is_null() || served.Part("repairs")["repairs"].size() > 0) break;
      const Json& question = task["question"];
      if (question["about"] == "restart_check" || question["about"] == "synced") break;
      served.Post("task/answer", {{"id", question["id"]},
                                  {"answer", question["kind"] == "choice" ? "none" : "yes"}});
    }
    served.program().Kill();
  }
  Served again(Words({"--simulated"}));
  EXPECT_EQ(again.port(), port);
  const Json outcome = again.Part("outcome");
  EXPECT_EQ(outcome["error"]["code"], "interrupted") << outcome.dump(2);
  EXPECT_EQ(again.Part("report")["report"]["schema"], "bandkeeper.report/1");
  EXPECT_EQ(again.Part("case")["changed"], true);
}

TEST_F(ServeProgramTest, TheSimulatedBandIsAWitnessMeasuresAndSpeaksTheLanguageOfThePage) {
  Served served(Words({"--simulated"}));
  ASSERT_NE(served.port(), 0);
  const Json asked = served.Agree(served.Post("band/probe", {{"phones_off", true}}));
  EXPECT_EQ(asked["good"], true) << asked.dump(2);
  const Json report = served.Part("report")["report"];
  EXPECT_EQ(report["probe"]["records"], "came") << report.dump(2);
  EXPECT_FALSE(served.Part("case")["probe_at"].is_null());
  const std::size_t findings = report["findings"].size();
  EXPECT_GT(findings, 0U);
  served.Agree(served.Post("band/probe", {{"phones_off", true}}));
  EXPECT_EQ(served.Part("report")["report"]["findings"].size(), findings) << "told once, not twice";
  // Looking at the phone does not forget what the band has said.
  served.Agree(served.Post("diagnose", {{"phone", true}}));
  EXPECT_EQ(served.Part("report")["report"]["probe"]["records"], "came");

  EXPECT_EQ(served.Post("band/live", {{"seconds", 0}})["error"]["code"], "bad_request");
  const Json live = served.Agree(served.Post("band/live", {{"seconds", 30}}));
  EXPECT_EQ(live["good"], true) << live.dump(2);
  EXPECT_GE(live["result"]["heart_rate"]["readings"], 10);
  const Json shown = served.Part("band")["live"];
  EXPECT_GT(shown["heart_rate"], 30);
  EXPECT_LE(shown["low"], shown["high"]);
  EXPECT_FALSE(shown["steps_today"].is_null());

  served.Post("settings", {{"language", "de"}});
  EXPECT_EQ(served.Agree(served.Post("band/find"))["text"], "Das Band vibriert.");
  served.Agree(served.Post("band/scan"));
  const Json bound = served.Agree(served.Post("band/bind", {{"key", "h1"}}));
  EXPECT_EQ(bound["good"], false);
  EXPECT_TRUE(bound["text"].get<std::string>().contains("Unterschrift")) << bound.dump(2);
  EXPECT_EQ(served.Agree(served.Post("band/info"))["good"], true) << "the old key is still here";
  const Json ledger = served.Part("band")["ledger"];
  EXPECT_TRUE(ledger.is_null() || ledger.contains("not_worn")) << ledger.dump(2);
}

TEST_F(ServeProgramTest, AFileThatOthersLaidThereIsNotUsed) {
  fs::create_directories(Folder());
  std::ofstream(home_ / "mine") << "80 " << std::string(64, 'a') << "\n";
  fs::create_symlink(home_ / "mine", Folder() / "address");
  const Ran ran = RunProgram(Words({"--simulated"}));
  EXPECT_NE(ran.exit, 0) << ran.out;
  EXPECT_TRUE(ran.err.contains("is a link")) << ran.err;
}

TEST_F(ServeProgramTest, TheBrowserIsToldOfAFileAndNotOfTheToken) {
  const fs::path told = home_ / "told";
  std::ofstream(home_ / "xdg-open")
      << "#!/bin/sh\nprintf '%s' \"$*\" > " << told.string() << ".new\n/bin/mv " << told.string()
      << ".new " << told.string() << "\n";
  chmod((home_ / "xdg-open").c_str(), 0755);
  Served served(Words({"--simulated", "--open"}));
  ASSERT_NE(served.port(), 0);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!fs::exists(told) && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  std::ifstream in(told);
  const std::string words((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  EXPECT_EQ(words, (Folder() / "open.html").string());
  std::ifstream door(words);
  const std::string page((std::istreambuf_iterator<char>(door)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(page.contains("#token=" + served.token()));
  struct stat about{};
  ASSERT_EQ(stat(words.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  EXPECT_EQ(served.program().Interrupt().exit, 0);
  EXPECT_FALSE(fs::exists(words)) << "the door is shut with the server";
}

}  // namespace
}  // namespace bk::testing
