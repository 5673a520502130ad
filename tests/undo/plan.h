// A random life of a phone on which the program mends: what was set before, what the program does
// in which order, what others change before, between and in the middle of it, and when it is
// undone. What must hold of every such life stands in run_plan.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulate/phone/flavour.h"

namespace bk::undo {

struct Event {
  enum class Kind : std::uint8_t {
    kQuirk,          // a peculiarity of the phone, before everything
    kSet,            // an edit by somebody, before everything
    kFix,            // the program carries out what it does for a fix
    kEdit,           // somebody else's edit, between two steps
    kEditInPause,    // likewise, while the next step of the program waits
    kNewRepair,      // the repair ends, and another one begins
    kUndo,           // everything is undone that can be
    kOwnersRestart,  // the owner restarts the phone
  } kind{};
  std::size_t index = 0;  // of the quirk, the edit or the fix
};

// What comes of being asked about a value that somebody else changed.
enum class Answer : std::uint8_t { kStays, kPutBack, kNobodyThereAtFirst };

struct Plan {
  int sdk = 34;
  simulate::Maker maker = simulate::Maker::kStock;
  std::uint64_t seed = 1;  // also of the phone
  Answer answer = Answer::kStays;
  std::vector<Event> events;
};

Plan PlanOf(int sdk, simulate::Maker maker, std::uint64_t seed);
std::string Text(const Plan& plan);

struct PlanRun {
  std::string problems;  // a line each; empty: all that must hold does
  std::string story;     // what happened, a line each
  std::size_t fixes = 0, changes = 0, edits = 0, asked = 0;
};
PlanRun RunPlan(const Plan& plan);

// Takes away events, as long as some problem is left: the last is as short as that gets.
Plan Shrunk(Plan plan);

}  // namespace bk::undo
