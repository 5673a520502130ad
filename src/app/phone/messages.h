// The sentences of this room, in English (language/message.h). What the phone and the cable's
// software say themselves stays as they say it.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::app {

using language::Message;

// Looking for a phone and asking it. {phone}: "Redmi Note 8, Android 9".
struct LiveMessages {
  Message looking{"live.looking", "looking for the phone"};
  Message asking{"live.asking", "asking the phone"};
  Message allow{"live.allow", "waiting: unlock the phone and tap Allow"};
  Message no_cable{"live.no_cable", "This bandkeeper cannot reach a phone over a cable."};
  Message no_report{"live.no_report", "the phone wrote no bug report: {why}"};
  Message report_begins{"live.report_begins", "the phone begins to write a bug report"};
  Message report_written{"live.report_written", "the phone writes a bug report ({percent} %)"};
  Message report_fetched{"live.report_fetched", "fetching the bug report ({megabytes} MB)"};
  Message stopped{"live.stopped", "Stopped."};
  Message silent{"live.silent", "The phone does not answer."};
  Message a_phone{"live.a_phone", "a phone"};
  Message simulated{"live.simulated", "a simulated phone, not a real one: {phone}"};
  Message asked{"live.asked", "{phone}, asked over adb: {answered} of {asked} answers"};
  // Why a phone cannot be opened; the English of a terminal without a language is the adapter's.
  Message no_adb{
      "live.no_adb",
      "The program adb, which talks to phones over the cable, was not found. Install it: "
      "`sudo apt install adb` on Debian and Ubuntu, or Google's platform-tools with "
      "their folder in PATH or ANDROID_HOME."};
  Message none{"live.none",
               "No phone is connected. Plug it in with a cable that carries data (not one that "
               "only charges) and turn on USB debugging: Settings, About phone, tap \"Build "
               "number\" (on Xiaomi \"MIUI version\" or \"OS version\") seven times; then "
               "Developer options, USB debugging. If it is still not seen, choose \"File "
               "transfer\" in the phone's USB notification."};
  Message not_connected{"live.not_connected", "The phone {serial} is not connected."};
  Message several{"live.several",
                  "Several phones are connected: {names}. Choose one with --serial or with "
                  "ANDROID_SERIAL."};
  Message allow_computer{
      "live.allow_computer",
      "The phone has to allow this computer first: unlock it, tick \"Always allow from this "
      "computer\" in the question that it shows, and tap Allow. If it shows no question, unplug "
      "the cable, tap \"Revoke USB debugging authorizations\" in the phone's Developer options, "
      "and plug it in again."};
  Message no_permissions{"live.no_permissions",
                         "This computer does not let you open the phone over USB. What to do, in "
                         "English: {english}"};
  Message offline{"live.offline",
                  "The phone is plugged in but does not answer. Unplug the cable and plug it in "
                  "again; if that does not help, turn USB debugging off and on in the phone's "
                  "Developer options, or try another cable."};
  Message not_android{"live.not_android",
                      "The phone is in a mode where Android does not run. Restart it: hold its "
                      "power button for some ten seconds."};
  Message connecting{"live.connecting",
                     "The phone is just being connected. Wait some seconds and try again."};
  // What is missing.
  Message no_answer{"live.no_answer", "the phone did not answer: {why}"};
  Message no_answers{"live.no_answers",
                     "{count} of {asked} questions were not answered by the phone: {why}"};
  Message too_slow{"live.too_slow", "the phone took too long to answer: {why}"};
  Message not_whole{"live.not_whole", "the phone's answer is not whole: {why}"};
  Message took_too_long{"live.took_too_long", "the phone took too long"};
  Message too_long{"live.too_long", "it is longer than is read"};
  Message connection_lost{"live.connection_lost", "the connection was lost"};
  Message other_user{"live.other_user",
                     "the phone is used by its user number {user} now: settings are read for that "
                     "user, apps as the phone's owner has them"};
  // A phone that does not exist. {model}: with its Android's {version}; {faults}: ids of causes.
  Message invented_well{"live.invented_well",
                        "an invented {model}, Android {version}, with nothing wrong"};
  Message invented{"live.invented", "an invented {model}, Android {version}, with {faults}"};
  Message and_fault{"live.and_fault", "{faults} and {fault}"};
};
inline constexpr LiveMessages kLiveSays;

// All of them.
std::vector<Message> PhoneMessages();

}  // namespace bk::app
