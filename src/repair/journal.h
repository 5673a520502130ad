// What was changed on a phone, kept so that it can be put back whatever happens in between.
//
// Invariants, which the tests cite by number:
//   1. No action starts before the record that can undo it is durable (WillChange has returned).
//   2. That record holds the value that was *read* just before the write, never an assumed one.
//   3. Undo writes only where the present value is the one that we left and no later change of
//      that setting was to stay; elsewhere it asks.
//   4. What cannot be undone has no undo record but a recorded consent, durable before it starts.
//   5. After any crash the next start finds the journal hot (an open repair) and offers to roll
//      back before anything else.
//   6. Undo is idempotent: a change that is restored, or found as it was before, is never written
//      again.
//   7. A torn tail is a normal end.
//
// The life of a change; every edge is one durable record, and a crash between two leaves the first:
//
//                          NotChanged          LeaveAs
//   WillChange ──► kOpen ─────────────► kNotMade      ┌──────► kLeft
//                    │ Changed                        │
//                    └────────► kMade ────────────────┤
//                    │                                │ Restored
//                    └────────────────────────────────┴──────► kRestored
//
// A repair is open from BeginRepair to EndRepair. It is hot while it is open or one of its
// temporary changes is kOpen or kMade.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/clock.h"
#include "ports/journal.h"
#include "repair/record.h"
#include "repair/setting.h"

namespace bk::repair {

struct Change {
  enum class State : std::uint8_t {
    kOpen,      // the write may have happened or not: what the phone says decides
    kMade,      // read back
    kNotMade,   // the phone refused
    kRestored,  // put back, or found as it was before
    kLeft,      // not to be put back any more
  };
  std::uint64_t number = 0;
  std::uint64_t repair = 0;
  std::string fix;
  SettingId setting;
  SettingValue before;
  SettingValue left;  // what we left there: as read back; while kOpen, as it was to become
  bool temporary = false;
  State state = State::kOpen;
  std::string words;  // of kNotMade and kLeft: why

  [[nodiscard]] bool undoable() const { return state == State::kOpen || state == State::kMade; }
};

struct Repair {
  struct Fix {
    std::string id, outcome;  // outcome empty: it was not ended
  };
  struct Consent {
    std::string fix, words;
  };
  std::uint64_t number = 0;
  std::int64_t at = 0;  // milliseconds since 1970, by the computer's clock
  std::string phone;    // PhoneMark
  std::string phone_name;
  std::vector<Fix> fixes;
  std::vector<Consent> consents;
  std::vector<Change> changes;  // in the order in which they were made
  bool ended = false;
  std::string outcome;

  [[nodiscard]] bool hot() const;
  [[nodiscard]] bool undoable() const;  // some change is
};

// The journal as repairs, and the one way to write it. What stands here is durable.
class RepairJournal {
 public:
  // Keeps references. Errors of the file; a damaged file is none (see lost()).
  static Result<RepairJournal> Open(ports::Journal& file, const ports::Clock& clock);

  [[nodiscard]] const std::vector<Repair>& repairs() const { return repairs_; }  // oldest first
  [[nodiscard]] const Repair* Find(std::uint64_t repair) const;
  // Records that were there once and are not any more: what they held cannot be put back.
  [[nodiscard]] std::uint64_t lost() const { return lost_; }
  // Written by a later version of the program.
  [[nodiscard]] std::uint64_t foreign() const { return foreign_; }

  // Each returns when the record is durable. On an error nothing was begun: do not act. After the
  // first error these four fail for good: a disk that is full takes no further promises.
  Result<std::uint64_t> BeginRepair(std::string_view serial, std::string_view phone_name);
  Status Consented(std::uint64_t repair, std::string_view fix, std::string_view words);
  Status WillDo(std::uint64_t repair, std::string_view fix, std::string_view what);
  struct Intent {
    std::string fix;
    SettingId setting;
    SettingValue before, to;
    bool temporary = false;
  };
  Result<std::uint64_t> WillChange(std::uint64_t repair, const Intent& intent);

  // What came of it. An error leaves the change kOpen, which costs only a look at the phone.
  Status Changed(std::uint64_t change, const SettingValue& now);
  Status NotChanged(std::uint64_t change, std::string_view why);
  Status Restored(std::uint64_t change, const SettingValue& now);
  Status LeaveAs(std::uint64_t change, std::string_view why);
  Status EndFix(std::uint64_t repair, std::string_view fix, std::string_view outcome);
  Status EndRepair(std::uint64_t repair, std::string_view outcome);

 private:
  RepairJournal(ports::Journal& file, const ports::Clock& clock) : file_(&file), clock_(&clock) {}
  Status Write(Record record);
  Status Promise(Record record);  // a Write before which nothing may be done
  void Apply(const Record& record);
  Repair* FindRepair(std::uint64_t number);
  Change* FindChange(std::uint64_t number);
  Status AboutChange(Record::Kind kind, std::uint64_t change, const SettingValue& now,
                     std::string_view words);

  ports::Journal* file_;
  const ports::Clock* clock_;
  std::vector<Repair> repairs_;
  std::uint64_t last_ = 0;  // number of the last record
  std::uint64_t lost_ = 0, foreign_ = 0;
  std::optional<Error> failed_;
};

}  // namespace bk::repair
