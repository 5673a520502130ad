// What is said between phone and band, as it stands in the HCI log and in logcat; nothing of the
// state but these logs (and the seed) changes. Addresses are upper case with colons, statuses and
// reasons HCI's unless it is said otherwise. Source: Bluetooth Core; codec/miband for the band's
// own protocol; AOSP, BluetoothGatt.java for the app's lines.
#pragma once

#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

void SayAdvert(Android& phone, const SimBandInAir& band);
void SayNeighbours(Android& phone, int how_many);
// LE Create Connection and its command status.
void SayConnect(Android& phone, std::string_view address);
// LE Enable Encryption and its outcome (0: encrypted).
void SayEncryption(Android& phone, std::string_view address, int status);
// Pairing by the Security Manager. `reason` of Pairing Failed (vol. 3 part H 3.5.5); 0: it went
// well. `band_asks`: the band's Security Request came first.
void SayPairing(Android& phone, std::string_view address, bool band_asks, int reason);
void SayDiscovery(Android& phone, std::string_view address);
// The challenge on the authentication characteristic, and the band's answer: 1 is yes.
void SayAuthentication(Android& phone, std::string_view address, std::uint8_t status);
void SaySetTime(Android& phone, std::string_view address);
// Fetching `minutes` of activity; cut short: the band says nothing more after the start.
void SayFetch(Android& phone, std::string_view address, int minutes, bool cut_short);

// The app's side in logcat. `auto_connect`: by the background list.
void LogConnect(Android& phone, std::string_view package, std::string_view address, int client_if);
void LogConnected(Android& phone, std::string_view package, const GattClient& client);
// A link's end, or an attempt's (connection id 0), as the app's callback has it: `status` is
// GATT's.
void LogLost(Android& phone, std::string_view package, const GattClient& client, int status);
// The app begins, or ends, to listen for what the band has recorded: around each kind of data.
void LogListens(Android& phone, std::string_view package, bool on);
// A line of the app itself.
void LogApp(Android& phone, std::string_view package, char priority, std::string_view text);

}  // namespace bk::simulate
