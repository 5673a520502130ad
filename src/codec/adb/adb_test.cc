#include <gtest/gtest.h>

#include <string>

#include "codec/adb/message.h"
#include "codec/adb/shell_v2.h"
#include "codec/adb/smart_socket.h"
#include "codec/adb/sync.h"

namespace bk::codec::adb {
namespace {

TEST(SmartSocket, RequestsCarryTheirLength) {
  EXPECT_EQ(EncodeRequest("host:version"), "000chost:version");
  EXPECT_EQ(ParseHex4("0029"), 41U);
  EXPECT_EQ(ParseHex4("00fF"), 255U);
  EXPECT_FALSE(ParseHex4("00g0"));
  EXPECT_FALSE(ParseHex4("000"));
}

TEST(SmartSocket, ReadsDevices) {
  const auto devices = ParseDevices(
      "0123456789ABCDEF       device usb:1-2 product:ginkgo model:Redmi_Note_8 device:ginkgo "
      "transport_id:3\n"
      "127.0.0.1:39001        unauthorized transport_id:4\n"
      "????????????           no permissions (user in plugdev group; are your udev rules wrong?); "
      "see [http://x]\n"
      "emulator-5554\toffline\n");
  ASSERT_EQ(devices.size(), 4U);
  EXPECT_EQ(devices[0].serial, "0123456789ABCDEF");
  EXPECT_EQ(devices[0].state, "device");
  EXPECT_EQ(devices[0].model, "Redmi Note 8");
  EXPECT_EQ(devices[0].transport_id, "3");
  EXPECT_EQ(devices[1].state, "unauthorized");
  EXPECT_TRUE(devices[2].state.starts_with("no permissions (user in plugdev group;"));
  EXPECT_EQ(devices[3].state, "offline");
  EXPECT_TRUE(ParseDevices("").empty());
}

struct Shell {
  std::string out, err;
  int exit = -1;
};
Shell Decode(Bytes stream, std::size_t piece) {
  Shell shell;
  ShellDecoder decoder;
  for (std::size_t at = 0; at < stream.size(); at += piece)
    decoder.Push(stream.subspan(at, std::min(piece, stream.size() - at)),
                 [&](ShellPacketId id, Bytes payload) {
                   if (id == ShellPacketId::kStdout) shell.out += AsText(payload);
                   if (id == ShellPacketId::kStderr) shell.err += AsText(payload);
                   if (id == ShellPacketId::kExit && !payload.empty())
                     shell.exit = std::to_integer<int>(payload[0]);
                 });
  return shell;
}

TEST(ShellV2, AnyPiecesAreOneStream) {
  std::vector<std::byte> stream;
  EncodeShellPacket(ShellPacketId::kStdout, AsBytes("hello "), stream);
  EncodeShellPacket(ShellPacketId::kStderr, AsBytes("oh"), stream);
  EncodeShellPacket(ShellPacketId::kStdout, {}, stream);
  ByteWriter(stream).U8(77).Le32(3).Put(AsBytes("new"));  // an id that is not known is skipped
  EncodeShellPacket(ShellPacketId::kStdout, AsBytes("there"), stream);
  const std::byte code{3};
  EncodeShellPacket(ShellPacketId::kExit, {&code, 1}, stream);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    const Shell shell = Decode(stream, piece);
    EXPECT_EQ(shell.out, "hello there") << piece;
    EXPECT_EQ(shell.err, "oh") << piece;
    EXPECT_EQ(shell.exit, 3) << piece;
  }
  for (std::size_t length = 0; length < stream.size(); ++length)
    EXPECT_EQ(Decode(Bytes(stream).first(length), 64).exit, -1) << length;
}

TEST(ShellV2, TheEndOfStdinHasNoPayload) {
  std::vector<std::byte> stream;
  EncodeShellPacket(ShellPacketId::kStdin, AsBytes("a"), stream);
  EncodeShellPacket(ShellPacketId::kCloseStdin, {}, stream);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    int ends = 0;
    ShellDecoder decoder;
    for (std::size_t at = 0; at < stream.size(); at += piece)
      decoder.Push(Bytes(stream).subspan(at, std::min(piece, stream.size() - at)),
                   [&](ShellPacketId id, Bytes) { ends += id == ShellPacketId::kCloseStdin; });
    EXPECT_EQ(ends, 1) << piece;
  }
}

TEST(Message, AnyPiecesAreOneStream) {
  std::vector<std::byte> stream;
  const auto bytes = AsBytes("host::features=shell_v2");
  EncodeMessage(
      {MessageCommand::kConnect, kVersion, kPayloadBytesMax, {bytes.begin(), bytes.end()}}, stream);
  EncodeMessage({MessageCommand::kOkay, 1, 2, {}}, stream);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    MessageDecoder decoder;
    std::vector<Message> messages;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      decoder.Push(Bytes(stream).subspan(at, std::min(piece, stream.size() - at)));
      while (auto message = decoder.Next()) messages.push_back(std::move(*message));
    }
    ASSERT_EQ(messages.size(), 2U) << piece;
    EXPECT_EQ(messages[0].command, MessageCommand::kConnect);
    EXPECT_EQ(AsText(messages[0].data), "host::features=shell_v2");
    EXPECT_EQ(messages[1].arg1, 2U);
  }
  for (std::size_t length = 0; length < stream.size(); ++length) {
    MessageDecoder decoder;
    decoder.Push(Bytes(stream).first(length));
    std::size_t whole = 0;
    while (decoder.Next()) ++whole;
    EXPECT_EQ(whole, length >= stream.size() - kHeadBytes ? 1U : 0U) << length;
  }
}

TEST(Message, AWrongMagicOrALongPayloadEndsIt) {
  std::vector<std::byte> stream;
  EncodeMessage({MessageCommand::kOkay, 1, 2, {}}, stream);
  stream[20] ^= std::byte{1};
  MessageDecoder decoder;
  decoder.Push(stream);
  EXPECT_FALSE(decoder.Next());
  EXPECT_TRUE(decoder.damaged());

  stream.clear();
  ByteWriter(stream)
      .Le32(0x45545257)
      .Le32(1)
      .Le32(1)
      .Le32(kPayloadBytesMax + 1)
      .Le32(0)
      .Le32(0x45545257 ^ 0xffffffffU);
  MessageDecoder long_one;
  long_one.Push(stream);
  EXPECT_FALSE(long_one.Next());
  EXPECT_TRUE(long_one.damaged());
}

TEST(Sync, ReadsAFileInAnyPieces) {
  std::vector<std::byte> stream;
  EncodeSync("DATA", AsBytes("abc"), stream);
  EncodeSync("DATA", AsBytes("de"), stream);
  EncodeSync("DONE", {}, stream);
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    RecvDecoder decoder;
    std::string file;
    bool done = false;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      decoder.Push(Bytes(stream).subspan(at, std::min(piece, stream.size() - at)));
      SyncPacket packet;
      while (decoder.Next(packet)) {
        if (packet.kind == SyncPacket::Kind::kData) file += AsText(packet.data);
        done = packet.kind == SyncPacket::Kind::kDone;
      }
    }
    EXPECT_EQ(file, "abcde") << piece;
    EXPECT_TRUE(done) << piece;
  }
}

TEST(Sync, ReadsWhatAPathIs) {
  std::vector<std::byte> old;
  ByteWriter(old).Put(AsBytes("STAT")).Le32(0100644).Le32(7).Le32(1'700'000'000);
  ASSERT_EQ(old.size(), kStatBytes);
  auto stat = ParseStat(old);
  ASSERT_TRUE(stat);
  EXPECT_TRUE(stat->is_file());
  EXPECT_EQ(stat->error, 0U);
  EXPECT_EQ(stat->size, 7U);
  EXPECT_EQ(stat->modified, 1'700'000'000);

  std::vector<std::byte> missing;
  ByteWriter(missing).Put(AsBytes("STAT")).Le32(0).Le32(0).Le32(0);
  stat = ParseStat(missing);
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->error, 2U);

  std::vector<std::byte> newer;
  ByteWriter(newer).Put(AsBytes("STA2")).Le32(0).Le64(1).Le64(2).Le32(0040755).Le32(3).Le32(4);
  ByteWriter(newer).Le32(5).Le64(0x1'0000'0000).Le64(6).Le64(7).Le64(8);
  ASSERT_EQ(newer.size(), kStat2Bytes);
  stat = ParseStat(newer);
  ASSERT_TRUE(stat);
  EXPECT_TRUE(stat->is_folder());
  EXPECT_EQ(stat->size, 0x1'0000'0000U);
  EXPECT_EQ(stat->modified, 7);
  for (std::size_t cut = 0; cut < newer.size(); ++cut)
    EXPECT_FALSE(ParseStat(Bytes(newer).first(cut))) << cut;
  EXPECT_FALSE(ParseStat(AsBytes("FAIL\x04\0\0\0oops")));
}

TEST(Sync, RefusalAndDamage) {
  std::vector<std::byte> stream;
  EncodeSync("FAIL", AsBytes("No such file or directory"), stream);
  RecvDecoder decoder;
  decoder.Push(stream);
  SyncPacket packet;
  ASSERT_TRUE(decoder.Next(packet));
  EXPECT_EQ(packet.kind, SyncPacket::Kind::kFail);
  EXPECT_EQ(packet.text, "No such file or directory");

  RecvDecoder damaged;
  damaged.Push(AsBytes("HTTP/1.1"));
  ASSERT_TRUE(damaged.Next(packet));
  EXPECT_EQ(packet.kind, SyncPacket::Kind::kDamaged);
  EXPECT_FALSE(damaged.Next(packet));
}

}  // namespace
}  // namespace bk::codec::adb
