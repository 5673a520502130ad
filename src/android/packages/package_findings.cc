// Which companion apps are there, may they run, and may they reach the band.
#include <fmt/format.h>

#include <algorithm>

#include "android/dump_text.h"
#include "android/packages/package_state.h"
#include "android/packages/permission_rules.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace id = evidence::id;
namespace {

using evidence::CompanionApp;

// Times before this are the build's, not a person's: system apps carry 1970 or 2008/2009.
constexpr std::int64_t kBelievableUs = 1'300'000'000'000'000;

enum class Answer : std::uint8_t { kYes, kNo, kUnknown };

// A companion app that is on the phone, with the profile in which it is used.
struct Installed {
  const CompanionApp* app = nullptr;
  const PackageInfo* package = nullptr;
  const UserState* user = nullptr;  // nullptr: a list named the package and no more
  [[nodiscard]] bool stopped() const { return user != nullptr && user->stopped; }
  [[nodiscard]] bool disabled() const {
    return user != nullptr &&
           (user->enabled == 2 || user->enabled == 3 || user->hidden || user->suspended);
  }
};

class Teller {
 public:
  Teller(const PackageState& state, int sdk, std::span<const CompanionApp> apps,
         evidence::Evidence& out)
      : state_(state), sdk_(sdk), apps_(apps), out_(out) {
    for (const CompanionApp& app : apps_)
      if (app.speaks_to_band4) FindInstalled(app);
  }

  void Features();
  void Presence();
  void Condition();
  void Permissions();
  void Associations(const evidence::BandId& band);
  void BluetoothApp();
  void Events();

 private:
  void FindInstalled(const CompanionApp& app);
  void Tell(std::string_view finding, bool value, const evidence::Where& where, std::string text) {
    out_.findings.push_back({.id = std::string(finding),
                             .value = value,
                             .source = state_.source,
                             .where = where,
                             .text = std::move(text)});
  }
  // Whether the app holds `permission`; *where is set when the dump says so in a line.
  Answer Holds(const Installed& one, std::string_view permission,
               const PermissionState** line = nullptr) const;
  [[nodiscard]] Answer HoldsLocation(const Installed& one, const PermissionState** line) const;
  [[nodiscard]] std::vector<const Installed*> InUse() const;

  const PackageState& state_;
  int sdk_;
  std::span<const CompanionApp> apps_;
  evidence::Evidence& out_;
  std::vector<Installed> installed_;
};

std::string Version(const PackageInfo& package) {
  if (!package.version_name.empty()) return " " + package.version_name;
  return package.version_code >= 0 ? fmt::format(" (version code {})", package.version_code) : "";
}

bool Needs(const CompanionApp& app, bool (*kind)(std::string_view)) {
  return std::any_of(app.permissions.begin(), app.permissions.end(),
                     [&](const std::string& permission) { return kind(permission); });
}

std::string_view ShortName(std::string_view permission) {
  const std::size_t dot = permission.rfind('.');
  return dot == std::string_view::npos ? permission : permission.substr(dot + 1);
}

void Teller::FindInstalled(const CompanionApp& app) {
  for (const std::string& name : app.packages) {
    const PackageInfo* package = state_.Find(name);
    if (package == nullptr) continue;
    Installed one{.app = &app, .package = package, .user = nullptr};
    // The owner's profile if it is there, else the first that has it (a clone, a work profile).
    for (const UserState& user : package->users)
      if (user.installed && (one.user == nullptr || user.user < one.user->user)) one.user = &user;
    if (one.user == nullptr && !package->users.empty()) continue;  // removed for every user
    installed_.push_back(one);
    return;
  }
}

// Apps that are neither disabled nor stopped; all of them when none is.
std::vector<const Installed*> Teller::InUse() const {
  std::vector<const Installed*> all, running;
  for (const Installed& one : installed_) {
    all.push_back(&one);
    if (!one.stopped() && !one.disabled()) running.push_back(&one);
  }
  return running.empty() ? all : running;
}

void Teller::Features() {
  if (!state_.has_bluetooth) return;
  if (!*state_.has_bluetooth)
    Tell(id::kNoBluetooth, true, state_.features_where,
         "Bluetooth is not among the phone's features.");
  else if (state_.has_bluetooth_le == false)
    Tell(id::kNoBluetooth, true, state_.features_where,
         "The phone has Bluetooth, but not the low-energy kind that the band needs.");
  else
    Tell(id::kNoBluetooth, false, state_.features_where,
         "Bluetooth low energy is among the phone's features.");
}

void Teller::Presence() {
  // Absence is proved by a whole list, or by the phone's answer for each package.
  const auto absent = [&](bool from_maker) {
    bool any = false;
    for (const CompanionApp& app : apps_) {
      if (!app.speaks_to_band4 || (from_maker && !app.from_maker)) continue;
      any = true;
      for (const std::string& package : app.packages)
        if (std::find(state_.not_found.begin(), state_.not_found.end(), package) ==
            state_.not_found.end())
          return false;
    }
    return any;
  };
  const evidence::Where& where = state_.whole_list ? state_.where : state_.not_found_where;
  const Installed* official = nullptr;
  for (const Installed& one : installed_)
    if (one.app->from_maker && official == nullptr) official = &one;

  if (!installed_.empty()) {
    const Installed& one = installed_.front();
    std::string text = one.app->title + Version(*one.package) + " is installed";
    if (one.user != nullptr && one.user->user != 0)
      text += fmt::format(", only in profile {}", one.user->user);
    if (one.package->last_update.us > kBelievableUs)
      text += ", last updated " + FormatInstant(one.package->last_update).substr(0, 10);
    Tell(id::kCompanionInstalled, true, one.package->where, text + ".");
  } else if (state_.whole_list || absent(false)) {
    Tell(id::kCompanionInstalled, false, where,
         "No app that can speak to a Mi Smart Band 4 is installed.");
  }
  if (official != nullptr)
    Tell(id::kOfficialAppInstalled, true, official->package->where,
         official->app->title + Version(*official->package) + " is installed.");
  else if (state_.whole_list || absent(true))
    Tell(id::kOfficialAppInstalled, false, where, "The maker's own app is not installed.");

  if (installed_.size() > 1) {
    std::string names;
    for (const Installed& one : installed_) names += (names.empty() ? "" : ", ") + one.app->title;
    Tell(id::kOtherCompanionInstalled, true, installed_[1].package->where,
         "Several apps that can own the band are installed: " + names + ".");
  } else if (state_.whole_list) {
    Tell(id::kOtherCompanionInstalled, false, where,
         "No second app that can own the band is installed.");
  }
}

void Teller::Condition() {
  const Installed* disabled = nullptr;
  const Installed* stopped = nullptr;
  const Installed* fine = nullptr;
  bool told = false;
  for (const Installed& one : installed_) {
    if (one.user == nullptr) continue;
    told = true;
    if (one.disabled())
      disabled = &one;
    else if (one.stopped())
      stopped = &one;
    else
      fine = &one;
  }
  if (!told) return;
  // One app that may run is enough; which of several the owner uses is not known here.
  if (disabled != nullptr && fine == nullptr && stopped == nullptr) {
    const UserState& user = *disabled->user;
    std::string text = disabled->app->title;
    if (user.suspended)
      text += " is suspended (paused by a focus mode, wellbeing or an administrator)";
    else if (user.hidden)
      text += " is hidden";
    else
      text += " is disabled";
    if (!user.disabled_by.empty()) text += " by " + user.disabled_by;
    Tell(id::kCompanionDisabled, true, user.where, text + ".");
  } else {
    const Installed& one = fine != nullptr ? *fine : *stopped;
    Tell(id::kCompanionDisabled, false, one.user->where, one.app->title + " is enabled.");
  }
  if (stopped != nullptr && fine == nullptr)
    Tell(id::kCompanionStopped, true, stopped->user->where,
         stopped->app->title +
             (stopped->user->not_launched
                  ? " has not been opened since it was installed: Android does not start it."
                  : " is force-stopped: Android does not start it until it is opened by hand."));
  else if (fine != nullptr)
    Tell(id::kCompanionStopped, false, fine->user->where, fine->app->title + " is not stopped.");
}

Answer Teller::Holds(const Installed& one, std::string_view permission,
                     const PermissionState** line) const {
  const auto look = [&](const std::vector<PermissionState>& list) -> const PermissionState* {
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const PermissionState& p) { return p.name == permission; });
    return at == list.end() ? nullptr : &*at;
  };
  const PermissionState* found = look(one.user->permissions);
  if (found == nullptr) found = look(one.package->install);
  if (line != nullptr) *line = found;
  if (found != nullptr) return found->granted ? Answer::kYes : Answer::kNo;
  const auto& requested = one.package->requested;
  const bool asks = std::find(requested.begin(), requested.end(), permission) != requested.end();
  if (!requested.empty()) return asks ? Answer::kNo : Answer::kUnknown;
  // Android 6 to 9 list what an app holds and leave out what it was never granted.
  const bool leaves_out = sdk_ >= kSdkRuntimePermissions && sdk_ < kSdkListsDenied &&
                          one.package->target_sdk >= kSdkRuntimePermissions &&
                          (!one.user->permissions.empty() || !one.package->install.empty());
  return leaves_out ? Answer::kNo : Answer::kUnknown;
}

Answer Teller::HoldsLocation(const Installed& one, const PermissionState** line) const {
  const PermissionState* fine_line = nullptr;
  const PermissionState* coarse_line = nullptr;
  const Answer fine = Holds(one, "android.permission.ACCESS_FINE_LOCATION", &fine_line);
  const Answer coarse = Holds(one, "android.permission.ACCESS_COARSE_LOCATION", &coarse_line);
  *line = fine_line != nullptr ? fine_line : coarse_line;
  if (fine == Answer::kYes) return Answer::kYes;
  // From Android 10 scan results want the fine one; before, either did.
  if (coarse == Answer::kYes) {
    *line = coarse_line;
    if (sdk_ != 0 && sdk_ < kSdkListsDenied) return Answer::kYes;
    return fine == Answer::kNo && sdk_ >= kSdkListsDenied ? (*line = fine_line, Answer::kNo)
                                                          : Answer::kUnknown;
  }
  if (fine == Answer::kNo || coarse == Answer::kNo) return Answer::kNo;
  return Answer::kUnknown;
}

void Teller::Permissions() {
  const PermissionState* line = nullptr;
  bool location_yes = false, nearby_yes = false, all_yes = false;
  const Installed *location_no = nullptr, *nearby_no = nullptr, *some_no = nullptr;
  const evidence::Where *location_where = nullptr, *nearby_where = nullptr, *all_where = nullptr;
  std::string location_text, nearby_text, missing;

  for (const Installed* one : InUse()) {
    if (one->user == nullptr || !one->package->full) continue;
    const evidence::Where& where = one->user->where;
    if (Needs(*one->app, IsLocationPermission) && (sdk_ == 0 || sdk_ >= kSdkRuntimePermissions)) {
      const Answer answer = HoldsLocation(*one, &line);
      if (answer == Answer::kYes) {
        location_yes = true;
        location_where = line != nullptr ? &line->where : &where;
        location_text = one->app->title + " holds the location permission";
        if (line != nullptr && line->flags.find("ONE_TIME") != std::string::npos)
          location_text += ", for this one time only";
      } else if (answer == Answer::kNo && location_no == nullptr) {
        location_no = one;
        location_where = line != nullptr ? &line->where : &where;
        location_text = one->app->title + " does not hold the location permission";
        if (line != nullptr && line->flags.find("USER_FIXED") != std::string::npos)
          location_text += "; it was denied for good: the phone does not ask again";
        else if (line != nullptr && line->flags.find("AUTO_REVOKED") != std::string::npos)
          location_text += "; Android took it away because the app was not used";
      }
    }
    if (sdk_ == 0 || sdk_ >= kSdkNearbyDevices) {
      for (const char* permission :
           {"android.permission.BLUETOOTH_SCAN", "android.permission.BLUETOOTH_CONNECT"}) {
        line = nullptr;
        const Answer answer = Holds(*one, permission, &line);
        if (answer == Answer::kYes && nearby_no == nullptr) {
          nearby_yes = true;
          nearby_where = line != nullptr ? &line->where : &where;
        } else if (answer == Answer::kNo && nearby_no == nullptr) {
          nearby_no = one;
          nearby_where = line != nullptr ? &line->where : &where;
          nearby_text = fmt::format("{} does not hold {}, the permission for nearby devices",
                                    one->app->title, ShortName(permission));
        }
      }
    }
    // All that the app cannot do without, of what this phone has and the app asks for.
    bool all = !one->app->permissions.empty();
    bool told = false;
    for (const std::string& permission : one->app->permissions) {
      if (sdk_ != 0 && FirstSdk(permission) > sdk_) continue;
      if (!IsAskedFor(permission, sdk_)) continue;
      line = nullptr;
      const Answer answer = IsLocationPermission(permission) ? HoldsLocation(*one, &line)
                                                             : Holds(*one, permission, &line);
      if (answer == Answer::kUnknown) continue;
      told = true;
      if (answer == Answer::kYes) continue;
      all = false;
      if (some_no == nullptr) {
        some_no = one;
        all_where = line != nullptr ? &line->where : &where;
      }
      if (some_no == one && missing.find(ShortName(permission)) == std::string::npos)
        missing += (missing.empty() ? "" : ", ") + std::string(ShortName(permission));
    }
    if (all && told && some_no == nullptr) {
      all_yes = true;
      all_where = &where;
    }
  }
  if (location_no != nullptr)
    Tell(id::kLocationPermissionDenied, true, *location_where, location_text + ".");
  else if (location_yes)
    Tell(id::kLocationPermissionDenied, false, *location_where, location_text + ".");
  if (nearby_no != nullptr) {
    Tell(id::kNearbyPermissionDenied, true, *nearby_where, nearby_text + ".");
    Tell(id::kNearbyGranted, false, *nearby_where, nearby_text + ".");
  } else if (nearby_yes) {
    const std::string text = "The companion app holds the permission for nearby devices.";
    Tell(id::kNearbyPermissionDenied, false, *nearby_where, text);
    Tell(id::kNearbyGranted, true, *nearby_where, text);
  }
  if (some_no != nullptr)
    Tell(id::kPermissionsGranted, false, *all_where,
         some_no->app->title + " lacks what it needs to work: " + missing + ".");
  else if (all_yes)
    Tell(id::kPermissionsGranted, true, *all_where,
         "The companion app holds every permission that it needs.");
}

void Teller::Associations(const evidence::BandId& band) {
  const bool known = band.address || !band.masked_address.empty();
  for (const CompanionAssociation& one : state_.associations) {
    const bool companion = std::any_of(apps_.begin(), apps_.end(), [&](const CompanionApp& app) {
      return std::find(app.packages.begin(), app.packages.end(), one.package) != app.packages.end();
    });
    const bool of_band = known ? !one.address.empty() && band.MayBe(one.address) : companion;
    if (!of_band) continue;
    Tell(id::kCompanionAssociated, true, one.where,
         one.package + " is associated with the band as its companion.");
    return;
  }
  if (state_.associations_listed)
    Tell(id::kCompanionAssociated, false, state_.associations_where,
         "No app is associated with the band as its companion.");
}

void Teller::BluetoothApp() {
  for (const PackageInfo& package : state_.packages) {
    if (package.name != "com.android.bluetooth" && package.name != "com.google.android.bluetooth")
      continue;
    for (const UserState& user : package.users) {
      if (user.user != 0 || !user.installed) continue;
      const bool bad = user.enabled == 2 || user.enabled == 3 || user.hidden || user.suspended;
      // Google's module leaves a disabled AOSP app beside it.
      const bool replaced = package.name == "com.android.bluetooth" &&
                            state_.FindName("com.google.android.bluetooth") != nullptr;
      if (bad && !replaced)
        Tell(id::kBluetoothAppRestricted, true, user.where,
             "Android's own Bluetooth app (" + package.name + ") is disabled.");
    }
  }
}

void Teller::Events() {
  const auto event = [&](WallTime at, std::string_view kind, std::string text,
                         const PackageInfo& package) {
    if (at.us < kBelievableUs) return;
    out_.events.push_back({.at = at,
                           .kind = std::string(kind),
                           .text = std::move(text),
                           .source = state_.source,
                           .where = package.where});
    out_.events.back().where.time = at;
  };
  for (const Installed& one : installed_) {
    const PackageInfo& package = *one.package;
    event(package.first_install, "app_installed", one.app->title + " was installed", package);
    if (package.last_update != package.first_install)
      event(package.last_update, "app_updated",
            one.app->title + " was updated to" +
                (package.version_name.empty() ? " another version" : " " + package.version_name),
            package);
  }
}

}  // namespace

std::vector<evidence::BandSeen> Sightings(const PackageState& state) {
  std::vector<evidence::BandSeen> seen;
  for (const CompanionAssociation& one : state.associations) {
    if (NamesNoDevice(one.address)) continue;
    evidence::BandSeen& band = seen.emplace_back();
    band.address = ParseAddress(one.address);
    if (!band.address) band.masked_address = one.address;
    band.name = one.name;
    band.likeness = evidence::LikenessFromName(one.name);
    band.how = "companion device of " + one.package;
    band.where = one.where;
  }
  return seen;
}

evidence::Evidence Findings(const PackageState& state, int sdk, const evidence::BandId& band,
                            std::span<const evidence::CompanionApp> apps) {
  evidence::Evidence out;
  Teller teller(state, sdk, apps, out);
  teller.Features();
  teller.Presence();
  teller.Condition();
  teller.Permissions();
  teller.Associations(band);
  teller.BluetoothApp();
  teller.Events();
  return out;
}

}  // namespace bk::android
