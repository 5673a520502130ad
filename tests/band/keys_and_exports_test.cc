#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/sqlite/band_store.h"
#include "app/band/export_minutes.h"
#include "app/band/keys.h"

namespace bk {
namespace {

constexpr Address kBand{0xc80f10010203};

class MemoryStore : public ports::Store {
 public:
  Result<std::optional<Kept>> Load(const std::string& name) override {
    const auto found = texts.find(name);
    if (found == texts.end()) return std::nullopt;
    return Kept{found->second, 0};
  }
  Status Save(const std::string& name, std::string_view text) override {
    texts[name] = text;
    return {};
  }
  Status Remove(const std::string& name) override {
    texts.erase(name);
    return {};
  }
  std::map<std::string, std::string> texts;
};

TEST(BandKeys, AreReadAsToolsPrintThem) {
  const auto plain = app::ParseBandKey("e0fc36699e26c22e68bae13df159d122");
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(*app::ParseBandKey("  0xE0FC36699E26C22E68BAE13DF159D122\r\n"), *plain);
  EXPECT_EQ(*app::ParseBandKey("e0:fc:36:69:9e:26:c2:2e:68:ba:e1:3d:f1:59:d1:22"), *plain);
  for (const std::string wrong :
       {"", "0x", "e0fc", "e0fc36699e26c22e68bae13df159d12", "e0fc36699e26c22e68bae13df159d1222",
        "g0fc36699e26c22e68bae13df159d122"}) {
    const auto key = app::ParseBandKey(wrong);
    ASSERT_FALSE(key.has_value()) << wrong;
    EXPECT_TRUE(wrong.size() < 3 || key.error().message.find(wrong) == std::string::npos);
  }
}

TEST(BandKeys, AreKeptForEachBand) {
  MemoryStore store;
  EXPECT_FALSE(app::LoadBandKey(store, kBand)->has_value());
  const auto key = *app::ParseBandKey("e0fc36699e26c22e68bae13df159d122");
  ASSERT_TRUE(app::SaveBandKey(store, kBand, key).has_value());
  EXPECT_EQ(**app::LoadBandKey(store, kBand), key);
  EXPECT_FALSE(app::LoadBandKey(store, Address{1})->has_value());
  store.texts.begin()->second = "cut";
  EXPECT_FALSE(app::LoadBandKey(store, kBand).has_value());
  ASSERT_TRUE(app::ForgetBandKey(store, kBand).has_value());
  EXPECT_TRUE(store.texts.empty());
}

struct ExportTest : ::testing::Test {
  ExportTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "bk_export_XXXXXX";
    folder = mkdtemp(pattern.data());
    store = *adapters::OpenBandStore(folder + "/bands.sqlite");
    const auto fetch = store->BeginFetch(kBand, 1);
    // 2024-06-30T22:00Z is midnight at UTC+2.
    (void)store->Save(kBand, *fetch,
                      std::vector<ports::BandMinute>{{28663080, 8, 1, 20, 7, 66},
                                                     {28663081, 8, 0x63, 0, 0, 0xff}},
                      28663082);
    (void)store->SaveGap(kBand, {28663020, 28663080, ports::MinuteGap::Why::kOff});
  }
  ~ExportTest() override { std::filesystem::remove_all(folder); }
  std::string Export(app::ExportFormat format) {
    std::string text;
    EXPECT_TRUE(
        app::ExportMinutes(*store, kBand, {0, 1'000'000'000}, format, [&](std::string_view piece) {
          text += piece;
          return true;
        }).has_value());
    return text;
  }
  std::string folder;
  std::unique_ptr<ports::BandStore> store;
};

TEST_F(ExportTest, Csv) {
  EXPECT_EQ(Export(app::ExportFormat::kCsv),
            "time,local_time,kind,raw_kind,intensity,steps,heart_rate\n"
            "2024-06-30T22:00:00Z,2024-07-01T00:00:00+02:00,active,1,20,7,66\n"
            "2024-06-30T22:01:00Z,2024-07-01T00:01:00+02:00,not worn,99,0,0,\n");
}

TEST_F(ExportTest, Json) {
  const auto json = nlohmann::json::parse(Export(app::ExportFormat::kJson));
  EXPECT_EQ(json["minutes"].size(), 2U);
  EXPECT_EQ(json["minutes"][0]["heart_rate"], 66);
  EXPECT_TRUE(json["minutes"][1]["heart_rate"].is_null());
  EXPECT_EQ(json["gaps"][0]["why"], "off");
}

TEST_F(ExportTest, GadgetbridgesTableTakesIt) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  const std::string sql = Export(app::ExportFormat::kGadgetbridge);
  database.exec(sql);
  database.exec(sql);  // twice is as good as once
  SQLite::Statement row(database,
                        "SELECT count(*), min(TIMESTAMP), sum(STEPS), max(HEART_RATE) FROM "
                        "MI_BAND_ACTIVITY_SAMPLE");
  ASSERT_TRUE(row.executeStep());
  EXPECT_EQ(row.getColumn(0).getInt(), 2);
  EXPECT_EQ(row.getColumn(1).getInt64(), 28663080 * 60);
  EXPECT_EQ(row.getColumn(2).getInt(), 7);
  EXPECT_EQ(row.getColumn(3).getInt(), 255);
}

TEST_F(ExportTest, AnEmptyBandIsAnEmptyExport) {
  std::string text;
  ASSERT_TRUE(app::ExportMinutes(*store, Address{1}, {0, 1'000'000'000}, app::ExportFormat::kJson,
                                 [&](std::string_view piece) {
                                   text += piece;
                                   return true;
                                 })
                  .has_value());
  EXPECT_TRUE(nlohmann::json::parse(text)["minutes"].empty());
}

}  // namespace
}  // namespace bk
