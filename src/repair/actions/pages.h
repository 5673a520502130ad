// Pages of Android's settings and of its makers, as moves. Makers rename their pages from version
// to version: each has several ways, the last of them a page that every Android has. Sources: AOSP,
// android.provider.Settings; the makers' pages as public auto-start libraries name them.
#pragma once

#include <string>
#include <string_view>

#include "repair/action.h"

namespace bk::repair::actions {

OpenPage BluetoothPage(const PhoneTraits& traits);
OpenPage AppInfoPage(const PhoneTraits& traits, std::string_view package);
OpenPage BatteryPage(const PhoneTraits& traits, std::string_view package);
OpenPage AutostartPage(const PhoneTraits& traits, std::string_view package);
OpenPage NotificationAccessPage(const PhoneTraits& traits);
OpenPage AppNotificationsPage(const PhoneTraits& traits, std::string_view package);
OpenPage DataSaverPage(const PhoneTraits& traits, std::string_view package);
OpenPage StorePage(const PhoneTraits& traits, std::string_view package);
OpenPage UninstallPage(const PhoneTraits& traits, std::string_view package);
OpenPage RecentApps(const PhoneTraits& traits);
// The page that one action of Android's settings names.
OpenPage PlainPage(const PhoneTraits& traits, const language::Message& what,
                   std::string_view action);

// Opens an app as its icon does: for the finger, or as a deed.
OpenPage AppPage(const PhoneTraits& traits, std::string_view package);
// What is done with an app, in both languages; {app} of the message.
Deed DeedOf(const PhoneTraits& traits, const language::Message& message, std::string_view package,
            std::vector<Way> ways);
Deed StartApp(const PhoneTraits& traits, std::string_view package);
// The home button.
std::vector<Way> WaysHome();

}  // namespace bk::repair::actions
