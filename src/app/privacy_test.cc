#include "app/privacy.h"

#include <gtest/gtest.h>

namespace bk::app {
namespace {

TEST(Privacy, AddressesBecomeStablePseudonyms) {
  Privacy privacy(false);
  EXPECT_EQ(privacy.Scrub("link to C8:0F:10:01:02:03, then 11:22:33:44:55:66"),
            "link to <device-1>, then <device-2>");
  EXPECT_EQ(privacy.Scrub("c8-0f-10-01-02-03"), "<device-1>") << "one device whatever the spelling";
}

TEST(Privacy, MaskedAddressTakesTheNumberOfTheOnlyOneThatFits) {
  Privacy privacy(false);
  EXPECT_EQ(privacy.Scrub("C8:0F:10:01:02:03"), "<device-1>");
  EXPECT_EQ(privacy.Scrub("XX:XX:XX:XX:02:03"), "<device-1>");
  EXPECT_EQ(privacy.Scrub("XX:XX:XX:XX:02:04"), "<device-2>");
}

TEST(Privacy, ShowAddressesShowsThoseOnly) {
  Privacy privacy(true);
  EXPECT_EQ(privacy.Scrub("C8:0F:10:01:02:03 a.b@example.org"), "C8:0F:10:01:02:03 <account>");
}

TEST(Privacy, KeysNeverLeave) {
  Privacy privacy(true);
  EXPECT_EQ(privacy.Scrub("key 0x000102030405060708090a0b0c0d0e0f!"), "key 0x<key>!");
  EXPECT_EQ(privacy.Scrub("00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"), "<key>");
  EXPECT_EQ(privacy.Scrub("000102030405060708090a0b0c0d0e0f10"),
            "000102030405060708090a0b0c0d0e0f10")
      << "34 digits are no key";
}

TEST(Privacy, ANameMadeOfTheAddressIsNotShown) {
  Privacy privacy(false);
  EXPECT_EQ(privacy.Scrub("D0:11:22:AB:CD:EF (d01122abcdef)"), "<device-1> (<address>)");
  EXPECT_EQ(privacy.Scrub("D0:11:22:AB:CD:EF (LAMP-abcdef)"), "<device-1> (LAMP-<address>)");
  EXPECT_EQ(privacy.Scrub("LAMP-123456 in 2026"), "LAMP-123456 in 2026");
  EXPECT_EQ(Privacy(true).Scrub("D0:11:22:AB:CD:EF (d01122abcdef)"),
            "D0:11:22:AB:CD:EF (d01122abcdef)");
}

TEST(Privacy, AssignedUuidsAreNoKeys) {
  Privacy privacy(false);
  for (const char* text : {"service 00001530-0000-3512-2118-0009af100700 found",
                           "0000FEE0-0000-1000-8000-00805F9B34FB"})
    EXPECT_EQ(privacy.Scrub(text), text);
  EXPECT_EQ(privacy.Scrub("00010203-0405-0607-0809-0a0b0c0d0e0f"), "<key>");
}

TEST(Privacy, OrdinaryTextPasses) {
  Privacy privacy(false);
  for (const char* text : {"", "at 12:30:45.123 status 133", "10 83 01", "BluetoothDevice@1a2b3c"})
    EXPECT_EQ(privacy.Scrub(text), text);
}

TEST(Privacy, InDoubtItIsHidden) {
  Privacy privacy(false);
  EXPECT_EQ(privacy.Scrub("C8:0F:10:01:02:03:0a"), "<device-1>:0a")
      << "an address with something joined on";
}

TEST(Privacy, EveryCutOfALineIsHandled) {
  const std::string line = "x@y.example C8:0F:10:01:02:03 000102030405060708090a0b0c0d0e0f";
  for (std::size_t size = 0; size <= line.size(); ++size) {
    Privacy privacy(false);
    EXPECT_EQ(privacy.Scrub(line.substr(0, size)).find("C8:0F:10:01:02:03"), std::string::npos);
  }
}

TEST(Privacy, ANameStandsForAnAddressWhereOneIsGiven) {
  Privacy privacy(false, [](Address address) {
    return address == Address{0xC80F10010203} ? std::string("band-kvmrt") : std::string();
  });
  privacy.Number("AA:BB:CC:DD:EE:FF");
  EXPECT_EQ(privacy.Scrub("C8:0F:10:01:02:03, XX:XX:XX:XX:02:03, aa:bb:cc:dd:ee:ff, "
                          "00:11:22:33:44:55, c80f10010203"),
            "band-kvmrt, band-kvmrt, <device-1>, <device-2>, <address>");
}

}  // namespace
}  // namespace bk::app
