// `device_config`, which is `cmd device_config`: flags that are set from afar, or over adb. Source:
// AOSP, DeviceConfigService.java of Android 10 to 15.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

constexpr std::string_view kHelp =
    "Device Config (device_config) commands:\n"
    "  help\n      Print this help text.\n"
    "  get NAMESPACE KEY\n      Retrieve the current value of KEY from the given NAMESPACE.\n"
    "  put NAMESPACE KEY VALUE [default]\n"
    "      Change the contents of KEY to VALUE for the given NAMESPACE.\n"
    "  delete NAMESPACE KEY\n      Delete the entry for KEY for the given NAMESPACE.\n"
    "  list [NAMESPACE]\n      Print all keys and values defined.\n"
    "  reset RESET_MODE [NAMESPACE]\n      Reset all flag values.\n";

Said List(const Call& call) {
  const std::string prefix = call.words.size() > 1 ? call.words[1] + "/" : "";
  std::string out;
  for (const auto& [flag, value] : call.phone.system.flags)
    if (flag.starts_with(prefix)) out += fmt::format("{}={}\n", flag.substr(prefix.size()), value);
  return Out(std::move(out));
}

Said Reset(const Call& call) {
  constexpr std::array<std::string_view, 3> kModes = {"untrusted_defaults", "untrusted_clear",
                                                      "trusted_defaults"};
  if (std::ranges::find(kModes, call.word(1)) == kModes.end())
    return Err(fmt::format("Invalid reset mode: {}\n", call.word(1)));
  const std::string prefix = call.words.size() > 2 ? call.words[2] + "/" : "";
  std::erase_if(call.phone.system.flags,
                [&](const auto& flag) { return flag.first.starts_with(prefix); });
  return Out({});
}

struct Verb {
  std::string_view name;
  std::size_t least, most;  // words behind it
};
constexpr std::array kVerbs = {Verb{"get", 2, 2}, Verb{"put", 3, 4}, Verb{"delete", 2, 2},
                               Verb{"list", 0, 1}, Verb{"reset", 1, 2}};

Said DeviceConfig(const Call& call) {
  const std::string_view name = call.word(0);
  if (name.empty() || name == "help" || name == "-h")
    return {.out = std::string(kHelp), .exit = 255};
  const auto verb = std::ranges::find(kVerbs, name, &Verb::name);
  if (verb == kVerbs.end()) return Err(fmt::format("Invalid command: {}\n", name));
  const std::size_t given = call.words.size() - 1;
  if (given < verb->least || (name == "put" && given > 3 && call.words[4] != "default"))
    return Err("Bad arguments\n");
  if (given > verb->most) return Err("Too many arguments\n");
  if (name == "list") return List(call);
  if (name == "reset") return Reset(call);
  auto& flags = call.phone.system.flags;
  const std::string flag = call.words[1] + "/" + call.words[2];
  if (name == "put") {
    flags[flag] = call.words[3];
    return Out({});
  }
  if (name == "delete")
    return Out(fmt::format("{} {} from {}\n",
                           flags.erase(flag) == 1 ? "Successfully deleted" : "Failed to delete",
                           call.words[2], call.words[1]));
  const auto found = flags.find(flag);
  return Out((found == flags.end() ? "null" : found->second) + "\n");
}

}  // namespace

void AddDeviceConfigPrograms(Programs& programs) {
  programs.Add("device_config", DeviceConfig, kAndroid10);
  programs.Add("cmd device_config", DeviceConfig, kAndroid10);
}

}  // namespace bk::simulate
