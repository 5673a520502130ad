// `am`, which is `cmd activity`, monkey and input: stopping and starting apps, opening pages, and
// how much an app may do in the background. Source: AOSP, ActivityManagerShellCommand.java, Android
// 8 to 15.
#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/pages.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

using Words = std::vector<std::string>;

// ---- start

struct Intent {
  std::string action, data, component, category;
  [[nodiscard]] std::string Text() const {
    std::string text = "Intent {";
    if (!action.empty()) text += " act=" + action;
    if (!category.empty()) text += fmt::format(" cat=[{}]", category);
    if (!data.empty()) text += " dat=" + data;
    if (!component.empty()) text += " cmp=" + component;
    return text + " }";
  }
};

Intent ReadIntent(const Words& words) {
  Intent intent;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string(); };
    if (word == "-a") {
      intent.action = value();
    } else if (word == "-d") {
      intent.data = value();
    } else if (word == "-n") {
      intent.component = value();
    } else if (word == "-c") {
      intent.category = value();
    } else if (word == "-f" || word == "-t" || word == "-p") {
      value();
    } else if (word == "--es" || word == "--ez" || word == "--ei" || word == "-e") {
      value();
      value();
    } else if (!word.starts_with('-')) {
      (word.contains(':') ? intent.data : intent.component) = word;
    }
  }
  return intent;
}

// Brings a page or an app to the front.
void Show(Android& phone, const std::string& page, const std::string& data) {
  for (auto& [name, process] : phone.life.processes) process.foreground = false;
  phone.traces.page = page;
  phone.traces.page_data = data;
}

Said StartComponent(const Call& call, Intent& intent, std::string out) {
  const std::size_t slash = intent.component.find('/');
  const std::string package = intent.component.substr(0, slash);
  const std::string cls = slash == std::string::npos ? "" : intent.component.substr(slash + 1);
  const Package* known = FindPackage(call.phone.system, package);
  const bool page = IsComponentPage(call.phone, intent.component);
  const bool launcher = known != nullptr && !known->launcher.empty() &&
                        FullComponent(package, cls) == FullComponent(package, known->launcher);
  if (known == nullptr || !MayRun(*known) || (!page && !launcher))
    return {.out = std::move(out),
            .err = fmt::format("Error type 3\nError: Activity class {{{}}} does not exist.\n",
                               FullComponent(package, cls))};
  const bool in_front = call.phone.traces.page == FullComponent(package, cls);
  Show(call.phone, FullComponent(package, cls), intent.data);
  StartApp(call.phone, package, true);
  if (in_front)
    return {
        .out = std::move(out),
        .err = "Warning: Activity not started, its current task has been brought to the front\n"};
  return Out(std::move(out));
}

Said Start(const Call& call, const Words& words) {
  Intent intent = ReadIntent(words);
  std::string out = fmt::format("Starting: {}\n", intent.Text());
  if (!intent.component.empty()) return StartComponent(call, intent, std::move(out));
  if (intent.action.empty() && intent.data.empty())
    return Exception(call, "start", "java.lang.IllegalArgumentException", "No intent supplied");
  if (intent.action == "android.intent.action.MAIN" &&
      intent.category == "android.intent.category.HOME") {
    Show(call.phone, "", "");
    return Out(std::move(out));
  }
  if (!IsActionPage(call.phone, intent.action, intent.data))
    return {.out = std::move(out),
            .err = fmt::format("Error: Activity not started, unable to resolve {}\n",
                               intent.Text().insert(intent.Text().size() - 2, " flg=0x10000000"))};
  Show(call.phone, intent.action, intent.data);
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(120);
  return said;
}

Said Monkey(const Call& call) {
  std::string package;
  for (std::size_t i = 0; i + 1 < call.words.size(); ++i)
    if (call.words[i] == "-p") package = call.words[i + 1];
  const Package* known = FindPackage(call.phone.system, package);
  std::string arguments;
  for (const std::string& word : call.words) arguments += fmt::format("  bash arg: {}\n", word);
  if (known == nullptr || known->launcher.empty() || !MayRun(*known))
    return {.out = arguments + "** No activities found to run, monkey aborted.\n",
            .exit = 252,
            .took = std::chrono::milliseconds(900)};
  Show(call.phone, FullComponent(package, known->launcher), "");
  StartApp(call.phone, package, true);
  return {.out = arguments +
                 "Events injected: 1\n"
                 "## Network stats: elapsed time=23ms (0ms mobile, 0ms wifi, 23ms not connected)\n",
          .took = std::chrono::milliseconds(1'100)};
}

// ---- buckets and levels

int BucketNumber(std::string_view word) {
  static const std::map<std::string_view, int> kNames = {{"active", 10},     {"working_set", 20},
                                                         {"frequent", 30},   {"rare", 40},
                                                         {"restricted", 45}, {"never", 50}};
  const auto found = kNames.find(word);
  if (found != kNames.end()) return found->second;
  return ParseInt<int>(word).value_or(-1);
}

Said Buckets(const Call& call, const std::string& verb, const Words& words) {
  if (words.empty())
    return Exception(call, verb, "java.lang.IllegalArgumentException",
                     "Argument expected after \"" + verb + "\"");
  Package* package = FindPackage(call.phone.system, words[0]);
  if (verb == "get-standby-bucket")
    return Out(fmt::format("{}\n", Bucket(call.phone.system, words[0])));
  const int bucket = words.size() > 1 ? BucketNumber(words[1]) : -1;
  constexpr int kRestricted = 45;
  if (bucket < 10 || bucket > 50 || (bucket == kRestricted && call.sdk() < kAndroid11))
    return Err(fmt::format("Error: Unknown bucket: {}\n", words.size() > 1 ? words[1] : ""));
  if (package == nullptr) return Out({});
  // Those exempt from Doze stay where they are.
  if (Bucket(call.phone.system, words[0]) == 5) return Out({});
  package->bucket = bucket;
  call.phone.traces.bucket_reason[words[0]] = "f-r";
  return Out({});
}

Said Levels(const Call& call, const std::string& verb, const Words& words) {
  static const std::set<std::string> kLevels = {"unrestricted",          "exempted",
                                                "adaptive_bucket",       "restricted_bucket",
                                                "background_restricted", "hibernation"};
  Package* package = words.empty() ? nullptr : FindPackage(call.phone.system, words[0]);
  if (words.empty())
    return Exception(call, verb, "java.lang.IllegalArgumentException",
                     "Argument expected after \"" + verb + "\"");
  if (verb == "get-bg-restriction-level")
    return Out(BackgroundLevel(call.phone.system, words[0]) + "\n");
  if (words.size() < 2 || !kLevels.contains(words[1]))
    return Err(
        fmt::format("Error: Unknown restriction level: {}\n", words.size() > 1 ? words[1] : ""));
  if (package == nullptr) return Err("Error: Unknown package\n");
  // What the level would be without this one is not kept.
  package->background_level.clear();
  if (BackgroundLevel(call.phone.system, words[0]) != words[1])
    package->background_level = words[1];
  return Out({});
}

// ---- stop

Said StopApp(const Call& call, const Words& words) {
  if (words.empty())
    return Exception(call, "stop-app", "java.lang.IllegalArgumentException",
                     "Argument expected after \"stop-app\"");
  constexpr int kUserRequested = 10, kStopApp = 23;
  EndProcess(call.phone, words[0], kUserRequested, kStopApp,
             fmt::format("stop {} due to from process:20000", words[0]));
  return Out({});
}

Said Broadcast(const Call& call, const Words& words) {
  const Intent intent = ReadIntent(words);
  static const std::set<std::string> kProtected = {
      "android.intent.action.AIRPLANE_MODE", "android.intent.action.BOOT_COMPLETED",
      "android.bluetooth.adapter.action.STATE_CHANGED", "android.intent.action.TIMEZONE_CHANGED"};
  const std::string head = fmt::format("Broadcasting: {}\n", intent.Text());
  if (kProtected.contains(intent.action)) {
    Said said = SecurityException(
        call, "broadcast",
        fmt::format("Permission Denial: not allowed to send broadcast {} from pid={}, uid=2000",
                    intent.action, call.phone.life.next_pid));
    said.out = head;
    return said;
  }
  return Out(head + "Broadcast completed: result=0\n");
}

Said ActivityManager(const Call& call) {
  Words words(call.words.begin(), call.words.end());
  const std::string verb = words.empty() ? "" : words[0];
  if (!words.empty()) words.erase(words.begin());
  if (!TakeUser(words))
    return Exception(call, verb, "java.lang.IllegalArgumentException", "Unknown user");
  if (verb == "force-stop") {
    if (!words.empty()) ForceStop(call.phone, words[0]);
    return Out({});
  }
  if (verb == "start" || verb == "start-activity") return Start(call, words);
  if (verb == "kill") {
    constexpr int kOther = 13, kKillBackground = 24;
    const auto process = call.phone.life.processes.find(words.empty() ? "" : words[0]);
    if (process != call.phone.life.processes.end() && !process->second.foreground)
      EndProcess(call.phone, words[0], kOther, call.sdk() >= kAndroid14 ? kKillBackground : 0,
                 "kill background");
    return Out({});
  }
  if (verb == "get-current-user") return Out("0\n");
  if (call.sdk() >= kAndroid9 && (verb == "get-standby-bucket" || verb == "set-standby-bucket"))
    return Buckets(call, verb, words);
  if (verb == "get-inactive" && !words.empty())
    return Out(fmt::format("Idle={}\n", Bucket(call.phone.system, words[0]) >= 40));
  if (verb == "set-inactive" && words.size() > 1) {
    if (Package* package = FindPackage(call.phone.system, words[0]))
      package->bucket = words[1] == "true" ? 40 : 10;
    return Out({});
  }
  if (call.sdk() >= kAndroid13 &&
      (verb == "get-bg-restriction-level" || verb == "set-bg-restriction-level"))
    return Levels(call, verb, words);
  if (call.sdk() >= kAndroid14 && verb == "stop-app") return StopApp(call, words);
  if (verb == "broadcast") return Broadcast(call, words);
  if (verb.empty() || verb == "help")
    return Out("Activity manager (activity) commands:\n  help\n      Print this help text.\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

Said Input(const Call& call) {
  if (SecuritySwitchOff(call.phone))
    return Exception(call, "input", "java.lang.SecurityException",
                     "Injecting to another application requires INJECT_EVENTS permission");
  for (const std::string& word : call.words)
    if (word == "KEYCODE_HOME" || word == "3") Show(call.phone, "", "");
  return {.took = std::chrono::milliseconds(300)};
}

// ---- what runs

Said PidOf(const Call& call) {
  std::string out;
  for (const std::string& name : call.words)
    if (const auto process = call.phone.life.processes.find(name);
        process != call.phone.life.processes.end())
      out += fmt::format("{}{}", out.empty() ? "" : " ", process->second.pid);
  if (out.empty()) return Err({}, 1);
  return Out(out + "\n");
}

Said ProcessStatus(const Call& call) {
  const bool all = !call.words.empty() && call.words[0].contains('A');
  std::string out = "USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME\n";
  if (!all)
    return Out(out + "shell         9001  9000   12620   3120 __do_sys_rt+        0 S sh\n");
  out += "root             1     0   48552   9032 SyS_epoll_+         0 S init\n";
  for (const auto& [name, process] : call.phone.life.processes) {
    const Package* package = FindPackage(call.phone.system, name);
    const std::string user = package == nullptr       ? "system"
                             : package->uid >= 10'000 ? fmt::format("u0_a{}", package->uid - 10'000)
                             : package->uid == 1002   ? "bluetooth"
                             : package->uid == 1001   ? "radio"
                                                      : "system";
    out += fmt::format("{:12} {:5} {:5} {:7} {:6} {:16} {:>4} S {}\n", user, process.pid, 640,
                       5'120'000, 98'304, "SyS_epoll_+", 0,
                       name == "android" ? "system_server" : name);
  }
  return Out(std::move(out));
}

}  // namespace

void AddActivityPrograms(Programs& programs) {
  programs.Add("am", ActivityManager);
  programs.Add("cmd activity", ActivityManager);
  programs.Add("monkey", Monkey);
  programs.Add("input", Input);
  programs.Add("cmd input", Input);
  programs.Add("pidof", PidOf);
  programs.Add("ps", ProcessStatus);
}

}  // namespace bk::simulate
