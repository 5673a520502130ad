// The sentences of this room, in English (language/message.h). Texts about one cause, fix or
// finding are data of the knowledge instead.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::troubleshoot {

using language::Message;

struct VerdictMessages {
  Message no_band{"verdict.no_band",
                  "Nothing in this evidence concerns a band, so nothing could be checked."};
  Message healthy{"verdict.healthy", "The band works; nothing speaks of a fault."};
  Message healthy_seen{"verdict.healthy_seen",
                       "The band works ({seen}); nothing speaks of a fault."};
  Message no_trouble{"verdict.no_trouble",
                     "Nothing in this evidence speaks of a fault, but it does not show a whole "
                     "sync either: record "
                     "it while the trouble happens, or say what goes wrong."};
  // {risks}: statements of findings, as `list`.
  Message no_trouble_but_risks{
      "verdict.no_trouble_but_risks",
      "Nothing in this evidence shows a fault at work, nor a whole sync. What can be the fault all "
      "the same: {risks}. Record it while the trouble happens, or say what goes wrong."};
  Message risks{"verdict.risks", "What can become a fault all the same: {risks}."};
  Message nothing_separates{
      "verdict.nothing_separates",
      "The evidence does not tell what is wrong: nothing in it separates the causes."};
  // {where}: "in the Bluetooth link" (Layer::within). {causes}: `cause`, or `causes`.
  Message sure{"verdict.sure", "The fault is {where}: {causes}."};
  Message probable{"verdict.probable", "The fault is probably {where}: {causes}."};
  Message cause{"verdict.cause", "{cause} ({percent} %)"};
  Message causes{"verdict.causes", "{first}; also: {others}"};
  Message list{"verdict.list", "{first}, {second}"};
  Message layer{"verdict.layer",
                "The fault is probably {where} ({percent} %); its cause is not clear yet, the "
                "likeliest is: {cause}."};
  Message none_fits{"verdict.none_fits",
                    "The evidence does not tell what is wrong: it fits none of the known causes "
                    "well."};
  Message none_fits_well{"verdict.none_fits_well",
                         "The evidence does not tell what is wrong: it fits none of the known "
                         "causes well; the likeliest cause is: {cause}."};
  Message many{"verdict.many",
               "The evidence does not yet tell where the fault is: many causes are possible."};
  Message likeliest{"verdict.likeliest",
                    "The evidence does not yet tell where the fault is; the likeliest cause is: "
                    "{cause}."};
};
inline constexpr VerdictMessages kVerdictSays;

struct ExplainMessages {
  Message contradiction{
      "explain.contradiction",
      "The sources contradict each other on whether {statement}; it counts for nothing."};
  Message not_so{"explain.not_so", "it is not so that {statement}"};
  Message would_change{"explain.would_change",
                       "If it turned out that {statement}, the likeliest cause would be: {cause}."};
  Message none_of_these{"explain.none_of_these", "none of these"};
};
inline constexpr ExplainMessages kExplainSays;

struct PlanMessages {
  // {how_often}: one of the next four. {minutes}: under_a_minute or minutes. {loss}: one of the
  // last.
  Message why{"plan.why", "{how_often}; it takes {minutes} and {loss}."};
  Message helps_nearly_always{"plan.helps_nearly_always",
                              "It helps in nearly every case like this"};
  Message helps_of_ten{"plan.helps_of_ten", "It helps in about {count} of 10 cases like this"};
  Message helps_one_of{"plan.helps_one_of", "It helps in about one of {count} cases like this"};
  Message helps_rarely{"plan.helps_rarely", "It helps in few cases like this"};
  Message under_a_minute{"plan.under_a_minute", "under a minute"};
  Message minutes{"plan.minutes", "{minutes:one minute|# minutes}"};
  Message loses_nothing{"plan.loses_nothing", "loses nothing"};
  Message changes_setting{"plan.changes_setting", "changes a setting"};
  Message costs_pairing{"plan.costs_pairing", "costs the pairing"};
  Message loses_app_data{"plan.loses_app_data", "can lose data of the app"};
  Message loses_band_data{"plan.loses_band_data", "can lose data of the band"};
  Message worth_asking{"plan.worth_asking", "Its answer saves more minutes than it takes."};
  Message hand_over{"plan.hand_over",
                    "If no step helped, none of the known causes fits: hand this report to the "
                    "support of the companion app or of the maker."};
};
inline constexpr PlanMessages kPlanSays;

struct InterviewMessages {
  Message answered_yes{"interview.answered_yes", "You answered yes to: {question}"};
  Message answered_no{"interview.answered_no", "You answered no to: {question}"};
  Message answered_none{"interview.answered_none", "You answered \"{none}\" to: {question}"};
  Message said{"interview.said", "You said: {option}"};
};
inline constexpr InterviewMessages kInterviewSays;

// All of them.
std::vector<Message> Messages();

}  // namespace bk::troubleshoot
