#include "app/desk/desk.h"

#include <gtest/gtest.h>

#include "app/desk/desk_testing.h"
#include "app/phone/fake_phone_testing.h"

namespace bk::app {
namespace {

using Json = Desk::Json;
using testing::FakePhone;
using testing::FakePhones;
using testing::HandOver;
using testing::MemoryStore;
using testing::OptionsIn;
using testing::PartsSeen;
using testing::TempFolder;

// A text file in one piece of memory.
class TextBlob final : public ports::Blob {
 public:
  explicit TextBlob(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] Bytes bytes() const override { return AsBytes(text_); }

 private:
  std::string text_;
};
class DiskFiles final : public ports::Files {
 public:
  Result<std::unique_ptr<ports::ByteStream>> OpenStream(const std::string&) override {
    return Fail(ErrorCode::kNotSupported, "not here");
  }
  Result<std::unique_ptr<ports::Blob>> OpenWhole(const std::string& path) override {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Fail(ErrorCode::kNotFound, path + ": no such file.");
    return std::make_unique<TextBlob>(
        std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
  }
  Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes) override {
    return Fail(ErrorCode::kNotOurs, "no archive");
  }
};

class DeskTest : public ::testing::Test {
 protected:
  DeskOptions Options() {
    DeskOptions options = OptionsIn(folder_, &store_);
    options.world.files = &files_;
    options.world.patterns = patterns_.get();
    options.world.phones = &phones_;
    options.track = false;
    return options;
  }
  TempFolder folder_;
  MemoryStore store_;
  DiskFiles files_;
  std::unique_ptr<ports::PatternCompiler> patterns_ = ports::MakePortablePatternCompiler();
  FakePhone phone_;
  FakePhones phones_{phone_};
};

TEST_F(DeskTest, EveryPartIsThereFromTheBeginning) {
  Desk desk(Options());
  const Json state = Json::parse(*desk.Get("state", {}).raw);
  EXPECT_EQ(state["schema"], "bandkeeper.page/1");
  for (const char* part : {"phones", "case", "report", "task", "outcome", "plan", "interview",
                           "repairs", "everyday", "band", "settings"})
    EXPECT_TRUE(state["parts"].contains(part)) << part;
  EXPECT_TRUE(state["parts"]["task"]["value"].is_null());
}

TEST_F(DeskTest, WrongOrdersSayWhy) {
  Desk desk(Options());
  const auto code = [&](std::string_view order, const Json& body) {
    return desk.Post(order, body).body["error"]["code"].get<std::string>();
  };
  EXPECT_EQ(code("nothing", Json::object()), "not_found");
  EXPECT_EQ(code("settings", Json::array()), "bad_request");
  EXPECT_EQ(code("settings", {{"language", "tlh"}}), "bad_request");
  EXPECT_EQ(code("settings", {{"page", {{"x", std::string(5000, 'x')}}}}), "bad_request");
  EXPECT_EQ(code("phones/choose", {{"key", "p9"}}), "not_found");
  EXPECT_EQ(code("task/answer", {{"id", "1.1"}, {"answer", "yes"}}), "not_open");
  EXPECT_EQ(code("task/stop", {{"task", 1}}), "not_open");
  EXPECT_EQ(code("interview/answer", {{"question", "x"}, {"answer", "yes"}}), "not_open");
  EXPECT_EQ(code("diagnose", {{"phone", false}}), "refused");
  EXPECT_EQ(code("watch", {{"hours", 0}}), "bad_request");
  EXPECT_EQ(code("watch", {{"hours", "1"}}), "bad_request");
  EXPECT_EQ(code("undo", {{"numbers", {-1}}}), "bad_request");
  EXPECT_EQ(code("band/scan", Json::object()), "refused");
  EXPECT_EQ(code("kept/delete", {{"ids", {"journal"}}}), "refused");
  EXPECT_EQ(desk.Get("timeline", {}).status, 404);
  EXPECT_EQ(desk.Delete("files", "f1").status, 404);
}

TEST_F(DeskTest, APhoneIsLookedAtAndItsSerialIsNeverShown) {
  phone_.Say("getprop",
             "[ro.product.manufacturer]: [Xiaomi]\n[ro.product.model]: [Redmi Note "
             "8]\n[ro.build.version.release]: [11]\n[ro.build.version.sdk]: [30]\n");
  phone_.Say("settings list global", "bluetooth_on=0\n");
  Desk desk(Options());
  PartsSeen seen(desk);
  const Json phones =
      seen.Await("phones", [](const Json& json) { return json["state"] == "ready"; });
  EXPECT_EQ(phones["list"][0]["key"], "p1");
  const Answered started = desk.Post("diagnose", {{"phone", true}});
  ASSERT_EQ(started.status, 202) << started.body;
  const Json outcome = seen.AwaitOutcome(started.body);
  EXPECT_EQ(outcome["good"], true) << outcome;
  const Json report = seen.Now("report");
  EXPECT_EQ(report["report"]["schema"], "bandkeeper.report/1");
  EXPECT_EQ(seen.Now("case")["phone"], true);
  EXPECT_FALSE(desk.Get("state", {}).raw->contains("INVENTED7Z"));
  EXPECT_FALSE(desk.Get("bundle", {}).raw->contains("INVENTED7Z"));
}

TEST_F(DeskTest, WithoutAPhoneTheTaskEndsWithTheSentence) {
  phones_.list.clear();
  Desk desk(Options());
  PartsSeen seen(desk);
  const Json outcome = seen.AwaitOutcome(desk.Post("diagnose", {{"phone", true}}).body);
  EXPECT_EQ(outcome["good"], false);
  EXPECT_EQ(outcome["error"]["code"], "not_found");
  EXPECT_EQ(outcome["error"]["text"], "No phone is connected.");
  EXPECT_TRUE(seen.Now("report").is_null());
  EXPECT_EQ(desk.Post("outcome/dismiss", Json::object()).status, 200);
  EXPECT_TRUE(seen.Now("outcome").is_null());
}

TEST_F(DeskTest, FilesAreKnownByTheirNamesAndByNoOther) {
  Desk desk(Options());
  PartsSeen seen(desk);
  EXPECT_EQ(HandOver(desk, "files", "../../etc/log.txt", "junk").status, 201);
  EXPECT_EQ(HandOver(desk, "files", "log.txt", "junk").status, 201);
  EXPECT_EQ(HandOver(desk, "files", "phone", "junk").status, 201);
  EXPECT_EQ(HandOver(desk, "files", "-", "junk").status, 201);
  EXPECT_EQ(HandOver(desk, "files", "\x1b[2Jx", "junk").status, 201);
  const Json files = seen.Now("case")["files"];
  ASSERT_EQ(files.size(), 5U);
  EXPECT_EQ(files[0]["name"], "log.txt");
  EXPECT_EQ(files[1]["name"], "log.txt (2)");
  EXPECT_EQ(files[2]["name"], "phone (2)");
  EXPECT_EQ(files[3]["name"], "file");
  EXPECT_EQ(files[4]["name"], "[2Jx");
  const Json outcome = seen.AwaitOutcome(desk.Post("diagnose", Json::object()).body);
  EXPECT_EQ(outcome["error"]["code"], "not_ours") << outcome;
  EXPECT_FALSE(outcome.dump().contains(folder_.path())) << "where they lie is nobody's business";
  EXPECT_EQ(desk.Delete("files", "f1").status, 200);
  EXPECT_EQ(seen.Now("case")["files"].size(), 4U);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/f1"));
  EXPECT_EQ(desk.Post("case/clear", Json::object()).status, 200);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(DeskTest, AnUploadThatFailsLeavesNothing) {
  Desk desk(Options());
  auto begun = desk.BeginUpload("files", "a.zip", 10);
  const auto upload = std::get<Desk::Upload>(begun);
  std::ofstream(upload.path) << "half";
  EXPECT_EQ(desk.Post("diagnose", Json::object()).status, 422) << "on its way";
  EXPECT_EQ(desk.EndUpload(upload.id, 4, Fail(ErrorCode::kNotReadable, "full")).status, 507);
  EXPECT_FALSE(std::filesystem::exists(upload.path));
  EXPECT_EQ(std::get<Answered>(desk.BeginUpload("files", "a", 5ULL << 30)).status, 413);
  EXPECT_EQ(std::get<Answered>(desk.BeginUpload("band/files", "a", 9U << 20)).status, 413);
}

TEST_F(DeskTest, TheInterviewGoesForwardAndBackAndOverARestart) {
  Json question;
  {
    Desk desk(Options());
    PartsSeen seen(desk);
    ASSERT_EQ(desk.Post("interview/start", Json::object()).status, 200);
    const Json first = seen.Now("interview");
    ASSERT_TRUE(first["question"].is_object()) << first;
    const std::string id = first["question"]["id"];
    EXPECT_EQ(desk.Post("interview/answer", {{"question", id}, {"answer", "nonsense"}}).status,
              400);
    EXPECT_EQ(desk.Post("interview/answer", {{"question", "x"}, {"answer", "yes"}}).status, 409);
    ASSERT_EQ(desk.Post("interview/answer", {{"question", id}, {"answer", "unknown"}}).status, 200);
    EXPECT_EQ(desk.Post("interview/answer", {{"question", id}, {"answer", "unknown"}}).status, 409)
        << "a second tab answers a question that is over";
    ASSERT_EQ(desk.Post("interview/back", Json::object()).status, 200);
    EXPECT_EQ(seen.Now("interview")["question"]["id"], id);
    EXPECT_EQ(desk.Post("interview/back", Json::object()).status, 409);
    ASSERT_EQ(desk.Post("interview/answer", {{"question", id}, {"answer", "unknown"}}).status, 200);
    question = seen.Now("interview")["question"];
    EXPECT_EQ(seen.Now("report")["answers"], 1);
  }
  Desk again(Options());
  PartsSeen seen(again);
  EXPECT_EQ(seen.Now("interview")["question"], question) << "the page picks up where it was";
  EXPECT_EQ(seen.Now("report")["answers"], 1);
  ASSERT_EQ(again.Post("interview/end", Json::object()).status, 200);
  EXPECT_TRUE(seen.Now("interview").is_null());
  EXPECT_EQ(seen.Now("case")["answers"], 1);
}

TEST_F(DeskTest, SettingsAreKeptAndALanguageThatIsThereIsSpoken) {
  {
    Desk desk(Options());
    EXPECT_EQ(
        desk.Post("settings", {{"page", {{"theme", "dark"}}}, {"show_addresses", true}}).status,
        200);
  }
  Desk again(Options());
  PartsSeen seen(again);
  EXPECT_EQ(seen.Now("settings")["page"]["theme"], "dark");
  EXPECT_EQ(seen.Now("settings")["show_addresses"], true);
  const Json known = Json::parse(*again.Get("knowledge", {}).raw);
  EXPECT_EQ(known["language"], "en");
  EXPECT_FALSE(known["causes"].empty());
  EXPECT_EQ(again.Post("kept/delete", {{"ids", {"settings"}}}).status, 200);
  EXPECT_EQ(seen.Now("settings")["show_addresses"], false);
}

TEST_F(DeskTest, WhatWasKeptInAnotherFormIsPassedOver) {
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string("{\"schema\": 3}"),
        std::string(
            R"({"schema": "bandkeeper.page_case/1", "files": [3, {"id": "../x", "name": "a"},
                        {"id": "f1", "name": "a", "bytes": -4}], "answers": [7, {"question": 3}],
                        "settings": {"language": "xx", "page": 3}})")}) {
    store_.texts["case.json"] = store_.texts["report.json"] = store_.texts["outcome.json"] = text;
    Desk desk(Options());
    PartsSeen seen(desk);
    for (const Json& file : seen.Now("case")["files"]) EXPECT_EQ(file["id"], "f1") << file;
    EXPECT_EQ(seen.Now("settings")["language"], "en");
  }
}

TEST_F(DeskTest, ATaskThatWasCutOffIsToldAfterwards) {
  store_.texts["case.json"] =
      R"({"schema": "bandkeeper.page_case/1", "running": "repair", "settings": {}})";
  Desk desk(Options());
  PartsSeen seen(desk);
  EXPECT_EQ(seen.Now("outcome")["error"]["code"], "interrupted");
  EXPECT_EQ(seen.Now("outcome")["kind"], "repair");
}

TEST_F(DeskTest, WhatLiesInTheFolderOfAnEarlierUploadIsTidiedAway) {
  std::ofstream(folder_.path() + "/f7") << "cut";
  std::ofstream(folder_.path() + "/address") << "80 x";
  Desk desk(Options());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/f7"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/address"));
}

}  // namespace
}  // namespace bk::app
