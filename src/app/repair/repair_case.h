// `fix`: diagnose, then repair step by step, until the band is proved to work or nothing is left
// that could help from here.
//
//   interrupted repair? offer to roll back ──► diagnose ──► next step of the plan
//        ┌──────────────────────────────────────────────────────┘
//        ▼
//   consent ──► carry out ──► watch the goal ──► proved: end
//                   │              └── not seen: the step has failed; diagnose again with that
//                   └── refused: the finger's way, else the next step
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/privacy.h"
#include "app/repair/repair_face.h"
#include "app/repair/repair_hints.h"
#include "app/report.h"
#include "app/world.h"

namespace bk::app {

// How far a repair has come.
struct SoFar {
  std::vector<std::string> failed;      // fixes tried in vain
  std::vector<evidence::Finding> said;  // what the person answered meanwhile
  std::vector<std::string> not_known;   // questions that the person could not answer
  bool to_the_end = false;              // troubleshoot::Context
};
// The evidence of a live phone and what it comes to.
using DiagnosePhone = std::function<Result<Report>(ports::Phone& phone, const SoFar& so_far)>;

struct RepairRequest {
  std::string serial;   // empty: the only phone there is
  std::string app;      // the band's app, as --app names it; empty: found out, or asked for
  bool yes = false;     // agrees to what is harmless, and to nothing else
  bool can_ask = true;  // somebody answers; without, only what needs no answer is done
};

struct RepairOutcome {
  enum class End : std::uint8_t {
    kNothingWrong,  // before any step
    kNoVerdict,     // the evidence shows neither trouble nor health
    kProved,        // link and sync were seen
    kConfirmed,     // the link was seen, the sync by the person
    kUnproved,      // the link stands; whether a sync ran could not be seen
    kNothingLeft,   // every step that could help from here was tried
    kStopped,       // by the person
    kFailed,        // the phone is gone, or nothing can be written down
  };
  End end = End::kNothingLeft;
  std::string sentence;  // what it came to, for the person
  std::string proof;     // what was read that shows it
  // How the sync was seen; kNobody: it was not.
  enum class ProvedBy : std::uint8_t { kNobody, kLog, kTraffic, kPerson };
  ProvedBy proved_by = ProvedBy::kNobody;
  // What was seen with the app in the background. kNotAsked: no step had left it on the screen.
  // kStood: the link; kSynced: a sync there, too. kNotLooked: left out, so that the claim is about
  // an open app alone.
  enum class Background : std::uint8_t { kNotAsked, kStood, kSynced, kNotLooked };
  Background background = Background::kNotAsked;
  std::vector<StepRun> runs;
  bool went_on = false;               // with steps that help rarely, after all that was worth it
  std::optional<Report> first, last;  // before the first step; after the last failed one
  std::vector<std::string> changed;   // "Location: off → on", that stand now and can be undone
  std::vector<std::string>
      everyday_off;  // once the band works: settings that can stop it another day
  std::vector<std::string> put_back_since;     // of earlier repairs, found at the start
  std::vector<std::string> set_again;          // of these, and of what the restart put back
  std::vector<std::string> put_back_by_phone;  // that a restart has undone
  std::optional<bool> link_after_restart;      // where it was restarted to see: the band came back
  std::uint64_t repair = 0;                    // in the journal; 0: nothing was begun
  CompanionChoice companion;                   // empty where nothing was to be mended
  std::string other_companions;                // OthersText of it
};
std::string_view BackgroundName(RepairOutcome::Background background);  // "stood", "synced", ...
std::string_view EndName(RepairOutcome::End end);           // "nothing_wrong", "proved", ...
std::string_view ProvedByName(RepairOutcome::ProvedBy by);  // "log", "traffic", ...; empty: nobody

// Errors: no phone, no journal, a phone that tells nothing, an `app` that is not there. Everything
// else is an outcome.
Result<RepairOutcome> RunRepair(const RepairRequest& request,
                                const troubleshoot::Knowledge& knowledge, const World& world,
                                const DiagnosePhone& diagnose, RepairFace& face);

// `fix --dry-run`: the plan with what each step would do. Touches neither phone nor journal.
struct DryStep {
  const troubleshoot::Fix* fix = nullptr;
  std::string title, why;
  repair::Doer doer = repair::Doer::kWords;
  repair::ConsentQuestion consent;
  std::vector<repair::PreviewLine> lines;      // of the tool
  std::vector<repair::PreviewLine> by_finger;  // instead
  std::vector<std::string> words;
};
struct DryRun {
  Report report;
  CompanionChoice companion;
  std::string other_companions;  // OthersText of it
  std::vector<DryStep> steps;
  std::vector<repair::PreviewLine> afterwards;  // once the band works
};
Result<DryRun> RunDry(const RepairRequest& request, const troubleshoot::Knowledge& knowledge,
                      const World& world, const DiagnosePhone& diagnose);

nlohmann::ordered_json ToJson(const RepairOutcome& outcome,
                              Privacy& privacy);                     // bandkeeper.repair/1
nlohmann::ordered_json ToJson(const DryRun& dry, Privacy& privacy);  // bandkeeper.dry_run/1

}  // namespace bk::app
