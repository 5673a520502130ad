// Cuts a bug report's text, or the output of several dumpsys calls, into its parts.
//
// No single mark is trusted: a part ends at its own end line, at the next part's start, at a
// heading, or where the text ends, whichever comes first; what ended without its end line although
// its neighbours have one is marked as cut. Android 2.3 to 16 and vendors' variants.
// Source: dumpstate.cpp, dumpsys.cpp (android-evidence.md 1.3) and real reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "android/section.h"
#include "base/instant.h"
#include "evidence/evidence.h"

namespace bk::android {

// The services that this room reads, in alphabetical order: when a report ends early, these are
// named as not collected.
const std::vector<std::string_view>& EvidenceServices();

// What all sections of one text share.
struct TextOrigin {
  std::string_view text;  // the whole member, decoded
  std::string file;
  std::string member;
  evidence::SourceKind source = evidence::SourceKind::kBugReport;

  [[nodiscard]] Section Make(Section::Kind kind, std::string_view name,
                             std::string_view body) const;
};

// A base64 block between its markers; a view into the text.
struct SnoozText {
  std::string_view base64;
  bool whole = true;
};

// Where the line of that number starts, in the text: so that nobody counts from the beginning.
struct LineMark {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
};

struct SplitText {
  std::vector<Section> sections;  // in the order of the text
  std::string_view unmarked;      // what stands before the first mark and is no header
  std::vector<SnoozText> snooz;
  std::vector<std::string> absent;   // "Can't find service: NAME"
  std::vector<std::string> running;  // names under "Currently running services:"
  std::vector<evidence::Loss> losses;

  AnyInstant time;               // "== dumpstate: 2020-01-08 15:30:07"
  std::string_view fingerprint;  // without its quotes
  std::string_view build;
  bool has_header = false;
  bool complete = false;           // "== dumpstate: done"
  bool ends_early = false;         // a report that should have that line and has not
  std::uint32_t reports = 0;       // headers seen: files may be joined
  std::uint32_t services = 0;      // "DUMP OF SERVICE" seen
  std::uint32_t commands = 0;      // "------ TITLE ------" seen
  std::uint32_t known_titles = 0;  // of these, titles that dumpstate itself uses
  std::uint64_t lines = 0;
  std::vector<LineMark> line_marks;  // in order, one in a MB
};

// One pass over the lines; bodies are views. O(text), no copy.
SplitText SplitSections(const TextOrigin& origin);

// Cuts text without marks by the first lines of known outputs: `dumpsys bluetooth_manager > x`,
// also several written one after another, getprop, settings list, pm list packages. What a script
// or a person wrote between them is passed over; lines of logcat among them are a kLog section.
// Empty when it is none of these.
std::vector<Section> SplitByContent(const TextOrigin& origin, std::string_view text);

}  // namespace bk::android
