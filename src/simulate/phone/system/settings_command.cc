// `settings`, which is `cmd settings`. Source: AOSP, SettingsService.java of Android 8 to 15.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

constexpr std::string_view kHelp =
    "Settings provider (settings) commands:\n"
    "  help\n      Print this help text.\n"
    "  get [--user <USER_ID> | current] NAMESPACE KEY\n      Retrieve the current value of KEY.\n"
    "  put [--user <USER_ID> | current] NAMESPACE KEY VALUE [TAG] [default]\n"
    "      Change the contents of KEY to VALUE.\n"
    "  delete [--user <USER_ID> | current] NAMESPACE KEY\n      Delete the entry for KEY.\n"
    "  reset [--user <USER_ID> | current] NAMESPACE {PACKAGE_NAME | RESET_MODE}\n"
    "      Reset the global/secure table for a package with mode.\n"
    "  list [--user <USER_ID> | current] NAMESPACE\n      Print all defined keys.\n";

struct Wanted {
  std::string verb, table, key;
  std::vector<std::string> values;
  std::string user = "0";
};

// What a table does when one of its rows changes is life's; only what the settings provider itself
// keeps in step stands here.
void KeepInStep(Android& phone, const Wanted& wanted) {
  if (wanted.table == "secure" && wanted.key == "location_mode")
    PutSetting(phone.system, "secure", "location_providers_allowed",
               LocationOn(phone.system) ? "gps,network" : "");
  // "+gps" and "-gps" add to and take from the old list (LocationProviders of Android 8 and 9).
  if (wanted.table == "secure" && wanted.key == "location_providers_allowed") {
    const std::string value(Setting(phone.system, "secure", "location_providers_allowed"));
    if (value.starts_with('+')) SetLocation(phone, true);
    if (value.starts_with('-')) SetLocation(phone, false);
  }
}

Said Put(const Call& call, const Wanted& wanted) {
  PutSetting(call.phone.system, wanted.table, wanted.key, wanted.values[0]);
  KeepInStep(call.phone, wanted);
  return Out({});
}

Said Delete(const Call& call, const Wanted& wanted) {
  const std::size_t rows = call.phone.system.settings[wanted.table].erase(wanted.key);
  return Out(fmt::format("Deleted {} rows\n", rows));
}

Said List(const Call& call, const Wanted& wanted) {
  std::string out;
  for (const auto& [key, value] : call.phone.system.settings[wanted.table])
    out += fmt::format("{}={}\n", key, value);
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(60);
  return said;
}

Said Settings(const Call& call) {
  Wanted wanted;
  for (std::size_t i = 0; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    if (word == "--user") {
      wanted.user = call.word(++i);
      continue;
    }
    if (wanted.verb.empty())
      wanted.verb = word;
    else if (wanted.table.empty())
      wanted.table = word;
    else if (wanted.key.empty())
      wanted.key = word;
    else
      wanted.values.push_back(word);
  }
  const bool known = wanted.verb == "get" || wanted.verb == "put" || wanted.verb == "delete" ||
                     wanted.verb == "list" || wanted.verb == "reset";
  if (wanted.verb.empty() || wanted.verb == "help") return Out(std::string(kHelp));
  if (!known) return Err(fmt::format("Invalid command: {}\n", wanted.verb));
  if (wanted.table != "global" && wanted.table != "secure" && wanted.table != "system")
    return Err(wanted.table.empty() ? "Bad arguments\n" + std::string(kHelp)
                                    : fmt::format("Invalid namespace '{}'\n", wanted.table));
  // Other users of the phone have rows of their own; this phone has its owner only.
  if (wanted.user != "0" && wanted.user != "current" && wanted.user != "cur")
    return Exception(call, wanted.verb, "java.lang.IllegalArgumentException",
                     "Invalid user " + wanted.user);
  if (wanted.verb == "list") return List(call, wanted);
  if (wanted.key.empty()) return Err("Bad arguments\n" + std::string(kHelp));
  if (wanted.verb == "put" && wanted.values.empty())
    return Err("Bad arguments\n" + std::string(kHelp));
  if ((wanted.verb == "put" || wanted.verb == "delete") && SecuritySwitchOff(call.phone) &&
      wanted.table != "system")
    return SecurityException(call, wanted.verb,
                             "Permission denial: writing to settings requires:"
                             "android.permission.WRITE_SECURE_SETTINGS");
  if (wanted.verb == "put") return Put(call, wanted);
  if (wanted.verb == "delete") return Delete(call, wanted);
  if (wanted.verb == "reset") return Out({});
  const auto& rows = call.phone.system.settings[wanted.table];
  const auto row = rows.find(wanted.key);
  return Out((row == rows.end() ? "null" : row->second) + "\n");
}

}  // namespace

void AddSettingsPrograms(Programs& programs) {
  programs.Add("settings", Settings);
  programs.Add("cmd settings", Settings);
}

}  // namespace bk::simulate
