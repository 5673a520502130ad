// What who listens to a link's ATT is told.
#include "capture/att_observer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "capture/story_testing.h"

namespace bk::capture {
namespace {

using testing::ElementsAre;

class Listener final : public AttObserver {
 public:
  explicit Listener(std::vector<std::string>& heard) : heard_(heard) {}
  void OnAtt(const AttPdu& pdu) override {
    heard_.push_back(std::string(pdu.from_phone ? "<" : ">") + std::to_string(pdu.opcode) + "@" +
                     std::to_string(pdu.handle) + ":" + codec::att::FormatUuid(pdu.uuid) + "=" +
                     std::to_string(pdu.value.size()) + (pdu.cut ? "cut" : ""));
  }
  void OnGap(SnoopTime, std::uint64_t) override { heard_.emplace_back("gap"); }
  TalkReport Finish(const LinkEnd& end) override {
    TalkReport report;
    report.huami = true;
    report.stages.push_back({Stage::kAuthenticated, end.time, end.packet});
    evidence::Finding finding;
    finding.id = evidence::id::kAuthSucceeded;
    finding.where.packet = 7;
    report.findings.push_back(finding);
    return report;
  }

 private:
  std::vector<std::string>& heard_;
};

class Maker final : public AttObserverMaker {
 public:
  std::unique_ptr<AttObserver> Make(const LinkInfo&) override {
    return std::make_unique<Listener>(heard);
  }
  std::vector<std::string> heard;
};

TEST(Observer, HearsPdusWithHandlesTypesAndHoles) {
  Maker maker;
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0 < att 40 08 5f00 5f00 0328
    +0 > att 40 09 15 5f00 1a 6000 000710af09001821123500000900 0000
    +0 < att 40 0a 6000
    +0 > att 40 0b 01000000
    +0 > att 40 1b 6000 108301
    +0 < attcut 40 3 12 6000 0300
    +0 > acl 4010 0100 00
    +0 > att 40 01 12 6000 05
  )"),
                           &maker);
  EXPECT_THAT(maker.heard, ElementsAre("<8@0:00000000-0000-0000-0000-000000000000=6",
                                       ">9@0:00000000-0000-0000-0000-000000000000=22",
                                       "<10@96:00000009-0000-3512-2118-0009af100700=2",
                                       ">11@96:00000009-0000-3512-2118-0009af100700=4",
                                       ">27@96:00000009-0000-3512-2118-0009af100700=3",
                                       "<18@96:00000009-0000-3512-2118-0009af100700=0cut", "gap",
                                       ">1@96:00000009-0000-3512-2118-0009af100700=4"));
  EXPECT_EQ(story.links[0].stages.back().stage, Stage::kAuthenticated);
  EXPECT_TRUE(IsTrue(FindingsFor(story, Band()), evidence::id::kAuthSucceeded));
}

// bluetoothd 5.66 as a server sends even single values so, where the client has said that it can.
TEST(Observer, SeveralNotificationsInOnePduAreToldApart) {
  Maker maker;
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0 > att 40 23 6000 0300 108301 3e00 0200 0102
    +0 > att 40 23 6000 0100 10
    +0 > att 40 23 6000 0900 10
  )"),
                           &maker);
  const std::string none = ":00000000-0000-0000-0000-000000000000";
  EXPECT_THAT(maker.heard, ElementsAre(">27@96" + none + "=3", ">27@62" + none + "=2",
                                       ">27@96" + none + "=1", ">27@96" + none + "=1"));
  EXPECT_EQ(story.links[0].att_notifications, 4U);
  EXPECT_TRUE(story.losses.empty());
}

}  // namespace
}  // namespace bk::capture
