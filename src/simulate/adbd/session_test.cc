#include "simulate/adbd/session.h"

#include <gtest/gtest.h>

#include <string>

#include "simulate/adbd/host_testing.h"
#include "simulate/adbd/port.h"
#include "simulate/adbd/table_services.h"

namespace bk::simulate::adbd {
namespace {

using codec::adb::MessageCommand;
using std::chrono::seconds;
using testing::DecodeShell;
using testing::Host;
using testing::HostStream;
using testing::OneKey;
using testing::OtherKey;

constexpr Owner kOpenDoor{.answer = Owner::Answer::kNotAsked};

TableServices Table() {
  TableServices table;
  table.Add("date", {.out = "Wed Jan  8 15:30:07 UTC 2020\n"});
  table.Add("complain", {.out = "some\n", .err = "oh\n", .exit = 3});
  table.Add("big", {.out = std::string(1'000'000, 'x')});
  table.Add("logcat", {.out = "--------- beginning of main\n", .endless = true});
  return table;
}

// A phone that lets everybody in, and a computer that has just connected to it.
struct Connected {
  explicit Connected(Profile profile = {}) : device(table, std::move(profile), kOpenDoor) {
    host.Connect();
  }
  TableServices table = Table();
  Device device;
  DeviceSession session{device};
  Host host{session};
};

TEST(DeviceSession, SaysWhoItIs) {
  Connected phone({.product = "ginkgo", .model = "Redmi Note 8", .device = "ginkgo"});
  Host& host = phone.host;
  ASSERT_TRUE(host.online);
  EXPECT_EQ(host.version, codec::adb::kVersion);
  EXPECT_EQ(host.payload_bytes_max, codec::adb::kPayloadBytesMax);
  EXPECT_EQ(host.banner,
            "device::ro.product.name=ginkgo;ro.product.model=Redmi Note 8;"
            "ro.product.device=ginkgo;features=shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,"
            "fixed_push_symlink_timestamp");
}

TEST(DeviceSession, AKeyOnceAllowedIsKnownTheNextTime) {
  TableServices table = Table();
  Device device(table, {}, {});
  {
    DeviceSession session(device);
    Host host(session);
    host.Connect();
    EXPECT_EQ(host.tokens, 1);
    const auto first = host.token;
    EXPECT_EQ(first.size(), codec::adb::auth::kTokenBytes);
    host.Sign(OneKey());
    EXPECT_EQ(host.tokens, 2);
    EXPECT_NE(host.token, first);
    EXPECT_FALSE(host.online);
    host.Offer(OneKey());
    EXPECT_TRUE(host.online);
  }
  DeviceSession session(device);
  Host host(session);
  host.Connect();
  host.Sign(OtherKey());
  EXPECT_FALSE(host.online);
  host.Sign(OneKey());
  EXPECT_TRUE(host.online);
}

TEST(DeviceSession, WithoutAlwaysAllowTheOwnerIsAskedAgain) {
  TableServices table = Table();
  Device device(table, {}, {.remembers = false});
  for (int time = 0; time < 2; ++time) {
    DeviceSession session(device);
    Host host(session);
    host.Connect();
    host.Sign(OneKey());
    EXPECT_FALSE(host.online);
    host.Offer(OneKey());
    EXPECT_TRUE(host.online);
  }
}

TEST(DeviceSession, AnOwnerWhoRefusesOrIsSlow) {
  TableServices table = Table();
  Device never(table, {}, {.answer = Owner::Answer::kRefuses});
  DeviceSession refused(never);
  Host host(refused);
  host.Connect();
  host.Offer(OneKey());
  host.now = seconds(100'000);
  host.Take();
  EXPECT_FALSE(host.online);
  EXPECT_FALSE(host.Do("shell:date").opened);  // nothing is served before

  Device later(table, {}, {.answer = Owner::Answer::kAcceptsLater, .delay = seconds(30)});
  DeviceSession thinking(later);
  Host patient(thinking);
  patient.now = seconds(5);
  patient.Connect();
  patient.Offer(OneKey());
  ASSERT_EQ(thinking.Wake(), Time(seconds(35)));
  patient.now = seconds(35) - Time(1);
  patient.Take();
  EXPECT_FALSE(patient.online);
  patient.now = seconds(35);
  patient.Take();
  EXPECT_TRUE(patient.online);
}

TEST(DeviceSession, WhatIsNoKeyIsNotAccepted) {
  TableServices table = Table();
  Device device(table, {}, {});
  DeviceSession session(device);
  Host host(session);
  host.Connect();
  host.Send(MessageCommand::kAuth, codec::adb::auth::kPublicKey, 0, "open sesame");
  host.Take();
  EXPECT_FALSE(host.online);
  for (int i = 0; i < 100; ++i) {
    host.Send(MessageCommand::kAuth, codec::adb::auth::kSignature, 0, std::string(256, '\1'));
    host.Take();
  }
  EXPECT_TRUE(session.ended());  // nobody has so many keys
}

TEST(DeviceSession, TheFramedShellKeepsErrorsAndTheExitApart) {
  Connected phone;
  Host& host = phone.host;
  const HostStream& framed = host.Do("shell,v2,TERM=xterm,raw:complain");
  EXPECT_TRUE(framed.closed);
  const auto said = DecodeShell(framed.bytes());
  EXPECT_EQ(said.out, "some\n");
  EXPECT_EQ(said.err, "oh\n");
  EXPECT_EQ(said.exit, 3);
  EXPECT_EQ(host.Do("shell:complain").bytes(), "some\noh\n");
  EXPECT_EQ(host.Do("exec:complain").bytes(), "some\noh\n");
  EXPECT_EQ(DecodeShell(host.Do("shell,v2,pty:complain").bytes()).out, "some\r\noh\r\n");
  const auto unknown = DecodeShell(host.Do("shell,v2,raw:nonesuch -x").bytes());
  EXPECT_EQ(unknown.err, "/system/bin/sh: nonesuch: inaccessible or not found\n");
  EXPECT_EQ(unknown.exit, 127);
  EXPECT_EQ(phone.session.streams(), 0U);
}

std::string Keys(std::string_view keys) {
  std::vector<std::byte> packet;
  codec::adb::EncodeShellPacket(codec::adb::ShellPacketId::kStdin, AsBytes(keys), packet);
  return std::string(AsText(packet));
}

TEST(DeviceSession, AShellToTypeIn) {
  Connected phone({.device = "ginkgo"});
  Host& host = phone.host;
  const std::uint32_t id = host.Open("shell,v2,TERM=xterm,pty:");
  HostStream& stream = host.streams[id];
  host.Write(id, Keys("dax"));
  host.Write(id, Keys("\x7fte\r"));
  EXPECT_EQ(DecodeShell(stream.bytes()).out,
            "ginkgo:/ $ dax\b \bte\r\nWed Jan  8 15:30:07 UTC 2020\r\nginkgo:/ $ ");
  host.Write(id, Keys("logcat\rtyped ahead"));
  host.Write(id, Keys("\x03"));
  EXPECT_TRUE(DecodeShell(stream.bytes()).out.ends_with("^C\r\nginkgo:/ $ "));
  host.Write(id, Keys("complain\rexit\r"));
  EXPECT_TRUE(stream.closed);
  EXPECT_EQ(DecodeShell(stream.bytes()).exit, 3);

  // A script on standard input: no prompt, nothing shown, and its end is the shell's.
  const std::uint32_t piped = host.Open("shell,v2,raw:");
  host.Write(piped, Keys("date\ncomplain"));
  host.Write(piped, std::string("\4\0\0\0\0", 5));
  const auto said = DecodeShell(host.streams[piped].bytes());
  EXPECT_EQ(said.out, "Wed Jan  8 15:30:07 UTC 2020\nsome\n");
  EXPECT_EQ(said.err, "oh\n");
  EXPECT_EQ(said.exit, 3);
}

TEST(DeviceSession, AnOldPhoneHasOneStreamAndSmallMessages) {
  Connected phone({.old = true});
  Host& host = phone.host;
  EXPECT_EQ(host.version, codec::adb::kVersionWithChecksum);
  EXPECT_EQ(host.payload_bytes_max, 4096U);
  EXPECT_EQ(host.banner.find("features"), std::string::npos);
  EXPECT_EQ(host.Do("shell:complain").bytes(), "some\r\noh\r\n");
  EXPECT_EQ(host.Do("exec:complain").bytes(), "some\noh\n");
  const HostStream& big = host.Do("shell:big");
  EXPECT_EQ(big.bytes().size(), 1'000'000U);
  for (const std::string& write : big.writes) EXPECT_LE(write.size(), 4096U);
  EXPECT_EQ(host.Do("shell,v2,raw:date").bytes(), "Wed Jan  8 15:30:07 UTC 2020\n");
}

TEST(DeviceSession, AHostThatTakesNothingGetsOneMessage) {
  Connected phone;
  Host& host = phone.host;
  host.acknowledges = false;
  const std::uint32_t id = host.Open("exec:big");
  host.now = seconds(100);
  host.Take();
  HostStream& stream = host.streams[id];
  ASSERT_EQ(stream.writes.size(), 1U);
  EXPECT_FALSE(stream.closed);
  host.Acknowledge(id);
  EXPECT_EQ(stream.writes.size(), 2U);
  EXPECT_EQ(host.Do("exec:date").writes.size(), 1U);  // others are not held up
  host.acknowledges = true;
  host.Acknowledge(id);
  EXPECT_EQ(stream.bytes(), std::string(1'000'000, 'x'));
  EXPECT_TRUE(stream.closed);
}

TEST(DeviceSession, AnEndlessCommandEndsWhenTheHostCloses) {
  Connected phone;
  Host& host = phone.host;
  const std::uint32_t id = host.Open("shell,v2,raw:logcat");
  EXPECT_EQ(DecodeShell(host.streams[id].bytes()).out, "--------- beginning of main\n");
  EXPECT_EQ(phone.session.streams(), 1U);
  host.Close(id);
  EXPECT_EQ(phone.session.streams(), 0U);
  EXPECT_TRUE(host.streams[id].closed);
}

TEST(DeviceSession, ManyStreamsAtOnceAndNotOneMore) {
  Connected phone;
  Host& host = phone.host;
  std::vector<std::uint32_t> ids;
  for (std::size_t i = 0; i < DeviceSession::kStreamsMax; ++i)
    ids.push_back(host.Open("exec:logcat"));
  for (const std::uint32_t id : ids) EXPECT_TRUE(host.streams[id].opened);
  EXPECT_TRUE(host.Do("exec:date").refused);
  host.Close(ids.front());
  EXPECT_EQ(host.Do("exec:date").bytes(), "Wed Jan  8 15:30:07 UTC 2020\n");
}

TEST(DeviceSession, AnUnknownServiceIsRefused) {
  Connected phone;
  Host& host = phone.host;
  for (const char* service : {"tcp:80", "jdwp:1", "framebuffer:", "", "shell", "abb:package"})
    EXPECT_TRUE(host.Do(service).refused) << service;
}

TEST(DeviceSession, ARestartDropsTheConnectionUntilThePhoneIsBack) {
  Connected phone;
  phone.table.set_restart_takes(seconds(40));
  Host& host = phone.host;
  const HostStream& stream = host.Do("reboot:recovery");
  EXPECT_TRUE(stream.opened && stream.closed);
  EXPECT_TRUE(phone.session.ended());
  EXPECT_EQ(phone.table.restarts(), std::vector<std::string>{"recovery"});

  DeviceSession early(phone.device);
  Host knocks(early);
  knocks.now = seconds(39);
  knocks.Connect();
  EXPECT_TRUE(early.ended());
  DeviceSession after(phone.device);
  Host returns(after);
  returns.now = seconds(40);
  returns.Connect();
  EXPECT_TRUE(returns.online);
}

std::vector<std::byte> Answers(DeviceSession& session, std::size_t piece) {
  Host host(session, piece);
  host.Connect();
  host.Offer(OneKey());
  host.Do("shell,v2,raw:complain");
  const std::uint32_t sync = host.Open("sync:");
  host.Write(sync, std::string_view("STA2\5\0\0\0/none", 13));
  host.Close(sync);
  return host.received;
}

TEST(DeviceSession, TheSizeOfThePiecesDoesNotMatter) {
  std::vector<std::byte> whole;
  for (const std::size_t piece : {std::size_t{1} << 20, std::size_t{1}, std::size_t{3},
                                  std::size_t{23}, std::size_t{24}, std::size_t{25}}) {
    TableServices table = Table();
    Device device(table, {}, {}, {}, 7);
    DeviceSession session(device);
    const std::vector<std::byte> received = Answers(session, piece);
    if (whole.empty()) whole = received;
    EXPECT_EQ(received, whole) << piece;
  }
  EXPECT_GT(whole.size(), 500U);
}

TEST(DeviceSession, CutAtEveryByteItSaysWhatItWouldHaveSaidAnyway) {
  std::vector<std::byte> said;
  const auto say = [&said](MessageCommand command, std::uint32_t arg0, std::uint32_t arg1,
                           std::string_view data) {
    const Bytes bytes = AsBytes(data);
    codec::adb::EncodeMessage({command, arg0, arg1, {bytes.begin(), bytes.end()}}, said);
  };
  say(MessageCommand::kConnect, codec::adb::kVersion, 4096, "host::");
  say(MessageCommand::kOpen, 1, 0, std::string_view("shell,v2,raw:complain\0", 22));
  say(MessageCommand::kOkay, 1, 1, "");
  say(MessageCommand::kOpen, 2, 0, std::string_view("sync:\0", 6));
  say(MessageCommand::kWrite, 2, 2, std::string_view("RECV\5\0\0\0/none", 13));
  say(MessageCommand::kOkay, 2, 2, "");
  say(MessageCommand::kClose, 2, 2, "");
  const auto answers = [&](std::size_t length) {
    TableServices table = Table();
    Device device(table, {}, kOpenDoor);
    DeviceSession session(device);
    std::vector<std::byte> out;
    for (std::size_t i = 0; i < length; ++i) {
      session.Receive(Bytes(said).subspan(i, 1), Time(0));
      session.Produce(Time(0), out);
    }
    return out;
  };
  const auto whole = answers(said.size());
  EXPECT_NE(AsText(whole).find("open failed: No such file"), std::string_view::npos);
  for (std::size_t length = 0; length < said.size(); ++length) {
    const auto part = answers(length);
    ASSERT_LE(part.size(), whole.size());
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << length;
  }
}

TEST(Port, OddOnesThatAdbLooksAtAreRefused) {
  for (const int port : {5037, 5555, 5557, 5585})
    EXPECT_FALSE(CheckPort(static_cast<std::uint16_t>(port))) << port;
  for (const int port : {0, 5554, 5556, 5587, 40000})
    EXPECT_TRUE(CheckPort(static_cast<std::uint16_t>(port))) << port;
}

TEST(DeviceSession, AHostileHostIsDropped) {
  TableServices table = Table();
  Device device(table, {}, kOpenDoor);
  DeviceSession garbage(device);
  garbage.Receive(AsBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), Time(0));
  EXPECT_TRUE(garbage.ended());

  DeviceSession small(device);
  Host stingy(small);
  stingy.Connect(0);  // takes no byte
  EXPECT_TRUE(small.ended());

  Device old(table, {.old = true}, kOpenDoor);
  DeviceSession fed(old);
  Host host(fed);
  host.Connect();
  const std::uint32_t id = host.Open("exec:logcat");
  host.Write(id, std::string(4097, 'x'));  // more than was agreed
  EXPECT_TRUE(fed.ended());
}

}  // namespace
}  // namespace bk::simulate::adbd
