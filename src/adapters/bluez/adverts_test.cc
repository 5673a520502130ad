#include "adapters/bluez/adverts.h"

#include <gtest/gtest.h>

#include "adapters/bluez/words.h"

namespace bk::adapters::bluez {
namespace {

constexpr const char* kPath = "/org/bluez/hci0/dev_C8_0F_10_01_02_03";

Properties Band() {
  using Bytes8 = std::vector<std::uint8_t>;
  return {
      {"Address", sdbus::Variant(std::string("C8:0F:10:01:02:03"))},
      {"AddressType", sdbus::Variant(std::string("public"))},
      {"Name", sdbus::Variant(std::string("Mi Smart Band 4"))},
      {"RSSI", sdbus::Variant(std::int16_t{-62})},
      {"UUIDs",
       sdbus::Variant(std::vector<std::string>{"0000fee0-0000-1000-8000-00805f9b34fb", "odd"})},
      {"ManufacturerData", sdbus::Variant(std::map<std::uint16_t, sdbus::Variant>{
                               {0x0157, sdbus::Variant(Bytes8{2, 255})}})},
      {"ServiceData",
       sdbus::Variant(std::map<std::string, sdbus::Variant>{
           {"0000fee0-0000-1000-8000-00805f9b34fb", sdbus::Variant(Bytes8{0x8d, 0x23, 0, 0})}})}};
}

TEST(BluezAdverts, ABand) {
  Objects objects;
  objects.Add(kPath, {{kDevice, Band()}});
  const auto advert = AdvertOf(objects, kPath);
  ASSERT_TRUE(advert);
  EXPECT_EQ(advert->address, Address{0xc80f10010203});
  EXPECT_EQ(advert->rssi, -62);
  EXPECT_EQ(advert->name, "Mi Smart Band 4");
  EXPECT_EQ(advert->services, std::vector{SigUuid(0xfee0)});
  EXPECT_EQ(advert->company, 0x0157);
  EXPECT_EQ(advert->manufacturer.size(), 2U);
  EXPECT_EQ(advert->fee0_data.size(), 4U);
  EXPECT_FALSE(advert->connectable);  // bluetoothd does not tell
}

TEST(BluezAdverts, WhatIsOnlyRememberedWasNotHeard) {
  Objects objects;
  Properties band = Band();
  band.erase("RSSI");
  objects.Add(kPath, {{kDevice, band}});
  EXPECT_FALSE(AdvertOf(objects, kPath));
  objects.Change(kPath, kDevice, {{"RSSI", sdbus::Variant(std::int16_t{-70})}}, {"Name"});
  EXPECT_EQ(AdvertOf(objects, kPath)->name, "");
  objects.Remove(kPath, {kDevice});
  EXPECT_FALSE(AdvertOf(objects, kPath));
}

TEST(BluezAdverts, AStrengthThatWasNotMeasuredIsNone) {
  Objects objects;
  Properties band = Band();
  band["RSSI"] = sdbus::Variant(std::int16_t{127});
  objects.Add(kPath, {{kDevice, band}});
  const auto advert = AdvertOf(objects, kPath);
  ASSERT_TRUE(advert);
  EXPECT_FALSE(advert->rssi);
}

TEST(BluezAdverts, OtherTypesThanPromisedAreNothing) {
  Objects objects;
  Properties band = Band();
  band["Name"] = sdbus::Variant(std::int16_t{7});
  band["ManufacturerData"] = sdbus::Variant(std::string("x"));
  objects.Add(kPath, {{kDevice, band}});
  const auto advert = AdvertOf(objects, kPath);
  ASSERT_TRUE(advert);
  EXPECT_EQ(advert->name, "");
  EXPECT_FALSE(advert->company);
}

}  // namespace
}  // namespace bk::adapters::bluez
