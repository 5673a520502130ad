#include "simulate/radio/scanning.h"

namespace bk::simulate::radio {
namespace {

// AD structures (Core Specification Supplement, part A).
void ReadStructures(Bytes data, ports::BandAdvert& advert) {
  ByteReader reader(data);
  while (reader.left() >= 2) {
    const std::uint8_t size = reader.U8();
    if (size == 0) return;
    const std::uint8_t type = reader.U8();
    const Bytes body = reader.Take(size - 1U);
    if (reader.failed()) return;
    ByteReader in(body);
    switch (type) {
      case 0x02:
      case 0x03:
        while (in.left() >= 2) advert.services.push_back(SigUuid(in.Le16()));
        break;
      case 0x08:
      case 0x09:
        advert.name = AsText(body);
        break;
      case 0x16: {
        const std::uint16_t service = in.Le16();
        if (service == 0xfee0) advert.fee0_data.assign(in.rest().begin(), in.rest().end());
        break;
      }
      case 0xff:
        advert.company = in.Le16();
        advert.manufacturer.assign(in.rest().begin(), in.rest().end());
        break;
      default:
        break;
    }
  }
}

}  // namespace

bool Hears(const ScanTiming& timing, RadioTime since, RadioTime at, int channel) {
  const auto passed = at - since;
  const auto interval = passed / timing.interval;
  return interval % kChannels == channel &&
         passed - interval * timing.interval + kAdvertTime <= timing.window;
}

ports::BandAdvert ReadAdvertising(const Advertising& advertising, bool with_response) {
  ports::BandAdvert advert;
  advert.address = advertising.address;
  advert.kind = advertising.kind;
  advert.connectable = advertising.connectable;
  ReadStructures(advertising.data, advert);
  if (with_response) ReadStructures(advertising.scan_response, advert);
  return advert;
}

}  // namespace bk::simulate::radio
