#include "app/repair/repair_hints.h"

#include <fmt/format.h>

#include "android/report.h"
#include "app/repair/messages.h"

namespace bk::app {

std::vector<repair::RadioUse> ReadRadioUse(ports::Phone& phone,
                                           const ports::PatternCompiler& patterns,
                                           std::span<const evidence::CompanionApp> apps) {
  const ports::PhoneAnswer dump = phone.Run({.line = "dumpsys bluetooth_manager"});
  android::ReportReader reader(patterns, apps);
  reader.AddOutput("dumpsys bluetooth_manager", AsBytes(dump.out), phone.serial());
  const android::PhoneState state = std::move(reader).Finish();
  std::vector<repair::RadioUse> uses;
  for (const android::AppRadioUse& app : state.bluetooth.apps) {
    const bool client = app.map == android::MapKind::kClient;
    uses.push_back({.package = app.package,
                    .client = client,
                    .link = client && !app.connections.empty(),
                    .scanning = app.map == android::MapKind::kScanner && app.scans_ongoing > 0});
  }
  return uses;
}

repair::Hints HintsOf(const Report& report, std::span<const repair::RadioUse> radio,
                      std::string companion) {
  repair::Hints hints{.companion = std::move(companion),
                      .findings = report.evidence.findings,
                      .radio = radio,
                      .others_must_speak = true};
  if (report.band.chosen && report.band.chosen->address)
    hints.band_address = FormatAddress(*report.band.chosen->address);
  return hints;
}

Result<std::string> CompanionNamed(std::string_view app, const repair::PhoneTraits& traits,
                                   std::span<const evidence::CompanionApp> apps) {
  std::string known;
  for (const evidence::CompanionApp& one : apps) {
    known += (known.empty() ? "" : ", ") + one.id;
    for (const std::string& package : one.packages)
      if ((app == one.id || app == package) && traits.uids.contains(package)) return package;
  }
  static const language::Language kEnglish;
  const language::Language& in = traits.language == nullptr ? kEnglish : *traits.language;
  return Fail(ErrorCode::kInvalid, in.Say(kFixSays.no_such_app, {{"app", app}, {"known", known}}));
}

CompanionChoice ChoiceOf(const repair::WhoIsWho& who) {
  CompanionChoice choice{.package = who.situation.companion, .why = who.why};
  for (const std::string& package : who.candidates)
    if (package != choice.package) choice.others.push_back(package);
  return choice;
}

std::string OthersText(const CompanionChoice& choice, const repair::PhoneTraits& traits) {
  std::string names;
  for (const std::string& package : choice.others)
    names +=
        fmt::format("{}{} (--app {})", names.empty() ? "" : ", ", traits.TitleOf(package), package);
  return names.empty() ? names : traits.Say(kFixSays.also_there, {{"names", names}});
}

evidence::BandId BandOf(const Report& report) {
  if (!report.band.chosen) return {};
  return {.address = report.band.chosen->address,
          .masked_address = report.band.chosen->masked_address,
          .name = report.band.chosen->name};
}

GoalOf GoalFor(const Report& report, const repair::PhoneTraits& traits,
               const std::string& companion) {
  const auto uid = traits.uids.find(companion);
  return {.band = BandOf(report),
          .companion = companion,
          .title = companion.empty() ? "" : traits.TitleOf(companion),
          .companion_uid = uid == traits.uids.end() ? -1 : uid->second,
          .language = traits.language};
}

std::string PhoneNameOf(const Report& report) {
  const auto& phone = report.evidence.phone;
  if (!phone || phone->model.empty()) return std::string(kFixSays.the_phone.english);
  std::string name = phone->maker.empty() ? phone->model : phone->maker + " " + phone->model;
  if (!phone->android_version.empty()) name += fmt::format(" (Android {})", phone->android_version);
  return name;
}

std::string PhoneNameIn(const language::Language& language, std::string_view kept) {
  constexpr std::string_view kPhone = " phone";
  if (kept == kFixSays.the_phone.english) return language.Say(kFixSays.the_phone);
  if (!kept.ends_with(kPhone)) return std::string(kept);
  return language.Say(kFixSays.phone_of, {{"maker", kept.substr(0, kept.size() - kPhone.size())}});
}

}  // namespace bk::app
