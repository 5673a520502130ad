// The sentences of the report and of the interview at the terminal, in English
// (language/message.h). Help, `read` and the knowledge verbs speak English alone.
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

// All that a report or an interview says beside the texts of the knowledge: those of this room, of
// app and of troubleshoot.
std::vector<Message> AllMessages();

}  // namespace bk::cli
