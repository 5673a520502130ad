// The sentences of this room, in English (language/message.h): settings and their values, what a
// step says, asks and comes to, what stands in the way. What a fix itself says is data of the
// knowledge. The journal keeps ids and English, whatever language is spoken.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::repair {

using language::Message;

// What a setting is called. {app}: its title.
struct SettingMessages {
  Message of_app{"setting.of_app", "{app}: {what}"};
  // Rows of Android's tables.
  Message auto_time{"setting.auto_time", "Automatic time"};
  Message auto_time_zone{"setting.auto_time_zone", "Automatic time zone"};
  Message private_dns_mode{"setting.private_dns_mode", "Private DNS"};
  Message private_dns_server{"setting.private_dns_server", "Private DNS server"};
  Message saver_sticky{"setting.saver_sticky", "Battery saver, again after charging"};
  Message scan_always{"setting.scan_always", "Bluetooth scanning while Bluetooth is off"};
  Message stay_on{"setting.stay_on", "Screen stays on while charging"};
  Message other_row{"setting.other_row", "Android's setting {name}"};
  // Of an app, after its title.
  Message run_in_background{"setting.run_in_background", "may run in the background"};
  Message start_work{"setting.start_work", "may start work in the background"};
  Message lasting_service{"setting.lasting_service", "may keep a lasting service"};
  Message wake_lock{"setting.wake_lock", "may keep the phone awake during a transfer"};
  Message use_precise{"setting.use_precise", "use of precise location"};
  Message use_rough{"setting.use_rough", "use of rough location"};
  Message may_notify{"setting.may_notify", "may show notifications"};
  Message start_itself{"setting.start_itself", "may start by itself"};
  Message started_by_others{"setting.started_by_others", "may be started by other apps"};
  Message other_op{"setting.other_op", "app switch {name}"};
  Message nearby_connect{"setting.nearby_connect", "permission for nearby devices (connect)"};
  Message nearby_search{"setting.nearby_search", "permission for nearby devices (search)"};
  Message nearby_seen{"setting.nearby_seen", "permission for nearby devices (be seen)"};
  Message precise_location{"setting.precise_location", "permission for precise location"};
  Message rough_location{"setting.rough_location", "permission for rough location"};
  Message location_always{"setting.location_always", "permission for location all the time"};
  Message show_notifications{"setting.show_notifications", "permission to show notifications"};
  Message other_permission{"setting.other_permission", "permission {name}"};
  Message doze_exempt{"setting.doze_exempt", "free of battery limits"};
  Message data_saver_exempt{"setting.data_saver_exempt", "free of Data Saver"};
  Message standby_bucket{"setting.standby_bucket", "standby class"};
  Message background_level{"setting.background_level", "background limits"};
  Message notification_listener{"setting.notification_listener", "access to notifications"};
  Message package_enabled{"setting.package_enabled", "switched on"};
  Message stopped{"setting.stopped", "stopped"};
  Message closed{"setting.closed", "closed"};
  Message running{"setting.running", "running"};
  Message listener_live{"setting.listener_live", "hears notifications"};
  Message version{"setting.version", "version"};
  Message installed_at{"setting.installed_at", "installed on"};
  // Of the phone.
  Message bluetooth{"setting.bluetooth", "Bluetooth"};
  Message airplane_mode{"setting.airplane_mode", "Airplane mode"};
  Message battery_saver{"setting.battery_saver", "Battery saver"};
  Message location{"setting.location", "Location"};
  Message data_saver{"setting.data_saver", "Data Saver"};
  Message bonded{"setting.bonded", "The band in Android's list of paired devices"};
  Message system_build{"setting.system_build", "The phone's system"};
  Message internet{"setting.internet", "The phone's internet"};
};
inline constexpr SettingMessages kSettingSays;

struct ValueMessages {
  Message yes{"value.yes", "yes"};
  Message no{"value.no", "no"};
  Message on{"value.on", "on"};
  Message off{"value.off", "off"};
  Message changing{"value.changing", "changing"};
  Message not_set{"value.not_set", "not set"};
  Message not_there{"value.not_there", "not there"};
  Message allowed{"value.allowed", "allowed"};
  Message not_allowed{"value.not_allowed", "not allowed"};
  // Android's standby classes.
  Message exempt{"value.exempt", "exempt"};
  Message active{"value.active", "active"};
  Message working_set{"value.working_set", "working set"};
  Message frequent{"value.frequent", "frequent"};
  Message rare{"value.rare", "rare"};
  Message restricted{"value.restricted", "restricted"};
  Message never{"value.never", "never"};
  // Background limits.
  Message none{"value.none", "none"};
  Message by_use{"value.by_use", "by use"};
  Message asleep{"value.asleep", "asleep"};
  Message while_open{"value.while_open", "only while open"};
  Message asks{"value.asks", "asks"};
  Message automatic{"value.automatic", "automatic"};
  Message own_server{"value.own_server", "a server of its own"};
  Message until_opened{"value.until_opened", "not until it is opened"};
};
inline constexpr ValueMessages kValueSays;

// Why a phone did not tell or do what it was asked. {what}: a setting.
struct RefusalMessages {
  Message finger{
      "refusal.finger",
      "Android on this phone does not let a computer do this; it takes a finger on the phone."};
  Message managed{"refusal.managed",
                  "The phone's administrator or its system fixes this setting; whoever manages the "
                  "phone can change it."};
  Message no_command{"refusal.no_command", "This phone's Android does not know this command."};
  Message not_asked_for{"refusal.not_asked_for", "The app does not ask for this permission."};
  Message app_does_not_ask{"refusal.app_does_not_ask",
                           "{app} does not ask for this permission ({what})."};
  Message no_permission{"refusal.no_permission", "This Android has no such permission."};
  Message not_installed{"refusal.not_installed",
                        "The app is not installed for this user of the phone."};
  Message no_op{"refusal.no_op", "This phone has no such app switch."};
  Message no_screen{"refusal.no_screen", "The app has no screen to open, or it is switched off."};
  Message no_page{"refusal.no_page", "This phone has no such page."};
  Message comes_with_app{"refusal.comes_with_app",
                         "Android gives this permission with the app; it cannot be changed."};
  Message error{"refusal.error", "The phone answered with an error."};
  Message did_not_manage{"refusal.did_not_manage", "The phone tried and did not manage."};
  Message switch_xiaomi{
      "refusal.switch_xiaomi",
      "This phone forbids it over the cable until its own switch is on: Settings > Additional "
      "settings > Developer options > USB debugging (Security settings). It asks for a Mi account "
      "and a SIM card. Switch it on, restart the phone, and try again."};
  Message switch_oppo{
      "refusal.switch_oppo",
      "This phone forbids it over the cable until its own switch is on: Settings > Developer "
      "options > Disable permission monitoring. Switch it on and try again."};
  Message no_answer{"refusal.no_answer", "The phone did not answer; look at the cable."};
  Message not_understood{"refusal.not_understood",
                         "The phone's answer is not understood: {command}."};
  Message unknown_setting{"refusal.unknown_setting", "This program knows no such setting: {id}."};
  Message no_way{"refusal.no_way", "This Android has no command for it ({what})."};
  Message no_effect{"refusal.no_effect",
                    "The phone took the command and did not change it ({what})."};
  Message nothing_changed{"refusal.nothing_changed",
                          "The phone took {what} without a word, and nothing changed."};
  Message no_way_to_do{"refusal.no_way_to_do", "This phone has no way to do it."};
};
inline constexpr RefusalMessages kRefusalSays;

// What may differ after a value was put back, and what an owner must know beside a change.
struct NoteMessages {
  Message moves{"note.moves",
                "Android moves apps between its standby classes by itself as they are used."};
  Message permission{"note.permission",
                     "Android ends the app when a permission is taken away, and may remember who "
                     "decided on it."};
  Message enabled{"note.enabled", "Android notes adb as the one who switched it off."};
  Message opened{"note.opened", "The app is opened for it."};
  Message bluetooth{"note.bluetooth",
                    "Where airplane mode had switched Bluetooth off, it no longer comes back with "
                    "the end of airplane mode."};
  Message battery_saver{"note.battery_saver",
                        "Switched on by hand, battery saver comes back after charging."};
  Message airplane_by_hand{
      "note.airplane_by_hand",
      "On this Android only Bluetooth follows by itself. If calls or mobile data stay away, switch "
      "airplane mode on and off once by hand."};
  Message saver_while_charging{"note.saver_while_charging",
                               "Android keeps battery saver off while the phone charges: switch it "
                               "on yourself when the cable is out."};
  Message xiaomi_list{
      "note.xiaomi_list",
      "Xiaomi's system may take the app off this list again: look once more tomorrow."};
  Message samsung_sleep{"note.samsung_sleep",
                        "Samsung puts apps that are seldom opened back to sleep, unless they are "
                        "among the never sleeping apps."};
};
inline constexpr NoteMessages kNoteSays;

// Pages of the phone, as the object of "The phone shows ..." and "Open ...".
struct PageMessages {
  Message bluetooth{"page.bluetooth", "the Bluetooth settings"};
  Message wifi{"page.wifi", "the Wi-Fi settings"};
  Message system_update{"page.system_update", "the system update"};
  Message airplane{"page.airplane", "the airplane mode settings"};
  Message date{"page.date", "the date and time settings"};
  Message battery_saver{"page.battery_saver", "the battery saver settings"};
  Message vpn{"page.vpn", "the VPN settings"};
  Message location{"page.location", "the location settings"};
  Message app_info{"page.app_info", "the page of {app} in the settings"};
  Message battery_list{"page.battery_list", "the list of battery optimisation"};
  Message autostart{"page.autostart", "the page for apps that start by themselves"};
  Message notification_access{"page.notification_access", "the list of notification access"};
  Message app_notifications{"page.app_notifications", "the notifications of {app}"};
  Message data_use{"page.data_use", "the data use of {app}"};
  Message store{"page.store", "the store's page of {app}"};
  Message uninstall{"page.uninstall", "the question whether to uninstall {app}"};
  Message recents{"page.recents", "the recent apps"};
  // Deeds.
  Message open_app{"page.open_app", "Open {app}"};
  Message clear_cache{"page.clear_cache", "Clear the cache of {app}"};
};
inline constexpr PageMessages kPageSays;

// {what}: a setting, {value}: its value, {page}: of PageMessages.
struct StepMessages {
  Message stopped{"step.stopped", "Stopped."};
  Message no_consent_record{
      "step.no_consent_record",
      "Nothing was done, because your consent could not be written down: {why}"};
  Message no_record{"step.no_record",
                    "Nothing was done, because it could not be written down first: {why}"};
  Message just_changing{"step.just_changing",
                        "{what} is just changing, so nothing could be put back: try again when it "
                        "has come to rest."};
  Message as_it_should{"step.as_it_should", "{what} is as it should be already ({value})."};
  Message lost{"step.lost",
               "The phone was lost before what was changed for a moment could be put back."};
  Message not_put_back{"step.not_put_back", "What was changed for a moment could not be put back."};
  Message doing{"step.doing", "{deed}."};
  Message open_page{"step.open_page", "Open {page} on the phone."};
  Message shows_page{"step.shows_page", "The phone shows {page} now."};
  Message not_done{"step.not_done", "It was not done."};
  Message reads{"step.reads", "{what}: {value}."};
  Message did_not_change{"step.did_not_change", "{what} did not change within {seconds} s."};
  Message restarts{"step.restarts", "The phone restarts. Unlock it when it is up."};
  // What a step would do.
  Message would_read{"step.would_read", "{what} is as it should be already ({value})"};
  Message for_a_moment{"step.for_a_moment", "{change}, for a moment"};
  Message put_back{"step.put_back", "Put back what was changed for a moment"};
  Message open_for_finger{"step.open_for_finger", "Open {page} for your finger"};
  Message wait{"step.wait", "Wait {seconds} s"};
  Message restart{"step.restart", "Restart the phone"};
  Message press_home{"step.press_home", "Press the home button"};
  Message no_home{"step.no_home", "The phone does not take its home button from here."};
  Message look{"step.look", "Look, for at most {seconds} s, whether it took: {what}"};
};
inline constexpr StepMessages kStepSays;

struct ConsentMessages {
  Message can_lose{"consent.can_lose", "This can lose: {loss}"};
  // To be typed; short, and without anything that a keyboard lacks.
  Message word_pairing{"consent.word_pairing", "pairing"};
  Message word_app_data{"consent.word_app_data", "app data"};
  Message word_band_data{"consent.word_band_data", "band data"};
  Message restarts{"consent.restarts",
                   "The phone restarts: a call, music or work in an app ends, and the screen lock "
                   "must be opened afterwards."};
  Message airplane{"consent.airplane",
                   "Airplane mode is switched: calls, mobile data and Wi-Fi are interrupted while "
                   "it is on."};
  Message bluetooth{
      "consent.bluetooth",
      "Bluetooth goes off for a moment: earphones and the car are disconnected meanwhile."};
};
inline constexpr ConsentMessages kConsentSays;

struct UndoMessages {
  Message cannot{"undo.cannot", "{what}: {why}"};
  Message nothing_left{"undo.nothing_left", "{what}: nothing is left to undo."};
  Message unknown_setting{"undo.unknown_setting",
                          "The journal names a setting that this version does not know ({id})."};
  Message as_it_was{"undo.as_it_was", "{what}: is as it was ({value})."};
  Message changed_since{
      "undo.changed_since",
      "{what} is now {now}; the repair left it as {left}, before it was {before}."};
  Message stays_so{"undo.stays_so", "{text} It stays so."};
};
inline constexpr UndoMessages kUndoSays;

// How it should be, and why.
struct EverydayMessages {
  Message bluetooth{"everyday.bluetooth", "Bluetooth is always on"};
  Message bluetooth_why{"everyday.bluetooth_why", "The band has no other way to the phone."};
  Message airplane{"everyday.airplane", "Airplane mode is off"};
  Message airplane_why{"everyday.airplane_why", "It switches Bluetooth off on most phones."};
  Message location{"everyday.location", "Location is on"};
  Message location_why{
      "everyday.location_why",
      "Until Android 11 an app finds Bluetooth devices only while location is on."};
  Message saver{"everyday.saver", "Battery saver is off"};
  Message saver_why{"everyday.saver_why",
                    "It ends apps in the background and holds back their searches."};
  Message time{"everyday.time", "Time and time zone set themselves"};
  Message time_why{"everyday.time_why",
                   "A wrong clock gives the band wrong times, and servers refuse it."};
  Message enabled{"everyday.enabled", "{app} is switched on"};
  Message enabled_why{"everyday.enabled_why", "A disabled app does nothing."};
  Message opened{"everyday.opened", "{app} has been opened since it was last stopped"};
  Message opened_why{"everyday.opened_why",
                     "Android does not wake a force-stopped app, so avoid stopping it."};
  Message doze{"everyday.doze", "{app} runs without battery limits"};
  Message doze_why{"everyday.doze_why",
                   "Else Android holds back its syncs while the phone lies still."};
  Message background{"everyday.background", "{app} may run in the background"};
  Message background_why{"everyday.background_why",
                         "Else the band is connected only while the app is open."};
  Message nearby{"everyday.nearby", "{app} may use nearby devices"};
  Message nearby_why{"everyday.nearby_why",
                     "Without it the app can neither find nor connect the band."};
  Message app_location{"everyday.app_location", "{app} may use location"};
  Message app_location_why{"everyday.app_location_why",
                           "Android ties the search for Bluetooth devices to it."};
  Message notifications{"everyday.notifications", "{app} may show notifications"};
  Message notifications_why{"everyday.notifications_why",
                            "The lasting notification keeps the app's service alive."};
  Message data{"everyday.data", "{app} may use data in spite of Data Saver"};
  Message data_why{"everyday.data_why",
                   "Else what the band gave reaches the account only while the app is open."};
  Message autostart{"everyday.autostart", "{app} may start by itself"};
  Message autostart_why{"everyday.autostart_why",
                        "Else it stays away after the phone was restarted."};
  Message differs{"everyday.differs", "{what}: {value}"};
  // Habits.
  Message the_app{"everyday.the_app", "the band's app"};
  Message open_daily{
      "everyday.open_daily",
      "Open {app} once a day for a moment and let it sync, most of all after a long activity."};
  Message do_not_swipe{
      "everyday.do_not_swipe",
      "Do not swipe {app} away or force-stop it; lock it in the recent apps where the phone can."};
  Message few_wearables{
      "everyday.few_wearables",
      "Keep few Bluetooth wearables paired at once; pair the band first, earphones after it."};
  Message battery{"everyday.battery",
                  "Keep the band above 20 % of its battery, above 50 % for an update."};
  Message never_sleeping{
      "everyday.never_sleeping",
      "Put {app} among the never sleeping apps: Settings > Battery > Background usage limits. No "
      "command shows whether it is there."};
};
inline constexpr EverydayMessages kEverydaySays;

// Which app is the band's.
struct WhoMessages {
  Message none{
      "who.none",
      "No app that can speak to a Mi Smart Band 4 is installed for this user of the phone."};
  Message said{"who.said", "Taken as the band's app: {app}, as you said."};
  Message only{"who.only", "Taken as the band's app: {app}, the only one that is installed."};
  Message because{"who.because", "Taken as the band's app: {app}, {reason}."};
  Message name_it{"who.name_it",
                  "Taken as the band's app: {app}. Another one is there as well; name the right "
                  "one with --app."};
  Message runs{"who.runs", "because it is running"};
  Message may_run{"who.may_run", "because it may run"};
  Message holds_link{"who.holds_link", "because it holds a Bluetooth connection now"};
  Message uses_bluetooth{"who.uses_bluetooth", "because it uses Bluetooth now"};
  Message is_makers{"who.is_makers", "because it is the maker's"};
};
inline constexpr WhoMessages kWhoSays;

// All of them.
std::vector<Message> Messages();

}  // namespace bk::repair
