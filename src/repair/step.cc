#include "repair/step.h"

#include <algorithm>
#include <array>
#include <map>

#include "repair/actions/pages.h"
#include "repair/messages.h"
#include "repair/settings/reply.h"
#include "repair/undo.h"
#include "repair/write_back.h"

namespace bk::repair {
namespace {

using End = StepResult::End;
using std::chrono::milliseconds;

constexpr milliseconds kLookAgain{1'000};  // at what is awaited of a person
constexpr const StepMessages& kSays = kStepSays;
constexpr milliseconds kRestart{5 * 60'000};  // an old phone that optimises its apps

// The journal holds English, or what is not English by its id.
std::string ForJournal(const PhoneTraits& traits, const std::optional<Refusal>& refused) {
  if (!refused) return "no effect";
  const bool english = traits.language == nullptr || traits.language->IsEnglish();
  return english ? refused->sentence : std::string(WhyName(refused->why));
}

// The answer of the first way that is not refused, or the last refusal.
std::optional<Refusal> TryWays(const std::vector<Way>& ways, ports::Phone& phone,
                               const PhoneTraits& traits) {
  Refusal last{.why = Refusal::Why::kNotHere, .sentence = traits.Say(kRefusalSays.no_way_to_do)};
  for (const Way& way : ways) {
    std::optional<Refusal> refused;
    for (const ports::PhoneCommand& command : way) {
      refused = RefusalInReply(traits, phone.Run(command));
      if (refused) break;
    }
    if (!refused) return std::nullopt;
    last = *std::move(refused);
    if (last.why == Refusal::Why::kNoAnswer) break;
  }
  return last;
}

class Executor {
 public:
  Executor(const Action& action, const std::vector<Move>& moves, const Workplace& place,
           StepTeller& teller)
      : action_(action), moves_(moves), place_(place), teller_(teller) {}

  StepResult Run() {
    RememberBegin();
    for (std::size_t i = 0; i < moves_.size() && result_.done(); ++i) {
      if (place_.clock.stopped()) {
        Fail(End::kStopped, Say(kSays.stopped));
        break;
      }
      next_ = i + 1 < moves_.size() ? &moves_[i + 1] : nullptr;
      std::visit([this](const auto& move) { Do(move); }, moves_[i]);
    }
    PutAllBack();
    if (result_.end == End::kDone && !acted_) result_.end = End::kAlready;
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string Say(const Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return place_.traits.Say(message, arguments);
  }
  void Fail(End end, std::string sentence) {
    result_.end = end;
    result_.sentence = std::move(sentence);
  }
  void Refuse(Refusal refusal) {
    const bool gone = refusal.why == Refusal::Why::kNoAnswer;
    Fail(place_.clock.stopped() ? End::kStopped
         : gone                 ? End::kPhoneGone
                                : End::kRefused,
         refusal.sentence);
    result_.refusal = std::move(refusal);
  }
  void NoJournal(const Error& error) {
    Fail(End::kJournal, Say(kSays.no_record, {{"why", error.message}}));
  }

  // Records a deed before it is done; false: it cannot be, so it must not.
  bool Promised(std::string_view deed) {
    const Status promised = place_.journal.WillDo(place_.repair, action_.fix, deed);
    if (!promised) NoJournal(promised.error());
    acted_ = acted_ || promised;
    return promised.has_value();
  }

  // What an Await of "any other value" compares with.
  void RememberBegin() {
    std::vector<SettingId> ids;
    for (const Move& move : moves_) {
      const auto* await = std::get_if<AwaitSetting>(&move);
      if (await != nullptr && await->any_other) ids.push_back(await->setting);
    }
    if (ids.empty()) return;
    std::vector<Reading> readings = ReadSettings(place_.phone, place_.traits, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) begin_[ids[i].text] = std::move(readings[i]);
  }

  void Do(const ChangeSetting& move) {
    Reading before = ReadSettled(place_, move.setting);
    if (before && !IsSettled(move.setting, *before))
      before = std::unexpected(Refusal{
          .why = Refusal::Why::kUnclear,
          .sentence = Say(kSays.just_changing, {{"what", Describe(place_.traits, move.setting)}})});
    if (!before) {
      if (move.optional && before.error().why == Refusal::Why::kNotHere) return;
      Refuse(before.error());
      return;
    }
    if (!OursToChange(move, *before)) return;
    if (Same(move.setting, *before, move.to)) {
      teller_.Tell(Say(kSays.as_it_should,
                       {{"what", Describe(place_.traits, move.setting)},
                        {"value", DescribeValue(place_.traits, move.setting, *before)}}));
      return;
    }
    const auto change = place_.journal.WillChange(place_.repair, {.fix = action_.fix,
                                                                  .setting = move.setting,
                                                                  .before = *before,
                                                                  .to = move.to,
                                                                  .temporary = move.temporary});
    if (!change) {
      NoJournal(change.error());
      return;
    }
    result_.changes.push_back(*change);
    acted_ = true;
    teller_.Tell(DescribeChange(place_.traits, move.setting, *before, move.to));
    const Written written =
        WriteAndSee(place_, move.setting, *before, move.to, Patience::kStoppable);
    // What the phone says is what happened, also where it refused half-way; while it is between two
    // values nobody knows, and the change stays open.
    if (written.now && Same(move.setting, *written.now, *before))
      (void)place_.journal.NotChanged(*change, ForJournal(place_.traits, written.refused));
    else if (written.now && IsSettled(move.setting, *written.now))
      (void)place_.journal.Changed(*change, *written.now);
    if (written.done) {
      if (const std::string caveat = Caveat(place_.traits, move.setting, move.to); !caveat.empty())
        teller_.Tell(caveat);
      return;
    }
    if (move.optional && written.refused->why == Refusal::Why::kNotHere) return;
    Refuse(*written.refused);
  }

  void Do(const PutBack&) {
    if (!PutTemporaryBack()) NotPutBack();
  }
  // A phone that is gone is not asked for another way, but awaited.
  void NotPutBack() {
    if (lost_)
      Fail(End::kPhoneGone, Say(kSays.lost));
    else
      Fail(End::kRefused, Say(kSays.not_put_back));
  }

  void Do(const Deed& move) {
    if (!Promised(move.english.empty() ? move.what : move.english)) return;
    teller_.Tell(Say(kSays.doing, {{"deed", move.what}}));
    if (auto refused = TryWays(move.ways, place_.phone, place_.traits)) Refuse(*std::move(refused));
  }

  void Do(const OpenPage& move) {
    const auto refused = TryWays(move.ways, place_.phone, place_.traits);
    if (refused && refused->why == Refusal::Why::kNoAnswer) {
      Refuse(*refused);
      return;
    }
    acted_ = true;
    const bool seen = next_ != nullptr && std::holds_alternative<AwaitSetting>(*next_);
    if (seen) {
      teller_.ShowPage(move, !refused,
                       Say(refused ? kSays.open_page : kSays.shows_page, {{"page", move.what}}));
      return;
    }
    switch (teller_.AskFinger(move, !refused)) {
      case StepTeller::Finger::kDone:
        return;
      case StepTeller::Finger::kCannot:
        Fail(End::kNotSeen, Say(kSays.not_done));
        return;
      case StepTeller::Finger::kStop:
        Fail(End::kStopped, Say(kSays.stopped));
        return;
    }
  }

  void Do(const AwaitSetting& move) {
    const auto begin = begin_.find(move.setting.text);
    const auto reached = [&](const Reading& now) {
      if (!now) return false;
      if (move.any_other && !*now) return false;
      if (!move.any_other) return Same(move.setting, *now, move.value);
      return begin != begin_.end() && begin->second.has_value() &&
             !Same(move.setting, *now, *begin->second);
    };
    const std::string what = Describe(place_.traits, move.setting);
    const milliseconds until = place_.clock.Now() + move.time_out;
    while (true) {
      const Reading now = ReadSetting(place_.phone, place_.traits, move.setting);
      if (reached(now)) {
        teller_.Tell(
            Say(kSays.reads,
                {{"what", what}, {"value", DescribeValue(place_.traits, move.setting, *now)}}));
        return;
      }
      if (!now && now.error().why != Refusal::Why::kNoAnswer) {
        if (!move.optional) Refuse(now.error());
        return;
      }
      const milliseconds left = until - place_.clock.Now();
      if (left.count() <= 0) {
        if (!now && !move.optional)
          Refuse(now.error());
        else if (!move.optional)
          Fail(End::kNotSeen, Say(kSays.did_not_change,
                                  {{"what", what}, {"seconds", move.time_out.count() / 1000}}));
        return;
      }
      if (!teller_.Waiting(what, left)) {
        Fail(place_.clock.stopped() ? End::kStopped : End::kNotSeen, Say(kSays.not_done));
        return;
      }
      if (!place_.clock.Wait(std::min(left, kLookAgain))) {
        Fail(End::kStopped, Say(kSays.stopped));
        return;
      }
    }
  }

  void Do(const Pause& move) {
    if (!place_.clock.Wait(move.time)) Fail(End::kStopped, Say(kSays.stopped));
  }

  void Do(const RestartPhone&) {
    if (!Promised(kSays.restart.english)) return;
    teller_.Tell(Say(kSays.restarts));
    if (const Status begun = place_.phone.Restart(); !begun) {
      Fail(begun.error().code == ErrorCode::kRefused ? End::kRefused : End::kPhoneGone,
           begun.error().message);
      return;
    }
    if (const Status up = place_.phone.WaitUntilReady(kRestart); !up)
      Fail(up.error().code == ErrorCode::kStopped ? End::kStopped : End::kPhoneGone,
           up.error().message);
  }

  // Last first. False: some of it is still as we left it, or nobody knows.
  bool PutTemporaryBack() {
    bool all = true;
    for (auto number = result_.changes.rbegin(); number != result_.changes.rend(); ++number) {
      const Change* const change = FindChange(*number);
      if (change == nullptr || !change->temporary || !change->undoable()) continue;
      const Undone undone = UndoChange(Change(*change), place_, nullptr);
      teller_.Tell(undone.text);
      lost_ = undone.phone_gone;
      all = all && (undone.how == Undone::How::kRestored || undone.how == Undone::How::kAlready);
    }
    return all;
  }

  void PutAllBack() {
    result_.temporary_left = !PutTemporaryBack();
    if (result_.temporary_left && result_.done()) NotPutBack();
  }

  const Change* FindChange(std::uint64_t number) const {
    const Repair* const repair = place_.journal.Find(place_.repair);
    if (repair == nullptr) return nullptr;
    const auto found = std::ranges::find(repair->changes, number, &Change::number);
    return found == repair->changes.end() ? nullptr : &*found;
  }

  const Action& action_;
  const std::vector<Move>& moves_;
  const Workplace& place_;
  StepTeller& teller_;
  StepResult result_;
  const Move* next_ = nullptr;
  bool lost_ = false;   // the phone, when something was to be put back
  bool acted_ = false;  // something was done, or the person was asked to
  std::map<std::string, Reading> begin_;
};

}  // namespace

std::optional<std::string> PressHome(const Workplace& place, std::string_view fix) {
  const Status promised = place.journal.WillDo(place.repair, fix, kSays.press_home.english);
  if (!promised) return place.traits.Say(kSays.no_record, {{"why", promised.error().message}});
  if (TryWays(actions::WaysHome(), place.phone, place.traits))
    return place.traits.Say(kSays.no_home);
  return std::nullopt;
}

std::string_view EndName(StepResult::End end) {
  constexpr std::array<std::string_view, 7> kNames = {
      "done", "already", "refused", "not_seen", "stopped", "phone_gone", "not_recorded"};
  return kNames[static_cast<std::size_t>(end)];
}

StepResult CarryOut(const Action& action, bool by_finger, const Permit& permit,
                    const Workplace& place, StepTeller& teller) {
  BK_CHECK(permit.fix() == action.fix);
  if (permit.harm() == Harm::kLossy) {
    if (const Status noted = place.journal.Consented(place.repair, action.fix, permit.words());
        !noted)
      return {
          .end = End::kJournal,
          .sentence = place.traits.Say(kSays.no_consent_record, {{"why", noted.error().message}})};
  }
  return Executor(action, by_finger ? action.by_finger : action.moves, place, teller).Run();
}

}  // namespace bk::repair
