#include <nlohmann/json.hpp>

#include "app/evidence_json.h"
#include "app/repair/repair_case.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

std::string_view DoerName(repair::Doer doer) {
  switch (doer) {
    case repair::Doer::kTool:
      return "tool";
    case repair::Doer::kFinger:
      return "finger";
    case repair::Doer::kWords:
      return "person";
  }
  return "person";
}

class Writer {
 public:
  explicit Writer(Privacy& privacy) : privacy_(privacy) {}
  [[nodiscard]] std::string Text(std::string_view text) const {
    return privacy_.Scrub(ValidUtf8(text));
  }
  [[nodiscard]] Json App(const CompanionChoice& choice) const {
    return choice.package.empty() ? Json(nullptr) : Json(Text(choice.package));
  }
  [[nodiscard]] Json Texts(const std::vector<std::string>& texts) const {
    Json list = Json::array();
    for (const std::string& text : texts) list.push_back(Text(text));
    return list;
  }
  [[nodiscard]] Json Lines(const std::vector<repair::PreviewLine>& lines) const {
    Json list = Json::array();
    for (const repair::PreviewLine& line : lines)
      list.push_back({{"what", Text(line.what)},
                      {"already", line.already},
                      {"commands", Texts(line.commands)}});
    return list;
  }

 private:
  Privacy& privacy_;
};

}  // namespace

Json ToJson(const RepairOutcome& outcome, Privacy& privacy) {
  const Writer writer(privacy);
  Json steps = Json::array();
  for (const StepRun& run : outcome.runs)
    steps.push_back({{"id", run.fix},
                     {"title", writer.Text(run.title)},
                     {"by", DoerName(run.doer)},
                     {"loss", troubleshoot::LossClassName(run.loss)},
                     {"outcome", run.end},
                     {"cured", run.cured},
                     {"text", writer.Text(run.sentence)}});
  Json json = {{"schema", "bandkeeper.repair/1"},
               {"outcome", EndName(outcome.end)},
               {"text", writer.Text(outcome.sentence)},
               {"proof", writer.Text(outcome.proof)},
               {"proved_by", outcome.proved_by == RepairOutcome::ProvedBy::kNobody
                                 ? Json(nullptr)
                                 : Json(ProvedByName(outcome.proved_by))},
               {"went_on", outcome.went_on},
               {"background", outcome.background == RepairOutcome::Background::kNotAsked
                                  ? Json(nullptr)
                                  : Json(BackgroundName(outcome.background))},
               {"repair", outcome.repair == 0 ? Json(nullptr) : Json(outcome.repair)},
               {"steps", std::move(steps)},
               {"app", writer.App(outcome.companion)},
               {"app_text", writer.Text(outcome.companion.why)},
               {"other_apps", writer.Texts(outcome.companion.others)},
               {"changed", writer.Texts(outcome.changed)},
               {"everyday_off", writer.Texts(outcome.everyday_off)},
               {"put_back_since", writer.Texts(outcome.put_back_since)},
               {"set_again", writer.Texts(outcome.set_again)},
               {"put_back_by_phone", writer.Texts(outcome.put_back_by_phone)},
               {"link_after_restart",
                outcome.link_after_restart ? Json(*outcome.link_after_restart) : Json(nullptr)}};
  json["before"] = outcome.first ? ToJson(*outcome.first, privacy) : Json(nullptr);
  json["after"] = outcome.last ? ToJson(*outcome.last, privacy) : Json(nullptr);
  return json;
}

Json ToJson(const DryRun& dry, Privacy& privacy) {
  const Writer writer(privacy);
  Json steps = Json::array();
  for (const DryStep& step : dry.steps)
    steps.push_back({{"id", step.fix->id},
                     {"title", writer.Text(step.title)},
                     {"by", DoerName(step.doer)},
                     {"harm", repair::HarmName(step.consent.harm)},
                     {"consent", writer.Text(step.consent.text)},
                     {"tool", writer.Lines(step.lines)},
                     {"finger", writer.Lines(step.by_finger)},
                     {"words", writer.Texts(step.words)}});
  return {{"schema", "bandkeeper.dry_run/1"},
          {"app", writer.App(dry.companion)},
          {"app_text", writer.Text(dry.companion.why)},
          {"other_apps", writer.Texts(dry.companion.others)},
          {"steps", std::move(steps)},
          {"afterwards", writer.Lines(dry.afterwards)},
          {"report", ToJson(dry.report, privacy)}};
}

}  // namespace bk::app
