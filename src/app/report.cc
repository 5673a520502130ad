#include "app/report.h"

#include <array>
#include <nlohmann/json.hpp>

#include "app/evidence_json.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using troubleshoot::Step;

Json StepJson(const Step& step) {
  return {{"kind", step.kind == Step::Kind::kFix ? "fix" : "ask"},
          {"id", step.id},
          {"treats", step.treats},
          {"minutes", step.minutes},
          {"hands_on", step.hands_on},
          {"chance", step.chance},
          {"loss", troubleshoot::LossClassName(step.loss)},
          {"loss_text", step.loss_text},
          {"by", step.by == troubleshoot::Actor::kTool ? "tool" : "person"},
          {"text", step.text},
          {"why", step.why},
          {"words", step.words},
          {"check", step.check},
          {"test_later", step.test_later},
          {"undo", step.undo}};
}

Json PlanJson(const troubleshoot::Plan& plan) {
  Json json = {{"expected_minutes", plan.expected_minutes},
               {"bound_minutes", plan.bound_minutes},
               {"cure_chance", plan.cure_chance},
               {"steps", Json::array()}};
  for (const Step& step : plan.steps) json["steps"].push_back(StepJson(step));
  if (!plan.instead.empty()) {
    json["instead"] = {{"text", plan.instead}, {"now", plan.instead_now}};
    if (!plan.instead_for.empty()) json["instead"]["cause"] = plan.instead_for;
  }
  return json;
}

Json BandJson(const BandChoice& band, Privacy& privacy) {
  Json json = {{"text", privacy.Scrub(ValidUtf8(band.text))}};
  if (band.chosen) {
    json["name"] = privacy.Scrub(ValidUtf8(band.chosen->name));
    json["likeness"] = band.chosen->likeness;
    json["seen"] = band.chosen->seen;
  }
  json["others"] = band.others.size();
  return json;
}

Json PhoneJson(const evidence::Phone& phone, Privacy& privacy) {
  return {{"maker", ValidUtf8(phone.maker)},
          {"model", ValidUtf8(phone.model)},
          {"android", ValidUtf8(phone.android_version)},
          {"sdk", phone.sdk},
          {"patch", ValidUtf8(phone.patch)},
          {"skin", ValidUtf8(phone.skin)},
          {"skin_version", ValidUtf8(phone.skin_version)},
          {"where", ToJson(phone.where, privacy)}};
}

Json FileJson(const ReadFile& file, Privacy& privacy) {
  Json json = {{"path", privacy.Scrub(ValidUtf8(file.path))}};
  if (!file.member.empty()) json["member"] = privacy.Scrub(ValidUtf8(file.member));
  json["format"] = ValidUtf8(file.format);
  if (file.packets != 0) json["packets"] = file.packets;
  if (file.first.known()) json["first"] = FormatInstant(file.first);
  if (file.last.known()) json["last"] = FormatInstant(file.last);
  return json;
}

Json MovedByJson(const std::vector<troubleshoot::Contribution>& moved_by, Privacy& privacy) {
  Json json = Json::array();
  for (const auto& moved : moved_by)
    json.push_back({{"finding", moved.finding},
                    {"value", moved.value},
                    {"log_odds", moved.log_odds},
                    {"text", privacy.Scrub(ValidUtf8(moved.text))}});
  return json;
}

Json ExplanationJson(const troubleshoot::Explanation& explanation, Privacy& privacy) {
  Json json = {{"cause", explanation.cause},
               {"moved_by", MovedByJson(explanation.moved_by, privacy)},
               {"also", Json::array()},
               {"would_change", Json::array()},
               {"contradictions", explanation.contradictions}};
  for (const auto& also : explanation.also)
    json["also"].push_back(
        {{"cause", also.cause}, {"moved_by", MovedByJson(also.moved_by, privacy)}});
  for (const auto& change : explanation.would_change)
    json["would_change"].push_back({{"finding", change.finding},
                                    {"value", change.value},
                                    {"to_cause", change.to_cause},
                                    {"chance", change.chance},
                                    {"text", change.text}});
  return json;
}

Json ProbeJson(const ProbeResult& probe, Privacy& privacy) {
  static constexpr std::array kReach = {"not_heard", "held", "no_link", "connected", "answers"};
  static constexpr std::array kKey = {"none", "accepted", "refused", "no_answer", "not_reached"};
  static constexpr std::array kRecords = {"not_asked", "came", "none", "failed"};
  Json json = {{"text", privacy.Scrub(ValidUtf8(probe.text))},
               {"reach", kReach.at(static_cast<std::size_t>(probe.reach))},
               {"key", kKey.at(static_cast<std::size_t>(probe.key))},
               {"records", kRecords.at(static_cast<std::size_t>(probe.records))}};
  if (probe.rssi) json["rssi"] = *probe.rssi;
  if (!probe.info.firmware.empty()) json["firmware"] = ValidUtf8(probe.info.firmware);
  if (const auto& changed = probe.changed_elsewhere)
    json["firmware_changed_elsewhere"] = {{"from", ValidUtf8(changed->before)},
                                          {"to", ValidUtf8(changed->now)}};
  if (probe.info.battery) json["battery_percent"] = probe.info.battery->percent;
  json["cannot_tell"] = Json::array();
  for (const std::string& sentence : probe.untold)
    json["cannot_tell"].push_back(privacy.Scrub(ValidUtf8(sentence)));
  return json;
}

template <class Items>
Json ArrayJson(const Items& items, Privacy& privacy) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(ToJson(item, privacy));
  return json;
}

}  // namespace

const evidence::Finding* ProofOf(const Report& report, const troubleshoot::Contribution& moved) {
  const auto& findings = report.evidence.findings;
  if (moved.source >= findings.size() || findings[moved.source].id != moved.finding) return nullptr;
  return &findings[moved.source];
}

Json ToJson(const Report& report, Privacy& privacy) {
  const troubleshoot::Diagnosis& found = report.diagnosis;
  Json json = {{"schema", "bandkeeper.report/1"}};
  json["verdict"] = {{"outcome", troubleshoot::OutcomeName(found.verdict.outcome)},
                     {"layer", found.verdict.layer},
                     {"cause", found.verdict.cause},
                     {"probability", found.verdict.probability},
                     {"sure", found.verdict.sure},
                     {"text", found.verdict.text},
                     {"explain", found.verdict.explain}};
  json["verdict"]["also"] = Json::array();
  for (const auto& cause : found.verdict.also)
    json["verdict"]["also"].push_back(
        {{"id", cause.id}, {"layer", cause.layer}, {"probability", cause.probability}});
  json["layers"] = Json::array();
  for (const auto& layer : found.layers)
    json["layers"].push_back({{"id", layer.id},
                              {"state", troubleshoot::LayerStateName(layer.state)},
                              {"probability", layer.probability},
                              {"text", layer.text},
                              {"shown_by", layer.shown_by}});
  json["causes"] = Json::array();
  for (const auto& cause : found.causes)
    json["causes"].push_back(
        {{"id", cause.id}, {"layer", cause.layer}, {"probability", cause.probability}});
  json["fault_sets"] = Json::array();
  for (const auto& set : found.fault_sets)
    json["fault_sets"].push_back({{"causes", set.causes}, {"probability", set.probability}});
  json["fault_sets_rest"] = found.fault_sets_rest;
  json["more_faults_at_most"] = found.more_faults_at_most;
  json["findings"] = ArrayJson(report.evidence.findings, privacy);
  json["timeline"] = ArrayJson(report.timeline.entries, privacy);
  json["clocks"] = ClocksJson(report.timeline, privacy);
  json["losses"] = ArrayJson(report.evidence.losses, privacy);
  json["plan"] = PlanJson(found.plan);
  json["explanation"] = ExplanationJson(found.explanation, privacy);
  json["band"] = BandJson(report.band, privacy);
  if (report.probe) json["probe"] = ProbeJson(*report.probe, privacy);
  json["phone"] = report.evidence.phone ? PhoneJson(*report.evidence.phone, privacy) : Json();
  json["files"] = Json::array();
  for (const ReadFile& file : report.files) json["files"].push_back(FileJson(file, privacy));
  return json;
}

}  // namespace bk::app
