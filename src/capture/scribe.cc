#include "capture/scribe.h"

namespace bk::capture {

evidence::Where Scribe::WhereOf(Moment at) const {
  evidence::Where where;
  where.file = file_;
  where.member = member_;
  where.packet = at.packet;
  if (at.packet != 0) where.time = at.time;
  return where;
}

void Scribe::LoseOther(evidence::LossKind kind, const char* text, Moment at, std::uint64_t count) {
  for (last_ = 0; last_ < counts_.size(); ++last_)
    if (counts_[last_].text == text && counts_[last_].kind == kind) {
      counts_[last_].count += count;
      return;
    }
  counts_.push_back({kind, text, at, count});
}

void Scribe::LoseWith(evidence::LossKind kind, std::string text, Moment at, std::uint64_t offset,
                      std::uint64_t count) {
  evidence::Loss loss;
  loss.kind = kind;
  loss.where = WhereOf(at);
  loss.where.offset = offset;
  loss.count = count;
  loss.text = std::move(text);
  evidence::AddLoss(losses_, std::move(loss));
}

void Scribe::Tell(const char* kind, std::string text, Moment at) {
  if (events_.size() >= limits::kEventsMax)
    return Lose(evidence::LossKind::kTooLarge, "events beyond the number that is kept", at);
  evidence::Event event;
  event.at = at.time;
  event.kind = kind;
  event.text = std::move(text);
  event.source = evidence::SourceKind::kCapture;
  event.where = WhereOf(at);
  events_.push_back(std::move(event));
}

std::vector<evidence::Loss> Scribe::TakeLosses() {
  for (const Count& count : counts_) LoseWith(count.kind, count.text, count.first, 0, count.count);
  counts_.clear();
  return std::move(losses_);
}

}  // namespace bk::capture
