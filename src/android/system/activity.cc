// dumpsys activity: its parts, by their headings, go to a parser each.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

struct Part {
  std::string_view heading;
  void (*parse)(Scope&, std::string_view);
};
constexpr Part kParts[] = {
    {"ACTIVITY MANAGER PROCESS EXIT INFO", ParseExitInfo},
    {"ACTIVITY MANAGER SERVICES", ParseServices},
    {"ACTIVITY MANAGER RUNNING PROCESSES", ParseProcesses},
    {"APP BACKGROUND RESTRICTIONS", ParseRestrictionLevels},
    {"ACTIVITY MANAGER MARs", ParseMars},
};

const Part* FindPart(std::string_view line) {
  for (const Part& part : kParts)
    if (line.starts_with(part.heading)) return &part;
  return nullptr;
}

}  // namespace

void ParseActivity(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const Part* open = nullptr;
  // A live output of one part may lack the heading.
  if (section.command.find(" mars") != std::string_view::npos) open = &kParts[4];
  const char* start = section.body.data();
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    if (line.empty() || line.front() != 'A') continue;
    if (!line.starts_with("ACTIVITY MANAGER ") && !line.starts_with("APP BACKGROUND ")) continue;
    if (open != nullptr) open->parse(scope, {start, static_cast<std::size_t>(line.data() - start)});
    open = FindPart(line);
    start = line.data();
  }
  if (open != nullptr)
    open->parse(scope, {start, section.body.size() -
                                   static_cast<std::size_t>(start - section.body.data())});
}

}  // namespace bk::android::system
