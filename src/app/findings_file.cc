#include "app/findings_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace bk::app {

Result<std::vector<evidence::Finding>> ParseFindings(std::string_view json, std::string_view file) {
  const auto document = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded())
    return Fail(ErrorCode::kInvalid, fmt::format("{}: not valid JSON.", file));
  const auto findings = document.is_object() ? document.find("findings") : document.end();
  if (!document.is_object() || findings == document.end() || !findings->is_object())
    return Fail(
        ErrorCode::kInvalid,
        fmt::format("{}: expected {{\"findings\": {{\"location_off\": true, ...}}}}.", file));
  std::vector<evidence::Finding> out;
  for (const auto& [id, value] : findings->items()) {
    if (value.is_null()) continue;
    evidence::Finding finding;
    finding.id = id;
    finding.source = evidence::SourceKind::kPerson;
    finding.where.file = file;
    if (value.is_boolean()) {
      finding.value = value.get<bool>();
    } else if (value.is_string()) {
      finding.value = value.get<std::string>();
    } else {
      return Fail(ErrorCode::kInvalid,
                  fmt::format("{}: findings.{}: must be true, false, null or text.", file, id));
    }
    out.push_back(std::move(finding));
  }
  return out;
}

Result<std::vector<evidence::Finding>> ParseFindingsOrReport(std::string_view json,
                                                             std::string_view file) {
  const auto document = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  const auto findings = document.is_object() ? document.find("findings") : document.end();
  if (!document.is_object() || findings == document.end() || !findings->is_array())
    return ParseFindings(json, file);
  std::vector<evidence::Finding> out;
  for (const nlohmann::json& one : *findings) {
    const auto text = [&](const char* key) {
      const auto found = one.is_object() ? one.find(key) : one.end();
      return one.is_object() && found != one.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
    };
    evidence::Finding finding;
    finding.id = text("id");
    const auto source = evidence::SourceNamed(text("source"));
    if (finding.id.empty() || !source || !one.contains("value"))
      return Fail(ErrorCode::kInvalid,
                  fmt::format("{}: a finding of a report has an id, a value and a source.", file));
    finding.source = *source;
    finding.where.file = file;
    if (one["value"].is_boolean())
      finding.value = one["value"].get<bool>();
    else
      finding.value = text("value");
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace bk::app
