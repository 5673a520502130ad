// Which members of an archive matter, and as what. Decided by base names and sizes only: users
// rename entries and zip them again with a leading folder, Windows tools write backslashes, and
// vendors put the real report into a zip within theirs.
// Source: android-evidence.md 1.2, 2.3 (AOSP dumpstate's format document, MVT, vendor guides).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ports/files.h"

namespace bk::android {

enum class MemberRole : std::uint8_t {
  kMainReport,    // the text of the bug report: give it to ReportReader::Add first
  kOutput,        // a text that may hold a dump or a log: Add decides by its content
  kLog,           // a logcat, last_kmsg or app log: Add
  kTombstone,     // a native crash: Add
  kSnoop,         // an HCI capture: for the capture reader, which decides by content
  kInnerArchive,  // a zip or gzip to open in turn (limits::kArchiveDepthMax)
  kProgressLog,   // dumpstate's own log: Add tells what it is
};

struct MemberChoice {
  std::size_t index = 0;  // in `members`
  MemberRole role = MemberRole::kOutput;
};

// The index of main_entry.txt, whose text is given to ChooseMembers.
std::optional<std::size_t> FindMainEntry(std::span<const ports::Archive::Member> members);

// The members that matter, main report first, then outputs and logs, captures, inner archives; the
// rest is not named. `main_entry` is the text of main_entry.txt, or empty. Empty result: nothing in
// this archive looks like evidence.
std::vector<MemberChoice> ChooseMembers(std::span<const ports::Archive::Member> members,
                                        std::string_view main_entry = {});

}  // namespace bk::android
