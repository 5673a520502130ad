#include "capture/talk/notebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace bk::capture::talk {
namespace {

evidence::Where At(Moment at) {
  evidence::Where where;
  where.packet = at.packet;
  where.time = at.time;
  return where;
}

}  // namespace

void Notebook::Reach(Stage stage, Moment at) {
  if (!Reached(stage)) report_.stages.push_back({stage, at.time, at.packet});
}

bool Notebook::Reached(Stage stage) const {
  return std::ranges::any_of(report_.stages,
                             [&](const StageMark& mark) { return mark.stage == stage; });
}

void Notebook::Say(std::string sentence, Moment at) {
  if (report_.sentences.size() >= kSentencesMax) return;
  if (report_.sentences.size() + 1 == kSentencesMax)
    sentence = "More happened on this link than is told here.";
  report_.sentences.push_back(std::move(sentence));
  report_.sentence_packets.push_back(at.packet);
}

TalkReport Notebook::Take() {
  // Summaries are said last; told where they belong.
  std::vector<std::size_t> order(report_.sentences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return report_.sentence_packets[i]; });
  std::vector<std::string> sentences;
  std::vector<std::uint64_t> packets;
  for (const std::size_t i : order) {
    sentences.push_back(std::move(report_.sentences[i]));
    packets.push_back(report_.sentence_packets[i]);
  }
  report_.sentences = std::move(sentences);
  report_.sentence_packets = std::move(packets);
  return std::move(report_);
}

void Notebook::Happened(std::string_view kind, std::string text, Moment at) {
  if (report_.events.size() >= kEventsMax) {
    Lost(evidence::LossKind::kTooLarge,
         "more happened between phone and band than one link's timeline holds", at);
    return;
  }
  report_.events.push_back(
      {at.time, std::string(kind), std::move(text), evidence::SourceKind::kCapture, At(at)});
}

void Notebook::Found(std::string_view id, evidence::FindingValue value, std::string text,
                     Moment at) {
  evidence::Finding finding{std::string(id), std::move(value), evidence::SourceKind::kCapture,
                            At(at), std::move(text)};
  const auto same = [&](const evidence::Finding& other) { return other.id == id; };
  if (std::ranges::count_if(report_.findings, same) >= 2) {
    const auto last =
        std::ranges::find_if(report_.findings.rbegin(), report_.findings.rend(), same);
    report_.findings.erase(std::next(last).base());
  }
  report_.findings.push_back(std::move(finding));
}

void Notebook::Lost(evidence::LossKind kind, std::string text, Moment at, std::uint64_t count) {
  evidence::AddLoss(report_.losses, {kind, At(at), count, std::move(text)});
}

std::string FormatDuration(std::int64_t microseconds) {
  const double seconds = static_cast<double>(microseconds) / 1e6;
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  if (seconds < 120) return fmt::format("{:.0f} s", seconds);
  return fmt::format("{:.0f} min", seconds / 60);
}

}  // namespace bk::capture::talk
