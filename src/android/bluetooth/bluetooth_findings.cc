// Adapter, crashes and bonds; joins the other parts.
#include <fmt/format.h>

#include <algorithm>

#include "android/bluetooth/findings_parts.h"
#include "android/dump_text.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace id = evidence::id;
namespace {

constexpr int kBandLikeness = 2;  // a band of the maker, by its name

std::string_view TypeWords(DeviceType type) {
  switch (type) {
    case DeviceType::kClassic:
      return "as a classic device";
    case DeviceType::kLe:
      return "as a low-energy device";
    case DeviceType::kDual:
      return "as a dual device";
    case DeviceType::kUnknown:
      return "without a type";
  }
  return "";
}

std::string SwitchText(const SwitchRecord& record) {
  std::string text = record.enable ? "Bluetooth was switched on" : "Bluetooth was switched off";
  if (!record.reason.empty()) text += " for " + record.reason;
  if (!record.package.empty()) text += " by " + record.package;
  return text;
}

void AddAdapterFindings(const BluetoothState& state, evidence::Evidence& out) {
  if (state.has_service == false) {
    AddFinding(state, id::kNoBluetooth, true, state.where,
               "The phone answers that it has no Bluetooth service.", out);
    return;
  }
  const SwitchRecord* last = state.switches.empty() ? nullptr : &state.switches.back();
  const std::string who =
      last != nullptr && !last->enable ? " Last: " + SwitchText(*last) + "." : std::string();
  const evidence::Where& where = state.adapter_where;
  const bool off = state.adapter == AdapterState::kOff || state.adapter == AdapterState::kBleOn ||
                   (state.adapter == AdapterState::kUnknown && state.enabled == false);
  if (off) {
    AddFinding(state, id::kBluetoothOff, true, where,
               state.adapter == AdapterState::kBleOn
                   ? "Bluetooth is off for apps: the radio serves system scans only (BLE_ON)." + who
                   : "Bluetooth is off." + who,
               out);
    if (last != nullptr && !last->enable && last->reason == "AIRPLANE_MODE")
      AddFinding(state, id::kAirplaneMode, true, last->where,
                 "Airplane mode switched Bluetooth off, and it is off still.", out);
  } else if (state.adapter == AdapterState::kOn) {
    AddFinding(state, id::kBluetoothOff, false, where, "Bluetooth is on (state: ON).", out);
  }

  const auto bad = std::find_if(state.switches.rbegin(), state.switches.rend(),
                                [](const SwitchRecord& r) { return IsCrashReason(r.reason); });
  if (state.crashes.value_or(0) > 0) {
    std::string text =
        fmt::format("The Bluetooth stack has crashed {} time{} since the phone started",
                    *state.crashes, *state.crashes == 1 ? "" : "s");
    if (!state.crash_times.empty()) text += ", last at " + FormatInstant(state.crash_times.back());
    AddFinding(state, id::kBluetoothCrashed, true, state.crash_where, text + ".", out);
  } else if (bad != state.switches.rend()) {
    AddFinding(state, id::kBluetoothCrashed, true, bad->where,
               "The Bluetooth stack was restarted by the system: " + SwitchText(*bad) + ".", out);
  } else if (state.crashes) {
    AddFinding(state, id::kBluetoothCrashed, false, state.crash_where,
               "The Bluetooth stack has not crashed since the phone started.", out);
  }
  for (const AnyInstant at : state.crash_times)
    AddEvent(state, at, "bluetooth_crash", "The Bluetooth stack crashed", state.crash_where, out);
  for (const SwitchRecord& record : state.switches)
    AddEvent(state, record.at, record.enable ? "bluetooth_on" : "bluetooth_off", SwitchText(record),
             record.where, out);
}

void AddBondFindings(const BluetoothState& state, const BandMatch& band, evidence::Evidence& out) {
  const auto& bonds = band.bonds();
  if (!bonds.empty()) {
    const BondedDevice& bond = *bonds.front();
    std::string text = fmt::format("Android's list of bonded devices has \"{}\" ({}) {}.",
                                   bond.name, bond.address, TypeWords(bond.type));
    if (bonds.size() > 1)
      text += fmt::format(" It is there {} times with different addresses: all but one are stale.",
                          bonds.size());
    AddFinding(state, id::kBondedInAndroid, true, bond.where, std::move(text), out);
    for (const BondedDevice* one : bonds) {
      // The stack forgets a key in memory after the band did not know it; the bond stays listed.
      if (one->type != DeviceType::kLe || one->le_key_known != false) continue;
      AddFinding(
          state, id::kEncryptionKeyMissing, true, one->where,
          fmt::format("\"{}\" is bonded, but the stack holds no key for it any more: it drops "
                      "the key when the other side does not know it.",
                      one->name),
          out);
      break;
    }
    return;
  }
  // An empty list proves something only while the stack is up and the whole list was printed.
  if (!state.bonds_while_up) return;
  AddFinding(state, id::kBondedInAndroid, false, state.bonds_where,
             state.bonds.empty()
                 ? "Android's list of bonded devices is empty."
                 : fmt::format("The band is not among the {} devices bonded with the phone.",
                               state.bonds.size()),
             out);
}

}  // namespace

void AddFinding(const BluetoothState& state, std::string_view finding, evidence::FindingValue value,
                const evidence::Where& where, std::string text, evidence::Evidence& out) {
  out.findings.push_back({.id = std::string(finding),
                          .value = std::move(value),
                          .source = state.source,
                          .where = where,
                          .text = std::move(text)});
}

void AddEvent(const BluetoothState& state, AnyInstant at, std::string_view kind, std::string text,
              const evidence::Where& where, evidence::Evidence& out) {
  if (!at.known()) return;
  out.events.push_back({.at = at,
                        .kind = std::string(kind),
                        .text = std::move(text),
                        .source = state.source,
                        .where = where});
  out.events.back().where.time = at;
}

BandMatch::BandMatch(const BluetoothState& state, const evidence::BandId& band)
    : band_(band), known_(band.address.has_value() || !band.masked_address.empty()) {
  for (const BondedDevice& bond : state.bonds) {
    const bool by_address = known_ && (band.MayBe(bond.address) ||
                                       (!bond.identity.empty() && band.MayBe(bond.identity)));
    // Two shown octets are few: a different name speaks against them.
    const bool names_differ = !band.name.empty() && !bond.name.empty() && band.name != bond.name;
    const bool exact = band.address && ParseAddress(bond.address) == band.address;
    const bool by_name = !band.name.empty() && band.name == bond.name;
    const bool alike =
        !known_ && band.name.empty() && evidence::LikenessFromName(bond.name) >= kBandLikeness;
    if ((by_address && (exact || !names_differ)) || (by_name && !known_) || alike)
      bonds_.push_back(&bond);
  }
  // The same name at another address is the band's stale entry, and worth telling; it is never the
  // only proof of a bond.
  if (known_ && !band.name.empty() && !bonds_.empty())
    for (const BondedDevice& bond : state.bonds)
      if (bond.name == band.name && std::find(bonds_.begin(), bonds_.end(), &bond) == bonds_.end())
        bonds_.push_back(&bond);
}

bool BandMatch::operator()(std::string_view address) const {
  if (NamesNoDevice(address)) return false;
  if (known_ && band_.MayBe(address)) return true;
  return std::any_of(bonds_.begin(), bonds_.end(), [&](const BondedDevice* bond) {
    return SameAddress(bond->address, address) || SameAddress(bond->identity, address);
  });
}

std::vector<evidence::BandSeen> Sightings(const BluetoothState& state) {
  std::vector<evidence::BandSeen> seen;
  const auto add = [&](std::string_view address, std::string_view name, std::string_view how,
                       const evidence::Where& where) {
    if (NamesNoDevice(address)) return;
    evidence::BandSeen one{.address = ParseAddress(address),
                           .masked_address = {},
                           .name = std::string(name),
                           .likeness = evidence::LikenessFromName(name),
                           .how = std::string(how),
                           .where = where};
    if (!one.address) one.masked_address = address;
    const auto same = [&](const evidence::BandSeen& known) {
      return known.address == one.address && known.masked_address == one.masked_address &&
             known.name == one.name && known.how == one.how;
    };
    if (std::none_of(seen.begin(), seen.end(), same)) seen.push_back(std::move(one));
  };
  for (const BondedDevice& bond : state.bonds)
    if (bond.type != DeviceType::kClassic)  // a band is never classic only
      add(bond.address, bond.name, "bonded device list", bond.where);
  for (const ConnectionAttempt& attempt : state.attempts)
    add(attempt.address, "", "awaited by an app", attempt.where);
  for (const AppRadioUse& app : state.apps)
    for (const GattConnection& connection : app.connections)
      if (app.map == MapKind::kClient)
        add(connection.address, "", "connected with an app", connection.where);
  return seen;
}

evidence::Evidence Findings(const BluetoothState& state, const evidence::BandId& band,
                            std::span<const evidence::CompanionApp> apps) {
  evidence::Evidence out;
  AddAdapterFindings(state, out);
  if (state.dumps == 0) return out;
  const BandMatch match(state, band);
  AddBondFindings(state, match, out);
  AddLinkFindings(state, match, apps, out);
  AddRadioFindings(state, match, apps, out);
  return out;
}

}  // namespace bk::android
