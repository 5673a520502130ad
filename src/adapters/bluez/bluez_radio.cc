#include "adapters/bluez/bluez_radio.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <utility>

#include "adapters/bluez/adverts.h"
#include "adapters/bluez/characteristics.h"

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

// Whether rfkill holds Bluetooth down. The kernel's own words: no permission is needed.
bool Blocked() {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/sys/class/rfkill", none)) {
    std::string type, soft, hard;
    std::ifstream(entry.path() / "type") >> type;
    std::ifstream(entry.path() / "soft") >> soft;
    std::ifstream(entry.path() / "hard") >> hard;
    if (type == "bluetooth" && (soft == "1" || hard == "1")) return true;
  }
  return false;
}

class BluezRadio : public ports::BandRadio {
 public:
  // Throws sdbus::Error.
  explicit BluezRadio(BluezWishes wishes)
      : wishes_(std::move(wishes)),
        characteristics_(bus_, [this](ports::RadioEvent event) { Emit(std::move(event)); }) {
    Listen();
    Reload();
  }
  ~BluezRadio() override {
    // A registered socket at our end crashed bluetoothd 5.66 once: everything is closed in order.
    characteristics_.Clear();
    try {
      if (scanning_) Call("StopDiscovery", adapter_, kAdapter);
      if (attempt_) Call("Disconnect", device_, kDevice);
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
    for (std::size_t i = 1; i < polls.size(); ++i)
      if (polls[i].revents != 0) characteristics_.Ready(polls[i]);
  }

  // --- what bluetoothd tells

  void Listen() {
    const std::string from = std::string("type='signal',sender='") + kService + "',";
    bus_.connection().addMatch(
        from + "interface='" + kProperties + "',member='PropertiesChanged'",
        [this](sdbus::Message& message) { PropertiesChanged(message); }, sdbus::floating_slot);
    bus_.connection().addMatch(
        from + "interface='" + kObjectManager + "'",
        [this](sdbus::Message& message) { ObjectsChanged(message); }, sdbus::floating_slot);
    bus_.connection().addMatch(
        std::string(
            "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='") +
            kService + "'",
        [this](sdbus::Message& message) {
          std::string name, before, after;
          message >> name >> before >> after;
          ServiceChanged(!after.empty());
        },
        sdbus::floating_slot);
  }

  void Reload() {
    bus_.Proxy("/")
        .callMethodAsync("GetManagedObjects")
        .onInterface(kObjectManager)
        .withTimeout(kShortCall)
        .uponReplyInvoke(
            [this](const sdbus::Error* error, const std::map<sdbus::ObjectPath, Interfaces>& all) {
              if (error != nullptr) {
                denied_ = error->getName() == "org.freedesktop.DBus.Error.AccessDenied";
                service_ = denied_;
              } else {
                service_ = true;
                denied_ = false;
                objects_.Clear();
                for (const auto& [path, interfaces] : all) objects_.Add(path, interfaces);
              }
              LookAtAdapter();
            });
  }

  void ServiceChanged(bool there) {
    service_ = there;
    if (there) return Reload();
    objects_.Clear();
    LookAtAdapter();
  }

  void PropertiesChanged(sdbus::Message& message) {
    std::string interface;
    Properties changed;
    std::vector<std::string> invalidated;
    message >> interface >> changed >> invalidated;
    const std::string path = message.getPath();
    objects_.Change(path, interface, changed, invalidated);
    if (interface == kAdapter) return LookAtAdapter();
    if (interface == kCharacteristic) {
      if (const auto value = Objects::From<std::vector<std::uint8_t>>(changed, "Value"))
        characteristics_.ValueChanged(path, *value);
      return;
    }
    if (interface != kDevice) return;
    if (path == device_) DeviceChanged();
    if (changed.contains("RSSI") || changed.contains("ManufacturerData") ||
        changed.contains("ServiceData"))
      Advertised(path);
  }

  void ObjectsChanged(sdbus::Message& message) {
    sdbus::ObjectPath path;
    if (message.getMemberName() == "InterfacesAdded") {
      Interfaces interfaces;
      message >> path >> interfaces;
      objects_.Add(path, interfaces);
      if (interfaces.contains(kDevice)) Advertised(path);
      if (path == device_ && waits_for_object_) ConnectObject();
      if (interfaces.contains(kAdapter)) LookAtAdapter();
    } else if (message.getMemberName() == "InterfacesRemoved") {
      std::vector<std::string> interfaces;
      message >> path >> interfaces;
      objects_.Remove(path, interfaces);
      if (path == device_ && attempt_ && up_) LinkEnded("removed");
      LookAtAdapter();
    }
  }

  // The state of the adapter as it is now; told when it is another than before.
  void LookAtAdapter() {
    const std::vector<std::string> adapters = objects_.With(kAdapter);
    const auto powered = [&](const std::string& path) {
      return objects_.Get<bool>(path, kAdapter, "Powered").value_or(false);
    };
    std::string chosen;
    for (const std::string& path : adapters) {
      if (!wishes_.adapter.empty() && path != "/org/bluez/" + wishes_.adapter) continue;
      if (chosen.empty() || (!powered(chosen) && powered(path))) chosen = path;
    }
    // One that is in use stays in use.
    if (!adapter_.empty() && objects_.Has(adapter_, kAdapter) && powered(adapter_))
      chosen = adapter_;
    AdapterState state = AdapterState::kReady;
    if (denied_)
      state = AdapterState::kNoPermission;
    else if (!service_)
      state = AdapterState::kNoDaemon;
    else if (chosen.empty())
      state = AdapterState::kAbsent;
    else if (!powered(chosen))
      state = Blocked() ? AdapterState::kBlocked : AdapterState::kOff;
    if (known_ && state == state_ && chosen == adapter_) return;
    const bool tell = state != AdapterState::kReady || (known_ && state_ != AdapterState::kReady);
    known_ = true;
    state_ = state;
    adapter_ = chosen;
    if (state != AdapterState::kReady) {
      characteristics_.Clear();
      attempt_ = up_ = scanning_ = waits_for_object_ = false;
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
      denied_ = true;
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
    if (auto advert = AdvertOf(objects_, path)) Emit(ports::AdvertSeen{std::move(*advert)});
  }

  // --- the link

  void Connect(const ports::ConnectOrder& order) {
    if (attempt_) return;
    if (state_ != AdapterState::kReady || adapter_.empty()) {
      wanted_ = order;  // as soon as there is an adapter
      return;
    }
    attempt_ = true;
    up_ = false;
    device_ = DevicePath(adapter_, order.address);
    if (objects_.Has(device_, kDevice)) return ConnectObject();
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
          if (error == nullptr || error->getName() == "org.bluez.Error.AlreadyConnected")
            return DeviceChanged();
          if (!up_) LinkEnded(error->getMessage());
        });
  }

  void DeviceChanged() {
    if (!attempt_) return;
    const bool connected = objects_.Get<bool>(device_, kDevice, "Connected").value_or(false);
    if (connected && !up_) {
      up_ = true;
      Emit(ports::LinkUp{});
    } else if (!connected && up_) {
      return LinkEnded("");
    }
    if (up_ && discovering_) Discover();
  }

  void Discover() {
    discovering_ = up_;
    if (!up_ || !objects_.Get<bool>(device_, kDevice, "ServicesResolved").value_or(false)) return;
    discovering_ = false;
    // The table goes out before what is learnt while it is read (the MTU).
    const std::size_t before = events_.size();
    ports::Discovered found{characteristics_.Load(objects_, device_), ""};
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
    attempt_ = discovering_ = waits_for_object_ = false;
    ++turn_;
    characteristics_.Clear();
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
  Objects objects_;
  Characteristics characteristics_;
  std::deque<ports::RadioEvent> events_;
  std::string adapter_, device_;
  AdapterState state_ = AdapterState::kReady;
  bool known_ = false;  // whether the adapter's state has been looked at
  bool service_ = false, denied_ = false;
  bool scanning_ = false, wants_scan_ = false;
  bool attempt_ = false, up_ = false, discovering_ = false;
  bool waits_for_object_ = false, scan_for_object_ = false;
  std::optional<ports::ConnectOrder> wanted_;
  std::uint64_t turn_ = 0;  // of the attempt: late replies of others are nobody's
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
