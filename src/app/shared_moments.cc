#include "app/shared_moments.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

namespace bk::app {
namespace {

using evidence::SharedMoment;

// Each security request is held against all links; beyond this many its device stays unknown.
constexpr std::size_t kLinksSearchedMax = 1000;
constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kHalfYearUs = 183 * kDayUs;
// HCI's reasons end here; what a log prints beyond is the stack's own.
constexpr int kHciReasonMax = 0x45;
// By the stack's own words for "it went well" and "it failed": no reason of the link.
constexpr int kNoReason = -1;

int HciReason(int code) { return code > 0 && code <= kHciReasonMax ? code : kNoReason; }

std::string Upper(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper;
}

class StoryMoments {
 public:
  explicit StoryMoments(const capture::Story& story) : story_(story) {}

  std::vector<SharedMoment> Collect() && {
    for (const capture::Link& link : story_.links) Link(link);
    for (const evidence::Event& event : story_.events) {
      if (event.at.clock != ClockKind::kSnoop) continue;
      const SnoopTime at{event.at.us};
      if (event.kind == "controller_reset") Add(at, "adapter_on", {});
      if (event.kind == "security_request") Add(at, "bonding", OnlyPeerAt(at));
    }
    return std::move(moments_);
  }

 private:
  void Link(const capture::Link& link) {
    const std::string peer = Name(link.peer);
    if (!link.inferred) Add(link.started, "link_up", peer, kNoReason, link.handle);
    if (link.reason) Add(link.ended, "link_down", peer, *link.reason, link.handle);
    for (const capture::Pairing& pairing : link.pairings) {
      Add(pairing.started, "bonding", peer);
      if (pairing.outcome == capture::Pairing::Outcome::kSucceeded)
        Add(pairing.ended, "bonded", peer);
      if (pairing.outcome == capture::Pairing::Outcome::kFailed)
        Add(pairing.ended, "bond_failed", peer);
    }
    for (const capture::EncryptionChange& change : link.encryption)
      if (change.status != 0) Add(change.at, "encryption_failed", peer);
  }

  void Add(SnoopTime at, std::string kind, std::string address, int reason = kNoReason,
           int handle = -1) {
    moments_.push_back({.us = at.us,
                        .kind = std::move(kind),
                        .address = std::move(address),
                        .reason = reason,
                        .handle = handle});
  }

  [[nodiscard]] std::string Name(std::size_t peer) const {
    return peer < story_.peers.size() ? FormatAddress(story_.peers[peer].address) : std::string();
  }
  // Empty while several links are up.
  [[nodiscard]] std::string OnlyPeerAt(SnoopTime at) const {
    if (story_.links.size() > kLinksSearchedMax) return {};
    const capture::Link* only = nullptr;
    for (const capture::Link& link : story_.links) {
      if (at < link.started || at > link.ended) continue;
      if (only != nullptr) return {};
      only = &link;
    }
    return only == nullptr ? std::string() : Name(only->peer);
  }

  const capture::Story& story_;
  std::vector<SharedMoment> moments_;
};

std::string_view KindOf(android::log::FactKind kind) {
  using android::log::FactKind;
  switch (kind) {
    case FactKind::kAdapterOn:
      return "adapter_on";
    case FactKind::kConnected:
    case FactKind::kAclUp:
      return "link_up";
    case FactKind::kDisconnected:
    case FactKind::kAclDown:
      return "link_down";
    case FactKind::kBonding:
      return "bonding";
    case FactKind::kBonded:
      return "bonded";
    case FactKind::kBondFailed:
    case FactKind::kPairingFailed:
      return "bond_failed";
    case FactKind::kEncryptionFailed:
      return "encryption_failed";
    default:
      return {};
  }
}

std::string_view KindOf(android::LinkStep step) {
  switch (step) {
    case android::LinkStep::kConnected:
      return "link_up";
    case android::LinkStep::kDisconnected:
      return "link_down";
    case android::LinkStep::kEncryptionFailed:
      return "encryption_failed";
    case android::LinkStep::kInitiated:
    case android::LinkStep::kFailed:
    case android::LinkStep::kCancelled:
    case android::LinkStep::kDisconnecting:
    case android::LinkStep::kEncrypted:
      break;
  }
  return {};
}

std::string_view KindOf(android::BondRecord::Step step) {
  switch (step) {
    case android::BondRecord::Step::kBonding:
      return "bonding";
    case android::BondRecord::Step::kBonded:
      return "bonded";
    case android::BondRecord::Step::kFailed:
      return "bond_failed";
    case android::BondRecord::Step::kCreate:
    case android::BondRecord::Step::kRemove:
    case android::BondRecord::Step::kCancel:
    case android::BondRecord::Step::kNone:
      break;
  }
  return {};
}

}  // namespace

std::vector<SharedMoment> MomentsOf(const capture::Story& story) {
  return StoryMoments(story).Collect();
}

std::vector<SharedMoment> MomentsOf(const android::PhoneState& phone, ClockKind clock) {
  std::vector<SharedMoment> moments;
  const auto add = [&](AnyInstant at, std::string_view kind, std::string_view address, int code) {
    if (kind.empty()) return;
    if (at.clock != clock) at = PhoneTime(phone, at);
    if (!at.known() || at.clock != clock) return;
    moments.push_back({.us = at.us,
                       .kind = std::string(kind),
                       .address = Upper(address),
                       .reason = kind == "link_down" ? HciReason(code) : kNoReason});
  };
  for (const android::log::LogFact& fact : phone.log.facts)
    add(fact.at, KindOf(fact.kind), fact.address, fact.code);
  for (const android::LinkRecord& record : phone.bluetooth.links)
    add(record.at, KindOf(record.step), record.address, record.reason.value_or(kNoReason));
  for (const android::BondRecord& record : phone.bluetooth.bond_records)
    add(record.at, KindOf(record.step), record.address, kNoReason);
  for (const android::SwitchRecord& record : phone.bluetooth.switches)
    if (record.enable) add(record.at, "adapter_on", {}, kNoReason);
  return moments;
}

AnyInstant PhoneTime(const android::PhoneState& phone, const AnyInstant& at) {
  const bool report = phone.header && phone.header->time.clock == ClockKind::kWall;
  // One dump prints times with and without a year; several files may be of different years.
  const AnyInstant dated = phone.bluetooth.last_dated;
  const bool dump =
      dated.clock == ClockKind::kWall &&
      (phone.texts.size() == 1 || phone.bluetooth.source == evidence::SourceKind::kPhone);
  if (!report && !dump) return {};
  if (at.clock == ClockKind::kWall) return at;
  if (at.clock != ClockKind::kLogcat) return {};
  const std::int64_t latest = report ? phone.header->time.us + kDayUs : dated.us + kHalfYearUs;
  CivilTime civil = CivilFromMicros(at.us);
  civil.year = CivilFromMicros(latest).year;
  std::int64_t us = MicrosFromCivil(civil);
  if (us > latest) {
    --civil.year;
    us = MicrosFromCivil(civil);
  }
  return WallTime{us};
}

}  // namespace bk::app
