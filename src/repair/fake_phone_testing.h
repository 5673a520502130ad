// A phone for the tests of this room: a handful of values, and the commands that read and write
// them in the words of Android 8 to 15. The faithful one is simulate/phone.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "ports/phone.h"
#include "repair/setting.h"

namespace bk::repair {

struct FakeState {
  std::map<std::string, std::string> rows = {{"global/auto_time", "0"},
                                             {"global/airplane_mode_on", "0"},
                                             {"global/low_power", "0"},
                                             {"global/private_dns_mode", "hostname"},
                                             {"secure/enabled_notification_listeners", ""},
                                             {"secure/location_mode", "0"},
                                             {"secure/location_providers_allowed", ""}};
  std::map<std::string, std::string> ops;  // "OP" or "uid OP" → mode, those away from the default
  std::map<std::string, bool> permissions = {{"android.permission.BLUETOOTH_SCAN", false},
                                             {"android.permission.BLUETOOTH_CONNECT", false},
                                             {"android.permission.POST_NOTIFICATIONS", false},
                                             {"android.permission.ACCESS_FINE_LOCATION", true}};
  std::set<std::string> doze = {"com.android.shell"};
  std::set<std::string> data_saver_exempt;
  std::set<std::string> listeners;
  int enabled = 0;
  bool stopped = false;
  bool installed = true;
  std::string bucket = "40", level = "background_restricted";
  bool bluetooth = true, data_saver = false, running = true;
  friend bool operator==(const FakeState&, const FakeState&) = default;
};

class FakePhone : public ports::Phone {
 public:
  FakePhone(int android, std::string maker_word) : sdk(android), maker(std::move(maker_word)) {}

  int sdk;
  std::string maker;
  FakeState state;
  bool security_switch = true;              // false: as MIUI without its own switch
  std::set<std::string> silent;             // commands that begin so say yes and do nothing
  std::map<std::string, std::string> says;  // commands that begin so answer this
  int turning = 0;                          // so many more looks find Bluetooth between on and off
  int trips = 0;
  std::vector<std::string> lines;  // all that was asked
  std::size_t cut_at = SIZE_MAX;   // of `lines`: from here on the cable is gone

  static constexpr const char* kApp = "com.xiaomi.hm.health";
  static constexpr const char* kUid = "10143";

  [[nodiscard]] const std::string& serial() const override { return serial_; }
  using ports::Phone::Run;
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
    ++trips;
    std::vector<ports::PhoneAnswer> answers;
    for (const auto& command : commands) {
      lines.push_back(command.line);
      if (lines.size() > cut_at) {
        answers.push_back({.end = ports::PhoneAnswer::End::kCut, .why = "The cable is out."});
        continue;
      }
      ports::PhoneAnswer answer;
      answer.exit = 0;
      answer.out = Answer(command.line, answer);
      answers.push_back(std::move(answer));
    }
    return answers;
  }
  ports::PhoneAnswer Follow(const ports::PhoneCommand&,
                            const std::function<bool(std::string_view)>&) override {
    return {};
  }
  Result<std::uint64_t> Pull(const std::string&, const std::function<bool(Bytes)>&) override {
    return Fail(ErrorCode::kNotSupported, "no files here");
  }
  Status Restart() override { return {}; }
  Status WaitUntilReady(std::chrono::milliseconds) override { return {}; }

 private:
  using Words = std::vector<std::string>;

  // Words as a shell takes them, with single quotes and a backslash.
  static Words Split(const std::string& line) {
    Words words;
    std::string word;
    bool quoted = false;
    bool any = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (c == '\'') {
        quoted = !quoted;
        any = true;
      } else if (c == '\\' && !quoted && i + 1 < line.size()) {
        word += line[++i];
      } else if (c == ' ' && !quoted) {
        if (any || !word.empty()) words.push_back(word);
        word.clear();
        any = false;
      } else {
        word += c;
      }
    }
    if (any || !word.empty()) words.push_back(word);
    return words;
  }

  static std::string Refused(const std::string& what, ports::PhoneAnswer& answer) {
    answer.exit = 255;
    answer.err = what + "\n";
    return {};
  }

  std::string Answer(const std::string& line, ports::PhoneAnswer& answer) {
    for (const auto& [begin, text] : says)
      if (line.starts_with(begin)) return text;
    for (const std::string& begin : silent)
      if (line.starts_with(begin)) return {};
    const Words words = Split(line);
    const std::string two = words.size() > 1 ? words[0] + " " + words[1] : line;
    if (words[0] == "getprop")
      return (words[1] == "ro.build.version.sdk" ? std::to_string(sdk) : maker) + "\n";
    if (two == "am get-current-user") return "0\n";
    if (two == "pm list")
      return std::string("package:android uid:1000\npackage:") + kApp + " uid:" + kUid + "\n";
    if (words[0] == "settings") return Settings(words, answer);
    if (words[0] == "appops") return AppOps(words, answer);
    if (words[0] == "pm") return Pm(words, answer);
    if (words[0] == "am") return Am(words, answer);
    if (words[0] == "monkey") {
      state.stopped = false;
      state.running = true;
      return "Events injected: 1\n";
    }
    if (words[0] == "pidof") return state.running ? "4711\n=0\n" : "=1\n";
    if (two == "svc bluetooth") return Svc(words, answer);
    if (words[0] == "cmd") return Cmd(words, answer);
    if (words[0] == "dumpsys") return Dumpsys(words);
    answer.exit = 127;
    answer.err = "/system/bin/sh: " + words[0] + ": inaccessible or not found\n";
    return {};
  }

  std::string Settings(const Words& words, ports::PhoneAnswer& answer) {
    const std::string row = words[2] + "/" + words[3];
    if (words[1] == "get")
      return (state.rows.contains(row) ? state.rows[row] : std::string("null")) + "\n";
    if (!security_switch)
      return Refused(
          "Permission denial: writing to settings requires:android.permission."
          "WRITE_SECURE_SETTINGS",
          answer);
    if (words[1] == "delete") return std::to_string(state.rows.erase(row)) + " rows deleted\n";
    if (words[3] == "location_providers_allowed") {
      std::string& list = state.rows[row];
      std::set<std::string> set;
      std::istringstream in(list);
      for (std::string one; std::getline(in, one, ',');) set.insert(one);
      words[4][0] == '+' ? (void)set.insert(words[4].substr(1))
                         : (void)set.erase(words[4].substr(1));
      list.clear();
      for (const std::string& one : set) list += (list.empty() ? "" : ",") + one;
      return {};
    }
    state.rows[row] = words.size() > 4 ? words[4] : "";
    return {};
  }

  std::string AppOps(const Words& words, ports::PhoneAnswer& answer) {
    const bool of_uid = words[2] == "--uid";
    const std::string op = words[of_uid ? 4 : 3];
    if (op[0] == '1' && maker != "Xiaomi")
      return Refused("Error: Unknown operation string: " + op, answer);
    const std::string shown = op[0] == '1' ? "MIUIOP(" + op + ")" : op;
    if (words[1] == "get") {
      std::string out;
      if (state.ops.contains("uid " + op))
        out += "Uid mode: " + shown + ": " + state.ops["uid " + op] + "\n";
      if (state.ops.contains(op))
        out += shown + ": " + state.ops[op] + "; rejectTime=+1h2m3s4ms ago\n";
      return out.empty() ? "No operations.\nDefault mode: allow\n" : out;
    }
    if (!security_switch)
      return Refused(
          "java.lang.SecurityException: uid 2000 does not have "
          "android.permission.MANAGE_APP_OPS_MODES",
          answer);
    const std::string key = (of_uid ? "uid " : "") + op;
    const std::string& mode = words.back();
    if (mode == "allow")
      state.ops.erase(key);
    else
      state.ops[key] = mode;
    return {};
  }

  std::string Pm(const Words& words, ports::PhoneAnswer& answer) {
    if (words[1] == "grant" || words[1] == "revoke") {
      if (!security_switch)
        return Refused(
            "grantRuntimePermission: Neither user 2000 nor current process has "
            "android.permission.GRANT_RUNTIME_PERMISSIONS",
            answer);
      if (!state.permissions.contains(words[3]))
        return Refused("java.lang.SecurityException: Package " + words[2] +
                           " has not requested permission " + words[3],
                       answer);
      state.permissions[words[3]] = words[1] == "grant";
      return {};
    }
    if (words[1] == "unstop") state.stopped = false;
    if (words[1] == "enable") state.enabled = 1;
    if (words[1] == "default-state") state.enabled = 0;
    if (words[1] == "disable-user") state.enabled = 3;
    if (words[1] == "disable")
      return Refused("java.lang.SecurityException: Shell cannot change component state for " +
                         words[2] + "/null to 2",
                     answer);
    if (words[1] == "clear") return "Success\n";
    return "Package " + words[2] + " new state\n";
  }

  std::string Am(const Words& words, ports::PhoneAnswer& answer) {
    if (words[1] == "get-standby-bucket") return state.bucket + "\n";
    if (words[1] == "set-standby-bucket") return state.bucket = words[3], "";
    if (words[1] == "get-bg-restriction-level" && sdk >= 33) return state.level + "\n";
    if (words[1] == "set-bg-restriction-level" && sdk >= 33) return state.level = words[3], "";
    if (words[1] == "force-stop") return state.stopped = true, state.running = false, "";
    if (words[1] == "start") return "Starting: Intent { act=... }\n";
    return Refused("Error: unknown command '" + words[1] + "'", answer);
  }

  std::string Svc(const Words& words, ports::PhoneAnswer& answer) {
    if (sdk < 31)
      return Refused("java.lang.SecurityException: Need BLUETOOTH ADMIN permission", answer);
    state.bluetooth = words[2] == "enable";
    return {};
  }

  std::string Cmd(const Words& words, ports::PhoneAnswer& answer) {
    const std::string& service = words[1];
    if (service == "bluetooth_manager" && sdk >= 33) {
      if (words[2].starts_with("wait-for-state")) return "wait-for-state: Success\n";
      state.bluetooth = words[2] == "enable";
      return "BluetoothShellCommand: Exec " + words[2] + "\n" + words[2] + ": Success\n";
    }
    if (service == "connectivity" && sdk >= 31) {
      state.rows["global/airplane_mode_on"] = words[3] == "enable" ? "1" : "0";
      return {};
    }
    if (service == "power") return state.rows["global/low_power"] = words[3], "";
    if (service == "location" && sdk >= 31) {
      if (words[2] == "is-location-enabled")
        return state.rows["secure/location_mode"] == "0" ? "false\n" : "true\n";
      state.rows["secure/location_mode"] = words[3] == "true" ? "3" : "0";
      return {};
    }
    if (service == "deviceidle") {
      if (words.size() == 3) {
        std::string out = "system,com.android.phone,1001\n";
        for (const std::string& app : state.doze) out += "user," + app + ",10143\n";
        return out;
      }
      const std::string app = words[3].substr(1);
      if (app != kApp) return "Unknown package: " + app + "\n";
      if (words[3][0] == '+')
        state.doze.insert(app);
      else
        state.doze.erase(app);
      return (words[3][0] == '+' ? "Added: " : "Removed: ") + app + "\n";
    }
    if (service == "netpolicy") {
      if (words[2] == "get")
        return std::string("Restrict background status: ") +
               (state.data_saver ? "enabled" : "disabled") + "\n";
      if (words[2] == "set") return state.data_saver = words[4] == "true", "";
      if (words[2] == "list") {
        std::string out = "Restrict background whitelisted UIDs: ";
        for (const std::string& uid : state.data_saver_exempt) out += uid + " ";
        return out + (state.data_saver_exempt.empty() ? "none\n" : "\n");
      }
      words[2] == "add" ? (void)state.data_saver_exempt.insert(words[4])
                        : (void)state.data_saver_exempt.erase(words[4]);
      return {};
    }
    if (service == "notification") {
      words[2] == "allow_listener" ? (void)state.listeners.insert(words[3])
                                   : (void)state.listeners.erase(words[3]);
      std::string list;
      for (const std::string& one : state.listeners) list += (list.empty() ? "" : ":") + one;
      state.rows["secure/enabled_notification_listeners"] = list;
      return {};
    }
    if (service == "bluetooth_manager" || service == "location" || service == "connectivity") {
      answer.exit = 255;
      return service == "location" ? "No shell command implementation.\n"
                                   : "cmd: Can't find service: " + service + "\n";
    }
    return {};
  }

  std::string Dumpsys(const Words& words) {
    if (words[1] == "bluetooth_manager")
      return std::string("Bluetooth Status\n  enabled: ") + (state.bluetooth ? "true" : "false") +
             "\n  state: " +
             (turning > 0 && turning-- > 0 ? "TURNING_ON"
              : state.bluetooth            ? "ON"
                                           : "OFF") +
             "\n  address: 00:00:5E:00:53:01\n\nBonded devices:\n"
             "    C8:0F:10:00:00:01 [  LE  ] Mi Smart Band 4\n\n";
    if (words.size() < 3) return "Can't find service: " + words[1] + "\n";
    if (words[1] != "package" || words[2] != kApp || !state.installed)
      return "Dexopt state:\n  Unable to find package: " + words[2] + "\n";
    std::string out =
        "Service Resolver Table:\n  Non-Data Actions:\n      "
        "android.service.notification.NotificationListenerService:\n        9ab1c2d " +
        words[2] +
        "/.push.Listener filter 12 permission "
        "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE\n\nPackages:\n  "
        "Package [" +
        words[2] +
        "] (1a2b3c):\n    userId=10143\n    versionCode=50612 minSdk=23 "
        "targetSdk=33\n    versionName=6.9.5\n    firstInstallTime=2024-01-02 "
        "03:04:05\n    requested permissions:\n";
    for (const auto& [name, granted] : state.permissions) out += "      " + name + "\n";
    out += "    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=" +
           std::string(state.stopped ? "true" : "false") +
           " notLaunched=false enabled=" + std::to_string(state.enabled) +
           " instant=false\n      gids=[3003]\n      runtime permissions:\n";
    for (const auto& [name, granted] : state.permissions)
      out += "        " + name + ": granted=" + (granted ? "true" : "false") + ", flags=[ ]\n";
    return out;
  }

  std::string serial_ = "fake";
};

}  // namespace bk::repair
