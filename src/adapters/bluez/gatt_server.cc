#include "adapters/bluez/gatt_server.h"

#include <poll.h>

#include <utility>

#include "adapters/bluez/rfkill.h"
#include "adapters/bluez/served_objects.h"
#include "adapters/bluez/watcher.h"

namespace bk::adapters {
namespace {

using namespace bluez;  // NOLINT: this file is that room's door
using ports::AdapterState;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr const char* kGattManager = "org.bluez.GattManager1";
constexpr const char* kAdvertManager = "org.bluez.LEAdvertisingManager1";
constexpr seconds kCallTime{20};
constexpr seconds kOpenTime{25};
constexpr seconds kCloseTime{3};
// bluetoothd reads its bus in order, so an answered ping behind notifications says that it has
// them: more than so many are never on their way.
constexpr std::size_t kWindow = 64;

class Server : public GattServer {
 public:
  // Throws sdbus::Error.
  Server(std::string adapter, const std::vector<ServedRow>& rows, Served& served)
      : wanted_adapter_(std::move(adapter)),
        served_(served),
        table_(bus_, rows, served),
        advert_(bus_),
        watcher_(bus_,
                 {[this] { LookAtAdapter(); },
                  [this](const std::string& path, const Interfaces& interfaces) {
                    if (interfaces.contains(kDevice)) LookAtDevice(path);
                    if (interfaces.contains(kAdapter)) LookAtAdapter();
                  },
                  [this](const std::string& path) {
                    if (path == peer_) LookAtDevice(path);
                    LookAtAdapter();
                  },
                  [this](const std::string& path, const std::string& interface, const Properties&) {
                    if (interface == kDevice) LookAtDevice(path);
                    if (interface == kAdapter) LookAtAdapter();
                  }}) {}

  ~Server() override {
    closing_ = true;
    try {
      if (!peer_.empty()) HangUp();
      WaitFor(kCloseTime, [this] { return peer_.empty(); });
      if (advert_state_ == At::kThere) TakeAdvertBack();
      WaitFor(kCloseTime, [this] { return advert_state_ != At::kUnderWay; });
      if (table_state_ == At::kThere)
        Ask(
            adapter_, kGattManager, "UnregisterApplication",
            [this](const sdbus::Error*) { table_state_ = At::kAway; },
            sdbus::ObjectPath(kTablePath));
      WaitFor(kCloseTime, [this] { return table_state_ != At::kThere; });
    } catch (const sdbus::Error&) {  // the service is gone, and all with it
    }
  }

  // Until the table is with bluetoothd or cannot be.
  Status Begin() {
    WaitFor(kOpenTime, [this] { return table_state_ == At::kThere || failed_ || Hopeless(); });
    if (failed_)
      return Fail(ErrorCode::kRefused, "bluetoothd refused the simulated band: " + word_);
    if (state_ != AdapterState::kReady)
      return Fail(ErrorCode::kNotFound, SentenceFor(known_ ? state_ : AdapterState::kNoDaemon));
    if (table_state_ != At::kThere)
      return Fail(ErrorCode::kTimedOut, "bluetoothd did not answer within 25 seconds");
    return {};
  }

  [[nodiscard]] Address address() const override {
    return ParseAddress(
               watcher_.objects().Get<std::string>(adapter_, kAdapter, "Address").value_or(""))
        .value_or(Address{});
  }

  void Advertise(std::optional<ServedAdvert> advert) override {
    if (advert == wanted_advert_) return;
    wanted_advert_ = std::move(advert);
    SettleAdvert();
  }

  [[nodiscard]] std::size_t Room() const override {
    return peer_.empty() ? 0 : kWindow - unpinged_ - pinged_;
  }
  [[nodiscard]] bool quiet() const override { return unpinged_ == 0 && pinged_ == 0; }

  void Notify(std::size_t row, Bytes bytes) override {
    if (peer_.empty()) return;
    try {
      table_.Notify(row, bytes);
    } catch (const sdbus::Error&) {  // the bus is full or gone: lost, as on the air
      return;
    }
    ++unpinged_;
    if (pinged_ == 0) Ping();
  }

  void HangUp() override {
    if (peer_.empty()) return;
    Ask(peer_, kDevice, "Disconnect", [](const sdbus::Error*) {});
  }

  void Wait(std::chrono::microseconds time) override {
    const auto bus = bus_.connection().getEventLoopPollData();
    pollfd poll_for{bus.fd, bus.events, 0};
    int milli = static_cast<int>((time.count() + 999) / 1000);
    if (const int own = bus.getPollTimeout(); own >= 0) milli = std::min(milli, own);
    if (poll(&poll_for, 1, std::max(milli, 0)) < 0) return;  // a signal: look at what it changed
    bus_.Process();
  }

 private:
  enum class At : std::uint8_t { kAway, kUnderWay, kThere };

  template <class Answer, class... Arguments>
  void Ask(const std::string& path, const char* interface, const char* method, Answer answer,
           const Arguments&... arguments) {
    bus_.Proxy(path)
        .callMethodAsync(method)
        .onInterface(interface)
        .withTimeout(kCallTime)
        .withArguments(arguments...)
        .uponReplyInvoke(std::move(answer));
  }

  template <class Condition>
  void WaitFor(std::chrono::microseconds time, const Condition& condition) {
    const auto until = Clock::now() + time;
    while (!condition() && Clock::now() < until) Wait(milliseconds(100));
  }

  // Only the person can change that.
  [[nodiscard]] bool Hopeless() const {
    return known_ && state_ != AdapterState::kReady && state_ != AdapterState::kNoDaemon;
  }

  void LookAtAdapter() {
    const Objects& objects = watcher_.objects();
    const auto powered = [&](const std::string& path) {
      return objects.Get<bool>(path, kAdapter, "Powered").value_or(false);
    };
    std::string chosen;
    for (const std::string& path : objects.With(kAdapter)) {
      if (!wanted_adapter_.empty() && path != "/org/bluez/" + wanted_adapter_) continue;
      if (chosen.empty() || (!powered(chosen) && powered(path))) chosen = path;
    }
    if (!adapter_.empty() && objects.Has(adapter_, kAdapter)) chosen = adapter_;
    AdapterState state = AdapterState::kReady;
    if (watcher_.denied())
      state = AdapterState::kNoPermission;
    else if (!watcher_.service())
      state = AdapterState::kNoDaemon;
    else if (chosen.empty())
      state = AdapterState::kAbsent;
    else if (!powered(chosen))
      state = BluetoothBlocked() ? AdapterState::kBlocked : AdapterState::kOff;
    if (!chosen.empty()) adapter_ = chosen;
    const bool told = std::exchange(known_, true);
    const AdapterState before = std::exchange(state_, state);
    // bluetoothd forgets the table when it ends, and keeps it while the adapter is off.
    if (chosen.empty()) {
      table_state_ = At::kAway;
      advert_state_ = At::kAway;
    }
    if (state != AdapterState::kReady) LinkGone();
    if (told && before != state) served_.Trouble(SentenceFor(state));
    if (state != AdapterState::kReady) return;
    GiveTable();
    // Whether an advertisement outlives its adapter's being off depends on the kernel.
    if (told && before != state && advert_state_ == At::kThere) TakeAdvertBack();
  }

  void GiveTable() {
    if (table_state_ != At::kAway || failed_ || closing_) return SettleAdvert();
    table_state_ = At::kUnderWay;
    Ask(
        adapter_, kGattManager, "RegisterApplication",
        [this](const sdbus::Error* error) {
          if (table_state_ != At::kUnderWay) return;
          if (error != nullptr) {
            table_state_ = At::kAway;
            failed_ = true;
            word_ = error->getMessage();
            return;
          }
          table_state_ = At::kThere;
          SettleAdvert();
        },
        sdbus::ObjectPath(kTablePath), Properties{});
  }

  // Towards the advertisement that is wanted, one call at a time.
  void SettleAdvert() {
    if (state_ != AdapterState::kReady || table_state_ != At::kThere || closing_) return;
    if (advert_state_ == At::kUnderWay) return;
    if (advert_state_ == At::kThere) {
      if (wanted_advert_ != said_advert_) TakeAdvertBack();
      return;
    }
    if (!wanted_advert_) return;
    advert_state_ = At::kUnderWay;
    said_advert_ = wanted_advert_;
    advert_.Say(*said_advert_);
    Ask(
        adapter_, kAdvertManager, "RegisterAdvertisement",
        [this](const sdbus::Error* error) {
          if (advert_state_ != At::kUnderWay) return;
          advert_state_ = error == nullptr ? At::kThere : At::kAway;
          if (error != nullptr)
            return served_.Trouble("it cannot advertise: " + error->getMessage());
          SettleAdvert();
        },
        sdbus::ObjectPath(kAdvertPath), Properties{});
  }

  void TakeAdvertBack() {
    advert_state_ = At::kUnderWay;
    said_advert_.reset();
    Ask(
        adapter_, kAdvertManager, "UnregisterAdvertisement",
        [this](const sdbus::Error*) {
          advert_state_ = At::kAway;
          SettleAdvert();
        },
        sdbus::ObjectPath(kAdvertPath));
  }

  void LookAtDevice(const std::string& path) {
    if (adapter_.empty() || !path.starts_with(adapter_ + "/dev_")) return;
    const bool connected = watcher_.objects().Get<bool>(path, kDevice, "Connected").value_or(false);
    if (connected && peer_.empty()) {
      peer_ = path;
      table_.NewLink();
      served_.Connected();
    } else if (!connected && path == peer_) {
      LinkGone();
    }
  }

  void LinkGone() {
    if (std::exchange(peer_, {}).empty()) return;
    served_.Disconnected();
  }

  void Ping() {
    pinged_ = std::exchange(unpinged_, 0);
    bus_.Proxy("/")
        .callMethodAsync("Ping")
        .onInterface("org.freedesktop.DBus.Peer")
        .withTimeout(kCallTime)
        .uponReplyInvoke([this](const sdbus::Error*) {
          pinged_ = 0;
          if (unpinged_ > 0) Ping();
        });
  }

  std::string wanted_adapter_;
  Served& served_;
  Bus bus_;
  ServedTable table_;
  AdvertObject advert_;
  std::string adapter_, peer_;
  AdapterState state_ = AdapterState::kReady;
  bool known_ = false, failed_ = false, closing_ = false;
  std::string word_;  // bluetoothd's, of why it refused
  At table_state_ = At::kAway, advert_state_ = At::kAway;
  std::optional<ServedAdvert> wanted_advert_, said_advert_;
  std::size_t unpinged_ = 0, pinged_ = 0;
  Watcher watcher_;  // last: it calls the rest
};

}  // namespace

Result<std::unique_ptr<GattServer>> OpenGattServer(const std::string& adapter,
                                                   std::vector<ServedRow> rows, Served& served) {
  try {
    auto server = std::make_unique<Server>(adapter, rows, served);
    if (const Status begun = server->Begin(); !begun) return std::unexpected(begun.error());
    return server;
  } catch (const sdbus::Error& error) {
    return Fail(ErrorCode::kNotFound,
                "the system bus cannot be reached (" + error.getMessage() +
                    "): Bluetooth needs D-Bus; start it, or log in to a desktop session");
  }
}

}  // namespace bk::adapters
