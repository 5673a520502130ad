#include "adapters/bluez/advert_data.h"

#include <gtest/gtest.h>

#include "codec/miband/advert.h"

namespace bk::adapters::bluez {
namespace {

namespace mb = codec::miband;

const mb::Advert kAdvert{std::nullopt, Address{0xc8'0f'10'01'02'03}};

TEST(AdvertData, OfABand) {
  const AdvertParts parts =
      PartsOf(mb::AdvertisingData(kAdvert, false), mb::ScanResponseData(1234));
  EXPECT_EQ(parts.name, mb::kMiBand4Name);
  EXPECT_EQ(parts.company, mb::kCompanyHuami);
  EXPECT_EQ(mb::DecodeAdvert(parts.manufacturer), kAdvert);
  // It stands in the scan response, from which bluetoothd would move it to where no room is.
  EXPECT_TRUE(parts.services.empty());
}

TEST(AdvertData, CutAtEveryByteReadsNothingBehindTheCut) {
  const mb::ByteVector whole = mb::AdvertisingData(kAdvert, false);
  const AdvertParts all = PartsOf(whole, {});
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const AdvertParts parts = PartsOf(Bytes(whole).first(cut), {});
    EXPECT_TRUE(parts.manufacturer.empty()) << cut;
    EXPECT_NE(parts, all) << cut;
  }
}

TEST(AdvertData, ServicesAndNameAndPadding) {
  const mb::ByteVector data =
      mb::BytesOf(0x05, 0x03, 0xe0, 0xfe, 0x0d, 0x18, 0x03, 0x09, 'M', 'i', 0x00, 0x01, 0x02);
  const AdvertParts parts = PartsOf(data, {});
  EXPECT_EQ(parts.services, (std::vector<Uuid>{SigUuid(0xfee0), SigUuid(0x180d)}));
  EXPECT_EQ(parts.name, "Mi");
  EXPECT_FALSE(parts.company);
}

}  // namespace
}  // namespace bk::adapters::bluez
