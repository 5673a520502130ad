// What the desk says itself, in each language that is shipped: the same scene is played in English
// and in the other one, and no sentence of it may be the same.
#include <gtest/gtest.h>

#include <functional>

#include "app/desk/desk.h"
#include "app/desk/desk_testing.h"
#include "app/desk/messages.h"
#include "app/phone/fake_phone_testing.h"
#include "troubleshoot/knowledge/texts.h"

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

using Sentences = std::map<std::string, std::string>;

std::string ErrorOf(const Answered& answered) {
  const Json& body = answered.body;
  return body.contains("error") ? body["error"]["text"].get<std::string>() : std::string();
}

class OneFile final : public ports::Files {
 public:
  Result<std::unique_ptr<ports::ByteStream>> OpenStream(const std::string&) override {
    return Fail(ErrorCode::kNotSupported, "not here");
  }
  Result<std::unique_ptr<ports::Blob>> OpenWhole(const std::string&) override {
    return std::make_unique<Empty>();
  }
  Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes) override {
    return Fail(ErrorCode::kNotOurs, "no archive");
  }

 private:
  class Empty final : public ports::Blob {
   public:
    [[nodiscard]] Bytes bytes() const override { return {}; }
  };
};

class DeskLanguagesTest : public ::testing::TestWithParam<std::string> {
 protected:
  // Everything that a page can be told here, by where it was met.
  static Sentences Scene(const std::string& language) {
    const TempFolder folder;
    MemoryStore store;
    store.texts["case.json"] =
        R"({"schema": "bandkeeper.page_case/1", "running": "repair", "settings": {"language": ")" +
        language + "\"}}";
    OneFile files;
    const auto patterns = ports::MakePortablePatternCompiler();
    FakePhone phone;
    FakePhones phones{phone};
    phones.list.clear();
    DeskOptions options = OptionsIn(folder, &store);
    options.world.files = &files;
    options.world.patterns = patterns.get();
    options.world.phones = &phones;
    options.track = false;
    options.simulated = [](const language::Language& in) { return "phone of " + in.code; };
    options.simulated_band = [](const language::Language& in) { return "band of " + in.code; };
    Desk desk(options);
    PartsSeen seen(desk);
    Sentences said;
    said["interrupted"] = seen.Now("outcome")["text"];
    said["interrupted why"] = seen.Now("outcome")["error"]["text"];
    said["no phone"] = seen.Now("phones")["sentence"];
    said["simulated phone"] = seen.Now("phones")["simulated_phone"];
    (void)seen.Await("band", [](const Json& json) { return json.is_object(); });
    said["simulated band"] = seen.Now("band")["simulated_band"];
    said["no Bluetooth"] = seen.Now("band")["sentence"];
    const Json kept = desk.Get("kept", {}).body;
    for (const Json& item : kept["items"]) {
      const std::string id = item["id"].get<std::string>();
      said["kept " + id] = item["text"];
      if (!item["deletable"].get<bool>()) said["why not " + id] = item["why_not"];
    }
    said["no timeline"] = ErrorOf(desk.Get("timeline", {}));
    said["no minutes"] = ErrorOf(desk.Get("band/minutes", {}));
    const auto post = [&](const std::string& order, const Json& body) {
      said[order] = ErrorOf(desk.Post(order, body));
    };
    post("phones/choose", {{"key", "p9"}});
    post("diagnose", {{"phone", false}});
    post("kept/delete", {{"ids", {"journal"}}});
    post("band/choose", {{"key", "b9"}});
    post("band/pair", {{"key", "h9"}, {"secret", ""}});
    post("band/bind", {{"key", "h9"}});
    post("band/update", {{"files", {"u9"}}});
    said["delete"] = ErrorOf(desk.Delete("files", "f1"));
    const auto refused = [&](const std::string& name, ErrorCode code) {
      auto begun = desk.BeginUpload("files", name, 10);
      const auto& upload = std::get<Desk::Upload>(begun);
      said["upload " + name] = ErrorOf(desk.EndUpload(upload.id, 4, Fail(code, "")));
    };
    refused("full", ErrorCode::kNotReadable);
    refused("cut", ErrorCode::kTimedOut);
    refused("large", ErrorCode::kTooLarge);
    refused("other", ErrorCode::kNotSupported);
    said["upload huge"] = ErrorOf(std::get<Answered>(desk.BeginUpload("files", "a", 5ULL << 30)));
    {
      auto begun = desk.BeginUpload("files", "slow", 10);
      const auto& upload = std::get<Desk::Upload>(begun);
      post("diagnose", {{"phone", false}});
      said["diagnose while it comes"] = said["diagnose"];
      said["delete while it comes"] = ErrorOf(desk.Delete("files", upload.id));
      (void)desk.EndUpload(upload.id, 0, {});
    }
    const auto task = [&](const std::string& order, const Json& body = Json::object()) {
      const Json outcome = seen.AwaitOutcome(desk.Post(order, body).body);
      said["task " + order] = outcome["text"];
    };
    task("diagnose");  // of a file that is empty
    task("everyday");  // without a phone
    task("repair");
    task("undo");
    post("interview/start", Json::object());
    return said;
  }
};

TEST_P(DeskLanguagesTest, NoSentenceOfTheDeskIsLeftInEnglish) {
  const Sentences english = Scene("en"), other = Scene(GetParam());
  ASSERT_GT(english.size(), 30U);
  for (const auto& [where, sentence] : english) {
    EXPECT_FALSE(sentence.empty()) << where;
    ASSERT_TRUE(other.contains(where)) << where;
    EXPECT_NE(other.at(where), sentence) << where;
  }
}

TEST_P(DeskLanguagesTest, EveryMessageOfTheDeskIsTranslated) {
  const auto* language = troubleshoot::FindLanguage(troubleshoot::EmbeddedKnowledge(), GetParam());
  ASSERT_NE(language, nullptr);
  for (const Message& message : DeskRoomMessages())
    EXPECT_NE(language->Say(message), message.english) << message.id;
}

TEST(DeskLanguageTest, AChangeOfLanguageReachesWhatStandsOnThePageAlready) {
  const TempFolder folder;
  MemoryStore store;
  FakePhone phone;
  FakePhones phones{phone};
  phones.list.clear();
  DeskOptions options = OptionsIn(folder, &store);
  options.world.phones = &phones;
  options.track = false;
  options.simulated_band = [](const language::Language& in) { return "band of " + in.code; };
  Desk desk(options);
  PartsSeen seen(desk);
  (void)seen.Await("band", [](const Json& json) { return json.is_object(); });
  const std::string plug = seen.Now("phones")["sentence"], bluetooth = seen.Now("band")["sentence"];
  ASSERT_EQ(desk.Post("settings", {{"language", "de"}}).status, 200);
  EXPECT_NE(seen.Now("phones")["sentence"], plug);
  EXPECT_NE(seen.Now("band")["sentence"], bluetooth);
  EXPECT_EQ(seen.Now("band")["simulated_band"], "band of de");
}

INSTANTIATE_TEST_SUITE_P(Shipped, DeskLanguagesTest, ::testing::Values("de", "ru"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace bk::app
