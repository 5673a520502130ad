// Time passes on a simulated phone.
//
//   SetUpLife(phone);            // once, by whoever makes a phone: bonds, the band's key, a sync
//   Advance(phone, 15min);       // after every command, by what it took; and for waiting
//
// What a command or a hand changed in the state is noticed at the next Advance, also that the phone
// was restarted (its boot time went back). Nothing here sets anything in `System` but what Android
// itself would: the settings that Bluetooth keeps, and what a maker sets back after a restart.
#pragma once

#include <chrono>
#include <string_view>

#include "simulate/phone/android.h"
#include "simulate/phone/life/carrier.h"

namespace bk::simulate {

// Makes the phone one whose owner uses a band with it: the companion has the band and its key,
// Android its bond, the band is near and everything has just worked. Does nothing a second time.
void SetUpLife(Android& phone);

// With the plain carrier; a world drives its phone itself:
void Advance(Android& phone, std::chrono::microseconds time);
// When something next happens on the phone by itself, in boot time.
std::chrono::microseconds NextDue(const Android& phone);
// The first thing that is due, at the phone's present time, and what follows from it.
void DoNext(Android& phone, Carrier& carrier);
// The clocks go on to this boot time; nothing else happens.
void PassTo(Android& phone, std::chrono::microseconds boot);

// The phone restarts and is up again; its start takes half a minute of wall time.
void Restart(Android& phone);

// Whether the owner has what a band is for: the band's link stands and is initialised by the
// companion, whose key is the band's, and a sync newer than `since` (the phone's wall clock) is
// done. Of the notifications see NotificationsArrive.
bool Healthy(const Android& phone, std::chrono::microseconds since);
bool NotificationsArrive(const Android& phone);

}  // namespace bk::simulate
