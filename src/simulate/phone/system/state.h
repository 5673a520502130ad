// Questions that dumps, commands and life/ all ask of the state, answered in one place.
#pragma once

#include <string>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// A row of the settings; empty when there is none.
std::string_view Setting(const System& system, std::string_view table, std::string_view name);
void PutSetting(System& system, std::string_view table, std::string_view name, std::string value);

bool AirplaneMode(const System& system);
bool BatterySaver(const System& system);
bool LocationOn(const System& system);
void SetLocation(Android& phone, bool on);

// Allows or forbids a notification listener ("pkg/cls") and writes the row that lists them.
void SetListener(System& system, const std::string& listener, bool allowed);

Package* FindPackage(System& system, std::string_view name);
const Package* FindPackage(const System& system, std::string_view name);

// The mode that counts: the uid's if it has one, else the package's, else the op's default.
std::string OpMode(const Package& package, std::string_view op);
bool Granted(const Package& package, std::string_view permission);  // full name
bool MayRun(const Package& package);  // not disabled; a stopped one must be opened by hand first
// "background_restricted" when RUN_ANY_IN_BACKGROUND says so, and so on.
std::string BackgroundLevel(const System& system, std::string_view name);
int Bucket(const System& system, std::string_view name);  // 5 when exempt from Doze

// Processes. A package has at most one here.
bool Running(const Android& phone, std::string_view package);
// Starts it, if it may run, and marks it used; a hand's start (`by_hand`) also lifts "stopped".
// False when it may not.
bool StartApp(Android& phone, std::string_view package, bool by_hand);
// Ends its process, if any, and keeps the exit; its GATT clients, scans and listener go with it.
// Reasons as in traces.h.
void EndProcess(Android& phone, std::string_view package, int reason, int subreason,
                std::string description);
// What `am force-stop` does: ends it and marks it stopped.
void ForceStop(Android& phone, std::string_view package);
// A line of the system's own into the log (log/log.h says those of others).
void Log(Android& phone, std::string_view buffer, char priority, std::string_view tag,
         std::string text);

}  // namespace bk::simulate
