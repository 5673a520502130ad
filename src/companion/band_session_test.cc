#include "companion/band_session.h"

#include <gtest/gtest.h>

#include "codec/miband/device_info.h"
#include "companion/command.h"
#include "companion/script_testing.h"

namespace bk::companion {
namespace {

using std::chrono::seconds;
using Kind = SessionNote::Kind;

class NoCipher : public ports::Cipher {
 public:
  [[nodiscard]] ports::Block16 Aes128(const ports::Block16&,
                                      const ports::Block16& block) const override {
    return block;
  }
  [[nodiscard]] std::array<std::byte, 32> Sha256(Bytes) const override { return {}; }
};

constexpr Address kBand{0xc80f10010203};

std::vector<ports::GattCharacteristic> Table() {
  std::vector<ports::GattCharacteristic> table;
  for (const auto& info : codec::miband::MiBand4Attributes())
    table.push_back({info.value_handle, codec::miband::FullUuid(info.service),
                     codec::miband::FullUuid(info.uuid), info.properties});
  return table;
}

// Answers what a healthy band answers, at once; what a test needs otherwise it says itself.
struct BandSessionTest : ::testing::Test {
  NoCipher cipher;
  ports::Block16 key{};
  RadioTime now{0};
  std::vector<ports::RadioOrder> orders;
  std::vector<SessionNote> notes;
  std::string auth_status = "01";

  BandSession::Options Options() {
    BandSession::Options options;
    options.address = kBand;
    options.key = &key;
    options.cipher = &cipher;
    options.search = RadioTime{0};
    options.local_clock = [](RadioTime) { return codec::miband::Clock{2024, 7, 1, 12, 0, 0, 8}; };
    return options;
  }
  BandSession session{Options()};

  void Collect() {
    for (auto& order : session.TakeOrders()) orders.push_back(std::move(order));
    for (auto& note : session.TakeNotes()) notes.push_back(std::move(note));
  }
  void On(const ports::RadioEvent& event) {
    session.On(event, now);
    Collect();
  }
  void Tick() {
    ASSERT_TRUE(session.deadline().has_value());
    now = std::max(now, *session.deadline());
    session.Tick(now);
    Collect();
  }
  template <class Order>
  bool Ordered() {
    if (orders.empty() || !std::holds_alternative<Order>(orders.front())) return false;
    orders.erase(orders.begin());
    return true;
  }
  // Carries out what is ordered on a standing link, as a healthy band would answer.
  void Serve() {
    while (!orders.empty()) {
      const ports::RadioOrder order = orders.front();
      if (const auto* write = std::get_if<ports::WriteOrder>(&order)) {
        orders.erase(orders.begin());
        On(ports::RequestDone{write->handle, 0, {}});
        if (write->handle == Handle(Attribute::kAuth) && write->bytes[0] == std::byte{0x82})
          On(ports::Notified{write->handle, FromHex("10 82 01 00112233445566778899AABBCCDDEEFF")});
        if (write->handle == Handle(Attribute::kAuth) && write->bytes[0] == std::byte{0x83})
          On(ports::Notified{write->handle, FromHex("10 83 " + auth_status)});
      } else if (const auto* read = std::get_if<ports::ReadOrder>(&order)) {
        orders.erase(orders.begin());
        On(ports::RequestDone{read->handle, 0, codec::miband::EncodeVersion("1.0.9.70")});
      } else if (const auto* subscribe = std::get_if<ports::SubscribeOrder>(&order)) {
        orders.erase(orders.begin());
        On(ports::RequestDone{subscribe->handle, 0, {}});
      } else {
        return;
      }
    }
  }
  static std::uint16_t Handle(Attribute attribute) {
    return codec::miband::InfoOf(attribute).value_handle;
  }
  void LinkUpToReady() {
    ASSERT_TRUE(Ordered<ports::ConnectOrder>());
    On(ports::LinkUp{247});
    ASSERT_TRUE(Ordered<ports::DiscoverOrder>());
    On(ports::Discovered{Table(), ""});
    Serve();
    ASSERT_TRUE(session.ready());
  }
  void Begin() {
    session.Start(now);
    Collect();
  }
  [[nodiscard]] int Count(Kind kind) const {
    return static_cast<int>(
        std::ranges::count_if(notes, [&](const auto& note) { return note.kind == kind; }));
  }
};

TEST_F(BandSessionTest, FromNothingToReady) {
  Begin();
  LinkUpToReady();
  EXPECT_EQ(session.info().firmware, "1.0.9.70");
  EXPECT_TRUE(session.info().clock_set);
  EXPECT_EQ(Count(Kind::kReady), 1);
  EXPECT_FALSE(session.deadline());  // an idle link costs nothing
}

TEST_F(BandSessionTest, ALostLinkIsTakenUpAtOnceAndForEver) {
  Begin();
  LinkUpToReady();
  On(ports::LinkEnded{true, 0x08, ""});
  EXPECT_EQ(notes.back().pause, seconds(0));
  EXPECT_EQ(notes[notes.size() - 2].reason, 0x08);
  Tick();
  LinkUpToReady();
  // And when it never comes back: it is tried again and again, seldom.
  On(ports::LinkEnded{true, 0x13, ""});
  for (int i = 0; i < 200; ++i) {
    Tick();
    if (Ordered<ports::DisconnectOrder>()) On(ports::LinkEnded{false, {}, ""});
    orders.clear();
    ASSERT_FALSE(session.over());
  }
  // The controller waits for it nearly all the time, whatever the hour.
  EXPECT_LE(now, seconds(40) * Count(Kind::kConnecting));
  EXPECT_GE(now, seconds(29) * Count(Kind::kConnecting));
  EXPECT_GT(Count(Kind::kNotHeard), 5);
}

TEST_F(BandSessionTest, AWrongKeyIsForThePersonAndNotTriedAgain) {
  auth_status = "08";
  Begin();
  ASSERT_TRUE(Ordered<ports::ConnectOrder>());
  On(ports::LinkUp{23});
  ASSERT_TRUE(Ordered<ports::DiscoverOrder>());
  On(ports::Discovered{Table(), ""});
  Serve();
  EXPECT_EQ(Count(Kind::kGivenUp), 1);
  EXPECT_TRUE(Ordered<ports::DisconnectOrder>());
  On(ports::LinkEnded{true, 0x16, ""});
  EXPECT_TRUE(session.over());
  EXPECT_EQ(session.failure()->status, 0x08);
}

TEST_F(BandSessionTest, ABandHeldByAnotherDeviceIsToldApart) {
  Begin();
  ASSERT_TRUE(Ordered<ports::ConnectOrder>());
  Tick();  // 30 s without an answer
  ASSERT_TRUE(Ordered<ports::DisconnectOrder>());
  On(ports::LinkEnded{false, {}, "aborted"});
  ASSERT_TRUE(Ordered<ports::ScanOrder>());
  ports::BandAdvert other;
  other.address = Address{1};
  On(ports::AdvertSeen{other});
  EXPECT_EQ(Count(Kind::kHeard), 0);
  ports::BandAdvert advert;
  advert.address = kBand;
  advert.connectable = false;
  advert.rssi = -70;
  On(ports::AdvertSeen{advert});
  On(ports::AdvertSeen{advert});
  ASSERT_EQ(Count(Kind::kHeard), 1);
  EXPECT_TRUE(orders.empty());
  // The other device lets go.
  advert.connectable = true;
  On(ports::AdvertSeen{advert});
  EXPECT_TRUE(Ordered<ports::ScanOrder>());
  LinkUpToReady();
}

TEST_F(BandSessionTest, AnAdapterThatRefusesAtOnceIsNotHammered) {
  Begin();
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(Ordered<ports::ConnectOrder>());
    On(ports::LinkEnded{false, 0x0d, "refused"});
    Tick();
  }
  EXPECT_GT(now, seconds(30) * 80);
}

TEST_F(BandSessionTest, AnotherDeviceIsNoBand) {
  Begin();
  ASSERT_TRUE(Ordered<ports::ConnectOrder>());
  On(ports::LinkUp{23});
  ASSERT_TRUE(Ordered<ports::DiscoverOrder>());
  On(ports::Discovered{{{3, SigUuid(0x1800), SigUuid(0x2a00), 2}}, ""});
  EXPECT_EQ(Count(Kind::kGivenUp), 1);
}

TEST_F(BandSessionTest, AnAdapterThatVanishesAndComesBack) {
  Begin();
  LinkUpToReady();
  On(ports::AdapterChanged{ports::AdapterState::kAbsent, "no adapter"});
  EXPECT_FALSE(session.ready());
  EXPECT_FALSE(session.deadline());
  orders.clear();
  On(ports::AdapterChanged{ports::AdapterState::kReady, ""});
  LinkUpToReady();
}

TEST_F(BandSessionTest, AProcedureDiesWithItsLinkAndTheNextOneRuns) {
  Begin();
  LinkUpToReady();
  Command find = Command::FindBand();
  session.Run(find, now);
  Collect();
  EXPECT_TRUE(session.running());
  On(ports::LinkEnded{true, 0x08, ""});
  EXPECT_FALSE(session.running());
  EXPECT_FALSE(find.outcome());
  orders.clear();
  Tick();
  LinkUpToReady();
  Command again = Command::FindBand();
  session.Run(again, now);
  Collect();
  Serve();
  EXPECT_TRUE(again.outcome() && again.outcome()->done());
}

TEST_F(BandSessionTest, ALinkOfNoUseIsReplaced) {
  Begin();
  LinkUpToReady();
  session.Renew(now);
  Collect();
  EXPECT_FALSE(session.ready());
  ASSERT_TRUE(Ordered<ports::DisconnectOrder>());
  On(ports::LinkEnded{true, 0x16, ""});
  Tick();
  LinkUpToReady();
}

// Linux hears a device that is to be connected with half its ears; a search lends it the whole.
TEST_F(BandSessionTest, WhileItWaitsItSearchesUntilTheLinkIsUp) {
  BandSession::Options options = Options();
  options.search = std::chrono::minutes(5);
  session = BandSession(options);
  Begin();
  ASSERT_TRUE(Ordered<ports::ConnectOrder>());
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_TRUE(std::get<ports::ScanOrder>(orders[0]).on);
  orders.clear();
  On(ports::LinkUp{247});
  ASSERT_FALSE(orders.empty());
  ASSERT_TRUE(std::holds_alternative<ports::ScanOrder>(orders[0]));
  EXPECT_FALSE(std::get<ports::ScanOrder>(orders[0]).on);
}

TEST_F(BandSessionTest, ItDoesNotSearchForEver) {
  BandSession::Options options = Options();
  options.search = std::chrono::minutes(5);
  session = BandSession(options);
  Begin();
  bool scans = false;
  RadioTime since{0}, searched{0}, at_five{0};
  while (now < std::chrono::hours(3)) {
    for (const ports::RadioOrder& order : std::exchange(orders, {})) {
      if (const auto* scan = std::get_if<ports::ScanOrder>(&order)) {
        EXPECT_NE(scan->on, scans);
        scans = scan->on;
      } else if (std::holds_alternative<ports::DisconnectOrder>(order)) {
        On(ports::LinkEnded{false, {}, ""});
      }
    }
    if (!orders.empty()) continue;
    since = now;
    Tick();
    if (scans) searched += now - since;
    if (now <= std::chrono::minutes(5)) at_five = searched;
  }
  EXPECT_GT(at_five, std::chrono::minutes(4));
  // And what it listens now and then, to tell a held band from one that is away.
  EXPECT_LT(searched, std::chrono::minutes(11));
}

TEST_F(BandSessionTest, CloseEndsWhereverItStands) {
  for (int stage = 0; stage < 4; ++stage) {
    BandSession closing{Options()};
    closing.Start(now);
    if (stage >= 1) closing.On(ports::LinkUp{23}, now);
    if (stage >= 2) closing.On(ports::Discovered{Table(), ""}, now);
    if (stage == 3) closing.On(ports::LinkEnded{true, 0x08, ""}, now);
    closing.Close(now);
    if (!closing.over()) {
      ASSERT_TRUE(closing.deadline().has_value());
      closing.Tick(*closing.deadline());
    }
    EXPECT_TRUE(closing.over()) << stage;
  }
}

TEST_F(BandSessionTest, StrayEventsInAnyStateDoNoHarm) {
  const std::vector<ports::RadioEvent> events = {
      ports::LinkUp{23},
      ports::LinkEnded{true, 0x08, ""},
      ports::LinkEnded{false, 0x3e, ""},
      ports::Discovered{Table(), ""},
      ports::Discovered{{}, "failed"},
      ports::MtuChanged{247},
      ports::RequestDone{0x60, 0, FromHex("00")},
      ports::RequestDone{0x4711, 5, {}},
      ports::Notified{Handle(Attribute::kAuth), FromHex("10 83 01")},
      ports::Notified{0x4711, {}},
      ports::AdapterChanged{ports::AdapterState::kNoDaemon, "gone"},
      ports::AdapterChanged{ports::AdapterState::kReady, ""},
      ports::AdvertSeen{}};
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    BandSession wild{Options()};
    wild.Start(RadioTime{0});
    std::uint32_t state = seed * 2654435761U + 1;
    RadioTime time{0};
    for (int i = 0; i < 60; ++i) {
      state = state * 1664525U + 1013904223U;
      const std::size_t pick = (state >> 16) % (events.size() + 3);
      if (pick < events.size()) {
        wild.On(events[pick], time);
      } else if (wild.deadline()) {
        time = std::max(time, *wild.deadline());
        wild.Tick(time);
      }
    }
    // Whatever happened, it goes on: something is awaited, it is ready, or it is over.
    wild.On(ports::AdapterChanged{ports::AdapterState::kReady, ""}, time);
    EXPECT_TRUE(wild.deadline() || wild.ready() || wild.over()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace bk::companion
