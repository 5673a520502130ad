// What the page asks, by one table of words for each subject: each a function on the room under its
// lock. Here: the settings, the task that runs, what is kept.
#include "app/desk/orders.h"

#include <algorithm>
#include <array>

#include "app/desk/desk_room.h"
#include "app/desk/order_fields.h"
#include "app/evidence_json.h"
#include "troubleshoot/knowledge/texts.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Lock = DeskRoom::Lock;

constexpr std::size_t kPageBytesMax = 4096;

// ---- settings and phones
Answered Settings(DeskRoom& room, Lock& lock, const Json& body) {
  DeskSettings next = room.settings;
  for (const auto& [key, value] : body.items()) {
    if (key == "page") {
      if (!value.is_object() || DumpCompact(value).size() > kPageBytesMax)
        return Bad("page: an object of at most 4 KiB.");
      next.page = value;
    } else if (key == "language") {
      const auto code = TextField(body, "language");
      if (!code || (*code != "en" && troubleshoot::FindLanguage(
                                         *room.options.world.embedded_knowledge, *code) == nullptr))
        return Bad("language: there is no such language here.");
      next.language = *code;
    } else if (key == "show_addresses") {
      const auto flag = FlagField(body, "show_addresses");
      if (!flag) return Bad("show_addresses: true or false.");
      next.show_addresses = *flag;
    } else if (key == "app") {
      const auto app = TextField(body, "app");
      if (!app) return Bad("app: a text.");
      next.app = *app;
    }
  }
  const bool words = next.language != room.settings.language;
  const bool addresses = next.show_addresses != room.settings.show_addresses;
  if (words || addresses || next.app != room.settings.app)
    if (auto busy = room.Busy()) return *busy;
  room.settings = std::move(next);
  if (addresses) room.privacy = Privacy(room.settings.show_addresses);
  if (words) {
    room.UseLanguage();
    room.FoldProbe();
    room.Renew();
  }
  if (words || addresses) {
    room.ShowReport();
    room.ShowInterview();
    for (DeskFile& file : room.files) room.JudgeBandFile(file);
    room.ShowFiles();
    room.ShowPhones();
  }
  room.ShowSettings();
  room.Keep();
  if (words) {
    // No task runs, so nobody writes the journal.
    lock.unlock();
    room.LookAtRepairs();
    lock.lock();
  }
  return {};
}

Answered ChoosePhone(DeskRoom& room, Lock&, const Json& body) {
  const auto key = TextField(body, "key");
  if (!key) return Bad("key: which phone.");
  if (auto busy = room.Busy()) return *busy;
  for (const auto& [serial, known] : room.phone_keys)
    if (known == *key) {
      room.serial = serial;
      room.ShowPhones();
      return {};
    }
  return Answered::Wrong(404, "not_found", room.Say(kDeskSays.no_phone_here));
}

// ---- the task that runs
Answered Reply(DeskRoom& room, Lock&, const Json& body) {
  const auto id = TextField(body, "id");
  return id ? FromStatus(room.board.Reply(*id, body)) : Bad("id: which question.");
}
Answered Preview(DeskRoom& room, Lock&, const Json& body) {
  const auto id = TextField(body, "id");
  return id ? FromStatus(room.board.WantPreview(*id)) : Bad("id: which question.");
}
Answered Stop(DeskRoom& room, Lock&, const Json& body) {
  const Status stopped = room.board.Stop(TaskField(body));
  if (stopped && room.options.interrupt) room.options.interrupt();
  return FromStatus(stopped);
}
Answered Pause(DeskRoom& room, Lock&, const Json& body) {
  const auto paused = FlagField(body, "paused");
  return paused ? FromStatus(room.board.Pause(TaskField(body), *paused))
                : Bad("paused: true or false.");
}
Answered Enough(DeskRoom& room, Lock&, const Json& body) {
  return FromStatus(room.board.Enough(TaskField(body)));
}
Answered Dismiss(DeskRoom& room, Lock&, const Json&) {
  room.outcome = nullptr;
  room.ShowOutcome();
  room.Keep();
  return {};
}

// ---- what is kept
Answered KeptDelete(DeskRoom& room, Lock&, const Json& body) {
  const auto list = body.find("ids");
  if (list == body.end() || !list->is_array()) return Bad("ids: a list.");
  if (auto busy = room.Busy()) return *busy;
  for (const Json& one : *list) {
    if (one == "case") {
      room.ClearCase();
    } else if (one == "outcome") {
      room.outcome = room.everyday = nullptr;
      room.ShowOutcome();
      room.Set("everyday", room.everyday);
    } else if (one == "settings") {
      room.settings = {};
      room.privacy = Privacy(false);
      room.UseLanguage();
      room.Renew();
      room.ShowReport();
      room.ShowInterview();
      room.ShowSettings();
    } else {
      return Refused(room.Say(kDeskSays.not_deletable));
    }
  }
  room.Keep();
  return {};
}

constexpr std::array kOrders = {
    NamedOrder{"settings", Settings},     NamedOrder{"phones/choose", ChoosePhone},
    NamedOrder{"task/answer", Reply},     NamedOrder{"task/preview", Preview},
    NamedOrder{"task/stop", Stop},        NamedOrder{"task/pause", Pause},
    NamedOrder{"task/enough", Enough},    NamedOrder{"outcome/dismiss", Dismiss},
    NamedOrder{"kept/delete", KeptDelete}};

std::array<std::span<const NamedOrder>, 4> Tables() {
  return {kOrders, CaseOrders(), PhoneOrders(), BandOrders()};
}

}  // namespace

Answered PostTo(DeskRoom& room, std::string_view order, const Json& body) {
  const NamedOrder* found = nullptr;
  for (const std::span<const NamedOrder> table : Tables())
    if (const auto at = std::ranges::find(table, order, &NamedOrder::name); at != table.end())
      found = &*at;
  if (found == nullptr) return Answered::Wrong(404, "not_found", "There is no such order.");
  if (!body.is_object()) return Bad("The body is to be a JSON object.");
  Lock lock(room.mutex);
  return found->run(room, lock, body);
}

std::vector<std::string_view> OrderNames() {
  std::vector<std::string_view> names;
  for (const std::span<const NamedOrder> table : Tables())
    for (const NamedOrder& one : table) names.push_back(one.name);
  return names;
}

}  // namespace bk::app
