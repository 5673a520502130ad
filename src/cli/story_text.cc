#include "cli/story_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/evidence_json.h"
#include "cli/doctor_text.h"

namespace bk::cli {
namespace {

constexpr std::size_t kLinksShown = 40;
constexpr std::size_t kEventsShown = 40;

class StoryWriter {
 public:
  StoryWriter(const Style& style, app::Privacy& privacy, bool verbose)
      : style_(style), privacy_(privacy), verbose_(verbose) {}

  void Heading(std::string_view text) { out_ += "\n" + style_.Paint(Tone::kStrong, text) + "\n"; }
  void Line(std::size_t indent, std::string_view text, Tone tone = Tone::kPlain) {
    const std::string safe = privacy_.Scrub(app::ValidUtf8(text));
    out_ +=
        std::string(indent, ' ') + style_.Paint(tone, style_.Wrap(safe, indent, indent + 2)) + "\n";
  }

  void Files(const app::Reading& reading) {
    for (const app::ReadFile& file : reading.files) {
      std::string text = file.member.empty() ? file.path : file.path + " » " + file.member;
      text += ": " + file.format;
      if (file.packets != 0)
        text += fmt::format(", {} packets, {} to {}", file.packets, FormatInstant(file.first),
                            FormatInstant(file.last));
      Line(0, text);
    }
  }

  void Links(const capture::Story& story) {
    Heading(fmt::format("Links in {}{}: {}", story.file,
                        story.member.empty() ? "" : " » " + story.member, story.links.size()));
    const std::size_t count = Shown(story.links.size(), kLinksShown);
    for (std::size_t i = 0; i < count; ++i) {
      // The first sentence says which link it is; what it tells stands under it.
      const std::string_view text = story.links[i].text;
      const std::size_t end = std::min(text.find(". "), text.size());
      if (i != 0) out_ += '\n';
      Line(2, text.substr(0, std::min(end + 1, text.size())), Tone::kStrong);
      if (end + 2 < text.size()) Line(4, text.substr(end + 2));
    }
    More(story.links.size() - count, "links");
  }

  // What came together in one, each other clock's by itself: times of two clocks are never mixed.
  void Timeline(const app::Timeline& timeline) {
    for (const app::TimelineClock& clock : timeline.clocks)
      if (!clock.text.empty()) {
        if (!clocks_told_) Heading("Clocks");
        clocks_told_ = true;
        Line(2, clock.text);
      }
    const auto group = [](const app::TimelineEntry& entry) {
      return entry.aligned.known() ? kTogether : entry.clock;
    };
    std::span<const app::TimelineEntry> rest = timeline.entries;
    while (!rest.empty()) {
      const std::size_t of = group(rest.front());
      const auto end = std::ranges::find_if(rest, [&](const auto& e) { return group(e) != of; });
      const auto size = static_cast<std::size_t>(end - rest.begin());
      Events(timeline, of, rest.first(size));
      rest = rest.subspan(size);
    }
  }

  void Events(const app::Timeline& timeline, std::size_t of,
              std::span<const app::TimelineEntry> entries) {
    Heading(of == kTogether ? "Timeline, on the clock of " + CommonSource(timeline)
                            : "Timeline of " + timeline.clocks[of].source);
    const std::size_t count = Shown(entries.size(), kEventsShown);
    for (const app::TimelineEntry& entry : entries.first(count)) {
      const evidence::Event& event = entry.event;
      if (of != kTogether) {
        Line(2, fmt::format("{}  {}", FormatInstant(event.at), event.text));
      } else {
        Line(2, fmt::format("{}  {}: {}", FormatInstant(entry.aligned),
                            evidence::SourceName(event.source), event.text));
      }
    }
    More(entries.size() - count, "events");
  }

  void Losses(const std::vector<evidence::Loss>& losses) {
    for (const evidence::Loss& loss : losses) {
      if (!losses_told_) Heading("What could not be read");
      losses_told_ = true;
      const std::string place = PlaceText(loss.where);
      Line(2, fmt::format("{} × {}: {}{}", loss.count, evidence::LossName(loss.kind), loss.text,
                          place.empty() ? "" : fmt::format(" [{}]", place)));
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  static constexpr std::size_t kTogether = static_cast<std::size_t>(-1);

  static std::string CommonSource(const app::Timeline& timeline) {
    for (const app::TimelineClock& clock : timeline.clocks)
      if (clock.common) return clock.source;
    return "the case";
  }
  [[nodiscard]] std::size_t Shown(std::size_t all, std::size_t few) const {
    return verbose_ ? all : std::min(all, few);
  }
  void More(std::size_t count, std::string_view what) {
    if (count != 0) Line(2, fmt::format("and {} more {} (-v)", count, what), Tone::kFaint);
  }

  const Style& style_;
  app::Privacy& privacy_;
  bool verbose_;
  bool losses_told_ = false;
  bool clocks_told_ = false;
  std::string out_;
};

}  // namespace

std::string StoryText(const app::Reading& reading, const Style& style, app::Privacy& privacy,
                      bool verbose) {
  StoryWriter out(style, privacy, verbose);
  out.Files(reading);
  for (const capture::Story& story : reading.stories) out.Links(story);
  out.Timeline(reading.timeline);
  for (const capture::Story& story : reading.stories) out.Losses(story.losses);
  out.Losses(reading.texts.losses);
  return out.Take();
}

}  // namespace bk::cli
