#include "capture/scan_tracker.h"

#include "codec/hci/codes.h"
#include "codec/hci/scan.h"

namespace bk::capture {
namespace {

namespace hci = codec::hci;
using evidence::LossKind;

constexpr std::size_t kScansMax = limits::kLinksMax;
// Reports that were under way when the scan was stopped.
constexpr std::int64_t kStragglerUs = 2'000'000;
constexpr std::size_t kHeardMax = 1'000'000;

}  // namespace

void ScanTracker::Start(AdapterState& adapter, Moment at) {
  if (scans_.size() >= kScansMax) {
    scribe_.Lose(LossKind::kTooLarge, "scans beyond the number that is kept", at);
    adapter.scan.on = adapter.scan.any = true;  // counted with the last one
    adapter.scan.window = static_cast<std::uint32_t>(scans_.size() - 1);
    return;
  }
  ScanWindow& scan = scans_.emplace_back();
  scan.adapter = adapter.id;
  scan.started = scan.ended = at.time;
  scan.packet = scan.end_packet = at.packet;
  scan.active = adapter.scan.active;
  scan.accept_list_only = adapter.scan.accept_list_only;
  scan.duty = adapter.scan.duty;
  adapter.scan.on = adapter.scan.any = true;
  adapter.scan.window = static_cast<std::uint32_t>(scans_.size() - 1);
}

void ScanTracker::OnParameters(AdapterState& adapter, std::uint16_t opcode, Bytes parameters,
                               Moment at) {
  const auto decoded = hci::DecodeScanParameters(opcode, parameters);
  if (!decoded) return;
  // Parameters may not change while scanning; when they do, the disable was not recorded.
  if (adapter.scan.on) OnStop(adapter, at);
  adapter.scan.active = decoded->active;
  adapter.scan.accept_list_only = decoded->accept_list_only;
  adapter.scan.duty = decoded->interval == 0 || decoded->window >= decoded->interval
                          ? 1.0
                          : static_cast<double>(decoded->window) / decoded->interval;
}

void ScanTracker::OnEnable(AdapterState& adapter, Bytes parameters, Moment at) {
  ByteReader reader(parameters);
  const bool enable = reader.U8() != 0;
  const bool filters_duplicates = reader.U8() != 0;
  if (reader.failed()) return;
  if (!enable) return OnStop(adapter, at);
  if (!adapter.scan.on) Start(adapter, at);
  scans_[adapter.scan.window].filters_duplicates = filters_duplicates;
}

void ScanTracker::OnEnableRefused(AdapterState& adapter, Moment at) {
  if (adapter.scan.on && scans_[adapter.scan.window].reports == 0) OnStop(adapter, at);
}

void ScanTracker::OnStop(AdapterState& adapter, Moment at) {
  if (!adapter.scan.on) return;
  adapter.scan.on = false;
  ScanWindow& scan = scans_[adapter.scan.window];
  scan.ended = at.time;
  scan.end_packet = at.packet;
  scan.ended_seen = true;
}

void ScanTracker::OnReports(AdapterState& adapter, std::uint8_t subevent, Bytes parameters,
                            bool cut, Moment at) {
  const bool straggler = adapter.scan.any && !adapter.scan.on &&
                         at.time - scans_[adapter.scan.window].ended < kStragglerUs;
  if (!adapter.scan.on && !straggler) {
    Start(adapter, at);
    scans_[adapter.scan.window].began_before = true;
  }
  const std::uint32_t window = adapter.scan.window;
  ScanWindow& scan = scans_[window];
  hci::AdvertReader reader(subevent, parameters);
  hci::AdvertReport report;
  while (reader.Next(report)) {
    ++counters_.adverts;
    ++scan.reports;
    const std::size_t peer = peers_.Find(report.address, report.address_type);
    if (peer == kNone) {
      if (peers_.full())
        scribe_.Lose(LossKind::kTooLarge, "devices beyond the number that is kept", at);
      continue;
    }
    if (peers_.Hear(peer, report, window, !scan.filters_duplicates, at)) {
      ++scan.peers;
      if (heard_.size() < kHeardMax) heard_.emplace_back(window, static_cast<std::uint32_t>(peer));
    }
  }
  if (reader.damaged())
    scribe_.Lose(cut ? LossKind::kFiltered : LossKind::kCorrupt,
                 "advertising reports that end too early", at);
}

void ScanTracker::Finish(AdapterState& adapter, Moment at) {
  if (!adapter.scan.on) return;
  ScanWindow& scan = scans_[adapter.scan.window];
  scan.ended = at.time;
  scan.end_packet = at.packet;
}

}  // namespace bk::capture
