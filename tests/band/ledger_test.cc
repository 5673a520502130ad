// Which minutes are stored, and which are not and why: over the real store.
#include "app/band/ledger.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "adapters/sqlite/band_store.h"

namespace bk {
namespace {

constexpr Address kBand{0xc80f10010203};
constexpr std::uint8_t kNotWorn = 3, kActive = 1, kSeated = 0x50;
using Why = app::LedgerGap::Why;

class LedgerTest : public ::testing::Test {
 protected:
  LedgerTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "bk_ledger_XXXXXX";
    folder_ = mkdtemp(pattern.data());
    store_ = *adapters::OpenBandStore(folder_ + "/bands.sqlite");
    EXPECT_TRUE(store_->Describe({kBand, "1.0.9.70", "", {}}));
  }
  ~LedgerTest() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  void Put(std::int64_t from, std::int64_t to, std::uint8_t kind, std::uint8_t steps = 0) {
    std::vector<ports::BandMinute> minutes;
    for (std::int64_t minute = from; minute < to; ++minute)
      minutes.push_back({.minute = minute, .zone = 8, .kind = kind, .steps = steps});
    const auto fetch = store_->BeginFetch(kBand, 0);
    ASSERT_TRUE(fetch);
    ASSERT_TRUE(store_->Save(kBand, *fetch, minutes, to));
  }
  app::Ledger Ledger() { return *app::LedgerOf(*store_, kBand); }

  std::string folder_;
  std::unique_ptr<ports::BandStore> store_;
};

TEST_F(LedgerTest, AnEmptyStoreHasNoMinuteAndNoGap) {
  const app::Ledger ledger = Ledger();
  EXPECT_EQ(ledger.minutes, 0);
  EXPECT_TRUE(ledger.gaps.empty());
  EXPECT_EQ(app::LedgerInWords(ledger, {}).size(), 1U);
  EXPECT_TRUE(app::LedgerJson(ledger)["first_minute"].is_null());
}

TEST_F(LedgerTest, EveryMissingMinuteHasItsReason) {
  Put(1000, 1100, kActive);
  ASSERT_TRUE(store_->SaveGap(kBand, {1100, 1160, ports::MinuteGap::Why::kOff}));
  Put(1160, 1200, kSeated);
  Put(1200, 1290, kNotWorn);
  Put(1290, 1300, kActive);
  Put(1310, 1400, kActive);  // nothing says where 1300 to 1310 are
  ASSERT_TRUE(store_->SaveGap(kBand, {900, 1000, ports::MinuteGap::Why::kOverwritten}));
  const app::Ledger ledger = Ledger();
  EXPECT_EQ(ledger.minutes, 330);
  EXPECT_EQ(ledger.not_worn, 90);
  EXPECT_EQ(ledger.first, 1000);
  EXPECT_EQ(ledger.next, 1400);
  const std::vector<app::LedgerGap> gaps = {{900, 1000, Why::kOverwritten},
                                            {1100, 1160, Why::kOff},
                                            {1200, 1290, Why::kNotWorn},
                                            {1300, 1310, Why::kLost}};
  EXPECT_EQ(ledger.gaps, gaps);
  // Stored, gaps and what is lost cover each minute once.
  std::int64_t covered = ledger.minutes;
  for (const app::LedgerGap& gap : ledger.gaps)
    if (gap.why == Why::kOff || gap.why == Why::kLost) covered += gap.to - gap.from;
  EXPECT_EQ(covered, ledger.next - ledger.first);
  const auto words = app::LedgerInWords(ledger, {});
  ASSERT_EQ(words.size(), 4U) << "what was there before the first fetch is no news";
  EXPECT_TRUE(words[1].contains("(60 minutes): the band recorded nothing")) << words[1];
  EXPECT_TRUE(words[2].contains("not worn")) << words[2];
  EXPECT_TRUE(words[3].contains("lost")) << words[3];
}

TEST_F(LedgerTest, MinutesThatAreAsTheOneBeforeFollowIt) {
  Put(1000, 1030, kNotWorn);
  Put(1030, 1040, 0);
  Put(1040, 1050, kSeated);
  Put(1050, 1060, 0);
  const app::Ledger ledger = Ledger();
  ASSERT_EQ(ledger.gaps.size(), 1U);
  EXPECT_EQ(ledger.gaps[0], (app::LedgerGap{1000, 1040, Why::kNotWorn}));
}

TEST_F(LedgerTest, AShortMomentOffTheWristAndStepsAreNoGap) {
  Put(1000, 1010, kActive);
  Put(1010, 1019, kNotWorn);
  Put(1019, 1030, kActive);
  Put(1030, 1035, kNotWorn);
  Put(1035, 1060, 0, 12);  // steps: somebody wears it
  const app::Ledger ledger = Ledger();
  EXPECT_TRUE(ledger.gaps.empty());
  EXPECT_EQ(ledger.not_worn, 14);
  EXPECT_EQ(app::LedgerInWords(ledger, {}).back(), "No minute in between is missing.");
}

TEST_F(LedgerTest, OnlyTheLatestGapsAreTold) {
  for (int day = 0; day < 12; ++day) {
    Put(1000 + day * 100, 1050 + day * 100, kActive);
    ASSERT_TRUE(
        store_->SaveGap(kBand, {1050 + day * 100, 1100 + day * 100, ports::MinuteGap::Why::kOff}));
  }
  const auto words = app::LedgerInWords(Ledger(), {});
  ASSERT_EQ(words.size(), 7U);
  EXPECT_EQ(words[1], "7 earlier gaps not shown.");
}

}  // namespace
}  // namespace bk
