// bluetoothd's names, and its errors as what they mean. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "ports/band_radio.h"

namespace bk::adapters::bluez {

inline constexpr const char* kService = "org.bluez";
inline constexpr const char* kAdapter = "org.bluez.Adapter1";
inline constexpr const char* kDevice = "org.bluez.Device1";
inline constexpr const char* kGattService = "org.bluez.GattService1";
inline constexpr const char* kCharacteristic = "org.bluez.GattCharacteristic1";
inline constexpr const char* kProperties = "org.freedesktop.DBus.Properties";
inline constexpr const char* kObjectManager = "org.freedesktop.DBus.ObjectManager";

// "/org/bluez/hci0" and C8:0F:... give "/org/bluez/hci0/dev_C8_0F_...".
std::string DevicePath(std::string_view adapter, Address address);
// ".../service002a/char002b" gives 0x002c: the path names the declaration, the value follows it.
std::optional<std::uint16_t> ValueHandle(std::string_view characteristic_path);
// "read", "write", "write-without-response", "notify" as bits of the declaration; others: 0.
std::uint8_t PropertyBit(std::string_view flag);

// The ATT error behind an error of a read, a write or a subscription; kNoAnswer when there is none.
std::uint8_t AttErrorOf(std::string_view error_name, std::string_view message);

// What a state of the adapter means, and what to do. Empty for kReady.
std::string SentenceFor(ports::AdapterState state);

}  // namespace bk::adapters::bluez
