// The Bluetooth of a simulated phone: its adapter, who is bonded, who scans, who holds a link.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bk::simulate {

enum class AdapterState : std::uint8_t { kOff, kBleOn, kOn };

struct Bond {
  std::string name;
  bool low_energy = true;
  bool key_good = true;  // false: the peer no longer knows this key
  friend bool operator==(const Bond&, const Bond&) = default;
};

struct GattClient {  // one app that holds a client slot
  std::string package;
  std::string peer;  // address, upper case
  bool connected = false;
  friend bool operator==(const GattClient&, const GattClient&) = default;
};

struct Scanner {
  std::string package;
  std::chrono::microseconds since{0};  // boot time
  std::uint64_t results = 0;
  friend bool operator==(const Scanner&, const Scanner&) = default;
};

struct Bluetooth {
  AdapterState adapter = AdapterState::kOn;
  std::chrono::microseconds enabled_at{0};  // boot time
  std::uint64_t crashes = 0;
  bool hung = false;  // the stack answers and does nothing until it restarts
  std::string own_address = "00:00:5E:00:53:01";
  std::map<std::string, Bond> bonds;  // by address, upper case
  std::vector<GattClient> clients;
  std::vector<Scanner> scanners;
  friend bool operator==(const Bluetooth&, const Bluetooth&) = default;
};

}  // namespace bk::simulate
