// Files of a phone, against a scripted server on a loopback socket.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "adapters/adb/adb.h"
#include "adapters/adb/scripted_server_testing.h"
#include "adapters/adb/stage_testing.h"
#include "base/bytes.h"
#include "codec/adb/sync.h"

namespace bk::adapters::adb {
namespace {

using namespace std::chrono_literals;
using testing::Conversation;
using testing::OnePhone;
using testing::ScriptedServer;

// Of the file service: "STA2" or "STAT", then "RECV".
void ServeFile(Conversation& talk, std::string_view path, std::string_view content, bool newer) {
  talk.Okay();
  while (const auto head = talk.Read(8)) {
    ByteReader reader{AsBytes(*head)};
    const std::string id(AsText(reader.Take(4)));
    const auto wanted = talk.Read(reader.Le32());
    if (!wanted) return;
    const bool there = *wanted == path;
    std::vector<std::byte> answer;
    if (id == "STA2" && newer) {
      ByteWriter(answer).Put(AsBytes(id)).Le32(there ? 0 : 2).Le64(0).Le64(0);
      ByteWriter(answer).Le32(there ? 0100644 : 0).Le32(1).Le32(0).Le32(0).Le64(content.size());
      ByteWriter(answer).Le64(0).Le64(0).Le64(0);
    } else if (id == "STAT") {
      ByteWriter(answer).Put(AsBytes(id)).Le32(there ? 0100644 : 0).Le32(content.size()).Le32(0);
    } else if (id == "RECV") {
      std::string_view rest = content;
      while (!rest.empty()) {
        codec::adb::EncodeSync("DATA", AsBytes(rest.substr(0, 1000)), answer);
        rest.remove_prefix(std::min<std::size_t>(rest.size(), 1000));
      }
      codec::adb::EncodeSync("DONE", {}, answer);
    } else {
      return;
    }
    talk.Send(AsText(answer));
  }
}

TEST(Adb, PullsAFile) {
  const std::string content = std::string(100'000, 'a') + std::string("\0\r\n", 3);
  for (const bool newer : {false, true}) {
    OnePhone one;
    if (!newer) one.features = "shell_v2";
    one.service = [&](Conversation& talk, const std::string& service) {
      ASSERT_EQ(service, "sync:");
      ServeFile(talk, "/bugreports/x.zip", content, newer);
    };
    ScriptedServer server([&](Conversation& talk) { one(talk); });
    const auto phone = MakePhones(server.options())->Open("S1");
    ASSERT_TRUE(phone);
    std::string got;
    const auto take = [&](Bytes bytes) {
      got += AsText(bytes);
      return true;
    };
    const auto pulled = (*phone)->Pull("/bugreports/x.zip", take);
    ASSERT_TRUE(pulled) << pulled.error().message;
    EXPECT_EQ(*pulled, content.size());
    EXPECT_EQ(got, content);
    EXPECT_EQ((*phone)->Pull("/nothing", take).error().code, ErrorCode::kNotFound);
    EXPECT_EQ((*phone)->Pull("", take).error().code, ErrorCode::kInvalid);
    const auto stop = [](Bytes) { return false; };
    EXPECT_EQ((*phone)->Pull("/bugreports/x.zip", stop).error().code, ErrorCode::kStopped);
  }
}

TEST(Adb, APullThatIsCutIsNoFile) {
  OnePhone one;
  one.service = [&](Conversation& talk, const std::string&) {
    talk.Okay();
    (void)talk.Read(8 + 2);
    std::vector<std::byte> answer;
    ByteWriter(answer).Put(AsBytes("STA2")).Le32(0).Le64(0).Le64(0).Le32(0100644);
    answer.resize(codec::adb::kStat2Bytes);
    talk.Send(AsText(answer));
    (void)talk.Read(8 + 2);
    answer.clear();
    codec::adb::EncodeSync("DATA", AsBytes("half"), answer);
    talk.Send(AsText(answer));
  };
  ScriptedServer server([&](Conversation& talk) { one(talk); });
  const auto phone = MakePhones(server.options())->Open("S1");
  ASSERT_TRUE(phone);
  EXPECT_EQ((*phone)->Pull("/x", [](Bytes) { return true; }).error().code, ErrorCode::kNotReadable);
}

}  // namespace
}  // namespace bk::adapters::adb
