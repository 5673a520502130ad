// One closed loop: a healthy phone gets its faults, `fix` is run on it by its owner, the world says
// whether it is well, `undo` puts back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/repair/repair_case.h"
#include "app/repair/undo_case.h"
#include "loop/owner.h"
#include "loop/phone_at_hand.h"

namespace bk::loop {

struct Patient {
  int sdk = 34;
  simulate::Maker maker = simulate::Maker::kStock;
  std::vector<std::string> faults;
  std::uint64_t seed = 1;
  std::string_view companion = simulate::kZeppLife;  // the owner's app of the band
};
std::string NameOf(const Patient& patient);  // "Android 12, samsung, 7"

// A phone that was well for an hour and has had its faults for another. nullopt: this version or
// form of the phone cannot have them.
std::optional<simulate::Android> MakePatient(const Patient& patient);

// Whether the band serves its owner in the hour to come, by the world's own state: at ten of twelve
// moments or more (radio has its luck).
bool WillBeWell(simulate::Android phone, const std::vector<std::string>& faults);

struct Named {
  std::size_t rank = 0;  // 1: the likeliest; 0: not among the causes
  double probability = 0;
  bool cause_said = false;  // the verdict's own sentence names it (alone or beside another)
};

struct LoopRun {
  app::RepairOutcome outcome;
  std::vector<Named> named;  // as Patient::faults, by the first look
  std::string verdict;       // "cause", "no_trouble_seen" ...
  bool well = false;
  bool cured_by_tool = false;  // no finger of the owner's was needed up to the cure
  double minutes = 0;          // of the owner's life
  int lossy = 0;               // steps carried out that can lose something
  std::vector<std::string> deeds, asked;
  // What differs from before once everything is undone, and why it may: empty text if it may not.
  std::vector<std::pair<std::string, std::string>> left;
  std::string broken;  // a promise that was not kept; empty: all were
};

// Runs the loop on a phone that MakePatient made.
LoopRun RunLoop(PhoneAtHand& phone, const Patient& patient, const Temper& temper = {});

}  // namespace bk::loop
