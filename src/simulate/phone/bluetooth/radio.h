// Client slots, scans, links and bonds of the running stack: what is done changes the state, and
// tells the log and the histories what that Android tells them. Addresses are upper case with
// colons. Source: AOSP, GattService, AppScanStats, btif and the native stack's histories; status
// and reason codes are HCI's (Bluetooth Core, vol. 1 part F).
#pragma once

#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

inline constexpr std::size_t kClientSlots = 32;  // BTA_GATTC_CL_MAX

// A client slot for an app; nullptr when all are taken. Valid until the next change of `clients`.
GattClient* RegisterClient(Android& phone, std::string_view package);
GattClient* FindClient(Android& phone, std::string_view package, std::string_view peer);
// Gives the slots of a package back (those on `peer`, or all when it is empty).
void CloseClients(Android& phone, std::string_view package, std::string_view peer = {});

// Begins and ends a scan of an app; the results are counted when it ends.
void StartScan(Android& phone, std::string_view package, ScanMode mode, bool filtered);
void StopScans(Android& phone, std::string_view package);
bool Scans(const Android& phone, std::string_view package);
void CountResults(Android& phone, std::string_view package, std::uint64_t results);
// Share of the time that scans of others than `package` take of the receiver, 0 to 1.
double RadioTaken(const Android& phone, std::string_view package);

// The link itself; nullptr: none stands. Pointers hold until the next link or note.
void LinkUp(Android& phone, std::string_view address);
void LinkDown(Android& phone, std::string_view address, int reason);
// An attempt that came to nothing, with its HCI status.
void LinkFailed(Android& phone, std::string_view address, int status);
LinkNote* StandingLink(Android& phone, std::string_view address);
const LinkNote* StandingLink(const Android& phone, std::string_view address);

// Bonds, from the first word of a pairing to its end; `by` is the package that asked. `bt_status`
// is the stack's own bt_status_t (9: authentication failed).
void NoteBonding(Android& phone, std::string_view address, std::string_view by);
void MakeBond(Android& phone, std::string_view address, std::string_view name);
void FailBonding(Android& phone, std::string_view address, int bt_status, int hci_reason);
void RemoveBond(Android& phone, std::string_view address, std::string_view by);

// One line of the shim's history.
void NoteStack(Android& phone, std::string_view tag, std::string_view message,
               std::string_view address, std::string extra);
std::string_view HciName(int code);  // "REMOTE_USER_TERMINATED_CONNECTION"

}  // namespace bk::simulate
