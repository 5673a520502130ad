#include "simulate/phone/life/carrier.h"

#include <algorithm>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/life/talk.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr int kFarRssi = -92;  // a call reaches it, its answer does not

SimBandInAir BandOf(const Android& phone, const std::string& package) {
  return DeviceAt(phone, phone.life.apps.at(package).band);
}
// A stack that hangs still hears; its calls get nowhere.
bool Deaf(const Android& phone) { return phone.bluetooth.fault == StackFault::kNoHardware; }

}  // namespace

bool HeldBackRadio(const Android& phone, const std::string& package) {
  return BackgroundLevel(phone.system, BluetoothPackage(phone)) == "background_restricted" &&
         !InForeground(phone, package);
}

microseconds PlainCarrier::Search(Android& phone, const std::string& package) {
  // Whether this search hears the band: decided anew for each.
  const auto hears = [&] {
    if (Deaf(phone) || !Advertises(phone, BandOf(phone, package))) return false;
    if (HeldBackRadio(phone, package) && Chance(phone, 80)) return false;
    const int lost = std::max(phone.life.noise, static_cast<int>(RadioTaken(phone, package) * 75));
    return !Chance(phone, lost);
  };
  return hears() ? milliseconds(Between(phone, 250, 2'500)) : milliseconds(kScanFor);
}

bool PlainCarrier::Heard(Android& phone, const std::string& package) {
  SayNeighbours(phone, Deaf(phone) ? 0 : 2);
  const SimBandInAir band = BandOf(phone, package);
  // One that is heard when the search's time is out was not heard.
  const auto scanner = std::ranges::find(phone.bluetooth.scanners, package, &Scanner::package);
  const bool early =
      scanner != phone.bluetooth.scanners.end() && phone.clock.boot - scanner->since < kScanFor;
  const bool heard = early && Advertises(phone, band) && !Deaf(phone);
  if (heard) SayAdvert(phone, band);
  return heard;
}

microseconds PlainCarrier::Call(Android& phone, const std::string& package) {
  const bool answers = !ReachesNobody(phone.bluetooth) && Advertises(phone, BandOf(phone, package));
  return answers ? milliseconds(Between(phone, 150, 1'200)) : milliseconds(kDirectConnect);
}

CallEnd PlainCarrier::Called(Android& phone, const std::string& package) {
  const SimBandInAir band = BandOf(phone, package);
  if (ReachesNobody(phone.bluetooth) || !Advertises(phone, band)) return CallEnd::kNobody;
  if (band.hung || band.rssi < kFarRssi || Chance(phone, phone.life.noise / 2))
    return CallEnd::kNotEstablished;
  return CallEnd::kUp;
}

std::uint8_t PlainCarrier::Proof(Android& phone, const std::string& package) {
  constexpr std::uint8_t kOk = 0x01, kKeyVoid = 0x07, kWrongKey = 0x08;
  const SimBandInAir band = BandOf(phone, package);
  const std::uint32_t key = phone.life.apps.at(package).key;
  return band.key == key ? kOk : band.key == 0 ? kKeyVoid : kWrongKey;
}

int PlainCarrier::Minutes(Android& phone, const std::string& package) {
  // With a wrong clock the band is asked for minutes that it does not have.
  constexpr microseconds kWrongClock = minutes(5);
  const CompanionApp& app = phone.life.apps.at(package);
  const bool wrong = phone.life.clock_off > kWrongClock || phone.life.clock_off < -kWrongClock;
  // An app that cannot take them is told what there is all the same.
  if (wrong && !app.damaged && !app.wrong_mode) return 0;
  const auto since = std::chrono::duration_cast<minutes>(phone.clock.wall - app.last_sync);
  return static_cast<int>(std::clamp<std::int64_t>(since.count(), 1, 24 * 60));
}

void PlainCarrier::Encrypts(Android& phone, const std::string& address, int status) {
  SayEncryption(phone, address, status);
}
void PlainCarrier::Pairs(Android& phone, const std::string& address, bool band_asks, int reason) {
  SayPairing(phone, address, band_asks, reason);
}

}  // namespace bk::simulate
