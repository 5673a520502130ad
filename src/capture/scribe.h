// Writes down losses and events with their place while a capture is read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/limits.h"
#include "evidence/evidence.h"

namespace bk::capture {

// Where in the capture something is.
struct Moment {
  SnoopTime time;
  std::uint64_t packet = 0;
};

class Scribe {
 public:
  Scribe(std::string file, std::string member)
      : file_(std::move(file)), member_(std::move(member)) {}

  // `text` must be a literal: losses are told apart by kind and by its address, so that counting
  // one costs no allocation however often it happens.
  void Lose(evidence::LossKind kind, const char* text, Moment at, std::uint64_t count = 1) {
    if (last_ < counts_.size() && counts_[last_].text == text && counts_[last_].kind == kind) {
      counts_[last_].count += count;
      return;
    }
    LoseOther(kind, text, at, count);
  }
  // One whose text is put together; for rare losses.
  void LoseWith(evidence::LossKind kind, std::string text, Moment at, std::uint64_t offset,
                std::uint64_t count);

  // Beyond limits::kEventsMax events are counted as a loss.
  void Tell(const char* kind, std::string text, Moment at);

  [[nodiscard]] evidence::Where WhereOf(Moment at) const;
  // The ends of the work. Events come in the order of the capture.
  std::vector<evidence::Loss> TakeLosses();
  std::vector<evidence::Event> TakeEvents() { return std::move(events_); }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const std::string& member() const { return member_; }

 private:
  struct Count {
    evidence::LossKind kind;
    const char* text;
    Moment first;
    std::uint64_t count;
  };
  void LoseOther(evidence::LossKind kind, const char* text, Moment at, std::uint64_t count);

  std::string file_, member_;
  std::vector<Count> counts_;
  std::size_t last_ = 0;
  std::vector<evidence::Loss> losses_;
  std::vector<evidence::Event> events_;
};

}  // namespace bk::capture
