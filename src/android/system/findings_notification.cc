// Notifications: may the companion read the others', does it, and may it show its own?
#include <fmt/format.h>

#include "android/system/findings_parts.h"
#include "android/system/scope.h"

namespace bk::android::system {
namespace id = evidence::id;
namespace {

// "pkg/cls:pkg/cls"
bool ListsPackage(std::string_view listeners, std::string_view package) {
  while (!listeners.empty()) {
    const std::string_view component = listeners.substr(0, listeners.find(':'));
    listeners.remove_prefix(std::min(listeners.size(), component.size() + 1));
    if (PackageOf(component) == package) return true;
  }
  return false;
}

// Whether the person gave access, by the setting if it was printed, else by the service's lists.
std::optional<Fact<bool>> Access(const SystemState& state, const Companion& companion) {
  const auto& lists = state.switches.notification_listeners;
  if (const auto setting = lists.find(companion.user); setting != lists.end())
    return Fact<bool>{ListsPackage(setting->second.value, companion.package),
                      setting->second.place};
  if (companion.facts != nullptr) {
    const auto allowed = companion.facts->listener_allowed.find(companion.user);
    if (allowed != companion.facts->listener_allowed.end()) return allowed->second;
  }
  if (state.saw_listener_lists) return Fact<bool>{false, state.StartOf("notification")};
  return std::nullopt;
}

// A listener of an app that does not run proves nothing: Android binds it when the app is there.
bool MayListen(const SystemState& state, const Companion& companion) {
  return !state.saw_processes ||
         (companion.facts != nullptr && !companion.facts->processes.empty());
}

void TellAccess(Teller& teller, const Companion& companion) {
  const auto access = Access(teller.state, companion);
  const std::string& title = companion.app->title;
  if (!access) return;
  teller.Tell(id::kNotificationAccess, access->value, access->place,
              title + (access->value ? " may read notifications."
                                     : " has no notification access: no notification reaches the "
                                       "band."));
  if (!access->value) return;
  const bool live = companion.facts != nullptr && companion.facts->listener_live;
  if (live)
    teller.Tell(id::kNotificationListenerDead, false, companion.facts->listener_live->place,
                title + "'s notification listener is running.");
  else if (teller.state.saw_live_listeners && MayListen(teller.state, companion))
    teller.Tell(id::kNotificationListenerDead, true, teller.state.StartOf("notification"),
                title + " may read notifications but its listener is not among the running ones.");
}

void TellOwn(Teller& teller, const Companion& companion) {
  const std::string& title = companion.app->title;
  const OpFact* op = EffectiveOp(teller.state, companion, Op::kPostNotification);
  const Fact<int>* importance =
      companion.facts != nullptr && companion.facts->notification_importance
          ? &*companion.facts->notification_importance
          : nullptr;
  if (importance != nullptr && importance->value == 0)
    teller.Tell(id::kNotificationsBlocked, true, importance->place,
                "All notifications of " + title + " are blocked.");
  else if (Forbids(op))
    teller.Tell(id::kNotificationsBlocked, true, op->place,
                fmt::format("{} may not show notifications: {} is {}.", title, OpName(op->op),
                            OpModeName(op->mode)));
  else if (importance != nullptr)
    teller.Tell(id::kNotificationsBlocked, false, importance->place,
                title + " may show notifications.");
}

}  // namespace

void TellNotifications(Teller& teller, const Companion& companion) {
  TellAccess(teller, companion);
  TellOwn(teller, companion);
}

}  // namespace bk::android::system
