#include "app/repair_situation.h"

#include <fmt/format.h>

#include <algorithm>

#include "android/report.h"

namespace bk::app {
namespace {

// An app of the phone itself is none that its owner installed, and is not stopped.
bool IsSystem(std::string_view package) {
  for (const std::string_view begin : {"android", "com.android.", "com.google."})
    if (package.starts_with(begin)) return true;
  return false;
}

}  // namespace

void AddTitles(const troubleshoot::Knowledge& knowledge, repair::PhoneTraits& traits) {
  for (const evidence::CompanionApp& app : knowledge.apps)
    for (const std::string& package : app.packages) traits.titles[package] = app.title;
}

std::vector<std::string> CompanionsOn(ports::Phone& phone, const repair::PhoneTraits& traits,
                                      const troubleshoot::Knowledge& knowledge,
                                      const ports::PatternCompiler& patterns,
                                      std::vector<std::string>& hogs) {
  const ports::PhoneAnswer dump = phone.Run({.line = "dumpsys bluetooth_manager"});
  android::ReportReader reader(patterns, knowledge.apps);
  reader.AddOutput("dumpsys bluetooth_manager", AsBytes(dump.out), phone.serial());
  const android::PhoneState state = std::move(reader).Finish();
  const auto rank = [&](const std::string& package, bool from_maker) {
    int best = from_maker ? 1 : 0;
    for (const android::AppRadioUse& app : state.bluetooth.apps)
      if (app.package == package && app.map == android::MapKind::kClient)
        best = std::max(best, app.connections.empty() ? 2 : 3);
    return best;
  };
  std::vector<std::pair<int, std::string>> found;
  for (const evidence::CompanionApp& app : knowledge.apps)
    for (const std::string& package : app.packages)
      if (app.speaks_to_band4 && traits.uids.contains(package))
        found.emplace_back(-rank(package, app.from_maker), package);
  std::ranges::stable_sort(found, {}, &std::pair<int, std::string>::first);
  std::vector<std::string> companions;
  for (auto& [unused, package] : found) companions.push_back(std::move(package));
  for (const android::AppRadioUse& app : state.bluetooth.apps) {
    const bool busy = app.map == android::MapKind::kScanner
                          ? app.scans_ongoing > 0
                          : app.map == android::MapKind::kClient && !app.connections.empty();
    if (busy && !app.package.empty() && !IsSystem(app.package) &&
        traits.uids.contains(app.package) && !traits.titles.contains(app.package) &&
        std::ranges::count(hogs, app.package) == 0)
      hogs.push_back(app.package);
  }
  return companions;
}

repair::Situation SituationOf(const std::string& companion,
                              const std::vector<std::string>& companions,
                              const std::vector<std::string>& hogs, const Report& report,
                              const repair::PhoneTraits& traits,
                              const troubleshoot::Knowledge& knowledge) {
  repair::Situation situation;
  situation.companion = companion;
  for (const evidence::CompanionApp& app : knowledge.apps)
    if (std::ranges::count(app.packages, companion) > 0)
      situation.companion_listener = app.notification_listener;
  for (const std::string& other : companions)
    if (other != companion) situation.other_companions.push_back(other);
  situation.bluetooth_hogs = hogs;
  for (const char* package :
       {"com.google.android.bluetooth", "com.android.bluetooth.services", "com.android.bluetooth"})
    if (traits.uids.contains(package)) {
      situation.bluetooth_app = package;
      break;
    }
  if (report.band.chosen && report.band.chosen->address)
    situation.band_address = FormatAddress(*report.band.chosen->address);
  return situation;
}

evidence::BandId BandOf(const Report& report) {
  if (!report.band.chosen) return {};
  return {.address = report.band.chosen->address,
          .masked_address = report.band.chosen->masked_address,
          .name = report.band.chosen->name};
}

std::string PhoneNameOf(const Report& report) {
  const auto& phone = report.evidence.phone;
  if (!phone || phone->model.empty()) return "the phone";
  std::string name = phone->maker.empty() ? phone->model : phone->maker + " " + phone->model;
  if (!phone->android_version.empty()) name += fmt::format(" (Android {})", phone->android_version);
  return name;
}

}  // namespace bk::app
