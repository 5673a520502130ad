#include "repair/undo.h"

#include <algorithm>

#include "repair/messages.h"
#include "repair/write_back.h"

namespace bk::repair {
namespace {

constexpr std::chrono::milliseconds kCommandOutlivesUs{2'000};

std::string Told(const Workplace& place, const Change& change, const SettingValue& from) {
  return DescribeChange(place.traits, change.setting, from, change.before);
}

bool Gone(const Refusal& refusal) { return refusal.why == Refusal::Why::kNoAnswer; }

// Whether the person wants a later change of this setting to stay. What stands there is then
// theirs, even where it happens to be what this older change left.
bool LaterOneStays(const RepairJournal& journal, const Change& change) {
  const Repair* const own = journal.Find(change.repair);
  if (own == nullptr) return false;
  return std::ranges::any_of(journal.repairs(), [&](const Repair& repair) {
    return repair.phone == own->phone &&
           std::ranges::any_of(repair.changes, [&](const Change& other) {
             return other.number > change.number && other.setting == change.setting &&
                    other.state == Change::State::kLeft;
           });
  });
}

enum class Whose : std::uint8_t { kOurs, kTheirs };

// kTheirs: what stands there is not put back without asking, whatever it is.
Undone UndoOne(const Change& change, const Workplace& place, const AskAnyway& ask,
               Whose whose = Whose::kOurs) {
  const PhoneTraits& traits = place.traits;
  const std::string what = Describe(traits, change.setting);
  Undone undone{.change = change.number};
  const auto cannot = [&](std::string_view why) {
    undone.how = Undone::How::kCannot;
    undone.text = traits.Say(kUndoSays.cannot, {{"what", what}, {"why", why}});
    return undone;
  };
  if (!change.undoable()) {
    undone.how = change.state == Change::State::kLeft ? Undone::How::kLeft : Undone::How::kAlready;
    undone.text = traits.Say(kUndoSays.nothing_left, {{"what", what}});
    return undone;
  }
  if (!IsKnown(change.setting) || !CanBeWritten(change.setting)) {
    undone.text = traits.Say(kUndoSays.unknown_setting, {{"id", change.setting.text}});
    return undone;
  }
  // A command that was given just before a crash may still be at work on the phone.
  if (change.state == Change::State::kOpen && SettleTime(change.setting).count() > 0)
    place.clock.WaitOut(kCommandOutlivesUs);
  Reading now = ReadSetting(place.phone, place.traits, change.setting);
  // In between ("changing"): what we wrote, or what somebody wrote, is about to show.
  if (now && !Same(change.setting, *now, change.before) && !Same(change.setting, *now, change.left))
    now = ReadUntil(place, change.setting, change.left, Patience::kToTheEnd);
  if (!now) {
    undone.phone_gone = Gone(now.error());
    return cannot(now.error().sentence);
  }
  if (Same(change.setting, *now, change.before)) {
    (void)place.journal.Restored(change.number, *now);
    undone.how = Undone::How::kAlready;
    undone.text =
        traits.Say(kUndoSays.as_it_was,
                   {{"what", what}, {"value", DescribeValue(traits, change.setting, *now)}});
    return undone;
  }
  if (whose == Whose::kTheirs || !Same(change.setting, *now, change.left) ||
      LaterOneStays(place.journal, change)) {
    const std::string text =
        traits.Say(kUndoSays.changed_since,
                   {{"what", what},
                    {"now", DescribeValue(traits, change.setting, *now)},
                    {"left", DescribeValue(traits, change.setting, change.left)},
                    {"before", DescribeValue(traits, change.setting, change.before)}});
    if (!ask || !ask(change, *now, text)) {
      // Without anybody to ask it stays open: the next one who undoes may be asked.
      if (ask) (void)place.journal.LeaveAs(change.number, "changed since, wanted so");
      undone.how = Undone::How::kLeft;
      undone.text = traits.Say(kUndoSays.stays_so, {{"text", text}});
      return undone;
    }
  }
  const Written written =
      WriteAndSee(place, change.setting, *now, change.before, Patience::kToTheEnd);
  if (!written.done) {
    undone.phone_gone = Gone(*written.refused);
    return cannot(written.refused->sentence);
  }
  (void)place.journal.Restored(change.number, *written.now);
  undone.how = Undone::How::kRestored;
  undone.text = Told(place, change, *now);
  if (const std::string note = RestoreNote(traits, change.setting); !note.empty())
    undone.text.append(" ").append(note);
  return undone;
}

// What the phone refuses to put back may come about by itself, once what was changed before it is
// back: Bluetooth that only airplane mode had switched off.
void LookAgain(const std::vector<Change>& changes, const Workplace& place, const AskAnyway& ask,
               std::vector<Undone>& all) {
  if (std::ranges::none_of(
          all, [](const Undone& undone) { return undone.how == Undone::How::kRestored; }))
    return;
  for (Undone& undone : all) {
    if (undone.how != Undone::How::kCannot || undone.phone_gone) continue;
    const auto change = std::ranges::find(changes, undone.change, &Change::number);
    if (!IsKnown(change->setting)) continue;
    const Reading now = ReadUntil(place, change->setting, change->before, Patience::kToTheEnd);
    if (now && Same(change->setting, *now, change->before)) undone = UndoOne(*change, place, ask);
  }
}

std::vector<Undone> UndoAll(std::uint64_t repair, const Workplace& place, const AskAnyway& ask,
                            bool only_temporary) {
  std::vector<Undone> all;
  const Repair* const known = place.journal.Find(repair);
  if (known == nullptr) return all;
  // A copy: the journal's own list grows and moves while we write.
  const std::vector<Change> changes = known->changes;
  std::vector<SettingId> stay;  // said or, with nobody to ask, taken to stay as they are
  const AskAnyway no = [](const Change&, const SettingValue&, std::string_view) { return false; };
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (!change->undoable() || (only_temporary && !change->temporary)) continue;
    // One answer holds for all changes of a setting: the older ones ask no second time.
    const bool stays = std::ranges::find(stay, change->setting) != stay.end();
    all.push_back(stays ? UndoOne(*change, place, ask ? no : ask, Whose::kTheirs)
                        : UndoOne(*change, place, ask));
    if (all.back().phone_gone) break;
    if (all.back().how == Undone::How::kLeft) stay.push_back(change->setting);
  }
  LookAgain(changes, place, ask, all);
  return all;
}

}  // namespace

Undone UndoChange(const Change& change, const Workplace& place, const AskAnyway& ask) {
  return UndoOne(change, place, ask);
}

std::vector<Undone> UndoRepair(std::uint64_t repair, const Workplace& place, const AskAnyway& ask) {
  std::vector<Undone> all = UndoAll(repair, place, ask, false);
  const Repair* const after = place.journal.Find(repair);
  if (after != nullptr && !after->ended && !after->undoable())
    (void)place.journal.EndRepair(repair, "rolled back");
  return all;
}

std::vector<Undone> PutBackTemporary(std::uint64_t repair, const Workplace& place) {
  return UndoAll(repair, place, nullptr, true);
}

std::vector<std::uint64_t> HotRepairs(const RepairJournal& journal, std::string_view serial) {
  const std::string mark = PhoneMark(serial);
  std::vector<std::uint64_t> hot;
  for (const Repair& repair : journal.repairs())
    if (repair.hot() && (serial.empty() || repair.phone == mark)) hot.push_back(repair.number);
  std::ranges::reverse(hot);
  return hot;
}

}  // namespace bk::repair
