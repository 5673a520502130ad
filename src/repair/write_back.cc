#include "repair/write_back.h"

#include <algorithm>

#include "repair/messages.h"

namespace bk::repair {
namespace {

constexpr std::chrono::milliseconds kLook{300};  // between two looks at a value that takes a while

}  // namespace

Reading ReadUntil(const Workplace& place, const SettingId& id, const SettingValue& to,
                  Patience patience) {
  Reading now = ReadSetting(place.phone, place.traits, id);
  for (auto left = SettleTime(id); left.count() > 0; left -= kLook) {
    if (!now || Same(id, *now, to)) break;
    const auto pause = std::min(left, kLook);
    if (patience == Patience::kToTheEnd)
      place.clock.WaitOut(pause);
    else if (!place.clock.Wait(pause))
      break;
    now = ReadSetting(place.phone, place.traits, id);
  }
  return now;
}

Reading ReadSettled(const Workplace& place, const SettingId& id) {
  Reading now = ReadSetting(place.phone, place.traits, id);
  for (auto left = SettleTime(id); now && !IsSettled(id, *now) && left.count() > 0; left -= kLook) {
    if (!place.clock.Wait(std::min(left, kLook))) break;
    now = ReadSetting(place.phone, place.traits, id);
  }
  return now;
}

Written WriteAndSee(const Workplace& place, const SettingId& id, const SettingValue& before,
                    const SettingValue& to, Patience patience) {
  Writing writing = WriteSetting(place.phone, place.traits, id, before, to);
  Written written{.refused = std::move(writing.refused), .now = std::move(writing.now)};
  const auto as_wanted = [&] { return written.now.has_value() && Same(id, *written.now, to); };
  // Refused by the phone is not the last word: what happened is what it says afterwards. A slow one
  // may have done at once what it took too long to answer.
  const bool no_answer = written.refused && written.refused->why == Refusal::Why::kNoAnswer;
  const bool settles = (!written.refused || written.refused->why == Refusal::Why::kNoEffect) &&
                       SettleTime(id).count() > 0;
  if (!as_wanted() && (no_answer || settles)) written.now = ReadUntil(place, id, to, patience);
  written.done = as_wanted();
  if (written.done)
    written.refused.reset();
  else if (!written.refused)
    written.refused =
        written.now ? Refusal{.why = Refusal::Why::kNoEffect,
                              .sentence = place.traits.Say(kRefusalSays.nothing_changed,
                                                           {{"what", Describe(place.traits, id)}})}
                    : written.now.error();
  return written;
}

}  // namespace bk::repair
