// What is known about bands that will not connect, as values. The data stand in knowledge/*.toml
// (knowledge/README.md is the schema); adapters/toml reads them at build time into a compiled table
// and at run time for --knowledge. No probability and no minute stands in C++.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/companion_app.h"
#include "evidence/evidence.h"
#include "language/language.h"

namespace bk::troubleshoot {

// Where a number comes from: "case count: 12 of 59 (knowledge/cases)", "guide: Symptom A",
// "guess: ...", "source: https://...".
using Origin = std::string;

// What a number was before closed cases were counted. `knowledge fit` starts from it, so that no
// case counts twice however often it runs. Unset: the number itself was never fitted.
struct Elicited {
  double number = 0;
  Origin from;
};

// That a finding is known to hold, or (value = false) known not to hold. In TOML: "location_off",
// "!location_off".
struct Condition {
  std::string finding;
  bool value = true;
};

struct Layer {
  std::string id;      // "link", "app", "binding", "firmware", "band", "phone"
  std::string title;   // "Bluetooth link"
  std::string within;  // where a fault is, within a sentence: "in the Bluetooth link"
  std::string ok_text;
  std::string trouble_text;
  std::string unknown_text;
  // Evidence of health: the layer works when one of these lists holds as a whole. A layer is never
  // called ok for want of evidence.
  std::vector<std::vector<Condition>> ok_when;
};

// How far a kind of source is believed when it says that a finding holds (or does not).
struct Trust {
  evidence::SourceKind source = evidence::SourceKind::kLog;
  double right = 1.0;  // chance that what it says is so, 0.5 (worthless) to 1
  Origin from;
};

struct FindingKind {
  std::string id;
  std::string statement;  // "location is switched off": completes "It was found that ..."
  std::string question;   // what a person is asked; empty = a person cannot tell
  std::string why;        // why it is asked, in one sentence
  double leak = 0;        // chance that it holds when the fault at hand has nothing to do with it
  Origin leak_from;
  std::optional<Elicited> leak_elicited;
  std::optional<double> when_healthy;  // chance that it holds when nothing is wrong; unset: leak
  double minutes = 0;                  // what answering takes a person
  std::string cluster;                 // where one looks it up; empty = answered from memory
  std::vector<Trust> trust;            // sources not named: Model::trust
  std::vector<std::string>
      readers;  // which readers can establish it: "capture", "phone", "log", "person"
  // Answers make sense only when one of these is known to hold: nobody without an update is asked
  // at what percentage it stops. Empty: always.
  std::vector<std::string> presumes;
  // Not asked once one of these is known: who sees the band connected is not asked whether the app
  // gets no connection. A matter of manners, not of chances.
  std::vector<Condition> moot_when;
  std::string
      opposite;  // id of the finding that holds exactly when this one does not: band_not_in_scan
  // Findings that cannot hold together with this one: strong_signal and weak_signal. Both may be
  // absent. Stated on one of the two.
  std::vector<std::string> excludes;
  std::string
      group;  // findings of one group say much the same: they count once, the strongest in full
  // False (TOML: about = "phone"): true of any phone, and so no sign that the evidence concerns a
  // band at all: miui, location_off, and band_not_in_scan.
  bool about_band = true;
};

// What a cause makes likely or unlikely. P(finding | this cause alone).
struct Effect {
  std::string finding;
  double chance = 0;
  Origin from;
  std::optional<Elicited> elicited = std::nullopt;
};

struct Treatment {
  std::string fix;
  double chance = 0;  // that the fix cures, given this cause
  Origin from;
  std::optional<Elicited> elicited = std::nullopt;
};

struct Cause {
  std::string id;
  std::string layer;
  std::string title;    // "A leftover pairing no longer matches"
  std::string explain;  // two or three plain sentences for the owner
  double prior = 1;     // relative weight; the belief normalises over all causes and none_of_these
  Origin prior_from;
  std::optional<Elicited> prior_elicited;
  std::vector<Effect> effects;
  std::vector<Treatment> fixes;
  bool curable = true;  // false: no step of the owner cures it; `instead` says what to do
  std::string instead;  // "Wait for the maker's update; the band and its data are fine."
};

enum class LossClass : std::uint8_t { kNone, kSetting, kPairing, kAppData, kBandData };
inline constexpr std::array kLossClasses = {LossClass::kNone, LossClass::kSetting,
                                            LossClass::kPairing, LossClass::kAppData,
                                            LossClass::kBandData};
std::string_view LossClassName(
    LossClass loss);  // "none", "setting", "pairing", "app_data", "band_data"
enum class Actor : std::uint8_t { kTool, kPerson };

// Words for the person where the way differs; the most special one that fits is taken.
struct Words {
  int android_min = 0, android_max = 0;  // 0 = open
  std::string maker;                     // "xiaomi", "samsung", ...; empty = any
  std::vector<std::string> steps;
};

struct Fix {
  std::string id;
  std::string title;  // imperative: "Switch Bluetooth off for 10 seconds, then on"
  // The title while none of requires_true is known to hold: "Make sure that location is on".
  std::string title_if_unsure;
  double minutes = 0;   // until one knows whether it helped
  double hands_on = 0;  // of these, how many a person is busy
  // Of `minutes`, what the test takes whether the band works. Fixes done together are tested once.
  double test_minutes = 0;
  std::string cluster;  // where it is done; empty = elsewhere
  LossClass loss = LossClass::kNone;
  std::string loss_text;  // what exactly may be lost; required unless kNone
  // Fixes of the same class that lose strictly less: it waits for them as for a less harmful class.
  std::vector<std::string> loses_more_than;
  Actor by = Actor::kPerson;
  std::vector<std::string> requires_true;   // findings that must not be known false
  std::vector<std::string> requires_false;  // findings that must not be known true
  std::string check;         // how one sees that it was carried out and whether it helped
  std::string undo;          // how it is taken back; "nothing to undo" counts
  std::vector<Words> words;  // at least one without conditions
  // Findings that say that this was tried without success ("repair_no_help"): the fix is then not
  // proposed again, and causes that it cures become less likely.
  std::vector<std::string> tried_as;
  // Findings that a link and a sync do not clear: where one still holds once the band works, this
  // is worth doing all the same.
  std::vector<std::string> worth_beside;
  Origin from;
};

// A passage of the troubleshooting guide that the product is measured against
// (guide_order.toml): fixes in the guide's own order. guide_order.h walks it.
struct GuidePassage {
  std::string id;     // "symptom_a"
  std::string title;  // as the guide says it
  // The passage is for those who see one of these; empty: for everybody.
  std::vector<std::string> when;
  // One of the guide's symptoms: who recognises none of them works through all.
  bool symptom = false;
  std::string layer;                  // that it lays the trouble on; empty: it says nothing of one
  std::vector<std::string> suspects;  // causes that its words mean, in their order
  std::vector<std::string> fixes;
};

// Where steps are done: a page of the settings, the phone in hand. Getting there is part of the
// minutes of every step there; while consecutive steps stay there it is paid once.
struct Cluster {
  std::string id;
  double minutes = 0;          // to get there from the one that it is inside, or from nowhere
  std::string inside;          // another cluster, in which one then still is; empty = none
  bool survives_test = false;  // one is still there after a test whether the band works
  Origin from;
};

// One question with several answers, one of which fits best: the guide's symptoms A to E.
struct ChoiceOption {
  std::string id;               // "not_in_app"
  std::string words;            // what the person reads
  std::vector<Condition> sets;  // what picking it says; what it leaves open stays unknown
};

struct ChoiceQuestion {
  std::string id;
  std::string question;
  std::string why;
  double minutes = 0;                 // what reading and answering takes a person
  std::vector<ChoiceOption> options;  // at most kChoiceOptionsMax: one digit each
  std::string none_words;             // "none of these"
  std::vector<Condition> none_sets;   // what "none of these" says; mostly nothing
  Origin from;
};
inline constexpr std::size_t kChoiceOptionsMax = 9;

// Constants of the reasoning (model.toml). The values here are neutral; the data give the real
// ones.
struct Model {
  // Belief.
  double temperature = 1;    // evidence is divided by it (in log-odds): > 1 against overconfidence
  double group_damping = 1;  // weight of each finding of a group after the strongest
  double chance_floor = 0;   // no chance counts as nearer to 0 or 1 than this
  // Beside a fault that is at work, the expected number of further ones; 0: one fault at a time.
  double second_fault = 0;
  // The unknown fault may look like a known one: chance that it does, as verdicts and as plans
  // reckon with it, and then the chance of each sign of the known one to be there for the same
  // reason; else a sign comes as by the leak.
  double mimics_in_verdict = 0, mimics_in_plan = 0, unknown_likeness = 0;
  std::array<double, 6> trust = {1, 1, 1, 1, 1, 1};  // by SourceKind, where a finding names none
  Origin belief_from;
  // Verdict.
  double sure_cause = 1;      // a cause is called sure from here on
  double name_cause = 1;      // a cause is named as the likely one from here on
  double mention_cause = 0;   // without a verdict, the likeliest cause is mentioned from here on
  double trouble_layer = 1;   // a layer is in trouble from here on
  double ok_layer_below = 1;  // evidence of health counts only while the layer is below this
  double call_healthy = 1;    // nothing is wrong from here on
  // "The band works" is said only where one of these findings is known to hold: what shows the end
  // that a band is for, not a step on the way. Empty: always.
  std::vector<std::string> healthy_shown_by;
  // A finding is a sign of trouble if a cause explains it so many times better than health does.
  double trouble_sign = 1;
  Origin verdict_from;
  // Plan.
  double give_up_minutes = 0;  // what it costs to end without a cure
  // By LossClass: a fix is proposed only while its chance to cure is at least this.
  std::array<double, 5> least_chance = {0, 0, 0, 0, 0};
  // By LossClass: nor unless its chance to cure is this many times that of an unknown fault.
  std::array<double, 5> outweighs_unknown = {0, 0, 0, 0, 0};
  // The most harmful steps of a plan where no cause is named: when no known fault fits better than
  // an unknown one; when no layer is in trouble; when only the layer is known.
  LossClass dares_unfit = LossClass::kNone, dares_untold = LossClass::kNone,
            dares_layer = LossClass::kNone;
  // What replaces these three for who goes on after the plan's end (Context::to_the_end).
  struct ToTheEnd {
    double give_up_minutes = 0;  // 0: nobody is asked to
    std::array<double, 5> least_chance = {0, 0, 0, 0, 0};
    LossClass dares = LossClass::kNone;  // at least; where a cause is named, that allows more
  };
  ToTheEnd to_the_end;
  // By LossClass: a fix waits while a less harmful one has at least this chance to cure.
  std::array<double, 5> waits_for_chance = {1, 1, 1, 0, 0};
  double question_saves = 0;   // what the bother of a question counts, in minutes beyond its own
  int questions_max = 0;       // in one plan
  int questions_weighed = 0;   // of the questions that separate best, so many are worked through
  double reading_minutes = 0;  // added when questions are compared, so that none counts as free
  double names_share = 0;      // a step names the causes that have this share of its chance
  // What one minute counts of waiting, and of a person's work; what a loss counts, by LossClass.
  double waiting_price = 1, hands_on_price = 1;
  std::array<double, 5> loss_price = {0, 0, 0, 0, 0};
  int together_max = 1;  // so many fixes may be done before one test whether the band works
  int sets_max = 256;    // of the likeliest sets of faults, so many are planned for
  std::vector<Cluster> clusters;
  Origin plan_from;
  // Interview.
  double interview_saves = 0;  // a question is asked while it saves so much beyond its minutes
  // What it costs to end without knowing the cause, in minutes: a verdict is worth something beside
  // the steps. Counted by the chance that the likeliest cause is not the one.
  double interview_doubt = 0;
  int interview_questions_max = 0;  // nobody is asked more in one sitting
  Origin interview_from;
  // Proof. With the companion on the screen a sync shows little: it is sent to the background, and
  // so long the link must stand. 0: that is not looked at.
  double background_minutes = 0;
  Origin proof_from;
  // Explanation.
  double answer_worth_saying = 0;  // an answer rarer than this is no news
  double answer_raises_by = 1;     // so many times must it raise the cause that it puts first
  Origin explanation_from;
};

// How closed cases are weighed against the elicited numbers (model.toml, [learning]). Sizes are
// equivalent numbers of cases behind an elicited number; `knowledge fit` chooses among them.
struct Learning {
  std::vector<double> prior_sizes, effect_sizes, leak_sizes, fix_sizes;
  std::vector<double> temperatures;
  double mention_size = 0;  // findings behind the common chance that a reporter mentions one
  double doubt = 0;  // share of its weight that a number which cases were read for loses in a test
  int folds = 0;     // of the cross-validation that chooses
  double worth_saying = 0;  // a change of fewer log-odds is neither told nor written
  Origin from;
};

// Where a thing or a key of it stands in the files that were read.
struct Place {
  std::string file;  // "findings/air.toml"
  unsigned line = 0;
};
// "cause[stale_bond].effect[bluetooth_off].chance"; without a key the thing itself.
std::string PlaceKey(std::string_view kind, std::string_view id, std::string_view key = {});

struct Knowledge {
  std::vector<Layer> layers;
  std::vector<FindingKind> findings;
  std::vector<Cause> causes;  // without none_of_these, whose numbers stand below
  std::vector<Fix> fixes;
  std::vector<evidence::CompanionApp> apps;
  std::vector<GuidePassage> guide;  // in order; may be empty
  std::vector<ChoiceQuestion> choices;
  double none_prior = 1;  // "none of these": a fault that the model does not know
  Origin none_from;
  // Chance that nothing is wrong, before any evidence. The chances of the causes are given that
  // something is wrong; health stands beside them.
  double healthy_prior = 0.0;
  Origin healthy_from;
  Model model;
  Learning learning;                          // without sizes: nothing can be fitted
  language::Language language;                // of the texts above: English, but for InLanguage
  std::vector<language::Language> languages;  // that may be laid over English (texts.h)
  std::map<std::string, Place, std::less<>> places;  // by PlaceKey; empty when compiled in
};

}  // namespace bk::troubleshoot
