// What the followers of one link write down, until the analyser takes it.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.h"
#include "capture/att_observer.h"

namespace bk::capture::talk {

// A moment of the capture.
struct Moment {
  SnoopTime time;
  std::uint64_t packet = 0;
};

class Notebook {
 public:
  // Only the first reach of a stage is kept.
  void Reach(Stage stage, Moment at);
  [[nodiscard]] bool Reached(Stage stage) const;
  void Say(std::string sentence, Moment at);
  void Happened(std::string_view kind, std::string text, Moment at);
  // Findings of one id: the first and the last are kept.
  void Found(std::string_view id, evidence::FindingValue value, std::string text, Moment at);
  void Lost(evidence::LossKind kind, std::string text, Moment at, std::uint64_t count = 1);

  // Once, last. Sentences come in the order of their frames.
  TalkReport Take();

 private:
  // A link of a day talks for hours; its story stays readable.
  static constexpr std::size_t kSentencesMax = 200;
  static constexpr std::size_t kEventsMax = 2000;
  TalkReport report_;
};

// "3 s", "0.4 s", "2 min".
std::string FormatDuration(std::int64_t microseconds);

}  // namespace bk::capture::talk
