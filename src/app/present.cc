#include "app/present.h"

#include <algorithm>
#include <string_view>

#include "evidence/finding_ids.h"
#include "troubleshoot/belief/belief.h"

namespace bk::app {
namespace {

namespace id = evidence::id;
using evidence::Finding;
using evidence::SourceKind;

bool IsHealthOfALink(const Finding& finding) {
  return troubleshoot::Holds(finding.value) &&
         (finding.id == id::kConnectsOk || finding.id == id::kAuthSucceeded ||
          finding.id == id::kSyncCompleted);
}

bool OfPhone(const Finding& finding) {
  return finding.source == SourceKind::kPhone || finding.source == SourceKind::kBugReport ||
         finding.source == SourceKind::kLog;
}

// Whether a capture tells of something after the last report was written.
bool CaptureGoesOn(const Timeline& timeline, std::span<const android::PhoneState> phones) {
  AnyInstant written;
  for (const android::PhoneState& phone : phones)
    if (phone.header && phone.header->time.clock == ClockKind::kWall &&
        (!written.known() || written.us < phone.header->time.us))
      written = phone.header->time;
  return written.known() && std::ranges::any_of(timeline.entries, [&](const TimelineEntry& entry) {
           return entry.event.source == SourceKind::kCapture &&
                  entry.aligned.clock == ClockKind::kWall && entry.aligned.us > written.us;
         });
}

}  // namespace

void KeepThePresent(std::vector<Finding>& findings, const Timeline& timeline,
                    std::span<const android::PhoneState> phones) {
  const auto phone_says = [&](std::string_view what, bool value) {
    return std::ranges::any_of(findings, [&](const Finding& one) {
      return one.id == what && troubleshoot::Holds(one.value) == value && OfPhone(one);
    });
  };
  // A log's link may be any of its hours.
  const bool has_link = std::ranges::any_of(findings, [](const Finding& one) {
    return one.id == id::kConnectsOk && troubleshoot::Holds(one.value) &&
           (one.source == SourceKind::kPhone || one.source == SourceKind::kBugReport);
  });
  const bool capture_is_last = CaptureGoesOn(timeline, phones);
  const bool capture_shows_link = std::ranges::any_of(findings, [](const Finding& one) {
    return one.source == SourceKind::kCapture && IsHealthOfALink(one);
  });
  if (capture_is_last && capture_shows_link) {
    std::erase_if(findings, [](const Finding& one) {
      return one.id == id::kAppCannotConnect && one.source == SourceKind::kBugReport;
    });
    return;
  }
  const bool off = phone_says(id::kBluetoothOff, true) && !phone_says(id::kBluetoothOff, false);
  if (off || phone_says(id::kAppCannotConnect, true))
    std::erase_if(findings, [](const Finding& one) {
      return one.source == SourceKind::kCapture && IsHealthOfALink(one);
    });
  // An app's own search that brings nothing is what the finding is about: the radio may hear what
  // the system keeps from the app.
  if (phone_says(id::kBandNotInScan, true) || phone_says(id::kLocationOff, true) ||
      phone_says(id::kScanSecurityException, true))
    std::erase_if(findings, [](const Finding& one) {
      return one.source == SourceKind::kCapture &&
             ((one.id == id::kBandInScan && troubleshoot::Holds(one.value)) ||
              (one.id == id::kBandNotInScan && !troubleshoot::Holds(one.value)));
    });
  // A capture that ended without a link: the phone says the same, which is one fact and not two, or
  // has a link now.
  if (phone_says(id::kAppCannotConnect, true) || has_link)
    std::erase_if(findings, [](const Finding& one) {
      return one.source == SourceKind::kCapture && one.id == id::kAppCannotConnect;
    });
}

}  // namespace bk::app
