#include "app/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "app/evidence_json.h"
#include "app/messages.h"
#include "app/shared_moments.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using evidence::ClockLink;
using evidence::ClockLinkOutcome;
using evidence::SharedMoment;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
// Each is linked with the common clock: more captures than this in one case stay apart.
constexpr std::size_t kLinkedClocksMax = 64;

std::string FileName(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

void Sort(Timeline& timeline) {
  std::ranges::stable_sort(timeline.entries, {}, [](const TimelineEntry& entry) {
    return entry.aligned.known() ? std::tuple(std::size_t{0}, entry.aligned.us)
                                 : std::tuple(entry.clock + 1, entry.event.at.us);
  });
}

bool IsOfBand(const evidence::Event& event) { return event.source == evidence::SourceKind::kBand; }

class Builder {
 public:
  Builder(std::span<const capture::Story> stories, std::span<const android::PhoneState> phones,
          const language::Language& language)
      : stories_(stories), phones_(phones), language_(language) {}

  Timeline Build(std::vector<evidence::Event> events) && {
    NameClocks();
    for (evidence::Event& event : events) {
      const std::size_t clock = ClockOf(event);
      ++timeline_.clocks[clock].events;
      timeline_.entries.push_back({.event = std::move(event), .clock = clock});
    }
    Link();
    Align();
    Sort(timeline_);
    return std::move(timeline_);
  }

 private:
  struct Source {
    std::size_t story = kNone, phone = kNone;
    std::vector<SharedMoment> moments;
  };

  [[nodiscard]] std::string Say(const Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return language_.Say(message, arguments);
  }
  [[nodiscard]] std::string Named(const Message& source, const std::string& file) const {
    return Say(kTimelineSays.named, {{"source", Say(source)}, {"file", file}});
  }

  std::size_t AddClock(ClockKind kind, std::string source, Source of) {
    timeline_.clocks.push_back({.kind = kind, .source = std::move(source)});
    sources_.push_back(std::move(of));
    return timeline_.clocks.size() - 1;
  }

  void NameClocks() {
    for (std::size_t i = 0; i < phones_.size(); ++i) {
      const android::PhoneState& phone = phones_[i];
      const bool report = phone.header.has_value();
      const Message& source = report ? kTimelineSays.the_report : kTimelineSays.the_log;
      const std::string name = phones_.size() > 1 && !phone.texts.empty()
                                   ? Named(source, FileName(phone.texts.front().file))
                                   : Say(source);
      for (const ClockKind kind : {ClockKind::kWall, ClockKind::kLogcat}) {
        auto moments = MomentsOf(phone, kind);
        // A log's moments stand on the report's clock already.
        if (kind == ClockKind::kLogcat && PhoneTime(phone, LogcatTime{0}).known()) moments.clear();
        AddClock(kind, name, {.phone = i, .moments = std::move(moments)});
      }
    }
    for (std::size_t i = 0; i < stories_.size(); ++i) {
      std::string name = Say(kTimelineSays.the_capture);
      if (stories_.size() > 1)
        name = Named(kTimelineSays.the_capture,
                     FileName(stories_[i].member.empty() ? stories_[i].file : stories_[i].member));
      AddClock(ClockKind::kSnoop, std::move(name), {.story = i, .moments = MomentsOf(stories_[i])});
    }
  }

  // The clock of the source that told the event; a new one for what no source of ours names.
  std::size_t ClockOf(const evidence::Event& event) {
    if (IsOfBand(event)) {
      if (computer_ == kNone) {
        computer_ = AddClock(event.at.clock, Say(kTimelineSays.this_computer), {});
        timeline_.clocks[computer_].computer = true;
      }
      return computer_;
    }
    std::size_t alike = kNone;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (i == computer_) continue;
      if (timeline_.clocks[i].kind != event.at.clock) continue;
      if (Tells(sources_[i], event.where)) return i;
      if (alike == kNone) alike = i;
    }
    if (alike != kNone) return alike;
    return AddClock(event.at.clock,
                    Say(event.source == evidence::SourceKind::kCapture ? kTimelineSays.the_capture
                                                                       : kTimelineSays.the_log),
                    {.phone = phones_.empty() ? kNone : 0});
  }

  [[nodiscard]] bool Tells(const Source& source, const evidence::Where& where) const {
    if (source.story != kNone)
      return stories_[source.story].file == where.file &&
             stories_[source.story].member == where.member;
    if (source.phone == kNone) return false;
    return std::ranges::any_of(phones_[source.phone].texts, [&](const auto& text) {
      return text.file == where.file && where.member.starts_with(text.member);
    });
  }

  void Link() {
    const std::size_t common = ChooseCommon();
    if (common == kNone) return;
    timeline_.clocks[common].common = true;
    common_ = common;
    std::vector<SharedMoment> known = sources_[common].moments;
    // What one source shares with the common clock may be what another shares with that source.
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < std::min(sources_.size(), kLinkedClocksMax); ++i) {
        TimelineClock& clock = timeline_.clocks[i];
        if (i == common || clock.map || sources_[i].moments.empty()) continue;
        ClockLink link =
            LinkClocks(sources_[i].moments, clock.kind, known, timeline_.clocks[common].kind);
        clock.text = Sentence(clock, timeline_.clocks[common], link);
        if (!link.map) continue;
        clock.map = link.map;
        more = true;
        for (SharedMoment moment : sources_[i].moments) {
          moment.us += link.map->offset_us;
          moment.handle = -1;
          known.push_back(std::move(moment));
        }
      }
    }
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      TimelineClock& clock = timeline_.clocks[i];
      if (i == common || !clock.text.empty() || SamePhoneClock(i)) continue;
      if (clock.events == 0 && !IsLogOf(i)) continue;
      if (clock.kind == ClockKind::kNone || clock.kind == ClockKind::kBoot) continue;
      clock.text = Sentence(clock, timeline_.clocks[common], {});
    }
  }

  // Unless two clocks come together, an event's own time says it all.
  void Align() {
    bool together = false;
    for (TimelineEntry& entry : timeline_.entries) {
      entry.aligned = Aligned(entry);
      together |= entry.clock != common_ && entry.aligned.known();
    }
    if (together) return;
    for (TimelineEntry& entry : timeline_.entries) entry.aligned = {};
  }

  // The first phone's clock that tells most of links; without phones the first capture's.
  [[nodiscard]] std::size_t ChooseCommon() const {
    std::size_t best = kNone;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      const ClockKind kind = timeline_.clocks[i].kind;
      if (sources_[i].phone == kNone || (kind != ClockKind::kWall && kind != ClockKind::kLogcat))
        continue;
      const auto weight = [&](std::size_t at) {
        return std::pair(sources_[at].moments.size(), timeline_.clocks[at].events);
      };
      if (best == kNone || (sources_[i].phone == sources_[best].phone && weight(i) > weight(best)))
        best = i;
    }
    if (best != kNone && (timeline_.clocks[best].events != 0 || !sources_[best].moments.empty()))
      return best;
    for (std::size_t i = 0; i < sources_.size(); ++i)
      if (sources_[i].story != kNone) return i;
    return best;
  }

  // A log that tells nothing of Bluetooth is there all the same.
  [[nodiscard]] bool IsLogOf(std::size_t clock) const {
    const std::size_t phone = sources_[clock].phone;
    return phone != kNone && phones_[phone].log.lines != 0 &&
           phones_[phone].log.first.clock == timeline_.clocks[clock].kind;
  }

  [[nodiscard]] bool SamePhoneClock(std::size_t clock) const {
    const std::size_t phone = sources_[clock].phone;
    return phone != kNone && phone == sources_[common_].phone &&
           timeline_.clocks[common_].kind == ClockKind::kWall &&
           PhoneTime(phones_[phone], LogcatTime{0}).known();
  }

  [[nodiscard]] AnyInstant Aligned(const TimelineEntry& entry) const {
    if (common_ == kNone || !entry.event.at.known()) return {};
    if (entry.clock == common_) return entry.event.at;
    if (const auto& map = timeline_.clocks[entry.clock].map) return map->Map(entry.event.at);
    if (SamePhoneClock(entry.clock))
      return PhoneTime(phones_[sources_[entry.clock].phone], entry.event.at);
    return {};
  }

  [[nodiscard]] std::string Sentence(const TimelineClock& clock, const TimelineClock& common,
                                     const ClockLink& link) const {
    const std::vector<language::Argument> both = {{"clock", clock.source},
                                                  {"common", common.source}};
    switch (link.outcome) {
      case ClockLinkOutcome::kLinked: {
        AnyInstant first;
        first.clock = clock.kind;
        for (const TimelineEntry& entry : timeline_.entries)
          if (&timeline_.clocks[entry.clock] == &clock) {
            first.us = entry.event.at.us;
            break;
          }
        if (first.us == 0) first.us = sources_[&clock - timeline_.clocks.data()].moments.front().us;
        return Say(kTimelineSays.linked,
                   {{"clock", clock.source},
                    {"common", common.source},
                    {"moments", link.map->moments},
                    {"offset", link.map->OffsetText(first)},
                    {"seconds", fmt::format("{:.1f}", static_cast<double>(std::max<std::int64_t>(
                                                          link.map->spread_us, 50'000)) /
                                                          1e6)}});
      }
      case ClockLinkOutcome::kNoSharedMoments:
        return Say(kTimelineSays.none_shared, both);
      case ClockLinkOutcome::kTooFew:
        return Say(kTimelineSays.too_few,
                   {{"clock", clock.source}, {"common", common.source}, {"moments", link.moments}});
      case ClockLinkOutcome::kAmbiguous:
        return Say(kTimelineSays.ambiguous, both);
    }
    return {};
  }

  std::span<const capture::Story> stories_;
  std::span<const android::PhoneState> phones_;
  std::vector<Source> sources_;  // one per clock
  const language::Language& language_;
  std::size_t common_ = kNone, computer_ = kNone;
  Timeline timeline_;
};

Json ClockJson(const TimelineClock& clock, Privacy& privacy) {
  Json json = {{"clock", ClockName(clock.kind)},
               {"source", privacy.Scrub(ValidUtf8(clock.source))},
               {"events", clock.events},
               {"common", clock.common}};
  if (clock.map) {
    json["moments"] = clock.map->moments;
    json["offset_us"] = clock.map->offset_us;
    json["spread_ms"] = clock.map->spread_us / 1000;
  }
  if (!clock.text.empty()) json["text"] = privacy.Scrub(ValidUtf8(clock.text));
  return json;
}

}  // namespace

bool Timeline::linked() const {
  return std::ranges::any_of(clocks,
                             [](const TimelineClock& clock) { return clock.map.has_value(); });
}

Timeline BuildTimeline(std::span<const capture::Story> stories,
                       std::span<const android::PhoneState> phones,
                       std::vector<evidence::Event> events, const language::Language& language) {
  return Builder(stories, phones, language).Build(std::move(events));
}

void RenewBandEvents(Timeline& timeline, std::span<const evidence::Event> events,
                     const language::Language& language) {
  std::erase_if(timeline.entries, [](const TimelineEntry& entry) { return IsOfBand(entry.event); });
  auto own = std::ranges::find(timeline.clocks, true, &TimelineClock::computer);
  if (own == timeline.clocks.end()) {
    if (events.empty()) return;
    own = timeline.clocks.insert(timeline.clocks.end(),
                                 {.kind = ClockKind::kWall, .source = {}, .computer = true});
  }
  own->source = language.Say(kTimelineSays.this_computer);
  own->events = events.size();
  const auto common = std::ranges::find(timeline.clocks, true, &TimelineClock::common);
  own->text = common == timeline.clocks.end() || events.empty()
                  ? std::string()
                  : language.Say(kTimelineSays.none_shared,
                                 {{"clock", own->source}, {"common", common->source}});
  const auto clock = static_cast<std::size_t>(own - timeline.clocks.begin());
  for (const evidence::Event& event : events)
    timeline.entries.push_back({.event = event, .clock = clock});
  Sort(timeline);
}

Json ToJson(const TimelineEntry& entry, Privacy& privacy) {
  Json json = ToJson(entry.event, privacy);
  if (entry.aligned.known())
    json["aligned"] = {{"clock", ClockName(entry.aligned.clock)},
                       {"text", FormatInstant(entry.aligned)}};
  return json;
}

Json ClocksJson(const Timeline& timeline, Privacy& privacy) {
  Json json = Json::array();
  for (const TimelineClock& clock : timeline.clocks)
    if (clock.events != 0 || clock.common || !clock.text.empty())
      json.push_back(ClockJson(clock, privacy));
  return json;
}

}  // namespace bk::app
