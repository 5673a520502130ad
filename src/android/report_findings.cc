// From the state of a phone to findings, and from offsets to lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "android/report.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace {

// The lower, the nearer to the fact: a phone that answers now, a report of some minutes, a log.
int SourceRank(evidence::SourceKind source) {
  switch (source) {
    case evidence::SourceKind::kBand:
      return 0;
    case evidence::SourceKind::kPhone:
      return 1;
    case evidence::SourceKind::kCapture:
      return 2;
    case evidence::SourceKind::kBugReport:
      return 3;
    case evidence::SourceKind::kLog:
      return 4;
    case evidence::SourceKind::kPerson:
      return 5;
  }
  return 6;
}

int ProofRank(const evidence::Finding& finding) {
  const evidence::Where& where = finding.where;
  if (where.file.empty()) return 2;
  return where.line != 0 || where.packet != 0 || where.offset != 0 ? 0 : 1;
}

// One finding per id, value and source, the best proved first; ids stay in their order.
void KeepBest(std::vector<evidence::Finding>& findings) {
  std::map<std::string, std::size_t, std::less<>> order;
  for (const evidence::Finding& finding : findings) order.try_emplace(finding.id, order.size());
  std::ranges::stable_sort(findings, [&](const evidence::Finding& a, const evidence::Finding& b) {
    const auto key = [&](const evidence::Finding& finding) {
      return std::tuple(order.find(finding.id)->second, SourceRank(finding.source),
                        ProofRank(finding));
    };
    return key(a) < key(b);
  });
  std::vector<evidence::Finding> kept;
  for (evidence::Finding& finding : findings) {
    bool known = false;
    for (auto it = kept.rbegin(); it != kept.rend() && it->id == finding.id && !known; ++it)
      known = it->source == finding.source && it->value == finding.value;
    if (!known) kept.push_back(std::move(finding));
  }
  findings = std::move(kept);
}

// A switch that the settings keep is no radio: "Bluetooth is on" says nothing of a phone that has
// none.
void DropSwitchOfNoRadio(std::vector<evidence::Finding>& findings) {
  const evidence::FindingValue yes = true, no = false;
  const bool none = std::ranges::any_of(findings, [&](const evidence::Finding& finding) {
    return finding.id == evidence::id::kNoBluetooth && finding.value == yes;
  });
  if (none)
    std::erase_if(findings, [&](const evidence::Finding& finding) {
      return finding.id == evidence::id::kBluetoothOff && finding.value == no;
    });
}

// And a radio among the features is none that works while Bluetooth is off.
void DropFeatureOfSilentRadio(std::vector<evidence::Finding>& findings) {
  const evidence::FindingValue yes = true, no = false;
  const bool off = std::ranges::any_of(findings, [&](const evidence::Finding& finding) {
    return finding.id == evidence::id::kBluetoothOff && finding.value == yes;
  });
  if (off)
    std::erase_if(findings, [&](const evidence::Finding& finding) {
      return finding.id == evidence::id::kNoBluetooth && finding.value == no;
    });
}

// What a log or a history tells of a link of some time ago is none of now where no app holds a link
// to the band, or where Bluetooth is off. ("No app holds a link" is about a companion that is
// there.)
void DropLinkOfThePast(std::vector<evidence::Finding>& findings) {
  const auto says = [&](std::string_view finding, bool value) {
    const evidence::FindingValue wanted = value;
    return std::ranges::any_of(findings, [&](const evidence::Finding& one) {
      return one.id == finding && one.value == wanted;
    });
  };
  using namespace evidence::id;
  if (says(kAppCannotConnect, true) && !says(kCompanionInstalled, true))
    std::erase_if(findings, [](const auto& one) { return one.id == kAppCannotConnect; });
  // Sources that contradict each other on the switch: one of them is old.
  const bool off = says(kBluetoothOff, true) && !says(kBluetoothOff, false);
  if (!off && !says(kAppCannotConnect, true)) return;
  const evidence::FindingValue yes = true;
  std::erase_if(findings, [&](const evidence::Finding& one) {
    return one.value == yes &&
           (one.id == kConnectsOk || one.id == kAuthSucceeded || one.id == kSyncCompleted);
  });
}

// The parts tell one after the other; a timeline is in the order of time, clock by clock.
void SortByTime(std::vector<evidence::Event>& events) {
  std::ranges::stable_sort(events, [](const evidence::Event& a, const evidence::Event& b) {
    return std::tuple(a.at.clock, a.at.us) < std::tuple(b.at.clock, b.at.us);
  });
}

constexpr std::string_view kInto = " » ";

// Whether `member` of a place is in the text `text`: the text itself or a section of it.
bool IsIn(const PhoneState::Text& text, const evidence::Where& where) {
  if (text.file != where.file) return false;
  if (text.member.empty()) return true;
  const std::string_view member = where.member;
  return member.starts_with(text.member) && (member.size() == text.member.size() ||
                                             member.substr(text.member.size()).starts_with(kInto));
}

// Eight bytes at a time: a log of many MB is cited from its beginning to its end.
std::uint64_t CountLineEnds(std::string_view text) {
  constexpr std::uint64_t kLow = 0x0101010101010101, kMost = 0x7f * kLow;
  std::uint64_t count = 0;
  std::size_t at = 0;
  while (text.size() - at >= 8) {
    // Each byte of `ends` counts in itself, so at most 255 times.
    std::uint64_t ends = 0;
    const std::size_t words = std::min<std::size_t>((text.size() - at) / 8, 255);
    for (std::size_t i = 0; i < words; ++i, at += 8) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at, 8);
      bytes ^= kLow * '\n';
      ends += ~(((bytes & kMost) + kMost) | bytes | kMost) >> 7;
    }
    for (; ends != 0; ends >>= 8) count += ends & 0xff;
  }
  for (; at < text.size(); ++at) count += text[at] == '\n';
  return count;
}

// "dumpsys power » power" says one thing twice.
void DropEcho(const PhoneState::Text& text, evidence::Where& where) {
  if (text.member.empty() || where.member.size() <= text.member.size() + kInto.size()) return;
  const std::string_view rest =
      std::string_view(where.member).substr(text.member.size() + kInto.size());
  if (text.member.ends_with(rest)) where.member = text.member;
}

}  // namespace

void ResolveLines(std::span<const PhoneState::Text> texts, evidence::Evidence& evidence) {
  std::vector<std::vector<evidence::Where*>> cited(texts.size());
  const auto cite = [&](evidence::Where& where) {
    if (where.line != 0 || where.packet != 0) return;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (IsIn(texts[i], where) && where.offset <= texts[i].text.size() &&
          (!best || texts[i].member.size() > texts[*best].member.size()))
        best = i;
    if (best) cited[*best].push_back(&where);
  };
  for (evidence::Finding& finding : evidence.findings) cite(finding.where);
  for (evidence::Event& event : evidence.events) cite(event.where);
  for (evidence::Loss& loss : evidence.losses) cite(loss.where);
  for (evidence::BandSeen& band : evidence.bands) cite(band.where);
  if (evidence.phone) cite(evidence.phone->where);

  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::ranges::sort(cited[i], {}, [](const evidence::Where* where) { return where->offset; });
    const std::string_view text = texts[i].text;
    const auto& marks = texts[i].line_marks;
    std::size_t at = 0;
    std::uint64_t line = 1;
    for (evidence::Where* where : cited[i]) {
      const auto offset = static_cast<std::size_t>(where->offset);
      const auto beyond = std::ranges::upper_bound(marks, offset, {}, &LineMark::offset);
      if (beyond != marks.begin() && std::prev(beyond)->offset > at) {
        at = static_cast<std::size_t>(std::prev(beyond)->offset);
        line = std::prev(beyond)->line;
      }
      line += CountLineEnds(text.substr(at, offset - at));
      at = offset;
      where->line = line;
      where->offset = 0;
      DropEcho(texts[i], *where);
    }
  }
}

evidence::Evidence FindingsFor(const PhoneState& state, const evidence::BandId& band,
                               std::span<const evidence::CompanionApp> apps) {
  evidence::Evidence out;
  if (!state.phone.model.empty() || !state.phone.android_version.empty() || state.phone.sdk != 0)
    out.phone = state.phone;
  out.bands = state.bands;
  out.losses = state.losses;
  evidence::Append(out, Findings(state.bluetooth, band, apps));
  evidence::Append(out, Findings(state.packages, state.phone.sdk, band, apps));
  std::vector<system::PackageUid> uids;
  for (const PackageName& name : state.packages.names)
    if (name.app_id >= 0 && name.installed_for_owner)
      uids.push_back({name.name, static_cast<std::uint32_t>(name.app_id)});
  evidence::Append(out, system::Findings(state.system, apps, uids));
  log::AddFindings(state.log, band, apps, out);
  KeepBest(out.findings);
  DropSwitchOfNoRadio(out.findings);
  DropFeatureOfSilentRadio(out.findings);
  DropLinkOfThePast(out.findings);
  SortByTime(out.events);
  ResolveLines(state.texts, out);
  return out;
}

}  // namespace bk::android
