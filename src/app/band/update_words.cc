#include "app/band/update_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/band/messages.h"
#include "app/band/words.h"

namespace bk::app {
namespace {

using codec::miband::UpdateType;
using companion::UpdateFile;
using language::Language;
using End = UpdateResult::End;
using Phase = companion::Update::Progress::Phase;
using Why = companion::ShutGate::Why;

std::string Sending(const UpdateProgress& progress, ports::RadioTime now,
                    std::vector<language::Argument> with, const Language& language) {
  const double of = std::max(1.0, static_cast<double>(progress.at.of));
  with.emplace_back("percent",
                    fmt::format("{:.0f}", 100.0 * static_cast<double>(progress.at.bytes) / of));
  const auto left = progress.at.SecondsLeft(now);
  const auto rate = progress.at.BytesPerSecond(now);
  if (!left || !rate) return language.Say(kUpdateSays.sending, with);
  with.emplace_back("left", fmt::format("{}:{:02}", *left / 60, *left % 60));
  with.emplace_back("rate", language.Say(kMinutesSays.decimal, {{"whole", *rate / 1000},
                                                                {"tenths", *rate % 1000 / 100}}));
  return language.Say(kUpdateSays.sending_left, with);
}

std::string GateInWords(const companion::ShutGate& gate, const Language& language) {
  switch (gate.why) {
    case Why::kBatteryUnknown:
      return language.Say(kUpdateSays.battery_unknown, {{"needed", gate.needed}});
    case Why::kBatteryLow:
      return language.Say(kUpdateSays.battery_low,
                          {{"percent", gate.value}, {"needed", gate.needed}});
    case Why::kWrongVersion:
      return gate.has.empty() ? language.Say(kUpdateSays.version_unknown, {{"wants", gate.wants}})
                              : language.Say(kUpdateSays.wrong_version,
                                             {{"wants", gate.wants}, {"has", gate.has}});
    case Why::kPending:
      return language.Say(kUpdateSays.pending, {{"has", gate.has}, {"held", gate.wants}});
    case Why::kWeak:
      break;
  }
  return language.Say(kUpdateSays.weak, {{"dbm", gate.value}});
}

// What the band has now, behind an update that did not end well.
std::string WhatItHas(const UpdateResult& result, const Language& language) {
  if (result.may_run_another) return language.Say(kUpdateSays.may_be_in);
  if (result.resources_of)
    return language.Say(kUpdateSays.half_in,
                        {{"after", result.version_after}, {"held", *result.resources_of}});
  if (result.files_done == 0 && result.version_before == result.version_after)
    return language.Say(kUpdateSays.keeps);
  return language.Say(kUpdateSays.part_in,
                      {{"count", result.files_done}, {"after", result.version_after}});
}

std::string Refused(const UpdateResult& result, const Language& language) {
  const std::string has = WhatItHas(result, language);
  // Its own check of what arrived: no refusal of the sender, as the others are.
  if (result.refused_at == Phase::kVerifying)
    return language.Say(kUpdateSays.not_good_there,
                        {{"status", fmt::format("{:02x}", result.failure->status)}, {"has", has}});
  return language.Say(kUpdateSays.refused,
                      {{"why", WhyClause(*result.failure, language)}, {"has", has}});
}

std::string OldFirmware(const UpdateResult& result, const Language& language) {
  const std::string after =
      result.version_after.empty() ? language.Say(kInfoSays.not_told) : result.version_after;
  return result.wanted.empty() ? language.Say(kUpdateSays.old_firmware, {{"after", after}})
                               : language.Say(kUpdateSays.other_firmware,
                                              {{"after", after}, {"wanted", result.wanted}});
}

const Message& KindOf(UpdateType type) {
  switch (type) {
    case UpdateType::kFirmware:
      return kUpdateSays.firmware;
    case UpdateType::kResources:
    case UpdateType::kResourcesCompressed:
      return kUpdateSays.resources;
    case UpdateType::kFont:
    case UpdateType::kLatinFont:
      return kUpdateSays.font;
    case UpdateType::kWatchFace:
      return kUpdateSays.watch_face;
    default:
      return kUpdateSays.other;
  }
}

}  // namespace

std::string FileInWords(const UpdateFile& file, const Language& language) {
  std::string text = language.Say(KindOf(file.type));
  if (!file.version.empty())
    text = language.Say(kUpdateSays.known, {{"kind", text}, {"version", file.version}});
  return file.proved() ? text : language.Say(kUpdateSays.unknown, {{"kind", text}});
}

std::string MisfitInWords(const companion::Misfit& misfit, const Language& language) {
  switch (misfit.why) {
    case companion::Misfit::Why::kTwoVersions:
      return language.Say(kUpdateSays.two_versions,
                          {{"firmware", misfit.firmware}, {"resources", misfit.resources}});
    case companion::Misfit::Why::kOneKind:
      break;
  }
  return language.Say(kUpdateSays.of_one_kind, {{"kind", language.Say(KindOf(misfit.type))}});
}

std::string ProgressInWords(const UpdateProgress& progress, ports::RadioTime now,
                            const Language& language) {
  const std::vector<language::Argument> with = {{"file", progress.file + 1},
                                                {"files", progress.files}};
  std::string text;
  switch (progress.at.phase) {
    case Phase::kAnnouncing:
      text = language.Say(kUpdateSays.announcing, with);
      break;
    case Phase::kSending:
      text = Sending(progress, now, with, language);
      break;
    case Phase::kVerifying:
      text = language.Say(kUpdateSays.verifying, with);
      break;
    case Phase::kActivating:
      text = language.Say(kUpdateSays.activating, with);
      break;
  }
  return progress.attempt > 1
             ? language.Say(kUpdateSays.attempt, {{"text", text}, {"count", progress.attempt}})
             : text;
}

std::string UpdateInWords(const UpdateResult& result, const Language& language) {
  const auto with_rest = [&](const Message& message) {
    return language.Say(message, {{"has", WhatItHas(result, language)}});
  };
  switch (result.end) {
    case End::kDone:
      return language.Say(
          result.version_before == result.version_after ? kUpdateSays.same : kUpdateSays.done,
          {{"before", result.version_before}, {"after", result.version_after}});
    case End::kGate:
      return result.files_done == 0
                 ? language.Say(kUpdateSays.gate, {{"why", GateInWords(result.gate, language)}})
                 : language.Say(kUpdateSays.gate_half, {{"why", GateInWords(result.gate, language)},
                                                        {"has", WhatItHas(result, language)}});
    case End::kNotFinished:
      return with_rest(kUpdateSays.not_finished);
    case End::kRefused:
      return Refused(result, language);
    case End::kNotRestarted:
      return language.Say(kUpdateSays.not_restarted);
    case End::kNotMetAgain:
      return language.Say(kUpdateSays.not_met_again);
    case End::kOldFirmware:
      return OldFirmware(result, language);
    case End::kNotRemembered:
      return language.Say(kUpdateSays.not_remembered,
                          {{"why", result.error ? result.error->message : ""},
                           {"has", WhatItHas(result, language)}});
    case End::kNeedsOwner:
      return WhyNotReached(result.failure, {}, language);
    case End::kStopped:
      break;
  }
  return with_rest(kUpdateSays.stopped);
}

std::string LacksInWords(const std::string& running, const std::string& held,
                         const Language& language) {
  return language.Say(kUpdateSays.lacks, {{"after", running}, {"held", held}});
}

std::string ChangedInWords(const ChangedElsewhere& changed, const Language& language) {
  return language.Say(kUpdateSays.changed, {{"before", changed.before}, {"after", changed.now}});
}

}  // namespace bk::app
