#include "main/serve_band.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <utility>

#include "adapters/bluez/gatt_server.h"
#include "adapters/cipher/cipher.h"
#include "adapters/terminal/clock.h"
#include "base/instant.h"
#include "base/random.h"
#include "simulate/band/on_air.h"

namespace bk::main {
namespace {

using namespace simulate;  // NOLINT: this file is about nothing else
using std::chrono::milliseconds;

constexpr milliseconds kLookAtStop{250};
constexpr std::size_t kNotificationsPerLine = 250;
constexpr std::uint16_t kClientConfiguration = 0x2902;

// bluetoothd has these of its own and takes no others.
bool IsBluetoothds(Uuid service) {
  return service == SigUuid(0x1800) || service == SigUuid(0x1801);
}

// The band behind a server: rows are handles of the band's own table.
class Carried final : public adapters::Served {
 public:
  using Say = std::function<void(std::string_view)>;
  Carried(band::BandSim& band, Say say) : band_(band), air_(band), say_(std::move(say)) {
    const radio::GattTable& table = air_.Table();
    for (const radio::GattEntry& entry : table.characteristics) {
      const auto service = std::ranges::find_if(table.services, [&](const radio::GattService& one) {
        return one.start <= entry.declaration && entry.declaration <= one.end;
      });
      if (service == table.services.end() || IsBluetoothds(service->uuid)) continue;
      rows_.push_back({service->uuid, entry.uuid, entry.properties});
      values_.push_back(entry.value);
    }
  }
  [[nodiscard]] const std::vector<adapters::ServedRow>& rows() const { return rows_; }
  [[nodiscard]] radio::RadioTime Now() const {
    return std::chrono::duration_cast<radio::RadioTime>(std::chrono::steady_clock::now() - start_);
  }

  void Connected() override {
    air_.Connected(Now());
    sent_ = writes_ = 0;
    hung_up_ = authenticated_ = false;
    Tell(fmt::format("link {} is up", band_.truth().links));
  }
  void Disconnected() override {
    Tell(fmt::format("link {} is down: {} writes, {} notifications", band_.truth().links, writes_,
                     sent_));
    air_.Disconnected(Now(), radio::kRemoteTerminated);
  }
  void MtuIs(std::uint16_t mtu) override {
    Tell(fmt::format("MTU {}", mtu));
    air_.MtuIs(mtu, Now());
  }
  std::optional<adapters::ServedAnswer> Read(std::size_t row) override {
    auto answer = air_.Read(values_[row], Now());
    if (!answer) return std::nullopt;
    return adapters::ServedAnswer{answer->error, std::move(answer->bytes)};
  }
  std::optional<std::uint8_t> Write(std::size_t row, Bytes bytes, bool with_response) override {
    ++writes_;
    const auto answer = air_.Write(values_[row], bytes, with_response, Now());
    return answer ? std::optional(answer->error) : std::nullopt;
  }
  void Subscribe(std::size_t row, bool on) override {
    const auto descriptor = Configuration(values_[row]);
    const auto value = on ? std::byte{1} : std::byte{0};
    if (descriptor != 0) (void)air_.Write(descriptor, std::array{value, std::byte{0}}, true, Now());
  }
  void Trouble(const std::string& sentence) override {
    Tell(sentence.empty() ? "Bluetooth is back" : sentence);
  }

  // What it does by itself, and what it has to say. When it next has something to do.
  radio::RadioTime Live(adapters::GattServer& server) {
    const radio::RadioTime now = Now();
    air_.Advance(now);
    if (!authenticated_ && band_.link().authenticated) {
      authenticated_ = true;
      Tell("authenticated");
    }
    if (const unsigned restarts = band_.truth().restarts; restarts != restarts_) {
      restarts_ = restarts;
      Tell(fmt::format("restarts, with firmware {}", band_.state().images.version));
    }
    std::optional<adapters::ServedAdvert> advert;
    if (auto adverts = air_.Adverts(now))
      advert = adapters::ServedAdvert{adverts->connectable, std::move(adverts->data),
                                      std::move(adverts->scan_response)};
    server.Advertise(std::move(advert));
    Speak(server, now);
    if (!hung_up_ && server.quiet() && air_.WantsToLeave(now)) {
      hung_up_ = true;
      server.HangUp();
    }
    return air_.Due().value_or(now + kLookAtStop) - now;
  }

 private:
  void Speak(adapters::GattServer& server, radio::RadioTime now) {
    while (const std::size_t room = server.Room()) {
      const auto said = air_.TakeNotifications(room, now);
      for (const radio::Notification& one : said) {
        const auto row = std::ranges::find(values_, one.handle) - values_.begin();
        if (static_cast<std::size_t>(row) >= values_.size()) continue;
        server.Notify(static_cast<std::size_t>(row), one.bytes);
        if (++sent_ % kNotificationsPerLine == 0)
          Tell(fmt::format("{} notifications so far", sent_));
      }
      if (said.size() < room) return;
    }
  }
  [[nodiscard]] std::uint16_t Configuration(std::uint16_t value) const {
    const auto& all = air_.Table().descriptors;
    const auto next = std::ranges::upper_bound(all, value, {}, &radio::GattDescriptor::handle);
    return next != all.end() && next->uuid == kClientConfiguration ? next->handle
                                                                   : std::uint16_t{0};
  }
  void Tell(std::string_view what) {
    say_(fmt::format("{:9.3f} s  {}\n", static_cast<double>(Now().count()) / 1e6, what));
  }

  band::BandSim& band_;
  band::BandOnAir air_;
  Say say_;
  std::vector<adapters::ServedRow> rows_;
  std::vector<std::uint16_t> values_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::size_t sent_ = 0, writes_ = 0;  // of this link
  bool hung_up_ = false, authenticated_ = false;
  unsigned restarts_ = 0;
};

ports::Block16 KeyOf(std::uint64_t seed) {
  Random random(seed);
  ports::Block16 key{};
  for (std::byte& byte : key) byte = static_cast<std::byte>(random.Next() >> 56);
  return key;
}

Result<band::Options> OptionsOf(const app::ServedBand& wanted) {
  band::Options options;
  options.seed = wanted.seed;
  options.key = wanted.key ? *wanted.key : KeyOf(wanted.seed);
  options.history = wanted.minutes;
  options.utc_us = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const auto& kinds = band::Firmwares();
  const std::string firmware =
      wanted.firmware.empty() ? std::string(kinds.back().version) : wanted.firmware;
  const auto kind = std::ranges::find(kinds, firmware, &band::FirmwareKind::version);
  if (kind == kinds.end()) {
    std::string known;
    for (const auto& one : kinds)
      known += fmt::format("{}{}", known.empty() ? "" : ", ", one.version);
    return Fail(ErrorCode::kInvalid, fmt::format("--firmware {}: known are {}", firmware, known));
  }
  options.version = firmware;
  options.quirks = kind->quirks;
  for (const std::string& name : wanted.faults) {
    const band::NamedFault* fault = band::FindFault(name);
    if (fault == nullptr) {
      std::string known;
      for (const auto& one : band::NamedFaults())
        known += fmt::format("\n  {:28}{}", one.name, one.why);
      return Fail(ErrorCode::kInvalid,
                  fmt::format("--fault {}: a band's faults are{}", name, known));
    }
    fault->apply(options.faults, options.quirks);
  }
  return options;
}

std::string HexOf(const ports::Block16& key) {
  std::string text;
  for (const std::byte byte : key) text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return text;
}

Status WriteTruth(const std::string& path, const band::BandSim& band) {
  std::ofstream file(path);
  file << "time,raw_kind,intensity,steps,heart_rate\n";
  for (const band::StoredMinute& minute : band.truth().recorded) {
    const CivilTime at = CivilFromMicros(minute.minute * 60'000'000);
    file << fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:00Z,{},{},{},{}\n", at.year, at.month, at.day, at.hour,
        at.minute, minute.sample.kind, minute.sample.intensity, minute.sample.steps,
        minute.sample.heart_rate == 0xff ? std::string()
                                         : fmt::format("{}", minute.sample.heart_rate));
  }
  file.close();
  if (!file) return Fail(ErrorCode::kNotReadable, path + ": cannot be written.");
  return {};
}

}  // namespace

Status ServeBand(const app::ServedBand& wanted, const std::function<void(std::string_view)>& say) {
  BK_TRY(band::Options options, OptionsOf(wanted));
  const adapters::OpensslCipher cipher;
  const adapters::LibraryChecksum checksum;
  const auto clock = adapters::terminal::MakeClock();
  const std::string key = wanted.key ? "the one from your file" : HexOf(*options.key);
  const std::string firmware = options.version;
  band::BandSim band(std::move(options), cipher, checksum);
  Carried carried(band, say);
  {
    BK_TRY(const auto server, adapters::OpenGattServer(wanted.adapter, carried.rows(), carried));
    // A band's advertisement names it.
    band.MutableState().address = server->address();
    say(
        fmt::format("This is a simulated Mi Smart Band 4, not a real one, with firmware {} and {} "
                    "minutes recorded.\nIts address is {}, its key {}.\nCtrl-C ends it.\n",
                    firmware, wanted.minutes, FormatAddress(server->address()), key));
    while (!clock->stopped()) {
      const auto due = carried.Live(*server);
      server->Wait(std::clamp<std::chrono::microseconds>(due, milliseconds(0), kLookAtStop));
    }
  }
  return wanted.truth.empty() ? Status{} : WriteTruth(wanted.truth, band);
}

}  // namespace bk::main
