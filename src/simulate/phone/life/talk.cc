#include "simulate/phone/life/talk.h"

#include <fmt/format.h>

#include "codec/miband/attribute.h"
#include "codec/miband/auth.h"
#include "codec/miband/clock.h"
#include "codec/miband/fetch.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/hci_log.h"
#include "simulate/phone/log/log.h"

namespace bk::simulate {
namespace {

namespace miband = codec::miband;

constexpr std::uint16_t kAtt = 4, kSmp = 6;

int HandleOf(Android& phone, std::string_view address) {
  const LinkNote* link = StandingLink(phone, address);
  return link == nullptr ? 0x40 : link->handle;
}

void Att(Android& phone, int handle, bool from_phone, std::uint8_t opcode,
         miband::Attribute attribute, Bytes value) {
  const std::uint16_t at = miband::InfoOf(attribute).value_handle;
  std::vector<std::byte> pdu{static_cast<std::byte>(opcode), static_cast<std::byte>(at & 0xff),
                             static_cast<std::byte>(at >> 8)};
  pdu.insert(pdu.end(), value.begin(), value.end());
  HciPdu(phone, handle, kAtt, from_phone, pdu);
}

void Smp(Android& phone, int handle, bool from_phone, std::string_view hex) {
  HciPdu(phone, handle, kSmp, from_phone, FromHex(hex));
}

std::vector<std::byte> RandomBytes(Android& phone, std::size_t count) {
  std::vector<std::byte> bytes(count);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(Draw(phone) & 0xff);
  return bytes;
}

miband::Clock BandClock(const Android& phone, std::chrono::microseconds wall) {
  constexpr std::int64_t kMinute = 60'000'000;
  const int offset = phone.clock.utc_offset_minutes;
  return miband::ClockFrom(BandTime{wall.count() + offset * kMinute},
                           static_cast<std::int8_t>(offset / 15));
}

std::string InLog(const Android& phone, std::string_view address) {
  return Shown(phone.flavour.sdk, Printer::kJavaLog, address);
}

}  // namespace

void SayAdvert(Android& phone, const SimBandInAir& band) {
  // ADV_IND, public address; flags, then the service FEE0.
  std::vector<std::byte> report = FromHex("01 00 00");
  const auto address = AirAddress(band.address);
  report.insert(report.end(), address.begin(), address.end());
  std::vector<std::byte> data = FromHex("02 01 06 03 02 e0 fe");
  data.push_back(static_cast<std::byte>(band.name.size() + 1));
  data.push_back(std::byte{0x09});
  for (const char c : band.name) data.push_back(static_cast<std::byte>(c));
  report.push_back(static_cast<std::byte>(data.size()));
  report.insert(report.end(), data.begin(), data.end());
  report.push_back(static_cast<std::byte>(band.rssi & 0xff));
  HciLeEvent(phone, 0x02, report);
}

void SayNeighbours(Android& phone, int how_many) {
  for (int i = 0; i < how_many; ++i) {
    std::vector<std::byte> report = FromHex("01 03 01");
    const auto address = RandomBytes(phone, 5);
    report.insert(report.end(), address.begin(), address.end());
    report.push_back(std::byte{0x4c});
    const auto data = FromHex("07 02 01 1a 03 ff 4c 00");
    report.insert(report.end(), data.begin(), data.end());
    report.push_back(static_cast<std::byte>(Between(phone, -95, -60) & 0xff));
    HciLeEvent(phone, 0x02, report);
  }
}

void SayConnect(Android& phone, std::string_view address) {
  std::vector<std::byte> parameters = FromHex("6000 3000 00 00");
  const auto peer = AirAddress(address);
  parameters.insert(parameters.end(), peer.begin(), peer.end());
  const auto rest = FromHex("00 1800 2800 0000 f401 0000 0000");
  parameters.insert(parameters.end(), rest.begin(), rest.end());
  HciCommand(phone, 0x200d, parameters);
  HciEvent(phone, 0x0f, FromHex("00 01 0d20"));
  NoteStack(phone, "ACL", "Initiated connection", address, "le");
}

void SayEncryption(Android& phone, std::string_view address, int status) {
  const int handle = HandleOf(phone, address);
  std::vector<std::byte> ask{static_cast<std::byte>(handle), std::byte{0}};
  const auto key = RandomBytes(phone, 26);  // random number, diversifier, a key: never the real one
  ask.insert(ask.end(), key.begin(), key.end());
  HciCommand(phone, 0x2019, ask);
  HciEvent(phone, 0x0f, FromHex("00 01 1920"));
  const std::byte change[] = {static_cast<std::byte>(status), static_cast<std::byte>(handle),
                              std::byte{0}, static_cast<std::byte>(status == 0 ? 1 : 0)};
  constexpr int kMicFailure = 0x3d;
  if (status != kMicFailure) HciEvent(phone, 0x08, change);
  NoteStack(phone, "SEC", status == 0 ? "Encryption success" : "Encryption failed", address,
            fmt::format("status:{}(0x{:02x}) transport:BT_TRANSPORT_LE is_encrypted:{}",
                        HciName(status), status, status == 0 ? 'T' : 'F'));
  if (LinkNote* link = StandingLink(phone, address)) link->encrypted = status == 0;
  if (status == 0) return;
  const int sdk = phone.flavour.sdk;
  Say(phone, "bluetooth", 'E', sdk >= 33 ? "bt_btm_sec" : "bt_btm",
      fmt::format("Encryption failed for {} status: {}", Shown(sdk, Printer::kNativeLog, address),
                  status));
  if (sdk >= 34 && status == 0x06)
    Say(phone, "bluetooth", 'I', "BluetoothRemoteDevices",
        fmt::format("keyMissingCallback device: {}", InLog(phone, address)));
}

void SayPairing(Android& phone, std::string_view address, bool band_asks, int reason) {
  const int handle = HandleOf(phone, address);
  if (band_asks) Smp(phone, handle, false, "0b 01");
  Smp(phone, handle, true, "01 04 00 01 10 01 03");
  if (reason != 0) {
    Smp(phone, handle, false, fmt::format("05 {:02x}", reason));
    Say(phone, "bluetooth", 'E', "bt_smp", fmt::format("SMP pairing failed, reason: {}", reason));
    return;
  }
  Smp(phone, handle, false, "02 03 00 01 10 01 03");
}

void SayDiscovery(Android& phone, std::string_view address) {
  const int handle = HandleOf(phone, address);
  HciPdu(phone, handle, kAtt, true, FromHex("02 f700"));
  HciPdu(phone, handle, kAtt, false, FromHex("03 f700"));
}

void SayAuthentication(Android& phone, std::string_view address, std::uint8_t status) {
  const int handle = HandleOf(phone, address);
  constexpr std::uint8_t kWriteCommand = 0x52, kNotification = 0x1b;
  const auto nothing = FromHex("02");
  const auto challenge = RandomBytes(phone, 16);
  const auto proof = RandomBytes(phone, 16);
  using miband::Attribute;
  Att(phone, handle, true, kWriteCommand, Attribute::kAuth,
      miband::Encode(
          miband::AuthRequest{.op = miband::AuthOp::kRandom, .crypt = true, .payload = nothing}));
  Att(phone, handle, false, kNotification, Attribute::kAuth,
      miband::Encode(miband::AuthReply{
          .op = miband::AuthOp::kRandom, .crypt = true, .status = 1, .payload = challenge}));
  Att(phone, handle, true, kWriteCommand, Attribute::kAuth,
      miband::Encode(
          miband::AuthRequest{.op = miband::AuthOp::kProof, .crypt = true, .payload = proof}));
  Att(phone, handle, false, kNotification, Attribute::kAuth,
      miband::Encode(
          miband::AuthReply{.op = miband::AuthOp::kProof, .crypt = true, .status = status}));
}

void SaySetTime(Android& phone, std::string_view address) {
  const int handle = HandleOf(phone, address);
  constexpr std::uint8_t kWrite = 0x12;
  Att(phone, handle, true, kWrite, miband::Attribute::kCurrentTime,
      miband::Encode(miband::CurrentTime{.clock = BandClock(phone, phone.clock.wall)}));
  HciPdu(phone, handle, kAtt, false, FromHex("13"));
}

void SayFetch(Android& phone, std::string_view address, int minutes, bool cut_short) {
  const int handle = HandleOf(phone, address);
  constexpr std::uint8_t kWriteCommand = 0x52, kNotification = 0x1b;
  using miband::Attribute;
  using miband::FetchOp;
  const miband::Clock since = BandClock(phone, phone.clock.wall - std::chrono::minutes(minutes));
  const auto control = [&](bool from_phone, Bytes value) {
    Att(phone, handle, from_phone, from_phone ? kWriteCommand : kNotification,
        Attribute::kFetchControl, value);
  };
  control(true, miband::Encode(miband::FetchRequest{.op = FetchOp::kStart, .since = since}));
  miband::FetchReply start{.op = FetchOp::kStart, .records = static_cast<std::uint32_t>(minutes)};
  start.since = since;
  control(false, miband::Encode(start));
  if (minutes == 0) return;
  control(true, miband::Encode(miband::FetchRequest{.op = FetchOp::kGo}));
  if (cut_short) return;
  constexpr int kSamplesPerPacket = 4, kSampleBytes = 4;
  std::uint8_t counter = 0;
  for (int sent = 0; sent < minutes; sent += kSamplesPerPacket) {
    const int now = std::min(kSamplesPerPacket, minutes - sent);
    const auto samples = RandomBytes(phone, static_cast<std::size_t>(now * kSampleBytes));
    Att(phone, handle, false, kNotification, Attribute::kFetchData,
        miband::Encode(miband::FetchData{.counter = counter++, .payload = samples}));
  }
  control(false, miband::Encode(miband::FetchReply{.op = FetchOp::kGo}));
  control(true, miband::Encode(miband::FetchRequest{.op = FetchOp::kAcknowledge}));
}

void LogConnect(Android& phone, std::string_view package, std::string_view address, int client_if) {
  Say(phone, package, 'D', "BluetoothGatt",
      fmt::format("connect() - device: {}, auto: false", InLog(phone, address)));
  Say(phone, "bluetooth", 'D', "BtGatt.GattService",
      fmt::format("clientConnect() - address={}, isDirect=true, opportunistic=false, phy=1",
                  InLog(phone, address)));
  static_cast<void>(client_if);
}

void LogConnected(Android& phone, std::string_view package, const GattClient& client) {
  const std::string shown = InLog(phone, client.peer);
  Say(phone, "bluetooth", 'D', "BtGatt.GattService",
      fmt::format("onConnected() - clientIf={}, connId={}, address={}, status=0", client.client_if,
                  client.connection_id, shown));
  Say(phone, package, 'D', "BluetoothGatt",
      fmt::format("onClientConnectionState() - status=0 clientIf={} connected=true device={}",
                  client.client_if, shown));
}

void LogLost(Android& phone, std::string_view package, const GattClient& client, int status) {
  const std::string shown = InLog(phone, client.peer);
  if (client.connection_id == 0)
    Say(phone, "bluetooth", 'D', "BtGatt.GattService",
        fmt::format("onConnected() - clientIf={}, connId=0, address={}, status={}",
                    client.client_if, shown, status));
  else
    Say(phone, "bluetooth", 'D', "BtGatt.GattService",
        fmt::format("onDisconnected() - clientIf={}, connId={}, address={}, reason={}",
                    client.client_if, client.connection_id, shown, status));
  Say(phone, package, 'D', "BluetoothGatt",
      fmt::format("onClientConnectionState() - status={} clientIf={} connected=false device={}",
                  status, client.client_if, shown));
  if (package.find("gadgetbridge") != std::string_view::npos)
    LogApp(phone, package, 'W',
           fmt::format("connection state change, newState: 0 (failed: {})", status));
}

void LogListens(Android& phone, std::string_view package, bool on) {
  Say(phone, package, 'D', "BluetoothGatt",
      fmt::format("setCharacteristicNotification() - uuid: 00000005-0000-3512-2118-0009af100700 "
                  "enable: {}",
                  on));
}

void LogApp(Android& phone, std::string_view package, char priority, std::string_view text) {
  const std::string tag = package.find("gadgetbridge") != std::string_view::npos
                              ? "nodomain.freeyourgadget.gadgetbridge.service.btle.BtLEQueue"
                              : "HMDevice";
  Say(phone, package, priority, tag, std::string(text));
}

}  // namespace bk::simulate
