// Companion apps are data (knowledge/apps/*.toml), not code: what each is called and what it needs
// to work.
#pragma once

#include <string>
#include <vector>

namespace bk::evidence {

struct CompanionApp {
  std::string id;                     // "zepp_life"
  std::string title;                  // "Zepp Life (Mi Fit)"
  std::vector<std::string> packages;  // {"com.xiaomi.hm.health"}: any of them is this app
  bool speaks_to_band4 = false;       // can own a Mi Smart Band 4
  bool from_maker = false;            // binds bands to an account on a server
  bool needs_account = false;
  // Android permissions without which it cannot find, connect or keep the band; readers skip those
  // that the phone's Android version does not have (BLUETOOTH_SCAN before 12) or that the app does
  // not request.
  std::vector<std::string> permissions;
  bool needs_notification_access =
      false;                          // for notifications on the band; not for connection or sync
  bool needs_background = true;       // keeps the link itself while it is not on screen
  std::string notification_listener;  // class name of its listener, "" if unknown
  std::vector<std::string> log_tags;  // logcat tags that it writes under, if known
};

}  // namespace bk::evidence
