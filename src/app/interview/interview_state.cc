#include "app/interview/interview_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bk::app {
namespace {

constexpr std::size_t kAnswersMax = 1000;  // more than there are questions
constexpr std::size_t kIdBytesMax = 200;
constexpr std::string_view kSchemaBeginning = "bandkeeper.interview/";

std::unexpected<Error> Damaged() {
  return Fail(ErrorCode::kInvalid, "The answers that were kept are damaged.");
}

}  // namespace

std::string FingerprintOf(std::span<const evidence::Finding> findings, std::string_view band) {
  std::vector<std::string> lines = {fmt::format("band={}", band)};
  for (const evidence::Finding& finding : findings) {
    const bool* flag = std::get_if<bool>(&finding.value);
    lines.push_back(fmt::format("{}={}@{}", finding.id,
                                flag == nullptr ? std::get<std::string>(finding.value)
                                : *flag         ? "true"
                                                : "false",
                                evidence::SourceName(finding.source)));
  }
  std::ranges::sort(lines);
  // FNV-1a: other evidence must differ, nobody attacks it.
  std::uint64_t hash = 14695981039346656037ULL;
  for (const std::string& line : lines)
    for (const char c : line + '\n')
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("{:016x}", hash);
}

std::string ToText(const InterviewState& state) {
  nlohmann::ordered_json json = {{"schema", kInterviewSchema},
                                 {"evidence", state.evidence},
                                 {"answers", nlohmann::ordered_json::array()}};
  for (const troubleshoot::Given& given : state.answers)
    json["answers"].push_back({{"question", given.question}, {"answer", given.answer}});
  return json.dump(2) + "\n";
}

Result<InterviewState> ParseInterviewState(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return Damaged();
  const auto text_of = [](const nlohmann::json& object, const char* key) -> std::string {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const std::string schema = text_of(json, "schema");
  if (schema != kInterviewSchema && schema.starts_with(kSchemaBeginning))
    return Fail(ErrorCode::kNotSupported,
                "The answers that were kept are of another version of this program.");
  const auto answers = json.find("answers");
  InterviewState state{text_of(json, "evidence"), {}};
  if (schema != kInterviewSchema || state.evidence.empty() || answers == json.end() ||
      !answers->is_array() || answers->size() > kAnswersMax)
    return Damaged();
  for (const nlohmann::json& answer : *answers) {
    if (!answer.is_object()) return Damaged();
    troubleshoot::Given given{text_of(answer, "question"), text_of(answer, "answer")};
    if (given.question.empty() || given.answer.empty() || given.question.size() > kIdBytesMax ||
        given.answer.size() > kIdBytesMax)
      return Damaged();
    state.answers.push_back(std::move(given));
  }
  return state;
}

}  // namespace bk::app
