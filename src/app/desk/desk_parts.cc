// The parts that a page sees, made of what the room holds. All under its lock.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/band/messages.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/evidence_json.h"
#include "app/phone/open_phone.h"
#include "app/repair/kept_settings.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

std::string_view StateName(ports::PhoneState state) {
  switch (state) {
    case ports::PhoneState::kReady:
      return "ready";
    case ports::PhoneState::kUnauthorised:
      return "unauthorised";
    case ports::PhoneState::kNoPermissions:
      return "no_permissions";
    case ports::PhoneState::kOffline:
      return "offline";
    case ports::PhoneState::kNotAndroid:
      return "not_android";
    case ports::PhoneState::kConnecting:
      break;
  }
  return "connecting";
}

std::string_view EndName(troubleshoot::Interview::End end) {
  using End = troubleshoot::Interview::End;
  switch (end) {
    case End::kOpen:
      return "open";
    case End::kEnough:
      return "enough";
    case End::kNothingLeft:
      return "nothing_left";
    case End::kLimit:
      break;
  }
  return "limit";
}

}  // namespace

std::string DumpCompact(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void DeskRoom::Set(std::string_view part, const Json& value, bool phone) {
  parts.Set(part, DumpCompact(value), phone && options.simulated != nullptr);
}

void DeskRoom::SetBand() {
  if (band_part.is_object() && options.simulated_band)
    band_part["simulated_band"] = ValidUtf8(options.simulated_band(knowledge->language));
  if (band_part.is_object() && options.world.band == nullptr)
    band_part["sentence"] = Say(kWaySays.no_bluetooth);
  parts.Set("band", DumpCompact(band_part), options.simulated_band != nullptr);
}

Json DeskRoom::Marked(Json document) const {
  if (options.simulated == nullptr || !document.is_object()) return document;
  Json marked;
  for (auto& [key, value] : document.items()) {
    marked[key] = std::move(value);
    if (key == "schema") {
      marked["simulated"] = true;
      marked["simulated_phone"] = ValidUtf8(options.simulated(knowledge->language));
    }
  }
  return marked;
}

void DeskRoom::ShowPhones() {
  Json list = Json::array();
  const language::Language& in = knowledge->language;
  std::string state = "none", sentence = Say(kDeskSays.plug);
  const ports::PhoneSeen* chosen = nullptr;
  for (const ports::PhoneSeen& phone : phones) {
    auto& key = phone_keys[phone.serial];
    if (key.empty()) key = fmt::format("p{}", phone_keys.size());
    if (phone.serial == serial || phones.size() == 1) chosen = &phone;
    list.push_back({{"key", key},
                    {"model", privacy.Scrub(ValidUtf8(phone.model))},
                    {"state", StateName(phone.state)},
                    {"sentence", privacy.Scrub(ValidUtf8(StateSentence(phone, in)))},
                    {"chosen", phone.serial == serial || phones.size() == 1}});
  }
  if (chosen != nullptr) {
    state = StateName(chosen->state);
    sentence = privacy.Scrub(ValidUtf8(StateSentence(*chosen, in)));
  } else if (phones_error) {
    state = "trouble";
    sentence = privacy.Scrub(ValidUtf8(TroubleSentence(*phones_error, in)));
  } else if (!phones.empty()) {
    state = "several";
    sentence = Say(kDeskSays.several);
  }
  Set("phones", {{"state", state},
                 {"sentence", sentence},
                 {"simulated_phone",
                  options.simulated == nullptr ? Json() : Json(ValidUtf8(options.simulated(in)))},
                 {"asleep", job.has_value() || board.running() != 0},
                 {"list", std::move(list)}});
}

void DeskRoom::ShowCase() {
  static constexpr std::array<const char*, 3> kStates = {"uploading", "ready", "failed"};
  Json list = Json::array();
  for (const DeskFile& file : files)
    if (!file.for_band)
      list.push_back({{"id", file.id},
                      {"name", file.name},
                      {"bytes", file.bytes},
                      {"received", file.received},
                      {"state", kStates[static_cast<std::size_t>(file.state)]},
                      {"sentence", file.sentence}});
  Json read = Json::array(), losses = Json::array();
  if (const auto document = kept_report.find("report");
      document != kept_report.end() && document->is_object()) {
    read = document->value("files", Json::array());
    losses = document->value("losses", Json::array());
  }
  Set("case", {{"files", std::move(list)},
               {"phone", with_phone},
               {"deep", deep},
               {"band", privacy.Scrub(ValidUtf8(band_wish))},
               {"answers", answers.size()},
               {"changed", changed},
               {"at", read_at == 0 ? Json() : Json(read_at)},
               {"probe_at", probe ? Json(probe_at) : Json()},
               {"read", std::move(read)},
               {"losses", std::move(losses)}});
}

void DeskRoom::ShowFiles() {
  std::map<std::string, std::string> paths;
  for (const DeskFile& file : files)
    if (!file.for_band && file.state == DeskFile::State::kReady) paths[file.name] = file.path;
  named_files.Set(std::move(paths));
  ShowCase();
  if (!band_part.is_object()) return;
  static constexpr std::array<const char*, 3> kStates = {"uploading", "ready", "failed"};
  Json list = Json::array();
  for (const DeskFile& file : files)
    if (file.for_band)
      list.push_back({{"id", file.id},
                      {"name", file.name},
                      {"bytes", file.bytes},
                      {"state", kStates[static_cast<std::size_t>(file.state)]},
                      {"sentence", file.sentence}});
  band_part["files"] = std::move(list);
  SetBand();
}

void DeskRoom::ShowReport() {
  if (!report) {
    Set("report", kept_report);
    return;
  }
  Json json = {{"at", report_at},
               {"answers", answers.size()},
               {"timeline_events", gathered ? gathered->report.timeline.entries.size() : 0},
               {"put_back", put_back},
               {"report", Marked(ToJson(*report, privacy))}};
  Set("report", json);
  kept_report = std::move(json);
}

void DeskRoom::ShowInterview() {
  if (!interview_open || !interview) {
    Set("interview", nullptr);
    return;
  }
  troubleshoot::Interview& talk = interview->interview();
  const auto clean = [&](std::string_view text) { return privacy.Scrub(ValidUtf8(text)); };
  Json question;
  if (const auto* current = talk.current()) {
    Json options_json = Json::array(), leanings = Json::array();
    for (const auto& option : current->options)
      options_json.push_back({{"id", option.id}, {"words", clean(option.words)}});
    for (const auto& lean : talk.Leanings())
      leanings.push_back({{"answer", lean.answer},
                          {"cause", lean.cause},
                          {"before", lean.before},
                          {"after", lean.after}});
    question = {{"id", current->id},
                {"text", clean(current->text)},
                {"why", clean(current->why)},
                {"options", std::move(options_json)},
                {"none_words", clean(current->none_words)},
                {"saves_minutes", current->saves},
                {"leanings", std::move(leanings)}};
  }
  Json given = Json::array();
  for (const troubleshoot::Given& one : talk.answers()) {
    std::string text = one.question, words = one.answer;
    const auto kind =
        std::ranges::find(knowledge->findings, one.question, &troubleshoot::FindingKind::id);
    if (kind != knowledge->findings.end()) text = kind->question;
    const auto choice =
        std::ranges::find(knowledge->choices, one.question, &troubleshoot::ChoiceQuestion::id);
    if (choice != knowledge->choices.end()) {
      text = choice->question;
      const auto option =
          std::ranges::find(choice->options, one.answer, &troubleshoot::ChoiceOption::id);
      if (option != choice->options.end()) words = option->words;
    }
    given.push_back({{"question", one.question},
                     {"text", clean(text)},
                     {"answer", one.answer},
                     {"words", clean(words)}});
  }
  const std::size_t number =
      talk.current() != nullptr ? talk.current()->number : talk.answers().size();
  Set("interview", {{"number", number},
                    {"more", talk.More()},
                    {"end", EndName(talk.ended())},
                    {"can_back", !talk.answers().empty()},
                    {"question", std::move(question)},
                    {"answers", std::move(given)}});
}

void DeskRoom::ShowOutcome() { Set("outcome", outcome); }

void DeskRoom::ShowRepairs(Json past) {
  if (!past.is_object())
    past = {{"schema", "bandkeeper.repairs/1"},
            {"repairs", Json::array()},
            {"lost_records", 0},
            {"interrupted", false},
            {"sentence", ""}};
  Set("repairs", Marked(std::move(past)));
}

void DeskRoom::ShowSettings() {
  Json languages = {{{"code", "en"}, {"name", "English"}}};
  const troubleshoot::Knowledge& all = *options.world.embedded_knowledge;
  for (const language::Language& one : all.languages)
    languages.push_back({{"code", one.code}, {"name", one.name}});
  Json apps = Json::array();
  for (const evidence::CompanionApp& app : all.apps)
    if (app.speaks_to_band4) apps.push_back({{"id", app.id}, {"title", app.title}});
  Set("settings",
      {{"language", settings.language},
       {"languages", std::move(languages)},
       {"show_addresses", settings.show_addresses},
       {"app", settings.app},
       {"apps", std::move(apps)},
       {"page", settings.page}},
      false);
}

}  // namespace bk::app
