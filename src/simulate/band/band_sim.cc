#include "simulate/band/band_sim.h"

#include <algorithm>
#include <utility>

#include "codec/miband/advert.h"
#include "codec/miband/configuration.h"
#include "codec/miband/device_info.h"
#include "codec/miband/event.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr std::size_t kShortValue = 20;  // what an MTU of 23 carries

constexpr RadioTime kMtuEvent{std::chrono::milliseconds(1500)};  // 1-3 s in logs
constexpr RadioTime kTick{std::chrono::minutes(30)};
constexpr std::size_t kOutboxMax = 10'000;
constexpr std::int64_t kFull = 1'000'000;

// Its two statements of connection parameters: 7.5-1000 ms and 48.75 ms, latency 0, 5 s.
constexpr std::uint8_t kPreferred[] = {0x06, 0x00, 0x20, 0x03, 0x00, 0x00, 0xf4, 0x01};
constexpr std::uint8_t kLinkParameters[] = {0x27, 0x00, 0x27, 0x00, 0x00, 0x00, 0xf4, 0x01};

ByteVector Of(std::span<const std::uint8_t> bytes) {
  const auto view = std::as_bytes(bytes);
  return {view.begin(), view.end()};
}
ByteVector Of(std::string_view text) {
  const Bytes view = AsBytes(text);
  return {view.begin(), view.end()};
}

// Reads that need no authentication, although writing (or meaning) does.
bool ReadsFreely(Attribute attribute) {
  return attribute == Attribute::kCurrentTime || attribute == Attribute::kHeartRateControl ||
         attribute == Attribute::kSteps ||  // zeros, then
         attribute >= Attribute::kUnknownFedd;
}

}  // namespace

void Say(Band& band, Attribute attribute, ByteVector bytes, RadioTime delay) {
  if (!band.connected || band.outbox.size() >= kOutboxMax) return;
  RadioTime ready = band.now + delay;
  for (const Saying& saying : band.outbox)
    if (saying.attribute == attribute) ready = std::max(ready, saying.ready);
  band.outbox.push_back({ready, attribute, std::move(bytes)});
}

void SayEvent(Band& band, ByteVector bytes, RadioTime delay) {
  Say(band, Attribute::kEvents, std::move(bytes), delay);
}

BandSim::BandSim(Options options, const ports::Cipher& cipher, const ports::Checksum& checksum) {
  Band& band = band_;
  band.options = std::move(options);
  band.random = Random(band.options.seed);
  band.cipher = &cipher;
  band.checksum = &checksum;
  band.state.address = band.options.address;
  band.state.key = band.options.key;
  band.state.clock = {band.options.utc_us, RadioTime{0}, band.quirks().clock_ppm,
                      band.options.zone};
  band.state.battery.charge = kFull * std::min(band.options.percent, 100U) / 100;
  band.state.images.version = band.options.version;
  band.state.images.resources_version = band.options.resources_version.empty()
                                            ? band.options.version
                                            : band.options.resources_version;
  band.state.worn = band.options.worn;
  band.minute_now = UtcMicros(band, RadioTime{0}) / 60'000'000;
  FillHistory(band);
}

std::optional<BandAdvertising> BandSim::Advertising(RadioTime now) {
  Advance(now);
  if (!band_.Runs()) return std::nullopt;
  const auto& settings = band_.state.settings;
  const auto stays =
      settings.find(static_cast<std::uint16_t>(mb::Setting::kAdvertiseWhileConnected));
  const bool discoverable = stays != settings.end() && stays->second == mb::BytesOf(0x01);
  if (band_.connected && !discoverable) return std::nullopt;
  const mb::Advert advert{std::nullopt, band_.state.address};
  return BandAdvertising{band_.state.address, !band_.connected,
                         mb::AdvertisingData(advert, band_.connected),
                         mb::ScanResponseData(band_.state.steps_today)};
}

void BandSim::Connected(RadioTime now) {
  Advance(now);
  UpdateState staged = std::move(band_.link.update);
  band_.link = LinkState{};
  if (band_.quirks().verified_survives_link && staged.phase == UpdateState::Phase::kVerified)
    band_.link.update = std::move(staged);
  band_.link.next_tick = now + kTick;
  band_.connected = true;
  band_.leaves = band_.leaves_silently = false;
  ++band_.truth.links;
}

void BandSim::Disconnected(RadioTime now) {
  Advance(now);
  if (!band_.connected) return;
  band_.connected = false;
  band_.leaves = band_.leaves_silently = false;
  band_.outbox.clear();
  band_.taps_at.reset();
  if (band_.restarts) Restart(band_);
  UpdateState staged = std::move(band_.link.update);
  band_.link = LinkState{};
  if (staged.phase == UpdateState::Phase::kVerified) band_.link.update = std::move(staged);
  if (!band_.quirks().verified_survives_link) band_.link.update = UpdateState{};
}

void BandSim::MtuIs(std::uint16_t mtu, RadioTime now) {
  Advance(now);
  band_.link.mtu = mtu;
  if (Subscribed(Attribute::kEvents) && band_.quirks().mtu_events && band_.link.mtu_told != mtu) {
    band_.link.mtu_told = mtu;
    SayEvent(band_, mb::BytesOf(0x16, mtu & 0xff, mtu >> 8), kMtuEvent);
  }
}

bool BandSim::Subscribed(Attribute attribute) const {
  return band_.link.subscribed.contains(attribute);
}

Answer BandSim::Subscribe(Attribute attribute, bool on, RadioTime now) {
  Advance(now);
  if (mb::InfoOf(attribute).cccd_handle == 0) return {kWriteNotPermitted, {}};
  if (!on) {
    band_.link.subscribed.erase(attribute);
    return {};
  }
  band_.link.subscribed.insert(attribute);
  const std::uint16_t mtu = band_.link.mtu;
  if (attribute == Attribute::kEvents && band_.quirks().mtu_events && band_.link.mtu_told != mtu) {
    band_.link.mtu_told = mtu;
    SayEvent(band_, mb::BytesOf(0x16, mtu & 0xff, mtu >> 8), band_.quirks().reply);
  }
  return {};
}

Answer BandSim::Read(Attribute attribute, RadioTime now) {
  Advance(now);
  const mb::AttributeInfo& info = mb::InfoOf(attribute);
  if ((info.properties & mb::kRead) == 0 || attribute == Attribute::kUnknown0011 ||
      attribute == Attribute::kUnknown4a02)
    return {kReadNotPermitted, {}};
  if (info.needs_auth && !band_.link.authenticated && !ReadsFreely(attribute) &&
      band_.quirks().unauthenticated == Quirks::Unauthenticated::kAttError)
    return {kInsufficientAuthentication, {}};
  const State& state = band_.state;
  switch (attribute) {
    case Attribute::kDeviceName:
      return {0, Of(mb::kMiBand4Name)};
    case Attribute::kAppearance:
      return {0, mb::BytesOf(0, 0)};
    case Attribute::kPreferredParameters:
      return {0, Of(kPreferred)};
    case Attribute::kLinkParameters:
      return {0, Of(kLinkParameters)};
    case Attribute::kSerialNumber:
      return {0, Of(std::string_view(state.serial))};
    case Attribute::kHardwareRevision:
      return {0, mb::EncodeVersion(state.hardware)};
    case Attribute::kSoftwareRevision:
      return {0, mb::EncodeVersion(state.images.version)};
    case Attribute::kSystemId:
      return {0, mb::EncodeSystemId(state.address)};
    case Attribute::kPnpId:
      return {0, Encode(mb::PnpId{1, mb::kVendorHuami, mb::kProductMiBand4, 0x0101})};
    case Attribute::kNewAlert:
      return {0, mb::BytesOf(0x05)};
    case Attribute::kAlertControl:
      return {0, mb::BytesOf(0x00)};
    case Attribute::kHeartRateControl:
      return {0, mb::BytesOf(0x00, 0x01)};
    case Attribute::kCurrentTime:
      return {0, ReadTime(band_)};
    case Attribute::kBattery:
      return {0, ReadBattery(band_)};
    case Attribute::kSteps:
      return {0, ReadSteps(band_)};
    case Attribute::kChunked:
      return {0, mb::BytesOf(0x04)};
    case Attribute::kAudioControl:
      return {0, mb::BytesOf(0x0c)};
    case Attribute::kAuth:
      // Before authentication: not known.
      return {0, mb::BytesOf(band_.link.authenticated ? 1 : 0, 0, 0, 0)};
    case Attribute::kUnknownFedf:
      return {0, mb::BytesOf(0x01)};
    default:
      return {};
  }
}

Answer BandSim::Write(Attribute attribute, Bytes bytes, bool with_response, RadioTime now) {
  Advance(now);
  Band& band = band_;
  const mb::AttributeInfo& info = mb::InfoOf(attribute);
  const auto needed = with_response ? mb::kWrite : mb::kWriteCommand;
  if ((info.properties & needed) == 0) return {kWriteNotPermitted, {}};
  // It is about to hang up: nothing that comes now keeps it.
  if (band.leaves) return {};
  if (bytes.size() + 3U > band.link.mtu) return {kInvalidLength, {}};
  if (bytes.size() > kShortValue && band.faults().long_packets_lost) return {};
  if (bytes.size() > kShortValue && band.faults().long_packets_cut) {
    band.leaves = band.leaves_silently = true;
    return {};
  }
  if (info.needs_auth && !band.link.authenticated) {
    ++band.truth.ignored_writes;
    if (band.quirks().unauthenticated == Quirks::Unauthenticated::kDisconnect) band.leaves = true;
    if (band.quirks().unauthenticated == Quirks::Unauthenticated::kAttError && with_response)
      return {kInsufficientAuthentication, {}};
    return {};
  }
  switch (attribute) {
    case Attribute::kAuth:
      AuthWrite(band, bytes);
      return {};
    case Attribute::kCurrentTime:
      return {WriteTime(band, bytes), {}};
    case Attribute::kConfiguration:
      ConfigurationWrite(band, bytes);
      return {};
    case Attribute::kUserSettings:
      return {UserSettingsWrite(band, bytes), {}};
    case Attribute::kFetchControl:
      FetchWrite(band, bytes);
      return {};
    case Attribute::kUpdateControl:
      UpdateControlWrite(band, bytes);
      return {};
    case Attribute::kUpdateData:
      UpdateDataWrite(band, bytes);
      return {};
    case Attribute::kHeartRateControl:
      return {HeartControlWrite(band, bytes), {}};
    case Attribute::kNewAlert:
      AlertWrite(band, bytes);
      return {};
    case Attribute::kImmediateAlert:
      ImmediateWrite(band, bytes);
      return {};
    case Attribute::kChunked:
      ChunkWrite(band, bytes);
      return {};
    default:  // taken, and nothing known comes of it
      return {};
  }
}

std::vector<BandNotification> BandSim::TakeNotifications(std::size_t room, RadioTime now) {
  Advance(now);
  std::vector<BandNotification> out;
  const auto tell = [&](Attribute attribute, ByteVector bytes) {
    const bool open = !mb::InfoOf(attribute).needs_auth || band_.link.authenticated;
    const bool lost = bytes.size() > kShortValue && band_.faults().long_packets_lost;
    if (open && !lost && Subscribed(attribute)) out.push_back({attribute, std::move(bytes)});
  };
  for (auto at = band_.outbox.begin(); at != band_.outbox.end() && out.size() < room;) {
    if (at->ready > band_.now) {
      ++at;
      continue;
    }
    tell(at->attribute, std::move(at->bytes));
    at = band_.outbox.erase(at);
  }
  while (out.size() < room) {
    auto next = FetchNext(band_);
    if (!next) break;
    tell(next->attribute, std::move(next->bytes));
  }
  return out;
}

std::optional<Hangup> BandSim::WantsToHangUp(RadioTime now) {
  Advance(now);
  if (!band_.leaves) return std::nullopt;
  if (band_.leaves_silently) return Hangup{true};
  if (!band_.outbox.empty()) return std::nullopt;
  return Hangup{};
}

}  // namespace bk::simulate::band
