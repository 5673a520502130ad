// What is known about bands that will not connect, as values. The data stand in knowledge/*.toml
// (knowledge/README.md is the schema); adapters/toml reads them at build time into a compiled table
// and at run time for --knowledge. No probability and no minute stands in C++.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/companion_app.h"
#include "evidence/evidence.h"

namespace bk::troubleshoot {

// Where a number comes from: "case count: 12 of 59 (knowledge/cases)", "guide: Symptom A",
// "guess: ...", "source: https://...".
using Origin = std::string;

struct Layer {
  std::string id;     // "link", "app", "binding", "firmware", "band", "phone"
  std::string title;  // "Bluetooth link"
  std::string ok_text;
  std::string trouble_text;
  std::string unknown_text;
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
  double leak = 0.05;     // chance that it holds although no cause is present
  Origin leak_from;
  double minutes = 0.2;      // what answering takes a person
  std::vector<Trust> trust;  // sources not named: 0.95
  std::vector<std::string>
      readers;  // which readers can establish it: "capture", "phone", "log", "person"
  std::string
      opposite;  // id of the finding that holds exactly when this one does not: band_not_in_scan
  std::string
      group;  // findings of one group say much the same: they count once, the strongest in full
};

// What a cause makes likely or unlikely. P(finding | this cause alone).
struct Effect {
  std::string finding;
  double chance = 0.5;
  Origin from;
};

struct Treatment {
  std::string fix;
  double chance = 0.5;  // that the fix cures, given this cause
  Origin from;
};

struct Cause {
  std::string id;
  std::string layer;
  std::string title;    // "A leftover pairing no longer matches"
  std::string explain;  // two or three plain sentences for the owner
  double prior = 0.01;  // relative weight; the belief normalises over all causes and none_of_these
  Origin prior_from;
  std::vector<Effect> effects;
  std::vector<Treatment> fixes;
  bool curable = true;  // false: no step of the owner cures it; `instead` says what to do
  std::string instead;  // "Wait for the maker's update; the band and its data are fine."
};

enum class LossClass : std::uint8_t { kNone, kSetting, kPairing, kAppData, kBandData };
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
  std::string title;    // imperative: "Switch Bluetooth off for 10 seconds, then on"
  double minutes = 1;   // until one knows whether it helped
  double hands_on = 1;  // of these, how many a person is busy
  LossClass loss = LossClass::kNone;
  std::string loss_text;  // what exactly may be lost; required unless kNone
  Actor by = Actor::kPerson;
  std::vector<std::string> requires_true;   // findings that must not be known false
  std::vector<std::string> requires_false;  // findings that must not be known true
  std::string check;         // how one sees that it was carried out and whether it helped
  std::string undo;          // how it is taken back; "nothing to undo" counts
  std::vector<Words> words;  // at least one without conditions
  Origin from;
};

struct Knowledge {
  std::vector<Layer> layers;
  std::vector<FindingKind> findings;
  std::vector<Cause> causes;  // without none_of_these, whose numbers stand below
  std::vector<Fix> fixes;
  std::vector<evidence::CompanionApp> apps;
  double none_prior = 0.1;     // "none of these": a fault that the model does not know
  double healthy_prior = 0.0;  // reserved
  Origin none_from;
};

}  // namespace bk::troubleshoot
