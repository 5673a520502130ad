// dumpsys connectivity: is there a network that reaches the internet, and who answers its names?
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

// The number in "network{105}".
std::optional<std::int64_t> NetworkNumber(std::string_view line) {
  const auto text = After(line, "network{", "}");
  return text ? ParseInt<std::int64_t>(*text) : std::nullopt;
}

std::optional<bool> Validated(std::string_view line) {
  if (line.find("lastValidated{true}") != std::string_view::npos) return true;
  if (line.find("lastValidated{false}") != std::string_view::npos) return false;
  if (line.find("IS_VALIDATED") != std::string_view::npos ||
      line.find("&VALIDATED") != std::string_view::npos)
    return true;
  // Android 12 and later name the policies that hold; a network without this one is not validated.
  if (line.find("Score(") != std::string_view::npos) return false;
  return std::nullopt;
}

bool IsVpn(std::string_view line) {
  return line.find("ni{VPN CONNECTED") != std::string_view::npos ||
         line.find("Transports: VPN") != std::string_view::npos ||
         line.find("|VPN Capabilities") != std::string_view::npos ||
         (line.find("type: VPN[") != std::string_view::npos &&
          line.find("state: CONNECTED") != std::string_view::npos);
}

}  // namespace

void ParseConnectivity(const Section& section, SystemState& state) {
  Scope scope(section, state);
  NetworkFacts network;
  std::optional<std::int64_t> active;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = line.substr(Indent(line));
    if (text.empty()) continue;
    if (text.front() == 'A' && Eat(text, "Active default network: ")) {
      text = Trim(text);
      if (text == "none") {
        network.connected = scope.Make(false, line);
      } else if (const auto number = LeadingInt(text)) {
        network.connected = scope.Make(true, line);
        active = *number;
      }
    } else if (text.front() == 'N' && text.starts_with("NetworkAgentInfo{")) {
      const auto number = NetworkNumber(text);
      if (IsVpn(text)) {
        network.vpn = scope.Make(true, line);
        if (const auto uid = After(text, "OwnerUid: "))
          if (const auto parsed = ParseUid(*uid)) network.vpn_owner = scope.Make(*parsed, line);
      }
      if (!active || number != active) continue;
      if (const auto validated = Validated(text)) network.validated = scope.Make(*validated, line);
      const auto server = After(text, "PrivateDnsServerName: ");
      if (server && !server->empty() && *server != "null")
        network.private_dns_server = scope.Make(std::string(*server), line);
      if (ContainsNoCase(text, "PrivateDnsBroken: true") ||
          ContainsNoCase(text, "PRIVATE_DNS_BROKEN"))
        network.private_dns_broken = scope.Make(true, line);
    }
  }
  if (network.connected && !network.vpn && scope.whole())
    network.vpn = Fact<bool>{false, network.connected->place};
  if (network.connected || network.vpn) state.network = std::move(network);
}

}  // namespace bk::android::system
