#include "adapters/sqlite/band_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace bk::adapters {
namespace {

using ports::BandMinute;
using ports::MinuteGap;
using ports::MinuteRange;

constexpr Address kBand{0xc80f10010203}, kOther{0xc80f10010204};

struct BandStoreTest : ::testing::Test {
  BandStoreTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "bk_store_XXXXXX";
    folder = mkdtemp(pattern.data());
    path = folder + "/bands.sqlite";
  }
  ~BandStoreTest() override { std::filesystem::remove_all(folder); }
  std::unique_ptr<ports::BandStore> Open() {
    auto store = OpenBandStore(path);
    EXPECT_TRUE(store.has_value()) << store.error().message;
    return std::move(*store);
  }
  static std::vector<BandMinute> Minutes(std::int64_t from, std::int64_t to,
                                         std::uint8_t steps = 7) {
    std::vector<BandMinute> minutes;
    for (std::int64_t minute = from; minute < to; ++minute)
      minutes.push_back({minute, 8, 1, 20, steps, static_cast<std::uint8_t>(60 + minute % 40)});
    return minutes;
  }
  std::string folder, path;
};

TEST_F(BandStoreTest, KeepsMinutesAndMarkOverARestart) {
  {
    auto store = Open();
    const auto fetch = store->BeginFetch(kBand, 1'700'000'000);
    const auto saved = store->Save(kBand, *fetch, Minutes(100, 200), 200);
    ASSERT_TRUE(saved.has_value());
    EXPECT_EQ(saved->fresh, 100U);
    ASSERT_TRUE(store->SaveGap(kBand, {50, 100, MinuteGap::Why::kOverwritten}).has_value());
    ASSERT_TRUE(store->Describe({kBand, "1.0.9.70", "0.25.19.5", {}}).has_value());
  }
  auto store = Open();
  EXPECT_EQ(*store->Stored(kBand), (std::vector<MinuteRange>{{100, 200}}));
  const auto bands = *store->Bands();
  ASSERT_EQ(bands.size(), 1U);
  EXPECT_EQ(bands[0].next_minute, 200);
  EXPECT_EQ(bands[0].firmware, "1.0.9.70");
  EXPECT_EQ(store->Gaps(kBand)->at(0), (MinuteGap{50, 100, MinuteGap::Why::kOverwritten}));
  std::vector<BandMinute> read;
  ASSERT_TRUE(store
                  ->ForEach(kBand, {0, 1000},
                            [&](const BandMinute& minute) {
                              read.push_back(minute);
                              return true;
                            })
                  .has_value());
  EXPECT_EQ(read, Minutes(100, 200));
  EXPECT_TRUE(store->Stored(kOther)->empty());
}

TEST_F(BandStoreTest, WhatAnUpdateOwesIsKeptUntilItIsPaid) {
  const ports::OwedResources owed{"1.0.9.66", ""};
  {
    auto store = Open();
    EXPECT_EQ(*store->Owed(kBand), std::nullopt);
    ASSERT_TRUE(store->SetOwed(kBand, owed).has_value());
  }
  auto store = Open();
  EXPECT_EQ(*store->Owed(kBand), owed);
  EXPECT_EQ(*store->Owed(kOther), std::nullopt);
  ASSERT_TRUE(store->SetOwed(kBand, ports::OwedResources{"1.0.9.66", "1.0.9.70"}).has_value());
  EXPECT_EQ((*store->Owed(kBand))->running, "1.0.9.70");
  ASSERT_TRUE(
      store->SetOwed(kBand, ports::OwedResources{"1.0.9.66", "1.0.9.70", true}).has_value());
  EXPECT_TRUE((*store->Owed(kBand))->elsewhere);
  ASSERT_TRUE(store->SetOwed(kBand, std::nullopt).has_value());
  EXPECT_EQ(*store->Owed(kBand), std::nullopt);
}

TEST_F(BandStoreTest, WhatAFileOfTheSecondVersionOwesIsStillOwed) {
  const ports::OwedResources owed{"1.0.9.66", "1.0.9.70"};
  ASSERT_TRUE(Open()->SetOwed(kBand, owed).has_value());
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    database.exec("ALTER TABLE owed DROP COLUMN elsewhere; PRAGMA user_version = 2");
  }
  EXPECT_EQ(*Open()->Owed(kBand), owed);
}

TEST_F(BandStoreTest, AFileOfTheFirstVersionBecomesOneOfThis) {
  {
    auto store = Open();
    const auto fetch = store->BeginFetch(kBand, 1);
    ASSERT_TRUE(store->Save(kBand, *fetch, Minutes(100, 200), 200).has_value());
  }
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    database.exec("DROP TABLE owed; ALTER TABLE band DROP COLUMN name; PRAGMA user_version = 1");
  }
  ASSERT_EQ(*Open()->Owed(kBand), std::nullopt);
  auto store = Open();
  EXPECT_EQ(*store->Stored(kBand), (std::vector<MinuteRange>{{100, 200}}));
  ASSERT_TRUE(store->Describe({kBand, "", "", {}, "Mi Smart Band 4"}).has_value());
  ASSERT_TRUE(store->Describe({kBand, "1.0.9.70", "", {}}).has_value());  // leaves the name
  EXPECT_EQ(store->Bands()->at(0).name, "Mi Smart Band 4");
  EXPECT_EQ(store->Bands()->at(0).firmware, "1.0.9.70");
  EXPECT_TRUE(store->SetOwed(kBand, ports::OwedResources{"1.0.9.66", ""}).has_value());
}

TEST_F(BandStoreTest, TheSameAgainChangesNothingAndTheMarkNeverGoesBack) {
  auto store = Open();
  const auto fetch = store->BeginFetch(kBand, 1);
  ASSERT_TRUE(store->Save(kBand, *fetch, Minutes(100, 200), 200).has_value());
  const auto again = store->Save(kBand, *fetch, Minutes(150, 210), 180);
  EXPECT_EQ(again->same, 50U);
  EXPECT_EQ(again->fresh, 10U);
  EXPECT_EQ(store->Bands()->at(0).next_minute, 200);
}

TEST_F(BandStoreTest, AMinuteThatTheBandHadTwiceIsKeptTwiceAndReadOnce) {
  auto store = Open();
  const auto fetch = store->BeginFetch(kBand, 1);
  ASSERT_TRUE(store->Save(kBand, *fetch, Minutes(100, 110, 7), {}).has_value());
  EXPECT_EQ(store->Save(kBand, *fetch, Minutes(105, 110, 9), {})->another, 5U);
  EXPECT_EQ(store->Save(kBand, *fetch, Minutes(100, 110, 7), {})->same, 10U);
  std::size_t count = 0;
  ASSERT_TRUE(store
                  ->ForEach(kBand, {100, 110},
                            [&](const BandMinute& minute) {
                              ++count;
                              EXPECT_EQ(minute.steps, minute.minute < 105 ? 7 : 9);
                              return true;
                            })
                  .has_value());
  EXPECT_EQ(count, 10U);
}

TEST_F(BandStoreTest, RevokingTakesBackOnlyWhatThisFetchAdded) {
  auto store = Open();
  const auto first = store->BeginFetch(kBand, 1);
  ASSERT_TRUE(store->Save(kBand, *first, Minutes(100, 150), 150).has_value());
  const auto second = store->BeginFetch(kBand, 2);
  ASSERT_TRUE(store->Save(kBand, *second, Minutes(140, 200), 200).has_value());
  ASSERT_TRUE(store->Revoke(kBand, *second, 120).has_value());
  EXPECT_EQ(*store->Stored(kBand), (std::vector<MinuteRange>{{100, 150}}));
  EXPECT_EQ(store->Bands()->at(0).next_minute, 120);
}

TEST_F(BandStoreTest, OnlyItsOwnerCanReadIt) {
  const auto store = Open();
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    EXPECT_EQ(entry.status().permissions() & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << entry.path();
}

TEST_F(BandStoreTest, AFileOfANewerProgramIsLeftAsItIs) {
  {
    const auto store = Open();
  }
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    database.exec("PRAGMA user_version = 4711");
  }
  const auto store = OpenBandStore(path);
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, ErrorCode::kNotSupported);
}

TEST_F(BandStoreTest, ADamagedFileIsSaidToBeOne) {
  std::filesystem::create_directories(folder);
  std::ofstream(path) << std::string(5000, 'x');
  const auto store = OpenBandStore(path);
  ASSERT_FALSE(store.has_value());
  EXPECT_NE(store.error().message.find("damaged"), std::string::npos) << store.error().message;
  EXPECT_EQ(std::filesystem::file_size(path), 5000U);
}

// Killed at any moment: everything before the mark is there, and nothing is half there.
TEST_F(BandStoreTest, KilledAtAnyMomentTheMarkNeverPromisesTooMuch) {
  {
    const auto store = Open();
  }
  for (int round = 0; round < 12; ++round) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto store = OpenBandStore(path);
      const auto fetch = (*store)->BeginFetch(kBand, 1);
      const auto bands = (*store)->Bands();
      std::int64_t next = bands->empty() ? 1000 : bands->at(0).next_minute.value_or(1000);
      for (;;) {
        (void)(*store)->Save(kBand, *fetch, Minutes(next, next + 64), next + 64);
        next += 64;
      }
    }
    usleep(static_cast<useconds_t>(15'000 + round * 3'711));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    auto store = Open();
    const auto bands = *store->Bands();
    if (bands.empty() || !bands[0].next_minute) continue;
    EXPECT_EQ(*store->Stored(kBand), (std::vector<MinuteRange>{{1000, *bands[0].next_minute}}));
  }
  EXPECT_FALSE(Open()->Bands()->empty());
}

TEST_F(BandStoreTest, TwoProcessesAtOnceLoseNothing) {
  {
    const auto store = Open();
  }
  std::vector<pid_t> children;
  for (int child = 0; child < 2; ++child) {
    const pid_t pid = fork();
    if (pid == 0) {
      auto store = OpenBandStore(path);
      const Address band = child == 0 ? kBand : kOther;
      const auto fetch = (*store)->BeginFetch(band, 1);
      bool good = fetch.has_value();
      for (int i = 0; i < 40 && good; ++i)
        good = (*store)->Save(band, *fetch, Minutes(i * 10, i * 10 + 10), i * 10 + 10).has_value();
      _exit(good ? 0 : 1);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = 0;
    waitpid(pid, &status, 0);
    EXPECT_EQ(status, 0);
  }
  auto store = Open();
  EXPECT_EQ(*store->Stored(kBand), (std::vector<MinuteRange>{{0, 400}}));
  EXPECT_EQ(*store->Stored(kOther), (std::vector<MinuteRange>{{0, 400}}));
}

// A limit on the size of files stands in for a full disk: writes fail in the same way.
TEST_F(BandStoreTest, AFullDiskLosesNothingAndIsSaid) {
  auto store = Open();
  const auto fetch = store->BeginFetch(kBand, 1);
  ASSERT_TRUE(store->Save(kBand, *fetch, Minutes(0, 500), 500).has_value());
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{300'000, before.rlim_max};
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  Result<ports::BandStore::Saved> saved = store->Save(kBand, *fetch, Minutes(500, 600), 600);
  std::int64_t next = 600;
  for (int i = 0; i < 200 && saved; ++i, next += 500)
    saved = store->Save(kBand, *fetch, Minutes(next, next + 500), next + 500);
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  ASSERT_FALSE(saved.has_value());
  EXPECT_FALSE(saved.error().message.empty());
  store.reset();
  store = Open();
  const auto mark = store->Bands()->at(0).next_minute;
  ASSERT_TRUE(mark.has_value());
  EXPECT_EQ(*store->Stored(kBand), (std::vector<MinuteRange>{{0, *mark}}));
  EXPECT_TRUE(store->Save(kBand, *fetch, Minutes(*mark, *mark + 10), *mark + 10).has_value());
}

}  // namespace
}  // namespace bk::adapters
