#include "app/diagnose_case.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/band/messages.h"
#include "app/band/probe_in.h"
#include "app/findings_file.h"
#include "app/present.h"
#include "base/limits.h"
#include "capture/findings.h"

namespace bk::app {
namespace {

// A person's answers; a larger file is something else.
constexpr std::size_t kFindingsBytesMax = 1 << 20;

evidence::BandId IdOf(const BandChoice& choice) {
  if (!choice.chosen) return {};
  return {.address = choice.chosen->address,
          .masked_address = choice.chosen->masked_address,
          .name = choice.chosen->name};
}

bool SamePhone(const evidence::Phone& a, const evidence::Phone& b) {
  return a.model.empty() || b.model.empty() || a.model == b.model;
}

std::string PhoneName(const evidence::Phone& phone) {
  return fmt::format("{} {} (Android {})", phone.maker, phone.model, phone.android_version);
}

// A case is about one phone: the first that says who it is. Evidence of another would mix two
// people's settings, so it is left out, and said.
void KeepOnePhone(CaseEvidence& seen) {
  const auto named = std::ranges::find_if(
      seen.phones, [](const auto& state) { return !state.phone.model.empty(); });
  if (named == seen.phones.end()) return;
  const evidence::Phone taken = named->phone;
  std::erase_if(seen.phones, [&](const android::PhoneState& state) {
    if (SamePhone(state.phone, taken)) return false;
    seen.losses.push_back(
        {.kind = evidence::LossKind::kUnsupported,
         .where = state.phone.where,
         .text =
             fmt::format("the evidence holds several phones; {} was taken and {} left out, because "
                         "it came later: diagnose it by itself",
                         PhoneName(taken), PhoneName(state.phone))});
    return true;
  });
}

evidence::Evidence FindingsOf(const CaseEvidence& seen, const evidence::BandId& band,
                              std::span<const evidence::CompanionApp> apps) {
  evidence::Evidence all;
  for (const auto& state : seen.phones) Append(all, android::FindingsFor(state, band, apps));
  for (const auto& story : seen.stories) Append(all, capture::FindingsFor(story, band));
  for (const evidence::Loss& loss : seen.losses) AddLoss(all.losses, loss);
  return all;
}

// What the logs say of devices, whichever they are: findings speak of one band, a timeline of all.
evidence::Evidence EventsOfDevices(const android::PhoneState& state) {
  evidence::Evidence out;
  for (const android::log::LogFact& fact : state.log.facts) {
    // Those without an address that an app tells are among the findings' events.
    if (!IsAboutDevice(fact.kind) || (fact.address.empty() && !fact.package.empty())) continue;
    if (out.events.size() >= limits::kEventsMax) break;
    out.events.push_back(EventOf(fact));
  }
  android::ResolveLines(state.texts, out);
  return out;
}

Result<ProbeResult> Probe(const ProbeWishes& wishes, const World& world,
                          const language::Language& language) {
  if (world.band == nullptr || !world.clock)
    return Fail(ErrorCode::kNotSupported, language.Say(kWaySays.no_bluetooth));
  const auto clock = world.clock();
  return ProbeBandIn(language, *world.band, *clock, wishes, world.progress);
}

}  // namespace

Result<Gathered> GatherCase(const DiagnoseRequest& request,
                            const troubleshoot::Knowledge& knowledge, const World& world) {
  Gathered gathered;
  Report& report = gathered.report;
  CaseEvidence seen;
  if (!request.files.empty() || request.phone) {
    std::optional<LivePhone> live;
    if (request.phone) {
      BK_TRY(live, ReadLivePhone(*request.phone, knowledge.apps, world, &knowledge.language));
    }
    BK_TRY(seen, Ingest(request.files, knowledge.apps, world, std::move(live), knowledge.language));
    KeepOnePhone(seen);
    if (request.devices) request.devices(DevicesInOrder(seen.Sightings()));
    BK_TRY(report.band, ChooseBand(seen.Sightings(), request.band, knowledge.language));
    report.evidence = FindingsOf(seen, IdOf(report.band), knowledge.apps);
    report.files = std::move(seen.files);
    gathered.stories = std::move(seen.stories);
  }
  if (request.probe) {
    BK_TRY(report.probe, Probe(*request.probe, world, knowledge.language));
    Append(report.evidence, evidence::Evidence(report.probe->evidence));
  }
  if (!request.files.empty() || request.phone || request.probe)
    report.timeline =
        BuildTimeline(seen.stories, seen.phones, report.evidence.events, knowledge.language);
  KeepThePresent(report.evidence.findings, report.timeline, seen.phones);
  if (!request.findings_file.empty()) {
    BK_TRY(const std::string text, world.read_text(request.findings_file, kFindingsBytesMax));
    BK_TRY(auto answers, ParseFindings(text, request.findings_file));
    std::ranges::move(answers, std::back_inserter(report.evidence.findings));
  }

  troubleshoot::Context& context = gathered.context;
  context.band_seen =
      report.band.chosen.has_value() || !request.band.empty() || request.probe.has_value();
  if (report.evidence.phone) {
    context.android_sdk = report.evidence.phone->sdk;
    context.maker = report.evidence.phone->maker;
  }
  return gathered;
}

Result<Report> DiagnoseCase(const DiagnoseRequest& request,
                            const troubleshoot::Knowledge& knowledge, const World& world) {
  const bool alone =
      request.files.empty() && request.findings_file.empty() && !request.phone && !request.probe;
  DiagnoseRequest wanted = request;
  if (alone) wanted.phone.emplace();
  auto found = GatherCase(wanted, knowledge, world);
  if (!found) {
    if (!alone || found.error().code != ErrorCode::kNotFound) return std::unexpected(found.error());
    return Fail(ErrorCode::kNotFound,
                found.error().message +
                    " Without a cable: hand over a bug report, a capture or a log, answer "
                    "questions with --ask, or give answers with --findings (see `bandkeeper "
                    "doctor --help`).");
  }
  Gathered& gathered = *found;
  Report& report = gathered.report;
  report.diagnosis = troubleshoot::Diagnose(knowledge, report.evidence.findings, gathered.context);
  return std::move(report);
}

Result<Reading> ReadCase(const std::vector<std::string>& files,
                         const troubleshoot::Knowledge& knowledge, const World& world) {
  if (files.empty())
    return Fail(ErrorCode::kInvalid, "Nothing to read. Name a capture, a bug report or a log.");
  BK_TRY(CaseEvidence seen, Ingest(files, knowledge.apps, world));
  Reading reading;
  for (const auto& state : seen.phones) {
    Append(reading.texts, android::FindingsFor(state, {}, knowledge.apps));
    Append(reading.texts, EventsOfDevices(state));
  }
  for (const evidence::Loss& loss : seen.losses) AddLoss(reading.texts.losses, loss);
  std::vector<evidence::Event> events = reading.texts.events;
  for (const capture::Story& story : seen.stories)
    events.insert(events.end(), story.events.begin(), story.events.end());
  reading.timeline = BuildTimeline(seen.stories, seen.phones, std::move(events));
  reading.files = std::move(seen.files);
  reading.stories = std::move(seen.stories);
  return reading;
}

}  // namespace bk::app
