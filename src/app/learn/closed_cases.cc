#include "app/learn/closed_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "troubleshoot/belief/belief.h"

namespace bk::app {
namespace {

using nlohmann::json;
using troubleshoot::CaseFinding;
using troubleshoot::ClosedCase;
using troubleshoot::HowKnown;

constexpr std::size_t kCasesMax = 100'000;
constexpr std::size_t kFindingsMax = 1000;  // of one case

std::unexpected<Error> Wrong(std::string_view file, std::size_t line, std::string_view what) {
  return Fail(ErrorCode::kInvalid, fmt::format("{}:{}: {}.", file, line, what));
}

// The text of a key; empty where it is missing, null or no text.
std::string Text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Status EachObject(std::string_view lines, std::string_view file,
                  const std::function<Status(const json&, std::size_t)>& use) {
  std::size_t number = 0;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (number > kCasesMax) return Wrong(file, number, "more cases than can be");
    const json object = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) return Wrong(file, number, "not one JSON object");
    if (Text(object, "id").empty()) return Wrong(file, number, "\"id\" is missing");
    if (auto used = use(object, number); !used) return used;
  }
  return {};
}

// Findings of the threads' form: lists of ids.
bool AddList(const json& object, const char* key, evidence::SourceKind source, HowKnown known,
             ClosedCase& closed) {
  const auto list = object.find(key);
  if (list == object.end()) return true;
  if (!list->is_array() || list->size() > kFindingsMax) return false;
  for (const json& id : *list) {
    if (!id.is_string()) return false;
    closed.findings.push_back({id.get<std::string>(), true, source, known});
  }
  return true;
}

// Findings of the owner's form: an object.
bool AddObject(const json& object, ClosedCase& closed) {
  const auto findings = object.find("findings");
  if (findings == object.end()) return true;
  if (!findings->is_object() || findings->size() > kFindingsMax) return false;
  for (const auto& [id, said] : findings->items()) {
    CaseFinding finding{id, true, evidence::SourceKind::kPerson, HowKnown::kTold};
    const json* value = &said;
    if (said.is_object()) {
      if (!said.contains("value")) return false;
      value = &said["value"];
      const std::string name = Text(said, "source");
      const auto source = evidence::SourceNamed(name);
      if (!source) return false;
      finding.source = *source;
      if (*source != evidence::SourceKind::kPerson) finding.known = HowKnown::kRead;
    }
    if (value->is_null()) continue;
    if (!value->is_boolean()) return false;
    finding.value = value->get<bool>();
    closed.findings.push_back(std::move(finding));
  }
  return true;
}

}  // namespace

Result<std::vector<ClosedCase>> ParseClosedCases(std::string_view lines, std::string_view file) {
  std::vector<ClosedCase> cases;
  const Status read = EachObject(lines, file, [&](const json& object, std::size_t line) -> Status {
    ClosedCase closed;
    closed.id = Text(object, "id");
    closed.cause = Text(object, "cause");
    if (closed.cause.empty()) return Wrong(file, line, "\"cause\" is missing");
    const bool own = Text(object, "schema") == "bandkeeper.case/1";
    if (own) closed.cured_by = Text(object, "fix");
    if (!AddList(object, "observations", evidence::SourceKind::kPerson, HowKnown::kTold, closed) ||
        !AddList(object, "would_show_on_phone", evidence::SourceKind::kPhone, HowKnown::kDeduced,
                 closed))
      return Wrong(file, line, "observations must be lists of findings' ids");
    if (!AddObject(object, closed))
      return Wrong(file, line,
                   "findings must be {\"id\": true, \"id\": {\"value\": false, \"source\": "
                   "\"phone\"}}");
    cases.push_back(std::move(closed));
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return cases;
}

Status AddCures(std::string_view lines, std::string_view file, std::vector<ClosedCase>& cases) {
  return EachObject(lines, file, [&](const json& object, std::size_t) -> Status {
    const std::string id = Text(object, "id");
    for (ClosedCase& closed : cases)
      if (closed.id == id) closed.cured_by = Text(object, "fix");
    return {};
  });
}

Result<std::vector<ClosedCase>> ReadClosedCases(const std::vector<std::string>& paths,
                                                const World& world) {
  std::vector<ClosedCase> all;
  std::set<std::string> ids;
  for (const std::string& path : paths) {
    std::string file = path;
    auto text = world.read_text(file, kCasesBytesMax);
    // A folder cannot be read as text; what counts in it has this name.
    if (!text || text->empty())
      if (auto inside = world.read_text(path + "/cases.jsonl", kCasesBytesMax)) {
        file = path + "/cases.jsonl";
        text = std::move(inside);
      }
    if (!text) return std::unexpected(text.error());
    BK_TRY(std::vector<ClosedCase> cases, ParseClosedCases(*text, file));
    const std::string beside = file.substr(0, file.rfind('/') + 1) + "cured_by.jsonl";
    if (const auto cures = world.read_text(beside, kCasesBytesMax))
      if (auto added = AddCures(*cures, beside, cases); !added)
        return std::unexpected(added.error());
    for (ClosedCase& closed : cases) {
      if (!ids.insert(closed.id).second)
        return Fail(ErrorCode::kInvalid,
                    fmt::format("{}: the case {} is there twice.", file, closed.id));
      all.push_back(std::move(closed));
    }
  }
  return all;
}

std::string ClosedCaseLine(const std::string& id, const std::string& cause, const std::string& fix,
                           std::span<const evidence::Finding> findings) {
  nlohmann::ordered_json line = {
      {"schema", "bandkeeper.case/1"}, {"id", id}, {"cause", cause}, {"fix", nullptr}};
  if (!fix.empty()) line["fix"] = fix;
  line["findings"] = nlohmann::ordered_json::object();
  for (const evidence::Finding& finding : findings) {
    line["findings"][finding.id] = {{"value", troubleshoot::Holds(finding.value)},
                                    {"source", evidence::SourceName(finding.source)}};
  }
  return line.dump();
}

}  // namespace bk::app
