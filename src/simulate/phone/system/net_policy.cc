// `cmd netpolicy`, `dumpsys netpolicy`, `cmd connectivity` and `dumpsys connectivity`. Source:
// AOSP, NetworkPolicyManagerService.java, NetworkPolicyManagerShellCommand.java,
// ConnectivityService.java.
#include <fmt/format.h>

#include <cstdlib>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

constexpr int kReject = 1, kAllow = 4;

std::set<int> ExceptIdle(const System& system) {
  std::set<int> ids;
  for (const auto* names : {&system.doze_exempt_system, &system.doze_exempt})
    for (const std::string& name : *names)
      if (const Package* package = FindPackage(system, name)) ids.insert(package->uid);
  return ids;
}

// The rule that counts for a uid that is in the background.
std::string_view Rule(const System& system, int uid) {
  if (system.data_denied.contains(uid)) return "REJECT_METERED";
  if (system.data_saver)
    return system.data_saver_exempt.contains(uid) ? "ALLOW_METERED" : "REJECT_METERED";
  return "NONE";
}

std::string Dump(const Android& phone) {
  const System& system = phone.system;
  const int sdk = phone.flavour.sdk;
  std::string out;
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "System ready: true\nRestrict background: {}\nRestrict power: {}\nDevice idle: "
                 "{}\n",
                 system.data_saver, BatterySaver(system), system.doze_forced);
  if (sdk >= kAndroid12) out += "Restricted networking mode: false\n";
  if (sdk >= kAndroid14) out += "Low Power Standby mode: false\n";
  out += "Metered ifaces: {rmnet_data2}\n";
  if (sdk >= kAndroid12)
    fmt::format_to(to,
                   "\nmRestrictBackgroundLowPowerMode: {}\nmRestrictBackgroundBeforeBsm: false\n"
                   "mLoadedRestrictBackground: {}\nmRestrictBackgroundChangedInBsm: false\n",
                   BatterySaver(system) && system.data_saver, system.data_saver);
  out +=
      "\nNetwork policies:\n  NetworkPolicy{template=NetworkTemplate: matchRule=MOBILE, "
      "matchSubscriberIds=[262010...] cycleRule=RecurrenceRule{start=2024-01-21T00:00+01:00"
      "[Europe/Berlin] end=null period=P1M} warningBytes=2147483648 limitBytes=-1 "
      "lastWarningSnooze=-1 lastLimitSnooze=-1 metered=true inferred=true}\n\nSubscription "
      "plans:\n\n";
  if (sdk >= kAndroid12) out += "Active subscriptions:\n  1=262010...\n\n\n";
  out += "Policy for UIDs:\n";
  std::map<int, int> policies;
  for (const int uid : system.data_saver_exempt) policies[uid] |= kAllow;
  for (const int uid : system.data_denied) policies[uid] |= kReject;
  for (const auto& [uid, policy] : policies)
    fmt::format_to(to, "  UID={} policy={} ({})\n", uid, policy,
                   policy == kAllow    ? "ALLOW_METERED_BACKGROUND"
                   : policy == kReject ? "REJECT_METERED_BACKGROUND"
                                       : "REJECT_METERED_BACKGROUND|ALLOW_METERED_BACKGROUND");
  for (const std::string_view heading :
       {"Power save whitelist (except idle) app ids:", "Power save whitelist app ids:"}) {
    fmt::format_to(to, "{}\n", heading);
    for (const int uid : ExceptIdle(system)) fmt::format_to(to, "  UID={}: true\n", uid);
  }
  out += sdk >= kAndroid12 ? "Default restrict background allowlist uids:\n"
                           : "Default restrict background whitelist uids:\n";
  if (const Package* gms = FindPackage(system, "com.google.android.gms"))
    fmt::format_to(to, "  UID={}\n", gms->uid);
  out += "Status for all known UIDs:\n";
  std::set<int> uids;
  for (const auto& [name, package] : system.packages) uids.insert(package.uid);
  for (const int uid : uids) {
    const std::string_view rule = Rule(system, uid);
    if (sdk >= kAndroid14)
      fmt::format_to(
          to,
          "  UID={0} state=null blocked_state={{blocked={1},allowed=NONE,effective={1}}} "
          "\n    callback_info=null \n",
          uid, rule == "REJECT_METERED" ? "DATA_SAVER" : "NONE");
    else if (sdk >= kAndroid12)
      fmt::format_to(to,
                     "  UID={0} state={{procState=19,seq=0,cap=------}} "
                     "blocked_state={{blocked={1},allowed=NONE,effective={1}}}\n",
                     uid, rule == "REJECT_METERED" ? "DATA_SAVER" : "NONE");
    else
      fmt::format_to(to, "  UID={} state=17 (bg) rules={} ({})\n", uid,
                     rule == "NONE"             ? 0
                     : rule == "REJECT_METERED" ? 4
                                                : 1,
                     rule);
  }
  return out;
}

Said NetPolicy(const Call& call) {
  System& system = call.phone.system;
  const std::string_view verb = call.word(0), what = call.word(1), value = call.word(2);
  const bool exempt = what == "restrict-background-whitelist";
  const bool denied = what == "restrict-background-blacklist";
  if (verb == "get" && what == "restrict-background")
    return Out(fmt::format("Restrict background status: {}\n",
                           system.data_saver ? "enabled" : "disabled"));
  if (verb == "set" && what == "restrict-background") {
    if (value != "true" && value != "false") return Err("Error: you must specify true or false\n");
    system.data_saver = value == "true";
    return Out({});
  }
  if (verb == "list" && (exempt || denied)) {
    const auto& uids = exempt ? system.data_saver_exempt : system.data_denied;
    std::string out =
        fmt::format("Restrict background {} UIDs: ", exempt ? "whitelisted" : "blacklisted");
    if (uids.empty()) out += "none";
    for (const int uid : uids) out += fmt::format("{} ", uid);
    return Out(out + "\n");
  }
  if ((verb == "add" || verb == "remove") && (exempt || denied)) {
    const auto uid = ParseInt<int>(value);
    if (!uid) return Err("Error: UID should be a number\n");
    auto& uids = exempt ? system.data_saver_exempt : system.data_denied;
    if (verb == "add") {
      uids.insert(*uid);
      (exempt ? system.data_denied : system.data_saver_exempt).erase(*uid);
    } else {
      uids.erase(*uid);
    }
    return Out({});
  }
  if (verb.empty() || verb == "help")
    return Out("Network policy manager (netpolicy) commands:\n  help\n    Print this help text.\n");
  if (verb == "get" || verb == "set" || verb == "list" || verb == "add" || verb == "remove")
    return Out(fmt::format("Error: unknown {} command '{}'\n", verb, what));
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

Said Connectivity(const Call& call) {
  if (call.word(0) != "airplane-mode")
    return call.words.empty() || call.word(0) == "help"
               ? Out("Connectivity service commands:\n  help\n    Print this help text.\n")
               : Said{.out = fmt::format("Unknown command: {}\n", call.word(0)), .exit = 255};
  const std::string_view value = call.word(1);
  if (value.empty()) return Out(AirplaneMode(call.phone.system) ? "enabled\n" : "disabled\n");
  if (value != "enable" && value != "disable")
    return Err("Connectivity service commands:\n  help\n    Print this help text.\n");
  PutSetting(call.phone.system, "global", "airplane_mode_on", value == "enable" ? "1" : "0");
  return Out({});
}

std::string ConnectivityDump(const Android& phone) {
  const Network& network = phone.system.network;
  const bool up = network.connected && !AirplaneMode(phone.system);
  const bool newer = phone.flavour.sdk >= kAndroid11;
  std::string out = newer ? "NetworkProviders for:\n  1: EthernetNetworkFactory\n"
                            "  2: WifiNetworkFactory\n  3: TelephonyNetworkFactory[0]\n\n"
                          : "NetworkFactories for: WIFI Ethernet TelephonyNetworkFactory[0]\n\n";
  const std::string dns(Setting(phone.system, "global", "private_dns_mode"));
  const std::string server(Setting(phone.system, "global", "private_dns_specifier"));
  out += up ? "Active default network: 100\n\n" : "Active default network: none\n\n";
  out += "Current Networks:\n";
  if (up) {
    const std::string_view validated = network.validated ? "IS_VALIDATED" : "EVER_EVALUATED";
    const std::string links = fmt::format(
        "lp{{{{InterfaceName: wlan0 LinkAddresses: [ 192.168.178.31/24 ] DnsAddresses: [ "
        "/192.168.178.1 ]{} MTU: 0}}}}",
        dns == "hostname" ? " PrivateDnsServerName: " + server : "");
    const std::string capabilities = fmt::format(
        "nc{{[ Transports: WIFI Capabilities: NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN"
        "{}&NOT_ROAMING LinkUpBandwidth>=1048576Kbps SignalStrength: -52]}}",
        network.validated ? "&VALIDATED" : "");
    if (newer)
      out += fmt::format(
          "  NetworkAgentInfo{{network{{100}}  handle{{432902426637}}  ni{{WIFI CONNECTED extra: "
          "}} "
          "Score(60 ; KeepConnected : 0 ; Policies : {})  {}  {}}}\n",
          validated, links, capabilities);
    else
      out += fmt::format(
          "  NetworkAgentInfo{{ ni{{[type: WIFI[], state: CONNECTED/CONNECTED, reason: "
          "(unspecified), extra: , failover: false, available: true, roaming: false]}}  "
          "network{{100}}  nethandle{{432902426637}}  {}  {}  Score{{60}}  everValidated{{true}}  "
          "lastValidated{{{}}}  created{{true}} lingering{{false}} }}\n",
          links, capabilities, network.validated);
    if (const Package* vpn = FindPackage(phone.system, network.vpn))
      out += fmt::format(
          "  NetworkAgentInfo{{network{{101}}  handle{{437197393933}}  ni{{VPN CONNECTED extra: "
          "VPN:{}}} Score(101 ; Policies : IS_VALIDATED&IS_VPN)  lp{{{{InterfaceName: tun0}}}}  "
          "nc{{[ Transports: WIFI|VPN Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED&VALIDATED "
          "OwnerUid: {}]}}}}\n",
          network.vpn, vpn->uid);
    out +=
        "    Requests: REQUEST:1 LISTEN:12 BACKGROUND_REQUEST:0 total:13\n      NetworkRequest [ "
        "REQUEST id=1, [ Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN] ]\n";
  }
  out +=
      "\nNetwork Requests:\n  uid/pid:1000/1500 NetworkRequest [ REQUEST id=1, [ Capabilities: "
      "INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN] ]\n";
  return out;
}

}  // namespace

void AddNetPolicyPrograms(Programs& programs) {
  programs.Add("cmd netpolicy", NetPolicy);
  programs.Add("dumpsys netpolicy", [](const Call& call) { return Out(Dump(call.phone)); });
  programs.Add("cmd connectivity", Connectivity, kAndroid11);
  programs.Add("dumpsys connectivity",
               [](const Call& call) { return Out(ConnectivityDump(call.phone)); });
}

}  // namespace bk::simulate
