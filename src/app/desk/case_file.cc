// The evidence of the case: what is kept of it between runs, and the report that it comes to.
#include <algorithm>

#include "app/band/kept_probe.h"
#include "app/band/probe_findings.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/evidence_json.h"
#include "troubleshoot/knowledge/texts.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kCase = "case.json";
constexpr const char* kReport = "report.json";
constexpr const char* kOutcome = "outcome.json";
constexpr std::string_view kSchema = "bandkeeper.page_case/1";

std::string TextOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}
bool FlagOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}
std::int64_t NumberOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}
Json ListOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_array() ? *found : Json::array();
}
// null for what is not there or no JSON of ours.
Json Load(ports::Store* store, const char* name) {
  if (store == nullptr) return nullptr;
  const auto kept = store->Load(name);
  if (!kept || !*kept) return nullptr;
  Json json = Json::parse((*kept)->text, nullptr, false);
  return json.is_object() ? json : Json();
}

bool IsFileId(std::string_view id) {
  return id.size() > 1 && id.size() < 20 && (id[0] == 'f' || id[0] == 'u') &&
         std::ranges::all_of(id.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void DeskRoom::Keep() {
  if (options.store == nullptr) return;
  Json list = Json::array(), said = Json::array();
  for (const DeskFile& file : files)
    if (file.state == DeskFile::State::kReady)
      list.push_back({{"id", file.id}, {"name", file.name}, {"bytes", file.bytes}});
  for (const troubleshoot::Given& one : answers)
    said.push_back({{"question", one.question}, {"answer", one.answer}});
  const Json json = {{"schema", kSchema},
                     {"files", std::move(list)},
                     {"last_file", last_file},
                     {"phone", with_phone},
                     {"deep", deep},
                     {"band", ValidUtf8(band_wish)},
                     {"at", read_at},
                     {"answers", std::move(said)},
                     {"interview", interview_open},
                     {"probe", probe ? KeptProbeJson(*probe) : Json()},
                     {"probe_at", probe_at},
                     {"running", board.running() != 0 ? Json(board.kind()) : Json()},
                     {"settings",
                      {{"language", settings.language},
                       {"show_addresses", settings.show_addresses},
                       {"app", settings.app},
                       {"page", settings.page}}}};
  // What cannot be kept costs a second look after a restart, and nothing else.
  (void)options.store->Save(kCase, DumpCompact(json));
  (void)options.store->Save(
      kReport, DumpCompact({{"report", kept_report}, {"everyday", everyday}, {"plan", plan}}));
  (void)options.store->Save(kOutcome, DumpCompact({{"outcome", outcome}}));
}

void DeskRoom::TakeUp() {
  const Json json = Load(options.store, kCase);
  const bool ours = json.is_object() && TextOf(json, "schema") == kSchema;
  if (ours) {
    for (const Json& one : ListOf(json, "files")) {
      if (!one.is_object()) continue;
      DeskFile file{
          .id = TextOf(one, "id"),
          .name = TextOf(one, "name"),
          .bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, NumberOf(one, "bytes"))),
          .state = DeskFile::State::kReady};
      if (!IsFileId(file.id) || file.name.empty() || FileOf(file.id) != nullptr) continue;
      file.for_band = file.id[0] == 'u';
      file.received = file.bytes;
      file.path = options.folder + "/" + file.id;
      files.push_back(std::move(file));
    }
    last_file = static_cast<std::uint64_t>(std::max<std::int64_t>(0, NumberOf(json, "last_file")));
    with_phone = FlagOf(json, "phone");
    deep = FlagOf(json, "deep");
    band_wish = TextOf(json, "band");
    read_at = NumberOf(json, "at");
    interview_open = FlagOf(json, "interview");
    for (const Json& one : ListOf(json, "answers"))
      if (one.is_object()) answers.push_back({TextOf(one, "question"), TextOf(one, "answer")});
    if (const auto set = json.find("settings"); set != json.end() && set->is_object()) {
      settings.language = TextOf(*set, "language");
      settings.show_addresses = FlagOf(*set, "show_addresses");
      settings.app = TextOf(*set, "app");
      if (const auto page = set->find("page"); page != set->end() && page->is_object())
        settings.page = *page;
    }
    const Json reports = Load(options.store, kReport);
    if (reports.is_object()) {
      kept_report = reports.value("report", Json());
      everyday = reports.value("everyday", Json());
      plan = reports.value("plan", Json());
    }
    const Json outcomes = Load(options.store, kOutcome);
    if (outcomes.is_object()) outcome = outcomes.value("outcome", Json());
  } else {
    for (const std::string& code : language::CodesFor(options.world.language))
      if (troubleshoot::FindLanguage(*options.world.embedded_knowledge, code) != nullptr) {
        settings.language = code;
        break;
      }
  }
  // What an upload left that was cut, and what is not of the case any more.
  if (options.list_folder && options.remove_file)
    for (const std::string& name : options.list_folder(options.folder))
      if (IsFileId(name) && FileOf(name) == nullptr)
        (void)options.remove_file(options.folder + "/" + name);
  UseLanguage();
  if (const std::string cut = ours ? TextOf(json, "running") : ""; !cut.empty())
    outcome = {{"task", 0},
               {"kind", cut},
               {"ended", NumberOf(json, "at")},
               {"good", false},
               {"stopped", false},
               {"text", Say(kDeskSays.cut_off)},
               {"error", {{"code", "interrupted"}, {"text", Say(kDeskSays.cut_off_why)}}},
               {"result", nullptr},
               {"log", Json::array()}};
  for (DeskFile& file : files) JudgeBandFile(file);
  if (ours) {
    probe = KeptProbeOf(json.value("probe", Json()), knowledge->language);
    probe_at = NumberOf(json, "probe_at");
  }
  const bool any_file =
      std::ranges::any_of(files, [](const DeskFile& file) { return !file.for_band; });
  if (!with_phone && !any_file && (!answers.empty() || interview_open || probe)) {
    gathered.emplace();  // answers and what the band said: all there is
    FoldProbe();
    Renew();
    report_at = kept_report.is_object() ? NumberOf(kept_report, "at") : read_at;
  }
  changed = with_phone || any_file;
}

void DeskRoom::UseLanguage() {
  const troubleshoot::Knowledge& all = *options.world.embedded_knowledge;
  interview.reset();  // it points into the one before
  const language::Language* const language = troubleshoot::FindLanguage(all, settings.language);
  if (language == nullptr) settings.language = "en";
  knowledge = language == nullptr
                  ? std::shared_ptr<const troubleshoot::Knowledge>(&all, [](const auto*) {})
                  : std::make_shared<const troubleshoot::Knowledge>(
                        troubleshoot::InLanguage(all, *language));
}

void DeskRoom::Renew() {
  if (!gathered) return;
  Gathered bare{.report = {.files = gathered->report.files,
                           .band = gathered->report.band,
                           .probe = gathered->report.probe,
                           .evidence = gathered->report.evidence},
                .context = gathered->context};
  // Thousands of events that no question and no verdict asks for.
  bare.report.evidence.events.clear();
  interview.reset();
  if (answers.empty() && !interview_open) {
    report = std::move(bare.report);
    report->diagnosis = troubleshoot::Diagnose(*knowledge, report->evidence.findings, bare.context);
  } else {
    interview =
        std::make_unique<InterviewCase>(std::move(bare), band_wish, *knowledge, options.world);
    interview->interview().Resume(answers);
    report = interview->Finish();
  }
}

void DeskRoom::FoldProbe() {
  if (!probe || !gathered) return;
  Report& seen = gathered->report;
  // As it is said in the language of the setting.
  WriteProbeFindings(knowledge->language, *probe);
  // An earlier probe is not what the band is like now.
  const auto of_probe = [](const auto& one) {
    return one.source == evidence::SourceKind::kBand && one.where.file == kProbePlace;
  };
  std::erase_if(seen.evidence.findings, of_probe);
  std::erase_if(seen.evidence.events, of_probe);
  evidence::Append(seen.evidence, evidence::Evidence(probe->evidence));
  RenewBandEvents(seen.timeline, probe->evidence.events, knowledge->language);
  seen.probe = probe;
  gathered->context.band_seen = true;
}

DiagnoseRequest DeskRoom::Request() const {
  DiagnoseRequest request{.band = band_wish};
  for (const DeskFile& file : files)
    if (!file.for_band && file.state == DeskFile::State::kReady) request.files.push_back(file.name);
  return request;
}

DeskFile* DeskRoom::FileOf(std::string_view id) {
  const auto found = std::ranges::find(files, id, &DeskFile::id);
  return found == files.end() ? nullptr : &*found;
}

void DeskRoom::RemoveFile(std::string_view id) {
  const auto found = std::ranges::find(files, id, &DeskFile::id);
  if (found == files.end()) return;
  if (options.remove_file) (void)options.remove_file(found->path);
  files.erase(found);
}

Answered DeskRoom::ClearCase() {
  std::vector<std::string> gone;
  for (const DeskFile& file : files)
    if (!file.for_band) gone.push_back(file.id);
  for (const std::string& id : gone) RemoveFile(id);
  with_phone = deep = changed = interview_open = false;
  band_wish.clear();
  probe.reset();
  read_at = report_at = 0;
  answers.clear();
  interview.reset();
  gathered.reset();
  report.reset();
  kept_report = plan = nullptr;
  put_back = Json::array();
  Set("plan", plan);
  ShowReport();
  ShowInterview();
  ShowCase();
  Keep();
  return {};
}

}  // namespace bk::app
