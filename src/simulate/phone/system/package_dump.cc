// `dumpsys package`: of all packages or of one. Shapes: what Android 8.1, 9 and 14 phones print,
// and AOSP, Settings.java (dumpPackageLPr) for what is between.
#include "simulate/phone/system/package_dump.h"

#include <fmt/format.h>

#include <iterator>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using Writer = std::back_insert_iterator<std::string>;

std::string TimeText(const Android& phone, std::int64_t seconds) {
  return LocalTime(phone.clock, std::chrono::seconds(seconds), false);
}

std::string_view SharedUser(int uid) {
  switch (uid) {
    case 1000:
      return "android.uid.system";
    case 1001:
      return "android.uid.phone";
    case 1002:
      return "android.uid.bluetooth";
    case 2000:
      return "android.uid.shell";
    default:
      return {};
  }
}

int EnabledNumber(Enabled enabled) { return static_cast<int>(enabled); }

std::string Flags(const Package& package) {
  return fmt::format("[ {}HAS_CODE ALLOW_CLEAR_USER_DATA ALLOW_BACKUP ]",
                     package.system ? "SYSTEM " : "");
}

void Head(std::string& out, const Android& phone, const std::string& name, const Package& package) {
  const int sdk = phone.flavour.sdk;
  const Writer o(out);
  fmt::format_to(o, "  Package [{}] ({}):\n", name, HashText(name));
  fmt::format_to(o, "    {}={}\n", sdk >= kAndroid13 ? "appId" : "userId", package.uid);
  if (const auto shared = SharedUser(package.uid); !shared.empty())
    fmt::format_to(o, "    sharedUser=SharedUserSetting{{{} {}/{}}}\n", HashText(shared), shared,
                   package.uid);
  fmt::format_to(o, "    pkg=Package{{{} {}}}\n", HashText(name + "p"), name);
  fmt::format_to(o, "    codePath={0}\n    resourcePath={0}\n    legacyNativeLibraryDir={0}/lib\n",
                 package.code_path);
  if (sdk >= kAndroid14) out += "    extractNativeLibs=false\n";
  out += "    primaryCpuAbi=arm64-v8a\n    secondaryCpuAbi=null\n";
  if (sdk >= kAndroid14) out += "    cpuAbiOverride=null\n";
  fmt::format_to(o, "    versionCode={} minSdk={} targetSdk={}\n", package.version_code,
                 package.system ? sdk : 23, package.target_sdk);
  if (sdk >= kAndroid12) out += "    minExtensionVersions=[]\n";
  fmt::format_to(o, "    versionName={}\n", package.version_name);
  if (sdk >= kAndroid12) out += "    usesNonSdkApi=false\n";
  out += "    splits=[base]\n";
  fmt::format_to(o, "    apkSigningVersion={}\n", sdk >= kAndroid9 ? 3 : 2);
  if (sdk < kAndroid14)
    fmt::format_to(o, "    applicationInfo=ApplicationInfo{{{} {}}}\n", HashText(name + "a"), name);
  fmt::format_to(o, "    flags={}\n", Flags(package));
  fmt::format_to(o, "    privateFlags=[ PRIVATE_FLAG_ACTIVITIES_RESIZE_MODE_RESIZEABLE{} ]\n",
                 sdk >= kAndroid10 ? " ALLOW_AUDIO_PLAYBACK_CAPTURE" : "");
  if (sdk >= kAndroid12) out += "    forceQueryable=false\n    queriesPackages=[]\n";
  fmt::format_to(o, "    dataDir=/data/user/0/{}\n", name);
  out += "    supportsScreens=[small, medium, large, xlarge, resizeable, anyDensity]\n";
  fmt::format_to(o, "    timeStamp={}\n", TimeText(phone, package.updated_at));
  if (sdk < kAndroid13)
    fmt::format_to(o, "    firstInstallTime={}\n", TimeText(phone, package.installed_at));
  fmt::format_to(o, "    lastUpdateTime={}\n", TimeText(phone, package.updated_at));
  if (!package.installer.empty() || sdk >= kAndroid14)
    fmt::format_to(o, "    installerPackageName={}\n",
                   package.installer.empty() ? "null" : package.installer);
  if (sdk >= kAndroid14)
    fmt::format_to(o,
                   "    installerPackageUid=-1\n    initiatingPackageName={}\n"
                   "    originatingPackageName=null\n    packageSource=0\n",
                   package.installer.empty() ? "null" : package.installer);
  fmt::format_to(o, "    signatures=PackageSignatures{{{} [{}]}}\n", HashText(name + "s"),
                 HashText(name + "k"));
  out += "    installPermissionsFixed=true";
  out += sdk < kAndroid12 ? " installStatus=1\n" : "\n";
  fmt::format_to(o, "    pkgFlags={}\n", Flags(package));
}

// A single package's dump says what it asks for; the whole one does not.
void Requested(std::string& out, const Package& package) {
  if (package.permissions.empty() && package.install_permissions.empty()) return;
  out += "    requested permissions:\n";
  for (const std::string& name : package.install_permissions) out += "      " + name + "\n";
  for (const auto& [name, permission] : package.permissions) out += "      " + name + "\n";
}

void UserPart(std::string& out, const Android& phone, const std::string& name,
              const Package& package) {
  const int sdk = phone.flavour.sdk;
  const Writer o(out);
  fmt::format_to(o, "    User 0: ceDataInode={} installed=true hidden=false suspended=false ",
                 static_cast<int>(package.uid) * 31 % 900'000);
  if (sdk >= kAndroid10 && sdk != kAndroid10) out += "distractionFlags=0 ";
  fmt::format_to(o, "stopped={} notLaunched=false enabled={} instant=false virtual=false{}\n",
                 package.stopped, EnabledNumber(package.enabled),
                 sdk >= kAndroid15 ? " quarantined=false" : "");
  if (sdk >= kAndroid12) out += "      installReason=0\n";
  if (sdk >= kAndroid13)
    fmt::format_to(o, "      firstInstallTime={}\n      uninstallReason=0\n",
                   TimeText(phone, package.installed_at));
  if (!package.disabled_by.empty())
    fmt::format_to(o, "      lastDisabledCaller: {}\n", package.disabled_by);
  out += "      gids=[3003]\n";
  if (!package.permissions.empty()) {
    out += "      runtime permissions:\n";
    for (const auto& [permission, state] : package.permissions) {
      fmt::format_to(o, "        {}: granted={}", permission, state.granted);
      if (!state.flags.empty()) {
        out += ", flags=[ ";
        bool first = true;
        for (const std::string& flag : state.flags) {
          // Android 8 separates by blanks and does not know this pair.
          if (sdk < kAndroid10 && flag.starts_with("USER_SENSITIVE")) continue;
          if (!first) out += sdk >= kAndroid10 ? "|" : " ";
          out += flag;
          first = false;
        }
        out += sdk >= kAndroid10 ? "]" : " ]";
      }
      out += '\n';
    }
  }
  if (package.system) return;
  fmt::format_to(o, "      enabledComponents:\n        {}\n",
                 FullComponent(name, ".work.RescheduleReceiver").substr(name.size() + 1));
}

void Block(std::string& out, const Android& phone, const std::string& name, const Package& package,
           bool alone) {
  const Writer o(out);
  Head(out, phone, name, package);
  if (alone) Requested(out, package);
  if (!package.install_permissions.empty()) {
    out += "    install permissions:\n";
    for (const std::string& permission : package.install_permissions)
      fmt::format_to(o, "      {}: granted=true\n", permission);
  }
  UserPart(out, phone, name, package);
}

// What can be started, bound and received: the long first part of the dump.
void Resolvers(std::string& out, const Android& phone, const std::string& only) {
  const auto wanted = [&](const std::string& name) { return only.empty() || only == name; };
  const Writer o(out);
  out += "Activity Resolver Table:\n  Non-Data Actions:\n      android.intent.action.MAIN:\n";
  for (const auto& [name, package] : phone.system.packages)
    if (wanted(name) && !package.launcher.empty())
      fmt::format_to(o,
                     "        {} {} filter {}\n          Action: \"android.intent.action.MAIN\"\n"
                     "          Category: \"android.intent.category.LAUNCHER\"\n",
                     HashText(name + "l"), Component(name, package.launcher), HashText(name + "f"));
  out +=
      "\nReceiver Resolver Table:\n  Non-Data Actions:\n"
      "      android.intent.action.BOOT_COMPLETED:\n";
  for (const auto& [name, package] : phone.system.packages)
    if (wanted(name) && !package.system)
      fmt::format_to(o, "        {} {} filter {}\n", HashText(name + "r"),
                     Component(name, ".BootReceiver"), HashText(name + "b"));
  out +=
      "\nService Resolver Table:\n  Non-Data Actions:\n"
      "      android.service.notification.NotificationListenerService:\n";
  for (const auto& [name, package] : phone.system.packages)
    if (wanted(name) && !package.listener.empty())
      fmt::format_to(o,
                     "        {} {} filter {} permission "
                     "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE\n          Action: "
                     "\"android.service.notification.NotificationListenerService\"\n",
                     HashText(name + "n"), Component(name, package.listener), HashText(name + "o"));
  out += '\n';
}

}  // namespace

std::string PackageDump(const Android& phone, const std::string& only) {
  const int sdk = phone.flavour.sdk;
  std::string out;
  const Writer to(out);
  if (only.empty()) {
    fmt::format_to(to,
                   "Database versions:\n  Internal:\n    sdkVersion={0} databaseVersion=3\n"
                   "    fingerprint={1}\n  External:\n    sdkVersion={0} databaseVersion=3\n"
                   "    fingerprint={1}\n\n",
                   sdk,
                   phone.system.properties.contains("ro.build.fingerprint")
                       ? phone.system.properties.at("ro.build.fingerprint")
                       : "");
    out += "Verifiers:\n  Required: com.android.vending (uid=10012)\n\n";
    out +=
        "Libraries:\n  android.test.base -> (jar) /system/framework/android.test.base.jar\n"
        "  org.apache.http.legacy -> (jar) /system/framework/org.apache.http.legacy.jar\n\n";
    out += "Features:\n";
    for (const std::string_view feature : kPhoneFeatures) fmt::format_to(to, "  {}\n", feature);
    out += '\n';
  }
  Resolvers(out, phone, only);
  if (!only.empty() && FindPackage(phone.system, only) == nullptr) {
    fmt::format_to(to,
                   "Dexopt state:\n  Unable to find package: {0}\n\n\nCompiler stats:\n"
                   "  Unable to find package: {0}\n",
                   only);
    return out;
  }
  fmt::format_to(to, "Key Set Manager:\n");
  for (const auto& [name, package] : phone.system.packages)
    if (only.empty() || only == name)
      fmt::format_to(to, "  [{}]\n      Signing KeySets: {}\n", name, 1 + package.uid % 40);
  out += "\nPackages:\n";
  for (const auto& [name, package] : phone.system.packages)
    if (only.empty() || only == name) Block(out, phone, name, package, !only.empty());
  if (sdk >= kAndroid12)
    out +=
        "\nQueries:\n  system apps queryable: false\n  queries via forceQueryable:\n"
        "  queries via package name:\n  queries via component:\n";
  if (only.empty()) {
    out += "\nShared users:\n";
    for (const int uid : {1000, 1001, 1002, 2000})
      fmt::format_to(to,
                     "  SharedUser [{}] ({}):\n    {}={}\n    install permissions:\n"
                     "      android.permission.INTERNET: granted=true\n",
                     SharedUser(uid), HashText(SharedUser(uid)),
                     sdk >= kAndroid13 ? "appId" : "userId", uid);
    out += "\nPackage Changes:\n  Sequence number=41\n  User 0:\n\n";
    out += "Dexopt state:\n";
  } else {
    out += "\nDexopt state:\n";
  }
  for (const auto& [name, package] : phone.system.packages)
    if (only.empty() || only == name)
      fmt::format_to(to,
                     "  [{}]\n    path: {}/base.apk\n      arm64: [status=speed-profile] "
                     "[reason=bg-dexopt]\n",
                     name, package.code_path);
  out += "\nCompiler stats:\n";
  for (const auto& [name, package] : phone.system.packages)
    if (only.empty() || only == name)
      fmt::format_to(to, "  [{}]\n     base.apk - {}\n", name, package.uid % 3'000);
  if (only.empty())
    fmt::format_to(to,
                   "\nSettings parse messages:\nRead completed successfully: {} packages, 4 shared "
                   "uids\n\nActive install sessions:\n\nHistorical install sessions:\n",
                   phone.system.packages.size());
  return out;
}

}  // namespace bk::simulate
