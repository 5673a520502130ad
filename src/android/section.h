// A part of a bug report or of a phone's live output: what every parser in this room takes.
//
// Bodies are views into the member's text, which the caller keeps alive while parsing. Lines are
// not counted while parsing: a parser says where it read something by the line's own view, and the
// report reader turns offsets into line numbers once, for the few places that end up cited.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/evidence.h"

namespace bk::android {

struct Section {
  enum class Kind : std::uint8_t {
    kService,  // body of "DUMP OF SERVICE name:", or the output of `dumpsys name`
    kCommand,  // body of "------ TITLE (command) ------"
    kLog,      // a logcat section or file: name is "SYSTEM LOG", "EVENT LOG", "" for a bare file
    kHeader,   // what stands before the first marker of a bug report
    kFile,     // a member of the archive that is one thing by itself ("proc/…", tombstone)
  };
  Kind kind = Kind::kService;
  std::string name;          // service name, or the title: "bluetooth_manager", "SYSTEM PROPERTIES"
  std::string_view command;  // between the brackets, if any
  std::string_view body;
  std::string cut;  // empty, or why the body is not all of it: "timed out after 10.0 s"

  // Where the whole member's text starts, and what to call it.
  std::string_view member_text;
  std::string file;
  std::string member;  // path within the archive; empty for a bare file
  evidence::SourceKind source = evidence::SourceKind::kBugReport;

  // The place of `part`, a view into body: file, "member » name", byte offset in member_text.
  [[nodiscard]] evidence::Where At(std::string_view part, AnyInstant time = {}) const;
};

// How many blocks a parser saw and understood; a difference becomes a Loss (MVT once read 10 of 388
// packages and said nothing).
struct BlockCount {
  std::uint64_t seen = 0;
  std::uint64_t understood = 0;
  std::string_view first_unread;  // a view into the body
};
// Adds a kNotUnderstood loss when seen > understood: "12 of 388 packages were not understood".
void AddBlockLoss(const Section& section, const BlockCount& count, std::string_view what,
                  std::vector<evidence::Loss>& losses);

}  // namespace bk::android
