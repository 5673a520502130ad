// The sentences of the report, of the interview and of repairs at the terminal, in English
// (language/message.h). Help, errors, `read` and the knowledge verbs speak English alone.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::cli {

using language::Message;

struct ReportMessages {
  Message read{"report.read", "read"};
  Message band{"report.band", "band"};
  Message note{"report.note", "note"};
  Message ok{"report.ok", "ok"};
  Message trouble{"report.trouble", "trouble"};
  Message unknown{"report.unknown", "unknown"};
  Message none_of_the_known{"report.none_of_the_known", "None of the known causes"};
  Message under_a_minute{"report.under_a_minute", "under a minute"};
  Message about_minutes{"report.about_minutes", "about {minutes} min"};
  Message nothing_lost{"report.nothing_lost", "nothing is lost"};
  Message costs{"report.costs", "costs: {loss}"};
  Message why{"report.why", "Why"};
  Message left_over{"report.left_over",
                    "Nothing that was found speaks for it by itself: what was found speaks against "
                    "it less than against the others, such as: {cause}."};
  Message against{"report.against", "against:"};
  Message also_because{"report.also_because", "Also: {cause}, because"};
  Message answer_this{"report.answer_this", "Answer this: {question}"};
  Message test_later{"report.test_later",
                     "Go straight on to the next step; look only then whether it helped."};
  Message what_to_do{"report.what_to_do", "What to do"};
  Message what_to_do_now{"report.what_to_do_now", "What to do now"};
  Message all_the_same{"report.all_the_same", "Worth a try all the same"};
  Message did_it_help{"report.did_it_help", "Did it help?"};
  Message to_undo{"report.to_undo", "To undo:"};
  Message then{"report.then", "Then"};
  Message if_not{"report.if_not", "If that does not help"};
  Message more_steps{"report.more_steps", "and {count} more {count:step|steps} (-v)"};
  Message if_nothing{"report.if_nothing", "If nothing helps"};
  Message every_cause{"report.every_cause", "Every cause considered"};
  Message together{"report.together", "What may be at work together"};
  Message would_change{"report.would_change", "What would change this"};
  Message everything{"report.everything", "Everything found"};
  Message yes{"report.yes", "yes"};
  Message no{"report.no", "no"};
  Message losses{"report.losses",
                 "{count} {count:kind|kinds} of evidence could not be read whole (-v tells)."};
  Message not_read{"report.not_read", "What could not be read"};
  Message probe{"report.probe", "The band itself, asked by this computer"};
  Message without_band{"report.without_band",
                       "What can keep a band from working, and is seen here"};
  Message line{"report.line", "{file}, line {line}"};
  Message packet{"report.packet", "{file}, packet {packet}"};
  Message byte{"report.byte", "{file}, byte {offset}"};
  Message unknown_finding{"report.unknown_finding",
                          "\"{id}\" is no finding that is known here; it was left out."};
};
inline constexpr ReportMessages kReportSays;

struct AskMessages {
  Message just_now{"ask.just_now", "just now"};
  Message minutes_ago{"ask.minutes_ago", "{count} {count:minute|minutes} ago"};
  Message hours_ago{"ask.hours_ago", "{count} {count:hour|hours} ago"};
  Message days_ago{"ask.days_ago", "{count} {count:day|days} ago"};
  Message kept{
      "ask.kept",
      "Your {count} {count:answer|answers} to this case, given {ago}, {count:is|are} kept. "
      "Go on from there?"};
  Message kept_keys{"ask.kept_keys", "y go on, n start anew, q stop"};
  Message starting_anew{"ask.starting_anew", "Starting anew."};
  Message start_anew{"ask.start_anew", "start anew"};
  Message go_on{"ask.go_on", "go on"};
  Message stop{"ask.stop", "stop"};
  Message question{"ask.question", "Question {number}"};
  Message question_more{"ask.question_more", "Question {number}, about {more} more"};
  Message question_last{"ask.question_last", "Question {number}, perhaps the last"};
  // Keys stay as they are in every language: y, n, d, b, w, q and the digits.
  Message yes_no{"ask.yes_no", "y yes, n no"};
  Message one_of{"ask.one_of", "1-{last}, n none"};
  Message keys{"ask.keys", "{answers}, d don't know, w why, q stop"};
  Message keys_back{"ask.keys_back", "{answers}, d don't know, b back, w why, q stop"};
  Message why{"ask.why", "why"};
  Message back{"ask.back", "back"};
  Message first_question{"ask.first_question", "This is the first question."};
  Message no_key{"ask.no_key", "That is none of the keys."};
  Message do_not_know{"ask.do_not_know", "don't know"};
  Message yes{"ask.yes", "yes"};
  Message no{"ask.no", "no"};
  Message none{"ask.none", "none"};
  Message likelier{"ask.likelier", "likelier then: {cause} ({after}, now {before})"};
  Message worth{"ask.worth",
                "The answer is worth about {minutes}: less tried in vain, and a surer verdict."};
  Message a_minute{"ask.a_minute", "a minute"};
  Message minutes{"ask.minutes", "{minutes} {minutes:minute|minutes}"};
  Message none_answered{"ask.none_answered", "No question was answered."};
  Message stopped_after{
      "ask.stopped_after",
      "Stopped after {count} {count:answer|answers}; this is the verdict so far."};
  Message nothing_left{"ask.nothing_left", "Nothing is left to ask."};
  Message one_sitting{
      "ask.one_sitting",
      "That was {count} {count:question|questions}, which is enough for one sitting."};
  Message none_worth{"ask.none_worth",
                     "No question is worth its time: what is known decides what to try first."};
  Message enough{"ask.enough",
                 "That is enough: further questions would cost more time than they save."};
  Message cannot_keep{"ask.cannot_keep", "Your answers cannot be kept: {why}"};
  Message stopped_first{"ask.stopped_first", "Stopped before the first answer."};
  Message stopped_kept{"ask.stopped_kept",
                       "Stopped. The answers are kept; `bandkeeper doctor --ask` goes on from "
                       "there."};
};
inline constexpr AskMessages kAskSays;

// `fix` as it asks. Keys stay as they are in every language: y, n, d, c, q and the digits.
struct TalkMessages {
  Message left{"talk.left", "{what} ({seconds} s left) …"};
  Message no_commands{"talk.no_commands", "Nothing is done over the cable for this step."};
  Message finger_keys{"talk.finger_keys", "y done, n it cannot be done, q stop"};
  Message interrupted{"talk.interrupted",
                      "A repair of {phone} was interrupted ({when}). It left changed:"};
  Message roll_back_keys{"talk.roll_back_keys",
                         "y put back, n keep what was meant to last, q stop"};
  Message again_keys{"talk.again_keys", "y set it again, n leave it so, q stop"};
  Message rest_keys{"talk.rest_keys", "y go on, n no, q stop"};
  Message everyday_keys{"talk.everyday_keys", "y set them, n leave them so, q stop"};
  Message harmless_keys{"talk.harmless_keys", "y yes to all of these, n ask each time, q stop"};
  Message step{"talk.step", "Step {number}"};
  Message step_keys{"talk.step_keys", "y do it, n not this, c the exact commands, q stop"};
  Message type{"talk.type",
               "Type \"{word}\" if you accept that; anything else leaves the step out."};
  Message done_keys{"talk.done_keys", "y done, n not this, q stop"};
  Message know_keys{"talk.know_keys", "y yes, n no, d don't know, q stop"};
  Message one_of_keys{"talk.one_of_keys", "1-{last}, n {none}, d don't know, q stop"};
  Message which_keys{"talk.which_keys", "1-{last}, n none of them"};
  Message already{"talk.already", "Everything was so already."};
  Message left_out{"talk.left_out", "Left out."};
  Message restart_keys{"talk.restart_keys", "y restart and look, n not now, q stop"};
  Message background_keys{"talk.background_keys", "y look, n leave that out, q stop"};
  Message unknown_time{"talk.unknown_time", "at an unknown time"};
};
inline constexpr TalkMessages kTalkSays;

// What `fix`, `undo` and `watch` came to.
struct OutcomeMessages {
  Message already{"outcome.already", "was right already"};
  Message done{"outcome.done", "done, it did not help by itself"};
  Message refused{"outcome.refused", "the phone refused"};
  Message not_seen{"outcome.not_seen", "was not seen to be done"};
  Message stopped{"outcome.stopped", "stopped"};
  Message phone_gone{"outcome.phone_gone", "the phone was gone"};
  Message not_recorded{"outcome.not_recorded", "not begun, since it could not be written down"};
  Message skipped{"outcome.skipped", "left out"};
  Message not_here{"outcome.not_here", "nothing here to do it with"};
  Message helped{"outcome.helped", "helped"};
  // Several steps were done before it was looked.
  Message helped_together{"outcome.helped_together", "done; this or another of these steps helped"};
  Message seen{"outcome.seen", "Seen: {what}"};
  Message proof{"outcome.proof", "Proof: {what}"};
  Message steps{"outcome.steps", "Steps:"};
  Message step{"outcome.step", "- {title}: {end}"};
  Message step_why{"outcome.step_why", "- {title}: {end} ({why})"};
  Message changed{"outcome.changed", "Changed on the phone; `bandkeeper undo` puts it back:"};
  Message everyday_off{
      "outcome.everyday_off",
      "Not as it should be every day, and able to stop the band again (`bandkeeper doctor "
      "--everyday` says how to set it):"};
  Message put_back_since{"outcome.put_back_since", "Set by an earlier repair, and put back since:"};
  Message set_again{"outcome.set_again", "Set again:"};
  Message put_back_by_phone{
      "outcome.put_back_by_phone",
      "The restart has put back, so it will not last. Set it by hand where the phone offers it, or "
      "keep `bandkeeper fix` at hand:"};
  Message back_after_restart{"outcome.back_after_restart",
                             "After the restart the band connected again by itself."};
  Message gone_after_restart{"outcome.gone_after_restart",
                             "After the restart the band did not connect within three minutes."};
  Message nothing_to_undo{"outcome.nothing_to_undo", "Nothing is left to undo."};
  Message not_put_back{"outcome.not_put_back", "Not put back: {what}"};
};
inline constexpr OutcomeMessages kOutcomeSays;

// `fix --dry-run` and `undo --list`.
struct PlanTextMessages {
  Message loses_nothing{"dry.loses_nothing", "loses nothing"};
  Message asks_first{"dry.asks_first", "asks first"};
  Message asks_word{"dry.asks_word", "asks for a typed word first"};
  Message nothing_to_do{"dry.nothing_to_do", "{what} (nothing to do)"};
  Message nothing{"dry.nothing", "There is nothing to do."};
  Message would_do{"dry.would_do",
                   "What `bandkeeper fix` would do, one after the other, until the band works. "
                   "Nothing was touched."};
  Message none{"past.none", "No repair was made from this computer."};
  Message damaged{"past.damaged",
                  "{count} record(s) of the journal are damaged and cannot be read."};
  // How a change stands now.
  Message stands{"past.stands", "stands"};
  Message restored{"past.restored", "restored"};
  Message left{"past.left", "left"};
  Message refused{"past.refused", "refused"};
  Message unsure{"past.unsure", "unsure"};
  // How a repair ended.
  Message interrupted{"past.interrupted", "interrupted"};
  Message nothing_wrong{"past.nothing_wrong", "nothing_wrong"};
  Message no_verdict{"past.no_verdict", "no_verdict"};
  Message proved{"past.proved", "proved"};
  Message confirmed{"past.confirmed", "confirmed"};
  Message unproved{"past.unproved", "unproved"};
  Message nothing_left{"past.nothing_left", "nothing_left"};
  Message stopped{"past.stopped", "stopped"};
  Message failed{"past.failed", "failed"};
  Message rolled_back{"past.rolled_back", "rolled back"};
  Message everyday_set{"past.everyday_set", "everyday settings set"};
  Message not_all_set{"past.not_all_set", "not all was set"};
};
inline constexpr PlanTextMessages kPlanTextSays;

// `doctor --everyday`, and what was put back since.
struct DailyMessages {
  Message looking{"daily.looking", "Looking at the phone's everyday settings"};
  Message app{"daily.app", "app"};
  Message settings{"daily.settings", "Everyday settings"};
  Message now{"daily.now", "now: {what}"};
  Message look_yourself{"daily.look_yourself", "The phone does not tell: look yourself."};
  Message habits{"daily.habits", "Habits that no setting replaces"};
  Message all_good{"daily.all_good", "All everyday settings are good."};
  Message good_but{"daily.good_but", "All that the phone tells is good; look at {count} yourself."};
  Message some_off{"daily.some_off",
                   "{count} of {all} everyday settings are not as they should be."};
  Message settable{"daily.settable",
                   "bandkeeper can set {count} of them over the cable. That loses nothing, and "
                   "`bandkeeper undo` puts every one back. Set {count:it|them}?"};
  Message later{"daily.later",
                "`bandkeeper doctor --everyday --yes` sets {count} of them over the cable; "
                "`bandkeeper undo` puts that back."};
  Message set_now{"daily.set_now", "Set now; `bandkeeper undo` puts it back"};
  Message not_set{"daily.not_set", "Not set"};
  Message why_not{"daily.why_not", "{title}: {why}"};
  Message good_now{"daily.good_now", "All that the phone tells is good now."};
  Message left_for_you{"daily.left_for_you", "{count} of {all} are left for you, as said above."};
  Message not_as_left{"daily.not_as_left", "Not as bandkeeper left it"};
  Message fix_offers{"daily.fix_offers", "`bandkeeper fix` offers to set it again."};
};
inline constexpr DailyMessages kDailySays;

struct SimulatedMessages {
  Message banner{"simulated.banner", "This is a simulated phone, not a real one: {phone}."};
  Message no_phone{"simulated.no_phone",
                   "No phone is connected, so this is shown on one that does not exist."};
  Message not_looked_at{"simulated.not_looked_at",
                        "Your own phone was not looked at. {why}\nThen run this again; `./run "
                        "--help` lists more ways, without a cable too (`doctor --ask`, `doctor "
                        "FILE`)."};
};
inline constexpr SimulatedMessages kSimulatedSays;

// All that a report, an interview or a repair says beside the texts of the knowledge: those of this
// room and of the rooms below.
std::vector<Message> AllMessages();

}  // namespace bk::cli
