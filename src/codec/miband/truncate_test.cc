// Every known message, cut at every byte, and with every byte changed: nothing breaks, encode
// undoes decode.
#include <gtest/gtest.h>

#include "codec/miband/every_message.h"
#include "codec/miband/test_bytes.h"

namespace bk::codec::miband {
namespace {

constexpr const char* kMessages[] = {
    "82 00 02 01 00",
    "10 82 01 00112233445566778899AABBCCDDEEFF",
    "83 00 DE7E91927DFBDBD4496EE3AC272E88A4",
    "01 08 30313233343536373839404142434445",
    "10 83 08",
    "10 01 81 01 1863c2cce5d159413bed92c4b163c279",
    "EA 07 01 1F 17 04 05 06 00 00 EC",
    "0F 63 01 EA 07 02 01 01 1A 3B EC EA 07 02 01 01 2E 02 EC 64",
    "0C DC 2A 00 00 C2 1E 00 00 41 01 00 00",
    "15 02 01",
    "01 57 01 24 00 01 01",
    "AA BB CC FF FE DD EE FF",
    "56 31 2e 30 2e 39 2e 37 30",
    "16 F7 00",
    "01 01 E8 07 07 01 00 00 00 08",
    "01 01 E8 07 07 01 00 00 00 00 00 00 08",
    "10 01 01 0A 00 00 00 E8 07 07 01 00 00 00 08",
    "10 02 01 F1 CC F2 63",
    "00 C1 00 02 00 F1 53 65 04 02 0C 43 6C 6F 75 64 79 00",
    "10 00 84 01 01 00 00",
    "01 08 00 01 00 00 73 8C 05 29",
    "10 01 01 00 00 00 00 00 00 00 00",
    "4F 00 00 C6 07 06 0F 00 B4 00 98 3A 78 56 34 12",
    "10 00 00 40 1F 00 00",
    "FA 00 00 00 00 01 0B 54 69 74 6C 65 00 48 65 6C 6C 6F 00 41 70 70 00",
    "06 05 00 01 07 00 16 00",
    "10 06 17 00 01",
    "80 01 C0 00 01 00 00 00 03 80 07 00 1f",
    "00 80 07 00 1f 41 16 1e 80",
    "03 00 40 00 02 02 10 01",
    "FF 01 00 01 02 03 04 05 06 07 08",
    "0B 03 E9 0F 00 00 E8 07 07 01 09 1E 00 54 65 61 00",
    "0B 03 08 00 00 00 00",
    "1E 00 00 FF 12 01 01 FF 04",
    "20 09 42 C8 00 64 00 2C 01 64 00",
    "FF C8 00 64 00 03",
    "0F 01 00 1E 00 41 00 42 00 43 00",
    "02 00 F1 53 65 04 02 0C 43 6C 6F 75 64 79 00",
    "01 00 F1 53 65 04 01 08 02 0C FE 72 00",
    "06 01 00 04 00 01 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 00 11 22 33 44 55 66 77 "
    "FF FF FF FF 00 00 00",
    "01 03 19",
    "01 07 0100 0200 0300 FFFF FEFF FDFF 0004 0005 0006",
    "02 FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF 03 AA BB CC DD EE FF",
};

TEST(EveryMessage, CutAtEveryByte) {
  for (const char* text : kMessages) {
    const auto bytes = Hex(text);
    for (std::size_t size = 0; size <= bytes.size(); ++size)
      EXPECT_TRUE(EveryMessageHolds(Bytes(bytes).first(size))) << text << " cut to " << size;
  }
}

TEST(EveryMessage, WithEveryByteChanged) {
  for (const char* text : kMessages) {
    const auto bytes = Hex(text);
    for (std::size_t at = 0; at < bytes.size(); ++at)
      for (int value = 0; value < 256; ++value) {
        auto changed = bytes;
        changed[at] = static_cast<std::byte>(value);
        ASSERT_TRUE(EveryMessageHolds(changed)) << text << " at " << at << " value " << value;
      }
  }
}

}  // namespace
}  // namespace bk::codec::miband
