// What the belief comes to: each layer's state and one sentence for the owner.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "troubleshoot/belief/belief.h"

namespace bk::troubleshoot {

enum class LayerState : std::uint8_t { kOk, kTrouble, kUnknown };
std::string_view LayerStateName(LayerState state);  // "ok", "trouble", "unknown"

struct LayerVerdict {
  std::string id;
  LayerState state = LayerState::kUnknown;
  double probability = 0;  // that some fault sits here, given that something is wrong
  std::string text;        // the layer's words for its state
  // Why: what shows that it works (ok), or what speaks most for trouble. Ids of findings, as given.
  std::vector<std::string> shown_by;
};

enum class Outcome : std::uint8_t {
  kNoBand,      // the evidence does not speak of a band at all: nothing was checked (exit 3)
  kHealthy,     // it is shown to work and nothing speaks of trouble (exit 0)
  kNoTrouble,   // nothing speaks of trouble, but it is not shown to work either (exit 3)
  kCannotTell,  // something is wrong, and the evidence does not say in which layer
  kLayer,       // the layer is known, the cause is not: `cause` is the likeliest one in it
  kCause,       // a cause is named; `sure` says how firmly
};
std::string_view OutcomeName(
    Outcome outcome);  // "no_band", "healthy", "no_trouble_seen", "cannot_tell", "layer", "cause"

// Cause and its chance, for reports.
struct CauseChance {
  std::string id;
  std::string layer;  // empty for none_of_these
  double probability = 0;
};

struct Verdict {
  Outcome outcome = Outcome::kCannotTell;
  std::string layer;  // empty for kNoBand, kHealthy and kCannotTell
  std::string
      cause;  // a cause's id from kLayer on; kNoneOfThese when that leads kCannotTell; else empty
  double probability = 0;         // of `cause`; of health for kHealthy; of the layer for kLayer
  std::vector<CauseChance> also;  // for kCause: what is at work beside `cause`, see AlsoAtWork
  bool sure = false;              // over the thresholds of model.toml
  std::string text;               // one sentence that an owner understands
  std::string explain;            // kCause: what that cause is, in a sentence or two; else empty
};

// Every cause and none_of_these with the chance that it is at work, likeliest first, equal ones by
// id. Several may be at work at once: the sum may exceed one.
std::vector<CauseChance> SortedCauses(const BeliefModel& model, const Belief& belief);

// What is at work and nothing else: ids of causes, none_of_these for the unknown fault.
struct CauseSet {
  std::vector<std::string> causes;
  double probability = 0;
};

// The likeliest sets, at most so many.
std::vector<CauseSet> LikeliestSets(const BeliefModel& model, const Belief& belief,
                                    std::size_t most);

// Which further causes are at work when `main` is, as firmly as a cause is named
// (Model::name_cause): each by itself, and beside `main`. Indices, likeliest first.
std::vector<std::size_t> AlsoAtWork(const BeliefModel& model, const Belief& belief,
                                    std::size_t main);

std::vector<LayerVerdict> JudgeLayers(const BeliefModel& model,
                                      std::span<const Observation> observations,
                                      const Belief& belief);

// Whom the evidence comes from and speaks of.
struct Hearing {
  bool of_band = false;      // see SpeaksOfBand
  bool from_person = false;  // somebody told what they see: who comes to tell has trouble
};
Verdict Judge(const BeliefModel& model, std::span<const Observation> observations,
              const Belief& belief, std::span<const LayerVerdict> layers, Hearing heard);

// Whether a band is concerned at all: a person said something, or a finding holds that is more than
// a fact about the phone (FindingKind::about_band).
bool SpeaksOfBand(const BeliefModel& model, std::span<const evidence::Finding> findings);

}  // namespace bk::troubleshoot
