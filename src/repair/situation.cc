#include "repair/situation.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/shell_quote.h"
#include "evidence/finding_ids.h"
#include "repair/messages.h"
#include "repair/settings/package_text.h"

namespace bk::repair {
namespace {

bool IsInstalled(const PhoneTraits& traits, std::string_view package) {
  return traits.uids.contains(package);
}

// "Zepp Life (Mi Fit)" as one says it.
std::string ShortTitle(std::string_view title) {
  return std::string(title.substr(0, title.find(" (")));
}

// An app of the phone itself is none that its owner installed, and is not stopped.
bool IsSystem(std::string_view package) {
  for (const std::string_view begin : {"android", "com.android.", "com.google."})
    if (package.starts_with(begin)) return true;
  return false;
}

enum class OnRadio : std::uint8_t { kNothing, kMaker, kClient, kLink };

OnRadio RankOf(std::string_view package, bool from_maker, std::span<const RadioUse> radio) {
  OnRadio best = from_maker ? OnRadio::kMaker : OnRadio::kNothing;
  for (const RadioUse& use : radio)
    if (use.package == package && (use.link || use.client))
      best = std::max(best, use.link ? OnRadio::kLink : OnRadio::kClient);
  return best;
}

struct Candidate {
  std::string package;
  std::string title;
  OnRadio on_radio = OnRadio::kNothing;
  std::string listener = {};
  bool running = false;
  bool free = false;  // enabled and not stopped

  [[nodiscard]] std::pair<OnRadio, int> Rank() const {
    return {on_radio, (running ? 2 : 0) + (free ? 1 : 0)};
  }
};

// Why the first of two comes first, Rank being greater.
const Message& Because(const Candidate& first, const Candidate& second) {
  if (first.on_radio == second.on_radio) return first.running ? kWhoSays.runs : kWhoSays.may_run;
  switch (first.on_radio) {
    case OnRadio::kLink:
      return kWhoSays.holds_link;
    case OnRadio::kClient:
      return kWhoSays.uses_bluetooth;
    case OnRadio::kMaker:
    case OnRadio::kNothing:
      break;
  }
  return kWhoSays.is_makers;
}

void AddUnique(std::vector<std::string>& list, const std::string& one) {
  if (std::ranges::find(list, one) == list.end()) list.push_back(one);
}

bool IsPackageByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

}  // namespace

std::vector<std::string> PackagesIn(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    if (!IsPackageByte(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && IsPackageByte(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    while (word.ends_with('.')) word.remove_suffix(1);  // the sentence's own
    const char first = word.empty() ? '0' : word.front();
    if (word.find('.') != std::string_view::npos && word.front() != '.' &&
        !(first >= '0' && first <= '9'))
      AddUnique(found, std::string(word));
    at = end;
  }
  return found;
}

void AddTitles(std::span<const evidence::CompanionApp> apps, PhoneTraits& traits) {
  for (const evidence::CompanionApp& app : apps)
    for (const std::string& package : app.packages) traits.titles[package] = ShortTitle(app.title);
}

WhoIsWho FindWhoIsWho(ports::Phone& phone, PhoneTraits& traits,
                      std::span<const evidence::CompanionApp> apps, const Hints& hints) {
  WhoIsWho who;
  std::vector<Candidate> candidates;
  std::vector<std::string> bands_apps;  // all that are there, also those for other bands
  AddTitles(apps, traits);
  for (const evidence::CompanionApp& app : apps)
    for (const std::string& package : app.packages) {
      if (!IsInstalled(traits, package)) continue;
      bands_apps.push_back(package);
      if (app.speaks_to_band4 || package == hints.companion)
        candidates.push_back({.package = package,
                              .title = ShortTitle(app.title),
                              .on_radio = hints.radio
                                              ? RankOf(package, app.from_maker, *hints.radio)
                                              : OnRadio::kNothing});
    }

  std::vector<ports::PhoneCommand> commands;
  for (const Candidate& one : candidates) {
    commands.push_back({.line = "dumpsys package " + ShellQuote(one.package)});
    commands.push_back({.line = "pidof " + ShellQuote(one.package)});
  }
  if (!commands.empty()) {
    const std::vector<ports::PhoneAnswer> answers = phone.Run(commands);
    BK_CHECK(answers.size() == commands.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const std::string_view dump = answers[2 * i].out;
      const std::string_view pid = answers[2 * i + 1].out;
      candidates[i].listener = FindNotificationListener(dump, candidates[i].package);
      candidates[i].running = !pid.empty() && pid.front() >= '0' && pid.front() <= '9';
      if (const auto text = FindPackage(dump, candidates[i].package, traits.user))
        candidates[i].free = text->stopped == false && (text->enabled == 0 || text->enabled == 1);
    }
  }
  std::ranges::stable_sort(candidates, [&](const Candidate& a, const Candidate& b) {
    const bool a_said = a.package == hints.companion;
    const bool b_said = b.package == hints.companion;
    return a_said != b_said ? a_said : a.Rank() > b.Rank();
  });

  Situation& situation = who.situation;
  for (const Candidate& one : candidates) who.candidates.push_back(one.package);
  if (candidates.empty()) {
    who.why = traits.Say(kWhoSays.none);
  } else {
    const Candidate& chosen = candidates.front();
    situation.companion = chosen.package;
    situation.companion_listener = chosen.listener;
    // Knowledge may name the class where the dump does not tell it.
    for (const evidence::CompanionApp& app : apps)
      if (situation.companion_listener.empty() &&
          std::ranges::find(app.packages, chosen.package) != app.packages.end())
        situation.companion_listener = app.notification_listener;
    if (chosen.package == hints.companion)
      who.why = traits.Say(kWhoSays.said, {{"app", chosen.title}});
    else if (candidates.size() == 1)
      who.why = traits.Say(kWhoSays.only, {{"app", chosen.title}});
    else if (candidates[0].Rank() > candidates[1].Rank())
      who.why = traits.Say(
          kWhoSays.because,
          {{"app", chosen.title}, {"reason", traits.Say(Because(candidates[0], candidates[1]))}});
    else
      who.why = traits.Say(kWhoSays.name_it, {{"app", chosen.title}});
  }
  for (const std::string& package : hints.others_must_speak ? who.candidates : bands_apps)
    if (package != situation.companion) AddUnique(situation.other_companions, package);

  const auto add_hog = [&](const std::string& package) {
    if (IsInstalled(traits, package) && !IsSystem(package) &&
        std::ranges::find(bands_apps, package) == bands_apps.end())
      AddUnique(situation.bluetooth_hogs, package);
  };
  if (hints.radio)
    for (const RadioUse& use : *hints.radio)
      if (use.link || use.scanning) add_hog(use.package);
  for (const evidence::Finding& finding : hints.findings) {
    const bool* holds = std::get_if<bool>(&finding.value);
    if (holds == nullptr || !*holds) continue;
    for (const std::string& package : PackagesIn(finding.text)) {
      if (finding.id == evidence::id::kOtherBluetoothApp) add_hog(package);
      if (finding.id == evidence::id::kDependencyMissing &&
          std::ranges::find(bands_apps, package) == bands_apps.end())
        AddUnique(situation.missing_packages, package);
    }
  }
  for (const char* own :
       {"com.google.android.bluetooth", "com.android.bluetooth.services", "com.android.bluetooth"})
    if (IsInstalled(traits, own)) {
      situation.bluetooth_app = own;
      break;
    }
  situation.band_address = hints.band_address;
  return who;
}

}  // namespace bk::repair
