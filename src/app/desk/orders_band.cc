// What the page asks of the band: one table of words, each a function on the room under its lock.
#include <fmt/format.h>

#include <array>

#include "app/band/messages.h"
#include "app/desk/desk_room.h"
#include "app/desk/order_fields.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Lock = DeskRoom::Lock;

std::optional<Answered> NoBand(const DeskRoom& room) {
  if (room.options.world.band != nullptr) return std::nullopt;
  return Refused(room.knowledge->language.Say(kWaySays.no_bluetooth));
}
Answered BandOrder(DeskRoom& room, Lock& lock, std::string kind, std::vector<std::string> can,
                   DeskRoom::Run run) {
  if (auto none = NoBand(room)) return *none;
  return room.Start(lock, std::move(kind), std::move(can), std::move(run));
}
Answered ChooseBandOrder(DeskRoom& room, Lock&, const Json& body) {
  const auto key = TextField(body, "key");
  if (!key) return Bad("key: which band.");
  if (auto busy = room.Busy()) return *busy;
  for (const auto& [address, known] : room.band_keys)
    if (known == *key) {
      room.band = Address{address};
      if (room.band_part.is_object()) room.band_part["chosen"] = *key;
      room.SetBand();
      return {};
    }
  return Answered::Wrong(404, "not_found", room.Say(kDeskSays.no_band_here));
}
Answered BandScan(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_scan", {"stop"}, [&room] { return room.BandScanning(); });
}
Answered BandPair(DeskRoom& room, Lock& lock, const Json& body) {
  const auto key = TextField(body, "key"), secret = TextField(body, "secret");
  if (!key || !secret) return Bad("key and secret: which band was heard, and its key.");
  for (std::size_t i = 0; i < room.heard.size(); ++i)
    if (fmt::format("h{}", i + 1) == *key)
      return BandOrder(room, lock, "band_pair", {"stop"},
                       [&room, chosen = room.heard[i], secret = *secret] {
                         return room.BandPairing(chosen, secret);
                       });
  return Answered::Wrong(404, "not_found", room.Say(kDeskSays.band_unheard));
}
Answered BandBind(DeskRoom& room, Lock& lock, const Json& body) {
  const auto key = TextField(body, "key");
  if (!key) return Bad("key: which band was heard.");
  for (std::size_t i = 0; i < room.heard.size(); ++i)
    if (fmt::format("h{}", i + 1) == *key)
      return BandOrder(room, lock, "band_bind", {"stop"}, [&room, address = room.heard[i].address] {
        return room.BandBinding(address);
      });
  return Answered::Wrong(404, "not_found", room.Say(kDeskSays.band_unheard));
}
// Whole seconds within a body; `otherwise` where it is not there.
std::optional<std::int64_t> SecondsField(const Json& body, std::int64_t otherwise,
                                         std::int64_t most) {
  const auto found = body.find("seconds");
  if (found == body.end()) return otherwise;
  if (!found->is_number_integer()) return std::nullopt;
  const auto seconds = found->get<std::int64_t>();
  return seconds >= 1 && seconds <= most ? std::optional(seconds) : std::nullopt;
}
Answered BandLive(DeskRoom& room, Lock& lock, const Json& body) {
  constexpr std::int64_t kUsual = 600, kMost = 24 * 3600;
  // A simulated band's time passes as fast as it can: ten minutes of it are over at once.
  constexpr std::int64_t kUsualSimulated = 60;
  const auto seconds =
      SecondsField(body, room.options.simulated_band == nullptr ? kUsual : kUsualSimulated, kMost);
  if (!seconds) return Bad("seconds: a whole number from 1 to 86,400.");
  return BandOrder(room, lock, "band_live", {"stop", "enough"},
                   [&room, time = *seconds] { return room.BandLive(std::chrono::seconds(time)); });
}
Answered BandProbe(DeskRoom& room, Lock& lock, const Json& body) {
  const bool phones_off = FlagField(body, "phones_off").value_or(false);
  return BandOrder(room, lock, "band_probe", {"stop"},
                   [&room, phones_off] { return room.BandProbing(phones_off); });
}
Answered BandInfo(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_info", {"stop"}, [&room] { return room.BandLooking(); });
}
Answered BandSync(DeskRoom& room, Lock& lock, const Json& body) {
  const bool keep = FlagField(body, "keep").value_or(false);
  return BandOrder(room, lock, "band_sync", {"stop"},
                   [&room, keep] { return room.BandSyncing(keep); });
}
Answered BandFind(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_find", {"stop"},
                   [&room] { return room.BandDoing(BandCommand::kFind); });
}
Answered BandRestart(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_restart", {"stop"},
                   [&room] { return room.BandDoing(BandCommand::kRestart); });
}
Answered BandResetOrder(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_reset", {"stop"}, [&room] { return room.BandReset(); });
}
Answered BandUpdate(DeskRoom& room, Lock& lock, const Json& body) {
  constexpr std::size_t kFilesMax = 8;
  const auto list = body.find("files");
  if (list == body.end() || !list->is_array() || list->empty() || list->size() > kFilesMax)
    return Bad("files: the ids of one to eight files.");
  std::vector<std::string> ids;
  for (const Json& one : *list) {
    const DeskFile* file = one.is_string() ? room.FileOf(one.get<std::string>()) : nullptr;
    if (file == nullptr || !file->for_band || file->state != DeskFile::State::kReady)
      return Answered::Wrong(404, "not_found", room.Say(kDeskSays.no_file_here));
    ids.push_back(file->id);
  }
  std::vector<std::string> digests;
  if (const auto given = body.find("sha256"); given != body.end()) {
    if (!given->is_array() || given->size() > kFilesMax) return Bad("sha256: at most eight texts.");
    for (const Json& one : *given) {
      if (!one.is_string()) return Bad("sha256: at most eight texts.");
      digests.push_back(one.get<std::string>());
    }
  }
  return BandOrder(room, lock, "band_update", {"stop"},
                   [&room, ids = std::move(ids), digests = std::move(digests)] {
                     return room.BandUpdating(ids, digests);
                   });
}

constexpr std::array kOrders = {
    NamedOrder{"band/choose", ChooseBandOrder}, NamedOrder{"band/scan", BandScan},
    NamedOrder{"band/pair", BandPair},          NamedOrder{"band/bind", BandBind},
    NamedOrder{"band/info", BandInfo},          NamedOrder{"band/live", BandLive},
    NamedOrder{"band/probe", BandProbe},        NamedOrder{"band/sync", BandSync},
    NamedOrder{"band/find", BandFind},          NamedOrder{"band/restart", BandRestart},
    NamedOrder{"band/reset", BandResetOrder},   NamedOrder{"band/update", BandUpdate}};

}  // namespace

std::span<const NamedOrder> BandOrders() { return kOrders; }

}  // namespace bk::app
