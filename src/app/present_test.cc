// Several sources of one case, each of its own time.
#include "app/present.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/finding_ids.h"

namespace bk::app {
namespace {

namespace id = evidence::id;
using evidence::Finding;
using evidence::SourceKind;

constexpr std::int64_t kMinute = 60'000'000;

Finding Says(std::string_view what, SourceKind source, bool value = true) {
  return {.id = std::string(what), .value = value, .source = source};
}
std::vector<Finding> Health() {
  return {Says(id::kConnectsOk, SourceKind::kCapture),
          Says(id::kAuthSucceeded, SourceKind::kCapture),
          Says(id::kSyncCompleted, SourceKind::kCapture)};
}
// What is left of a capture's health beside these; `capture_ends`: minutes after the report.
std::ptrdiff_t Left(std::vector<Finding> others, std::optional<int> capture_ends = std::nullopt) {
  std::vector<Finding> findings = Health();
  findings.insert(findings.end(), others.begin(), others.end());
  Timeline timeline;
  std::vector<android::PhoneState> phones(1);
  if (capture_ends) {
    phones[0].header.emplace().time = WallTime{600 * kMinute};
    timeline.entries.push_back({.event = {.kind = "link_up", .source = SourceKind::kCapture},
                                .aligned = WallTime{(600 + *capture_ends) * kMinute}});
  }
  KeepThePresent(findings, timeline, phones);
  return std::ranges::count_if(findings, [](const Finding& one) {
    return one.source == SourceKind::kCapture &&
           (one.id == id::kConnectsOk || one.id == id::kAuthSucceeded ||
            one.id == id::kSyncCompleted);
  });
}

TEST(Present, ASyncOfACaptureIsOfThePastWhereThePhoneSaysOtherwise) {
  EXPECT_EQ(Left({}), 3);
  EXPECT_EQ(Left({Says(id::kAppCannotConnect, SourceKind::kBugReport)}), 0);
  EXPECT_EQ(Left({Says(id::kAppCannotConnect, SourceKind::kPhone)}), 0);
  EXPECT_EQ(Left({Says(id::kBluetoothOff, SourceKind::kLog)}), 0);
  EXPECT_EQ(Left({Says(id::kBluetoothOff, SourceKind::kBugReport, false)}), 3);
  // A log that ends switched off, and a report that has it on: it was switched on again.
  EXPECT_EQ(Left({Says(id::kBluetoothOff, SourceKind::kLog),
                  Says(id::kBluetoothOff, SourceKind::kBugReport, false)}),
            3);
  // A person's word has no time of its own.
  EXPECT_EQ(Left({Says(id::kAppCannotConnect, SourceKind::kPerson)}), 3);
}

TEST(Present, WhatWasRecordedAfterTheReportOutdatesIt) {
  EXPECT_EQ(Left({Says(id::kAppCannotConnect, SourceKind::kBugReport)}, -5), 0);
  EXPECT_EQ(Left({Says(id::kAppCannotConnect, SourceKind::kBugReport)}, 5), 3);
  std::vector<Finding> findings = Health();
  findings.push_back(Says(id::kAppCannotConnect, SourceKind::kBugReport));
  std::vector<android::PhoneState> phones(1);
  phones[0].header.emplace().time = WallTime{600 * kMinute};
  Timeline timeline;
  timeline.entries.push_back({.event = {.kind = "link_up", .source = SourceKind::kCapture},
                              .aligned = WallTime{605 * kMinute}});
  KeepThePresent(findings, timeline, phones);
  EXPECT_EQ(std::ranges::count(findings, id::kAppCannotConnect, &Finding::id), 0);
}

TEST(Present, OneMomentWithoutALinkIsOneFact) {
  std::vector<Finding> both = {Says(id::kAppCannotConnect, SourceKind::kBugReport),
                               Says(id::kAppCannotConnect, SourceKind::kCapture)};
  KeepThePresent(both, {}, {});
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].source, SourceKind::kBugReport);
  // And a link that a phone has now ends the silence of a capture.
  std::vector<Finding> back = {Says(id::kConnectsOk, SourceKind::kPhone),
                               Says(id::kAppCannotConnect, SourceKind::kCapture)};
  KeepThePresent(back, {}, {});
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].id, id::kConnectsOk);
}

TEST(Present, WhatTheRadioHearsIsNotWhatTheAppIsGiven) {
  for (const std::string_view withheld :
       {id::kBandNotInScan, id::kLocationOff, id::kScanSecurityException}) {
    std::vector<Finding> findings = {Says(withheld, SourceKind::kBugReport),
                                     Says(id::kBandInScan, SourceKind::kCapture),
                                     Says(id::kBandNotInScan, SourceKind::kCapture, false)};
    KeepThePresent(findings, {}, {});
    EXPECT_EQ(findings.size(), 1U) << withheld;
  }
}

}  // namespace
}  // namespace bk::app
