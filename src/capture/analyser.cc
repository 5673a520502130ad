#include "capture/analyser.h"

#include <algorithm>

#include "capture/bands.h"
#include "capture/dispatch.h"
#include "capture/link_text.h"
#include "evidence/evidence.h"

namespace bk::capture {

using codec::snoop::Damage;
using evidence::LossKind;

namespace {

LossKind LossOf(Damage::Kind kind) {
  switch (kind) {
    case Damage::Kind::kTruncated:
      return LossKind::kTruncated;
    case Damage::Kind::kCorrupt:
      return LossKind::kCorrupt;
    case Damage::Kind::kDropped:
      return LossKind::kDropped;
    case Damage::Kind::kOutOfOrder:
      return LossKind::kOutOfOrder;
    case Damage::Kind::kClockJump:
      return LossKind::kClockJump;
    case Damage::Kind::kUnsupported:
      return LossKind::kUnsupported;
  }
  return LossKind::kCorrupt;
}

// The band's own stages come from the observer, after those of the link.
void JoinStages(Link& link) {
  for (const StageMark& mark : link.talk.stages)
    if (link.stages.empty() || link.stages.back().stage < mark.stage) link.stages.push_back(mark);
}

}  // namespace

class Analyser::Impl : public Dispatch {
 public:
  using Dispatch::Dispatch;
};

Analyser::Analyser(AnalyserOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Analyser::~Analyser() = default;

void Analyser::OnPackets(std::span<const codec::snoop::Packet> packets) {
  for (const codec::snoop::Packet& packet : packets) impl_->OnPacket(packet);
}

void Analyser::OnDamage(const Damage& damage) {
  impl_->OnGap(damage.kind == Damage::Kind::kTruncated || damage.kind == Damage::Kind::kCorrupt ||
               damage.kind == Damage::Kind::kDropped);
  impl_->scribe().LoseWith(LossOf(damage.kind), damage.text, {impl_->last(), damage.number},
                           damage.offset, damage.count);
}

Story Analyser::Finish() {
  Story story = impl_->Finish();
  for (Link& link : story.links) {
    std::ranges::stable_sort(link.talk.stages, {}, &StageMark::stage);
    JoinStages(link);
    for (evidence::Finding& finding : link.talk.findings) {
      finding.source = evidence::SourceKind::kCapture;
      finding.where.file = story.file;
      finding.where.member = story.member;
    }
    for (evidence::Event& event : link.talk.events) {
      event.source = evidence::SourceKind::kCapture;
      event.where.file = story.file;
      event.where.member = story.member;
      story.events.push_back(std::move(event));
    }
    for (evidence::Loss& loss : link.talk.losses) {
      loss.where.file = story.file;
      loss.where.member = story.member;
      evidence::AddLoss(story.losses, std::move(loss));
    }
    link.talk.events.clear();
    link.talk.losses.clear();
    link.text = LinkText(story, link);
  }
  for (Attempt& attempt : story.attempts) attempt.text = AttemptText(story, attempt);
  std::ranges::stable_sort(story.events, {},
                           [](const evidence::Event& e) { return e.where.packet; });
  story.bands = BandsOf(story);
  return story;
}

}  // namespace bk::capture
