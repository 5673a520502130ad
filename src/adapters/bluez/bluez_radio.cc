#include "adapters/bluez/bluez_radio.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "adapters/bluez/adverts.h"
#include "adapters/bluez/characteristics.h"
#include "adapters/bluez/rfkill.h"
#include "adapters/bluez/watcher.h"

namespace bk::adapters {
namespace {

using namespace bluez;  // NOLINT: this file is that room's door
using ports::AdapterState;
using ports::RadioTime;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kLookAtStop{250};
// bluetoothd gives an attempt up itself after 20 to 40 s; the session after 30.
constexpr seconds kConnectTime{60};
constexpr seconds kShortCall{10};

class BluezRadio : public ports::BandRadio {
 public:
  // Throws sdbus::Error.
  explicit BluezRadio(BluezWishes wishes)
      : wishes_(std::move(wishes)),
        characteristics_(bus_, [this](ports::RadioEvent event) { Emit(std::move(event)); }),
        watcher_(bus_,
                 {[this] { LookAtAdapter(); },
                  [this](const std::string& path, const Interfaces& interfaces) {
                    Added(path, interfaces);
                  },
                  [this](const std::string& path) { Removed(path); },
                  [this](const std::string& path, const std::string& interface,
                         const Properties& properties) { Changed(path, interface, properties); }}) {
  }
  ~BluezRadio() override {
    // A registered socket at our end crashed bluetoothd 5.66 once: everything is closed in order.
    characteristics_.Clear();
    try {
      if (scanning_) Call("StopDiscovery", adapter_, kAdapter);
      if (attempt_ && !closing_) Call("Disconnect", device_, kDevice);
      bus_.Process();
    } catch (const sdbus::Error&) {  // the service is gone already
    }
  }

  [[nodiscard]] RadioTime Now() const override {
    return std::chrono::duration_cast<RadioTime>(
        std::chrono::steady_clock::now().time_since_epoch());
  }

  void Do(const ports::RadioOrder& order) override {
    try {
      if (const auto* scan = std::get_if<ports::ScanOrder>(&order)) return Scan(scan->on);
      if (const auto* connect = std::get_if<ports::ConnectOrder>(&order)) return Connect(*connect);
      if (std::holds_alternative<ports::DisconnectOrder>(order)) return Disconnect();
      if (std::holds_alternative<ports::DiscoverOrder>(order)) return Discover();
      characteristics_.Ask(order);
    } catch (const sdbus::Error& error) {
      BusFailed(error);
    }
  }

  std::optional<ports::RadioEvent> Next(RadioTime until) override {
    for (;;) {
      if (!events_.empty()) {
        ports::RadioEvent event = std::move(events_.front());
        events_.pop_front();
        return event;
      }
      if (wishes_.stopped && wishes_.stopped()) return std::nullopt;
      const RadioTime now = Now();
      if (now >= until) return std::nullopt;
      Wait(std::min<RadioTime>(until - now, kLookAtStop));
    }
  }

 private:
  [[nodiscard]] const Objects& objects() const { return watcher_.objects(); }
  void Emit(ports::RadioEvent event) { events_.push_back(std::move(event)); }

  void Wait(RadioTime time) {
    const auto bus = bus_.connection().getEventLoopPollData();
    std::vector<pollfd> polls{{bus.fd, bus.events, 0}};
    characteristics_.AddTo(polls);
    int milli = static_cast<int>((time.count() + 999) / 1000);
    if (const int own = bus.getPollTimeout(); own >= 0) milli = std::min(milli, own);
    if (poll(polls.data(), polls.size(), milli) < 0) return;  // a signal: look at what it changed
    try {
      bus_.Process();
    } catch (const sdbus::Error& error) {
      BusFailed(error);
    }
    polls.erase(polls.begin());
    characteristics_.Ready(polls);
  }

  // --- what bluetoothd tells

  void Changed(const std::string& path, const std::string& interface,
               const Properties& properties) {
    if (interface == kAdapter) return LookAtAdapter();
    if (interface == kCharacteristic) {
      if (const auto value = Objects::From<std::vector<std::uint8_t>>(properties, "Value"))
        characteristics_.ValueChanged(path, *value);
      return;
    }
    if (interface != kDevice) return;
    if (path == device_) DeviceChanged();
    if (properties.contains("RSSI") || properties.contains("ManufacturerData") ||
        properties.contains("ServiceData"))
      Advertised(path);
  }

  void Added(const std::string& path, const Interfaces& interfaces) {
    if (interfaces.contains(kDevice)) Advertised(path);
    if (path == device_ && waits_for_object_) ConnectObject();
    if (interfaces.contains(kAdapter)) LookAtAdapter();
  }

  void Removed(const std::string& path) {
    if (path == device_ && attempt_ && up_) LinkEnded("removed");
    LookAtAdapter();
  }

  // The state of the adapter as it is now; told when it is another than before.
  void LookAtAdapter() {
    const std::vector<std::string> adapters = objects().With(kAdapter);
    const auto powered = [&](const std::string& path) {
      return objects().Get<bool>(path, kAdapter, "Powered").value_or(false);
    };
    std::string chosen;
    for (const std::string& path : adapters) {
      if (!wishes_.adapter.empty() && path != "/org/bluez/" + wishes_.adapter) continue;
      if (chosen.empty() || (!powered(chosen) && powered(path))) chosen = path;
    }
    // One that is in use stays in use.
    if (!adapter_.empty() && objects().Has(adapter_, kAdapter) && powered(adapter_))
      chosen = adapter_;
    AdapterState state = AdapterState::kReady;
    if (watcher_.denied())
      state = AdapterState::kNoPermission;
    else if (!watcher_.service())
      state = AdapterState::kNoDaemon;
    else if (chosen.empty())
      state = AdapterState::kAbsent;
    else if (!powered(chosen))
      state = BluetoothBlocked() ? AdapterState::kBlocked : AdapterState::kOff;
    if (known_ && state == state_ && chosen == adapter_) return;
    const bool tell = state != AdapterState::kReady || (known_ && state_ != AdapterState::kReady);
    known_ = true;
    state_ = state;
    adapter_ = chosen;
    if (state != AdapterState::kReady) {
      characteristics_.Clear();
      attempt_ = up_ = scanning_ = waits_for_object_ = awaits_table_ = closing_ = false;
      ++turn_;
    }
    if (tell) Emit(ports::AdapterChanged{state, SentenceFor(state)});
    if (state == AdapterState::kReady) Deferred();
  }

  // Orders that came before the adapter was known.
  void Deferred() {
    if (wants_scan_) Scan(true);
    if (wanted_) {
      const ports::ConnectOrder order = *std::exchange(wanted_, std::nullopt);
      Connect(order);
    }
  }

  void BusFailed(const sdbus::Error& error) {
    if (error.getName() == "org.freedesktop.DBus.Error.AccessDenied") {
      watcher_.Deny();
      return LookAtAdapter();
    }
    if (attempt_) LinkEnded(error.getMessage());
  }

  // --- scanning

  void Scan(bool on) {
    wants_scan_ = on;
    if (adapter_.empty() || state_ != AdapterState::kReady || scanning_ == on) return;
    scanning_ = on;
    if (!on) return Call("StopDiscovery", adapter_, kAdapter);
    bus_.Proxy(adapter_)
        .callMethodAsync("SetDiscoveryFilter")
        .onInterface(kAdapter)
        .withTimeout(kShortCall)
        .withArguments(Properties{{"Transport", sdbus::Variant(std::string("le"))},
                                  {"DuplicateData", sdbus::Variant(true)}})
        .uponReplyInvoke([](const sdbus::Error*) {});
    Call("StartDiscovery", adapter_, kAdapter);
  }

  void Advertised(const std::string& path) {
    if (!scanning_ || !path.starts_with(adapter_ + "/")) return;
    if (auto advert = AdvertOf(objects(), path)) Emit(ports::AdvertSeen{std::move(*advert)});
  }

  // --- the link

  void Connect(const ports::ConnectOrder& order) {
    if (attempt_) {
      if (closing_) wanted_ = order;  // when the link before has ended
      return;
    }
    if (state_ != AdapterState::kReady || adapter_.empty()) {
      wanted_ = order;  // as soon as there is an adapter
      return;
    }
    attempt_ = true;
    up_ = false;
    device_ = DevicePath(adapter_, order.address);
    if (objects().Has(device_, kDevice)) return ConnectObject();
    // bluetoothd connects only what it has seen.
    waits_for_object_ = true;
    scan_for_object_ = !scanning_;
    if (scan_for_object_) {
      const bool wanted = wants_scan_;
      Scan(true);
      wants_scan_ = wanted;
    }
  }

  void ConnectObject() {
    waits_for_object_ = false;
    if (std::exchange(scan_for_object_, false) && !wants_scan_) Scan(false);
    const std::uint64_t turn = ++turn_;
    bus_.Proxy(device_)
        .callMethodAsync("Connect")
        .onInterface(kDevice)
        .withTimeout(kConnectTime)
        .uponReplyInvoke([this, turn](const sdbus::Error* error) {
          if (turn != turn_ || !attempt_) return;
          // bluetoothd 5.66 does not tell every change of Connected by a signal: a link that is
          // made right behind another one comes without.
          if (error == nullptr || error->getName() == "org.bluez.Error.AlreadyConnected")
            return Refresh([this] {
              DeviceChanged();
              if (attempt_ && !up_) LinkEnded("it ended at once");
            });
          if (!up_) LinkEnded(error->getMessage());
        });
  }

  void DeviceChanged() {
    if (!attempt_) return;
    const bool connected = objects().Get<bool>(device_, kDevice, "Connected").value_or(false);
    if (connected && !up_ && !closing_) {
      up_ = true;
      Emit(ports::LinkUp{});
    } else if (!connected && up_) {
      return LinkEnded("");
    }
    if (up_ && discovering_) Discover();
  }

  // Asks for the device's properties anew. Whatever bluetoothd had to signal before is here when
  // its answer is.
  template <class Then>
  void Refresh(Then then) {
    bus_.Proxy(device_)
        .callMethodAsync("GetAll")
        .onInterface(kProperties)
        .withTimeout(kShortCall)
        .withArguments(std::string(kDevice))
        .uponReplyInvoke([this, turn = turn_, then = std::move(then)](const sdbus::Error* error,
                                                                      const Properties& all) {
          if (turn != turn_ || !attempt_) return;
          if (error == nullptr) watcher_.Update(device_, kDevice, all);
          then();
        });
  }

  [[nodiscard]] bool Resolved() const {
    return objects().Get<bool>(device_, kDevice, "ServicesResolved").value_or(false);
  }

  void Discover() {
    discovering_ = up_;
    if (!up_ || !Resolved() || awaits_table_) return;
    // ServicesResolved comes before the services and characteristics themselves.
    awaits_table_ = true;
    Refresh([this] {
      awaits_table_ = false;
      if (discovering_ && Resolved()) TellTable();
    });
  }

  void TellTable() {
    discovering_ = false;
    // The table goes out before what is learnt while it is read (the MTU).
    const std::size_t before = events_.size();
    ports::Discovered found{characteristics_.Load(objects(), device_), ""};
    if (found.table.empty()) found.text = "bluetoothd found no characteristics";
    events_.insert(events_.begin() + static_cast<std::ptrdiff_t>(before), std::move(found));
  }

  void Disconnect() {
    wanted_.reset();
    if (!attempt_) return Emit(ports::LinkEnded{});
    if (std::exchange(waits_for_object_, false)) {
      if (std::exchange(scan_for_object_, false) && !wants_scan_) Scan(false);
      return LinkEnded("given up");
    }
    characteristics_.Clear();
    closing_ = true;
    const std::uint64_t turn = turn_;
    bus_.Proxy(device_)
        .callMethodAsync("Disconnect")
        .onInterface(kDevice)
        .withTimeout(kShortCall)
        .uponReplyInvoke([this, turn](const sdbus::Error*) {
          // Whatever it says: the attempt is over for us.
          if (turn == turn_ && attempt_) LinkEnded("");
        });
  }

  // Once for each attempt.
  void LinkEnded(std::string text) {
    const bool was_up = std::exchange(up_, false);
    attempt_ = discovering_ = waits_for_object_ = awaits_table_ = false;
    ++turn_;
    characteristics_.Hear();  // what was said before the end
    characteristics_.Clear();
    // Its signals may come late, and are not of the next link.
    watcher_.Update(
        device_, kDevice,
        {{"Connected", sdbus::Variant(false)}, {"ServicesResolved", sdbus::Variant(false)}});
    // Whoever ordered the next one waits no more for the end of this.
    if (std::exchange(closing_, false) && wanted_)
      return Connect(*std::exchange(wanted_, std::nullopt));
    Emit(ports::LinkEnded{was_up, std::nullopt, std::move(text)});
  }

  void Call(const char* method, const std::string& path, const char* interface) {
    bus_.Proxy(path)
        .callMethodAsync(method)
        .onInterface(interface)
        .withTimeout(kShortCall)
        .uponReplyInvoke([](const sdbus::Error*) {});
  }

  BluezWishes wishes_;
  Bus bus_;
  Characteristics characteristics_;
  std::deque<ports::RadioEvent> events_;
  std::string adapter_, device_;
  AdapterState state_ = AdapterState::kReady;
  bool known_ = false;  // whether the adapter's state has been looked at
  bool scanning_ = false, wants_scan_ = false;
  bool attempt_ = false, up_ = false, discovering_ = false;
  bool waits_for_object_ = false, scan_for_object_ = false;
  bool awaits_table_ = false;  // bluetoothd has it and is telling it
  bool closing_ = false;       // our Disconnect is under way
  std::optional<ports::ConnectOrder> wanted_;
  std::uint64_t turn_ = 0;  // of the attempt: late replies of others are nobody's
  Watcher watcher_;         // last: it calls the rest
};

}  // namespace

Result<std::unique_ptr<ports::BandRadio>> OpenBluez(const BluezWishes& wishes) {
  try {
    return std::make_unique<BluezRadio>(wishes);
  } catch (const sdbus::Error& error) {
    return Fail(ErrorCode::kNotFound,
                "the system bus cannot be reached (" + error.getMessage() +
                    "): Bluetooth needs D-Bus; start it, or log in to a desktop session");
  }
}

}  // namespace bk::adapters
