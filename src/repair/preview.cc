// What a step would do, without doing it.
#include <map>

#include "repair/actions/pages.h"
#include "repair/messages.h"
#include "repair/step.h"

namespace bk::repair {
namespace {

constexpr const StepMessages& kSays = kStepSays;

// The commands of the first way.
std::vector<std::string> FirstLines(const std::vector<Way>& ways) {
  std::vector<std::string> lines;
  if (!ways.empty())
    for (const ports::PhoneCommand& command : ways.front())
      lines.push_back("adb shell " + command.line);
  return lines;
}

PreviewLine PreviewOf(const ChangeSetting& move, const Reading& now, const PhoneTraits& traits) {
  PreviewLine line;
  if (!now) {
    line.what = traits.Say(kUndoSays.cannot, {{"what", Describe(traits, move.setting)},
                                              {"why", now.error().sentence}});
    line.already = move.optional;
    return line;
  }
  line.already = Same(move.setting, *now, move.to) || !OursToChange(move, *now);
  if (line.already) {
    line.what =
        traits.Say(kSays.would_read, {{"what", Describe(traits, move.setting)},
                                      {"value", DescribeValue(traits, move.setting, *now)}});
    return line;
  }
  line.what = DescribeChange(traits, move.setting, *now, move.to);
  if (move.temporary) line.what = traits.Say(kSays.for_a_moment, {{"change", line.what}});
  const auto ways = WaysToWrite(traits, move.setting, move.to);
  if (!ways)
    line.what += ": " + ways.error().sentence;
  else
    line.commands = FirstLines(*ways);
  return line;
}

PreviewLine PreviewOf(const PutBack&, const PhoneTraits& traits) {
  return {.what = traits.Say(kSays.put_back)};
}
PreviewLine PreviewOf(const Deed& move, const PhoneTraits&) {
  return {.what = move.what, .commands = FirstLines(move.ways)};
}
PreviewLine PreviewOf(const OpenPage& move, const PhoneTraits& traits) {
  return {.what = traits.Say(kSays.open_for_finger, {{"page", move.what}}),
          .commands = FirstLines(move.ways)};
}
PreviewLine PreviewOf(const Pause& move, const PhoneTraits& traits) {
  return {.what = traits.Say(kSays.wait, {{"seconds", (move.time.count() + 999) / 1000}})};
}
PreviewLine PreviewOf(const RestartPhone&, const PhoneTraits& traits) {
  return {.what = traits.Say(kSays.restart), .commands = {"adb reboot"}};
}

// `more`: of the same name, and something to do.
void Join(PreviewLine& line, PreviewLine more) {
  if (line.already) {
    line = std::move(more);
    return;
  }
  line.commands.insert(line.commands.end(), more.commands.begin(), more.commands.end());
}

}  // namespace

PreviewLine PreviewHome(const PhoneTraits& traits) {
  return {.what = traits.Say(kSays.press_home), .commands = FirstLines(actions::WaysHome())};
}

std::vector<PreviewLine> Preview(const Action& action, bool by_finger, ports::Phone& phone,
                                 const PhoneTraits& traits) {
  const std::vector<Move>& moves = by_finger ? action.by_finger : action.moves;
  std::vector<SettingId> ids;
  for (const Move& move : moves)
    if (const auto* change = std::get_if<ChangeSetting>(&move)) ids.push_back(change->setting);
  const std::vector<Reading> readings = ReadSettings(phone, traits, ids);
  std::map<std::string, Reading> now;
  for (std::size_t i = 0; i < ids.size(); ++i) now.emplace(ids[i].text, readings[i]);
  std::vector<PreviewLine> lines;
  std::map<std::string, std::size_t> line_of;  // by what a setting is called
  for (const Move& move : moves) {
    if (const auto* change = std::get_if<ChangeSetting>(&move)) {
      Reading& reading = now.at(change->setting.text);
      // One mode of an app and one of its user id read alike for a person: one line for both.
      const std::string name = Describe(traits, change->setting);
      PreviewLine line = PreviewOf(*change, reading, traits);
      const auto [named, fresh] = line_of.emplace(name, lines.size());
      if (fresh)
        lines.push_back(std::move(line));
      else if (!line.already)
        Join(lines[named->second], std::move(line));
      if (reading) reading = change->to;
    } else if (const auto* await = std::get_if<AwaitSetting>(&move)) {
      lines.push_back(
          {.what = traits.Say(kSays.look, {{"seconds", await->time_out.count() / 1000},
                                           {"what", Describe(traits, await->setting)}})});
    } else {
      std::visit(
          [&](const auto& other) {
            using T = std::decay_t<decltype(other)>;
            if constexpr (!std::is_same_v<T, ChangeSetting> && !std::is_same_v<T, AwaitSetting>)
              lines.push_back(PreviewOf(other, traits));
          },
          move);
    }
  }
  return lines;
}

}  // namespace bk::repair
