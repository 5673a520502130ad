// `undo`: what past repairs have changed, and putting it back.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/privacy.h"
#include "app/world.h"
#include "repair/undo.h"

namespace bk::app {

struct PastChange {
  std::string text;   // "Location: off → on"
  std::string state;  // "stands", "restored", "left", "refused", "unsure"
};
struct PastRepair {
  std::size_t number = 0;          // 1, 2, 3 ..., oldest first: what `undo NUMBER` takes
  std::uint64_t id = 0;            // in the journal
  std::int64_t at = 0;             // milliseconds since 1970
  std::string phone;               // "Xiaomi Redmi Note 8 (Android 11)"
  std::string outcome;             // "proved", "stopped", ...; empty: it was interrupted
  std::vector<std::string> fixes;  // titles
  std::vector<PastChange> changes;
  bool undoable = false;
};
struct PastRepairs {
  std::vector<PastRepair> repairs;
  std::uint64_t lost = 0;  // records that cannot be read any more
};
// Reads the journal; needs no phone.
Result<PastRepairs> ListRepairs(const troubleshoot::Knowledge& knowledge, const World& world);

struct UndoRequest {
  std::string serial;
  bool all = false;                  // every repair of this phone; else `numbers`
  std::vector<std::size_t> numbers;  // of PastRepair; empty and not all: the last one that stands
  // Asked about a value that somebody changed since; empty: it stays as it is.
  std::function<bool(std::string_view text)> ask;
};
struct UndoOutcome {
  std::vector<repair::Undone> undone;  // in the order of doing; empty: nothing was left to undo
  bool all_back = true;                // nothing of what was asked for is still changed
  std::vector<std::string> others;     // sentences: repairs of other phones, numbers that are none
};
Result<UndoOutcome> RunUndo(const UndoRequest& request, const troubleshoot::Knowledge& knowledge,
                            const World& world);

nlohmann::ordered_json ToJson(const PastRepairs& past, Privacy& privacy);  // bandkeeper.repairs/1
nlohmann::ordered_json ToJson(const UndoOutcome& outcome, Privacy& privacy);  // bandkeeper.undo/1

}  // namespace bk::app
