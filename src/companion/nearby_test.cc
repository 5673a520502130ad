#include "companion/nearby.h"

#include <gtest/gtest.h>

#include "codec/miband/advert.h"
#include "companion/script_testing.h"

namespace bk::companion {
namespace {

ports::BandAdvert Band(std::uint64_t bits, int rssi) {
  ports::BandAdvert advert;
  advert.address = Address{bits};
  advert.rssi = rssi;
  advert.company = 0x0157;
  advert.manufacturer = codec::miband::Encode(codec::miband::Advert{{}, advert.address});
  return advert;
}

TEST(Nearby, PassiveAndActiveHalvesMakeOneBand) {
  Nearby nearby;
  ports::BandAdvert advert = Band(0xc80f10010203, -80);
  advert.connectable = true;
  nearby.Add(advert);
  EXPECT_FALSE(nearby.Bands().at(0).sure);
  ports::BandAdvert response;
  response.address = advert.address;
  response.name = "Mi Smart Band 4";
  response.fee0_data = FromHex("8D 23 00 00");
  response.rssi = -71;
  nearby.Add(response);
  const auto bands = nearby.Bands();
  ASSERT_EQ(bands.size(), 1U);
  EXPECT_TRUE(bands[0].sure);
  EXPECT_EQ(bands[0].rssi, -71);
  EXPECT_EQ(bands[0].steps_today, 9101U);
  EXPECT_EQ(bands[0].connectable, true);
}

TEST(Nearby, StrangersAreCountedOnce) {
  Nearby nearby;
  ports::BandAdvert earphones;
  earphones.address = Address{1};
  earphones.name = "Buds";
  for (int i = 0; i < 5; ++i) nearby.Add(earphones);
  ports::BandAdvert forged = Band(2, -60);  // Huami's number with another device's address
  forged.manufacturer = codec::miband::Encode(codec::miband::Advert{{}, Address{3}});
  nearby.Add(forged);
  EXPECT_TRUE(nearby.Bands().empty());
  EXPECT_EQ(nearby.others(), 2U);
}

TEST(Nearby, TheStrongestComesFirstAndOneCanBeChosen) {
  Nearby nearby;
  for (const auto& [bits, rssi] : {std::pair{0xc80f10010203, -80}, {0xc80f10010204, -50}}) {
    ports::BandAdvert advert = Band(static_cast<std::uint64_t>(bits), rssi);
    advert.name = "Mi Smart Band 4";
    nearby.Add(advert);
  }
  const auto bands = nearby.Bands();
  EXPECT_EQ(bands[0].rssi, -50);
  EXPECT_EQ(Choose(bands, "")->rssi, -50);
  EXPECT_EQ(Choose(bands, "c8:0f:10:01:02:03")->rssi, -80);
  EXPECT_EQ(Choose(bands, "Band 4")->rssi, -50);
  EXPECT_EQ(Choose(bands, "smart band")->rssi, -50);
  EXPECT_EQ(Choose(bands, "Band 5"), nullptr);
}

}  // namespace
}  // namespace bk::companion
