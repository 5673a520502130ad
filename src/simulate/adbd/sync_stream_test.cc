#include <gtest/gtest.h>

#include <string>

#include "codec/adb/sync.h"
#include "simulate/adbd/host_testing.h"
#include "simulate/adbd/table_services.h"

namespace bk::simulate::adbd {
namespace {

using testing::Host;

std::string Request(std::string_view id, std::string_view payload) {
  std::vector<std::byte> bytes;
  codec::adb::EncodeSync(id, AsBytes(payload), bytes);
  return std::string(AsText(bytes));
}
std::string Number(std::string_view id, std::uint32_t number) {
  std::vector<std::byte> bytes;
  ByteWriter(bytes).Put(AsBytes(id)).Le32(number);
  return std::string(AsText(bytes));
}

class SyncTest : public ::testing::Test {
 protected:
  SyncTest() {
    table_.AddFile("/bugreports/a.zip", std::make_shared<const std::string>(300'000, 'z'), 1000);
    table_.AddFile("/bugreports/b.txt", std::make_shared<const std::string>("hello"), 2000);
    table_.AddFile("/sdcard/empty", std::make_shared<const std::string>());
  }
  void Start(std::vector<Trouble> troubles = {}) {
    device_ = std::make_unique<Device>(table_, Profile{}, Owner{.answer = Owner::Answer::kNotAsked},
                                       std::move(troubles));
    session_ = std::make_unique<DeviceSession>(*device_);
    host_ = std::make_unique<Host>(*session_);
    host_->Connect();
    id_ = host_->Open("sync:");
  }
  // What is answered to it, from now on.
  std::string Ask(std::string_view request) {
    const std::size_t before = host_->streams[id_].bytes().size();
    host_->Write(id_, request);
    return host_->streams[id_].bytes().substr(before);
  }
  struct File {
    std::string bytes, refusal;
    bool done = false;
  };
  File Pull(const std::string& path) {
    codec::adb::RecvDecoder decoder;
    const std::string answer = Ask(Request("RECV", path));
    decoder.Push(AsBytes(answer));
    File file;
    codec::adb::SyncPacket packet;
    using Kind = codec::adb::SyncPacket::Kind;
    while (decoder.Next(packet)) {
      if (packet.kind == Kind::kData) file.bytes += AsText(packet.data);
      if (packet.kind == Kind::kFail) file.refusal = packet.text;
      if (packet.kind == Kind::kDone) file.done = true;
    }
    return file;
  }

  TableServices table_;
  std::unique_ptr<Device> device_;
  std::unique_ptr<DeviceSession> session_;
  std::unique_ptr<Host> host_;
  std::uint32_t id_ = 0;
};

TEST_F(SyncTest, StatInBothVersions) {
  Start();
  const std::string one = Ask(Request("STAT", "/bugreports/a.zip"));
  ByteReader old(AsBytes(one));
  EXPECT_EQ(AsText(old.Take(4)), "STAT");
  EXPECT_EQ(old.Le32(), 0100644U);
  EXPECT_EQ(old.Le32(), 300'000U);
  EXPECT_EQ(old.Le32(), 1000U);
  EXPECT_EQ(old.left(), 0U);
  EXPECT_EQ(Ask(Request("STAT", "/none")), "STAT" + std::string(12, '\0'));

  for (const char* id : {"STA2", "LST2"}) {
    const std::string two = Ask(Request(id, "/bugreports"));
    ByteReader reader(AsBytes(two));
    ASSERT_EQ(two.size(), 72U);
    EXPECT_EQ(AsText(reader.Take(4)), id);
    EXPECT_EQ(reader.Le32(), 0U);
    reader.Skip(16);
    EXPECT_EQ(reader.Le32(), 0040755U);
  }
  const std::string missing = Ask(Request("STA2", "/none"));
  ByteReader reader(AsBytes(missing));
  reader.Skip(4);
  EXPECT_EQ(reader.Le32(), 2U);  // ENOENT
  EXPECT_EQ(missing.size(), 72U);
}

TEST_F(SyncTest, ListsFolders) {
  Start();
  const std::string list = Ask(Request("LIST", "/"));
  ByteReader reader(AsBytes(list));
  for (const char* name : {"bugreports", "sdcard"}) {
    EXPECT_EQ(AsText(reader.Take(4)), "DENT");
    EXPECT_EQ(reader.Le32(), 0040755U);
    reader.Skip(8);
    EXPECT_EQ(AsText(reader.Take(reader.Le32())), name);
  }
  EXPECT_EQ(AsText(reader.Take(4)), "DONE");
  EXPECT_EQ(reader.left(), 16U);

  const std::string second = Ask(Request("LIS2", "/bugreports/"));
  ByteReader two(AsBytes(second));
  EXPECT_EQ(AsText(two.Take(4)), "DNT2");
  two.Skip(4 + 8 + 8 + 16);
  EXPECT_EQ(two.Le64(), 300'000U);
  two.Skip(24);
  EXPECT_EQ(AsText(two.Take(two.Le32())), "a.zip");
  two.Skip(76);
  EXPECT_EQ(AsText(two.Take(5)), "b.txt");
  EXPECT_EQ(AsText(two.Take(4)), "DONE");
  EXPECT_EQ(two.left(), 72U);
}

TEST_F(SyncTest, PullsFilesAndSaysWhyNot) {
  Start();
  EXPECT_EQ(Pull("/bugreports/b.txt").bytes, "hello");
  const File zip = Pull("/bugreports/a.zip");
  EXPECT_EQ(zip.bytes, std::string(300'000, 'z'));
  EXPECT_TRUE(zip.done);
  EXPECT_TRUE(Pull("/sdcard/empty").done);
  EXPECT_EQ(Pull("/none").refusal, "open failed: No such file or directory");
  EXPECT_EQ(Pull("/sdcard").refusal, "open failed: Is a directory");
  Ask(Number("QUIT", 0));
  EXPECT_TRUE(host_->streams[id_].closed);
}

TEST_F(SyncTest, PushedFilesAreRefusedOrKept) {
  const std::string burst = Request("SEND", "/sdcard/new,33188") + Request("DATA", "abc") +
                            Request("DATA", "de") + Number("DONE", 12345);
  Start();
  const std::string refusal = Ask(burst);
  EXPECT_EQ(refusal, Request("FAIL", "couldn't create file: Read-only file system"));
  EXPECT_FALSE(table_.Stat("/sdcard/new", Time(0)));

  table_.set_accepts_files(true);
  EXPECT_EQ(Ask(burst), Number("OKAY", 0));
  EXPECT_EQ(Pull("/sdcard/new").bytes, "abcde");
  EXPECT_EQ(Ask(Request("SEND", "/sdcard/x") + Number("DONE", 0)), Request("FAIL", "bad mode"));
}

TEST_F(SyncTest, ATransferThatFails) {
  Start({{.kind = Trouble::Kind::kSyncFail, .of = "a.zip", .nth = 1, .bytes = 100'000}});
  const File failed = Pull("/bugreports/a.zip");
  EXPECT_EQ(failed.bytes.size(), 100'000U);
  EXPECT_EQ(failed.refusal, "read failed: I/O error");
  EXPECT_EQ(Pull("/bugreports/b.txt").bytes, "hello");
  EXPECT_TRUE(Pull("/bugreports/a.zip").done);
}

TEST_F(SyncTest, HostileRequestsEndIt) {
  for (const std::string& request : {Request("NONE", "x"), Request("RECV", std::string(1025, 'x')),
                                     Request("SEND", "/a,1") + Number("DATA", 65537),
                                     Request("SEND", "/a,1") + Request("RECV", "/")}) {
    Start();
    EXPECT_TRUE(Ask(request).starts_with("FAIL"));
    EXPECT_TRUE(host_->streams[id_].closed);
  }
}

}  // namespace
}  // namespace bk::simulate::adbd
