// Sets what `doctor --everyday` found off, as far as bandkeeper can over the cable: one fix after
// the other through the journal, so that `undo` puts every one back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/repair/everyday_case.h"
#include "ports/clock.h"
#include "repair/consent.h"
#include "repair/journal.h"
#include "repair/step.h"

namespace bk::app {

struct EverydaySet {
  struct Done {
    std::string fix, title;
    std::string end;       // of repair::EndName; "skipped": what it asks for was not agreed to
    std::string sentence;  // why, where there is something to say
  };
  std::vector<Done> done;            // in the order of the report
  std::vector<std::string> changed;  // "Location: off → on", that stand now and can be undone
  std::uint64_t repair = 0;          // in the journal; 0: nothing was begun
  // True when everything that bandkeeper can set is as it should be now.
  [[nodiscard]] bool whole() const;
};

// How many of the report's checks would be set.
std::size_t CountOfSettable(const EverydayReport& report);

// The person has said yes to all that is harmless; `agree` is asked for a step that interrupts
// something, with the question. Errors: nothing can be written down, and nothing was done.
Result<EverydaySet> SetEveryday(
    const EverydayReport& report, const troubleshoot::Knowledge& knowledge, ports::Phone& phone,
    ports::Clock& clock, repair::RepairJournal& journal, repair::StepTeller& teller,
    const std::function<bool(const repair::ConsentQuestion& question)>& agree);

// The same with the journal of this home. kRefused: another process has it, or an earlier repair of
// this phone was interrupted, which comes first.
Result<EverydaySet> SetEverydayHere(
    const EverydayReport& report, const troubleshoot::Knowledge& knowledge, const World& world,
    ports::Phone& phone, repair::StepTeller& teller,
    const std::function<bool(const repair::ConsentQuestion& question)>& agree);

// {repair, whole, steps: [{fix, title, outcome, text}], changed}
nlohmann::ordered_json ToJson(const EverydaySet& set);

}  // namespace bk::app
