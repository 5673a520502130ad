// A world's HCI log, read by the program: links, reasons, stages and counts against what the world
// itself knows.
#include <gtest/gtest.h>

#include <algorithm>

#include "capture/capture_reader.h"
#include "simulate/band/band_testing.h"
#include "simulate/radio/hci_record.h"
#include "simulate/radio/sim_radio.h"

namespace bk {
namespace {

using namespace simulate::band;  // NOLINT: the world
using simulate::radio::Air;
using simulate::radio::HciRecord;
using simulate::radio::Millis;
using simulate::radio::Seconds;
using simulate::radio::SimRadio;

constexpr std::int64_t kWall = 1'719'833'696'000'000;

// A host that writes raw bytes and waits for what comes.
class Host {
 public:
  explicit Host(SimRadio& radio) : radio_(radio) {}
  template <class E>
  std::optional<E> Await(RadioTime within = Seconds(120)) {
    const RadioTime until = radio_.Now() + within;
    while (auto event = radio_.Next(until)) {
      if (const auto* ended = std::get_if<ports::LinkEnded>(&*event)) last_end = *ended;
      if (auto* found = std::get_if<E>(&*event)) return std::move(*found);
    }
    return std::nullopt;
  }
  bool Connect(Address address) {
    for (int i = 0; i < 50; ++i) {
      radio_.Do(ports::ConnectOrder{address});
      while (auto event = radio_.Next(radio_.Now() + Seconds(60))) {
        if (std::holds_alternative<ports::LinkUp>(*event)) return true;
        if (std::holds_alternative<ports::LinkEnded>(*event)) break;
      }
    }
    return false;
  }
  void Write(std::uint16_t handle, Bytes bytes, bool request) {
    radio_.Do(ports::WriteOrder{handle, {bytes.begin(), bytes.end()}, request});
    ASSERT_TRUE(Await<ports::RequestDone>());
  }
  void Subscribe(std::uint16_t handle) {
    radio_.Do(ports::SubscribeOrder{handle, true});
    ASSERT_TRUE(Await<ports::RequestDone>());
  }
  void Prove(std::string_view key) {
    Subscribe(0x0060);
    Write(0x0060, Hex("82 00 02"), false);
    const auto challenge = Await<ports::Notified>();
    ASSERT_TRUE(challenge);
    const Block16 proof =
        kCipher.Aes128(Block(key), Block(ToHex(Bytes(challenge->bytes).subspan(3))));
    ByteVector bytes = Hex("83 00");
    bytes.insert(bytes.end(), proof.begin(), proof.end());
    Write(0x0060, bytes, false);
    ASSERT_TRUE(Await<ports::Notified>());
  }
  ports::LinkEnded last_end;

 private:
  SimRadio& radio_;
};

bool Reached(const capture::Link& link, capture::Stage stage) {
  return std::ranges::find(link.stages, stage, &capture::StageMark::stage) != link.stages.end();
}

TEST(AirRead, ARecordedWorldIsToldRight) {
  BandSim band({.key = Block(kKey), .history = 300}, kCipher, kChecksum);
  BandOnAir peripheral(band);
  Air air(
      {.seed = 11, .loss = 0.1, .setup_failure = 0.5, .silences = {{Seconds(300), Seconds(330)}}});
  air.Put(peripheral);
  SimRadio radio(air);
  HciRecord record;
  radio.Record(record);
  Host host(radio);
  // Half a minute of scanning.
  radio.Do(ports::ScanOrder{true});
  while (radio.Next(Seconds(30))) {
  }
  radio.Do(ports::ScanOrder{false});
  // A whole sync, then out of reach.
  ASSERT_TRUE(host.Connect(band.state().address));
  radio.Do(ports::DiscoverOrder{});
  ASSERT_TRUE(host.Await<ports::Discovered>());
  host.Prove(kKey);
  host.Write(0x002c, Hex("E8 07 07 01 0C 22 38 01 00 00 08"), true);
  host.Subscribe(0x0035);
  host.Write(0x0035, Hex("06 17 00 65 6E 5F 55 53"), false);
  ASSERT_TRUE(host.Await<ports::Notified>());
  host.Subscribe(0x003b);
  host.Subscribe(0x003e);
  host.Write(0x003b, Hex("01 01 B2 07 01 01 00 00 00 00"), false);
  ASSERT_TRUE(host.Await<ports::Notified>());
  host.Write(0x003b, Hex("02"), false);
  while (const auto notified = host.Await<ports::Notified>())
    if (notified->handle == 0x003b) break;
  host.Write(0x003b, Hex("03"), false);
  ASSERT_TRUE(host.Await<ports::Notified>());
  ASSERT_TRUE(host.Await<ports::LinkEnded>(Seconds(600)));
  ASSERT_EQ(host.last_end.reason, simulate::radio::kConnectionTimeout);
  // A second link with another key; the host ends it.
  ASSERT_TRUE(host.Connect(band.state().address));
  host.Prove("000102030405060708090a0b0c0d0e0f");
  radio.Do(ports::DisconnectOrder{});
  ASSERT_TRUE(host.Await<ports::LinkEnded>());

  capture::CaptureReader reader({.file = "world"});
  ASSERT_TRUE(reader.Push(record.Btsnoop(kWall)));
  const auto read = reader.Finish();
  ASSERT_TRUE(read);
  const capture::Story& story = *read;
  EXPECT_TRUE(story.losses.empty());
  EXPECT_EQ(story.counters.packets, record.packets());
  const auto& truth = radio.counters();
  EXPECT_GT(truth.setup_failures, 0u);
  EXPECT_EQ(story.counters.disconnects[0x3e], truth.setup_failures);
  EXPECT_EQ(story.counters.disconnects[0x08], 1u);
  EXPECT_EQ(story.counters.disconnects[0x16], 1u);
  EXPECT_EQ(story.counters.le_connections[0], truth.links + truth.setup_failures);
  EXPECT_GE(story.counters.att_total, truth.to_host.att_pdus + truth.to_band.att_pdus);
  EXPECT_EQ(story.bands.size(), 1u);

  const std::size_t peer = capture::FindPeer(story, band.state().address);
  ASSERT_NE(peer, capture::kNone);
  EXPECT_EQ(story.peers[peer].name, "Mi Smart Band 4");
  EXPECT_TRUE(story.peers[peer].huami_company && story.peers[peer].huami_service);
  ASSERT_TRUE(story.peers[peer].interval);
  EXPECT_NEAR(story.peers[peer].interval->milliseconds, 1027, 10);

  std::vector<const capture::Link*> links;
  for (const capture::Link& link : story.links)
    if (link.reason != 0x3e) links.push_back(&link);
  ASSERT_EQ(links.size(), 2u);
  using capture::Stage;
  for (const Stage stage :
       {Stage::kDiscovered, Stage::kAuthenticated, Stage::kFetching, Stage::kSynced})
    EXPECT_TRUE(Reached(*links[0], stage)) << capture::StageName(stage);
  EXPECT_EQ(links[0]->reason, 0x08);
  EXPECT_EQ(links[0]->mtu, 247);
  EXPECT_NEAR(links[0]->parameters.at(0).interval_ms, 48.75, 0.01);
  EXPECT_FALSE(Reached(*links[1], Stage::kAuthenticated));
  EXPECT_EQ(links[1]->reason, 0x16);
  EXPECT_EQ(links[1]->by, capture::EndedBy::kPhone);
}

}  // namespace
}  // namespace bk
