// A bus of a test's own, and on it a bluetoothd that does what the test wants: for what a real one
// does not do on demand (tests/vm has the real one).
#pragma once

#include <gtest/gtest.h>
#include <sdbus-c++/sdbus-c++.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "adapters/bluez/words.h"
#include "base/address.h"

namespace bk::adapters::bluez {

// Takes the place of the system bus for this process as long as it lives.
class PrivateBus {
 public:
  // `policy`: more of it, in the words of dbus-daemon's configuration.
  explicit PrivateBus(const std::string& policy = "") {
    std::string pattern = std::filesystem::temp_directory_path() / "bk_bus_XXXXXX";
    folder_ = mkdtemp(pattern.data());
    std::ofstream(folder_ + "/bus.conf")
        << "<busconfig><type>session</type><listen>unix:path=" << folder_ << "/socket</listen>"
        << "<policy context=\"default\"><allow user=\"*\"/><allow own=\"*\"/>"
        << "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>" << policy
        << "</policy></busconfig>";
    std::array<int, 2> ready{};
    if (pipe(ready.data()) != 0) return;
    daemon_ = fork();
    if (daemon_ == 0) {
      dup2(ready[1], 1);
      close(ready[0]);
      execlp("dbus-daemon", "dbus-daemon", ("--config-file=" + folder_ + "/bus.conf").c_str(),
             "--nofork", "--nopidfile", "--print-address=1", nullptr);
      _exit(127);
    }
    close(ready[1]);
    char first = 0;
    runs_ = read(ready[0], &first, 1) == 1;  // its address: it listens
    close(ready[0]);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:path=" + folder_ + "/socket").c_str(), 1);
  }
  ~PrivateBus() {
    if (daemon_ > 0) {
      kill(daemon_, SIGTERM);
      waitpid(daemon_, nullptr, 0);
    }
    unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    std::filesystem::remove_all(folder_);
  }
  PrivateBus(const PrivateBus&) = delete;
  PrivateBus& operator=(const PrivateBus&) = delete;
  // False: there is no dbus-daemon here.
  [[nodiscard]] bool runs() const { return runs_; }

 private:
  std::string folder_;
  pid_t daemon_ = -1;
  bool runs_ = false;
};

// One adapter, one device that connects, one characteristic. It answers in a thread of its own.
class FakeBluetoothd {
 public:
  static constexpr Address kDeviceAddress{0xc80f10010203};
  static constexpr std::uint16_t kHandle = 0x0013;  // of the value: its declaration is 0x0012

  FakeBluetoothd() : connection_(sdbus::createSystemBusConnection(kService)) {
    root_ = sdbus::createObject(*connection_, "/");
    root_->addObjectManager();
    adapter_ = sdbus::createObject(*connection_, "/org/bluez/hci0");
    Property(*adapter_, kAdapter, "Powered", true);
    adapter_->registerMethod("SetDiscoveryFilter")
        .onInterface(kAdapter)
        .implementedAs([](const std::map<std::string, sdbus::Variant>&) {});
    adapter_->registerMethod("StartDiscovery").onInterface(kAdapter).implementedAs([this] {
      ++searches;
    });
    adapter_->registerMethod("StopDiscovery").onInterface(kAdapter).implementedAs([this] {
      ++searches_ended;
    });
    adapter_->finishRegistration();
    AddDevice();
    AddTable();
    connection_->enterEventLoopAsync();
  }
  ~FakeBluetoothd() { connection_->leaveEventLoop(); }
  FakeBluetoothd(const FakeBluetoothd&) = delete;
  FakeBluetoothd& operator=(const FakeBluetoothd&) = delete;

  std::atomic<int> acquired{0}, started{0}, stopped{0};
  std::atomic<int> searches{0}, searches_ended{0};
  // What the band says, as the property of its characteristic changes.
  void Say(const std::vector<std::uint8_t>& value) {
    Changed(*characteristic_, kCharacteristic, {{"Value", sdbus::Variant(value)}});
  }

 private:
  template <class T>
  static void Property(sdbus::IObject& object, const char* interface, const char* name, T value) {
    object.registerProperty(name).onInterface(interface).withGetter(
        [value = std::move(value)] { return value; });
  }
  static void Changed(sdbus::IObject& object, const char* interface,
                      const std::map<std::string, sdbus::Variant>& properties) {
    auto signal = object.createSignal(kProperties, "PropertiesChanged");
    signal << std::string(interface) << properties << std::vector<std::string>{};
    object.emitSignal(signal);
  }
  void AddDevice() {
    device_ = sdbus::createObject(*connection_, DevicePath("/org/bluez/hci0", kDeviceAddress));
    for (const char* name : {"Connected", "ServicesResolved"})
      device_->registerProperty(name).onInterface(kDevice).withGetter(
          [this] { return connected_.load(); });
    device_->registerMethod("Connect").onInterface(kDevice).implementedAs([this] {
      connected_ = true;
      Changed(*device_, kDevice,
              {{"Connected", sdbus::Variant(true)}, {"ServicesResolved", sdbus::Variant(true)}});
    });
    device_->registerMethod("Disconnect").onInterface(kDevice).implementedAs([this] {
      connected_ = false;
      Changed(*device_, kDevice,
              {{"Connected", sdbus::Variant(false)}, {"ServicesResolved", sdbus::Variant(false)}});
    });
    device_->finishRegistration();
  }
  void AddTable() {
    const std::string service = DevicePath("/org/bluez/hci0", kDeviceAddress) + "/service0010";
    service_ = sdbus::createObject(*connection_, service);
    Property(*service_, kGattService, "UUID", std::string("0000fee0-0000-1000-8000-00805f9b34fb"));
    service_->finishRegistration();
    characteristic_ = sdbus::createObject(*connection_, service + "/char0012");
    Property(*characteristic_, kCharacteristic, "UUID",
             std::string("00000010-0000-3512-2118-0009af100700"));
    Property(*characteristic_, kCharacteristic, "Service", sdbus::ObjectPath(service));
    Property(*characteristic_, kCharacteristic, "Flags", std::vector<std::string>{"notify"});
    characteristic_->registerMethod(
        kCharacteristic, "AcquireNotify", "a{sv}", "hq", [this](const sdbus::MethodCall& call) {
          ++acquired;
          call.createErrorReply(
                  sdbus::Error("org.bluez.Error.NotSupported", "Operation is not supported"))
              .send();
        });
    characteristic_->registerMethod("StartNotify")
        .onInterface(kCharacteristic)
        .implementedAs([this] { ++started; });
    characteristic_->registerMethod("StopNotify")
        .onInterface(kCharacteristic)
        .implementedAs([this] { ++stopped; });
    characteristic_->finishRegistration();
  }

  std::unique_ptr<sdbus::IConnection> connection_;
  std::atomic<bool> connected_{false};
  std::unique_ptr<sdbus::IObject> root_, adapter_, device_, service_, characteristic_;
};

}  // namespace bk::adapters::bluez
