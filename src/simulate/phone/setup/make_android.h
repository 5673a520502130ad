// A new simulated phone: healthy, with the band's app installed, signed in and bonded, and
// everything as a careful owner would have it. Faults are injected into it afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// 2025-03-10 09:00:00 UTC: tests need a time, and nobody's clock.
constexpr std::chrono::microseconds kSomeMorning = std::chrono::seconds(1'741'597'200);

// `sdk` 26, 29, 31, 34 or 35 (others take the nearest older one's names). The same seed gives the
// same phone: its other apps, their versions and uids, its serial number and its addresses.
Android MakeAndroid(int sdk, Maker maker, std::uint64_t seed,
                    std::chrono::microseconds wall = kSomeMorning);

// Gives it a peculiarity by name:
//   miui_security_off      Xiaomi: writes through adb are refused until its owner allows them
//   settings_come_back     the maker sets its own will back at each start, for the band's app: no
//                          exemption from Doze, no autostart, no running in the background
//                          (what exactly is in Life::comes_back)
//   bonds_lost_at_restart  a modified system that forgets all bonds at each start
//   command_missing:NAME   a command is not there ("command_missing:cmd netpolicy")
//   output_cut             dumpsys gives up in the middle of a long dump
//   adb_drops              the cable is lost every eleventh command
//   slow                   everything takes twenty times as long
void AddQuirk(Android& phone, std::string_view name);
// The names, "command_missing:" as it stands; what begins with that is known too.
std::span<const std::string_view> Quirks();
bool IsQuirk(std::string_view name);

// Installs an app of the band with all that it asks for granted, as MakeAndroid does for Zepp Life.
// `package` is kZeppLife, kGadgetbridge or any other companion's.
void InstallCompanion(Android& phone, std::string_view package);

}  // namespace bk::simulate
