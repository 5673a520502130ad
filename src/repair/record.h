// One record of the repair journal, as a value and as a line of text.
//
//   bk1 HASH NUMBER KIND key=value ...\n
//
// HASH: 16 hexadecimal digits, FNV-1a (64 bits) of the line without the hash and its blank and
// without the newline ("bk1 NUMBER KIND ..."). NUMBER: 1, 2, 3 ... in the order of the file, so
// that a record that went missing is noticed. Bytes of a value outside A-Z a-z 0-9 and _./:+,@-
// stand as %XX, so every value comes back byte for byte. A key that is missing means none (a
// setting's row that does not exist) or empty. Unknown keys are passed over; unknown kinds and
// versions are counted as foreign.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bk::repair {

struct Record {
  enum class Kind : std::uint8_t {
    kRepairBegun,  // phone, name
    kConsent,      // fix, words: what the person agreed to lose, as it was shown
    kWillChange,   // fix, setting, before: as read just now; value: as it will be; temporary
    kChanged,      // change, value: as read back
    kNotChanged,   // change, words: why; what was before is still there
    kWillDo,       // fix, words: a deed, which leaves nothing to undo
    kRestored,     // change, value: as read back
    kLeft,         // change, words: it is not ours any more, or the person wants to keep it
    kFixEnded,     // fix, words: the outcome
    kRepairEnded,  // words: the outcome
  };
  Kind kind = Kind::kRepairBegun;
  std::uint64_t number = 0;
  std::int64_t at = 0;       // milliseconds since 1970 (UTC), by the computer's clock; 0: unknown
  std::uint64_t repair = 0;  // number of its kRepairBegun; of itself: its own number
  std::uint64_t change = 0;  // number of its kWillChange
  bool temporary = false;
  std::string phone;  // PhoneMark of its serial number: the number itself is nobody's business
  std::string name;   // "Xiaomi Redmi Note 8", for the person
  std::string fix, setting, words;
  std::optional<std::string> before, value;

  friend bool operator==(const Record&, const Record&) = default;
};
inline constexpr std::size_t kRecordKinds = 10;
std::string_view KindName(Record::Kind kind);  // "repair_begun", "will_change", ...

inline constexpr std::size_t kRecordBytesMax = std::size_t{64} * 1024;          // of one line
inline constexpr std::size_t kJournalBytesMax = std::size_t{16} * 1024 * 1024;  // of all

// With the newline. Texts are cut so that the line keeps kRecordBytesMax, except `before` and
// `value`, which must come back whole: nullopt when those do not fit.
std::optional<std::string> EncodeRecord(const Record& record);

struct JournalText {
  std::vector<Record> records;  // in order, numbers rising
  // The last line is not whole: its writer was stopped in the middle of it. A normal end. (Whole
  // but for its newline counts as whole.)
  bool torn = false;
  std::uint64_t last = 0;     // highest number of a sound line
  std::uint64_t lost = 0;     // numbers that are missing: records that were there once
  std::uint64_t foreign = 0;  // sound lines of a kind or version that this program does not know
};
// Never fails: what cannot be read is counted. Reads at most kJournalBytesMax.
JournalText DecodeJournal(std::string_view bytes);

// Tells phones apart without telling which: FNV-1a of the serial number, 16 hexadecimal digits.
std::string PhoneMark(std::string_view serial);

}  // namespace bk::repair
