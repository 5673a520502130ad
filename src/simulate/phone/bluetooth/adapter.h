// Bluetooth goes on and off. A switch takes the time that a stack needs: it begins here and ends
// when SettleAdapter is called at or after `Bluetooth::settles_at`.
#pragma once

#include <optional>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// Asks for on or off, as BluetoothManagerService takes it. `reason` and `package` go into its log.
void SwitchBluetooth(Android& phone, bool on, std::string_view reason, std::string_view package);

// Ends what is due, and notices airplane mode: from Android 9 on by the setting alone, before only
// when it was switched by the settings page (`by_page`), whose broadcast says so.
void SettleAdapter(Android& phone, bool by_page = false);
// When SettleAdapter has something to do next, in boot time.
std::optional<std::chrono::microseconds> AdapterDue(const Android& phone);

// The stack's process dies and is started again.
void CrashStack(Android& phone, std::string_view how);

// What the phone's start does: Bluetooth comes on if it was on.
void BootBluetooth(Android& phone);

// `pm clear` of the Bluetooth app: its own data go, the bonds stay (they are the native stack's),
// the stack starts anew.
void ClearBluetoothData(Android& phone);
// Only its cache.
void ClearBluetoothCache(Android& phone);

// Hung, or broken in a way that lets nothing through.
bool ReachesNobody(const Bluetooth& bluetooth);

}  // namespace bk::simulate
