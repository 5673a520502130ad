// What the page asks: one table of words, each a function on the room under its lock.
#include "app/desk/orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "app/desk/desk_room.h"
#include "app/evidence_json.h"
#include "troubleshoot/knowledge/texts.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Lock = DeskRoom::Lock;

constexpr std::size_t kTextMax = 200;
constexpr std::size_t kPageBytesMax = 4096;

Answered Bad(std::string_view text) { return Answered::Wrong(400, "bad_request", text); }
Answered Refused(std::string_view text) { return Answered::Wrong(422, "refused", text); }
Answered NotOpen(const Error& error) {
  return error.code == ErrorCode::kInvalid ? Bad(error.message)
                                           : Answered::Wrong(409, "not_open", error.message);
}
Answered FromStatus(const Status& status) { return status ? Answered{} : NotOpen(status.error()); }

// ---- fields of a body; nullopt: not there or of another kind
std::optional<std::string> TextField(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_string()) return std::nullopt;
  std::string text = found->get<std::string>();
  if (text.size() > kTextMax || text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}
std::optional<bool> FlagField(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_boolean()) return std::nullopt;
  return found->get<bool>();
}
std::uint64_t TaskField(const Json& body) {
  const auto found = body.find("task");
  return found != body.end() && found->is_number_integer() ? found->get<std::uint64_t>() : 0;
}

// ---- settings and phones
Answered Settings(DeskRoom& room, Lock&, const Json& body) {
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
    room.Renew();
  }
  if (words || addresses) {
    room.ShowReport();
    room.ShowInterview();
    room.ShowCase();
    room.ShowPhones();
  }
  room.ShowSettings();
  room.Keep();
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
  return Answered::Wrong(404, "not_found", "That phone is not here.");
}

// ---- the case
Answered CaseBand(DeskRoom& room, Lock&, const Json& body) {
  const auto band = TextField(body, "band");
  if (!band) return Bad("band: a name, an address or the end of one.");
  if (auto busy = room.Busy()) return *busy;
  room.changed = room.changed || room.band_wish != *band;
  room.band_wish = *band;
  room.ShowCase();
  room.Keep();
  return {};
}

Answered CaseClear(DeskRoom& room, Lock&, const Json&) {
  if (auto busy = room.Busy()) return *busy;
  return room.ClearCase();
}

Answered DiagnoseOrder(DeskRoom& room, Lock& lock, const Json& body) {
  const bool deep = FlagField(body, "deep").value_or(false);
  const bool phone = FlagField(body, "phone").value_or(false) || deep;
  for (const DeskFile& file : room.files)
    if (!file.for_band && file.state == DeskFile::State::kUploading)
      return Refused("A file is still on its way. Wait until it is here.");
  if (!phone && room.Request().files.empty() && room.answers.empty())
    return Refused(
        "There is nothing to look at yet: connect a phone, hand over a file or answer "
        "questions.");
  return room.Start(lock, "diagnose", {"stop"},
                    [&room, phone, deep] { return room.Diagnose(phone, deep); });
}

// ---- tasks with a phone
Answered PlanOrder(DeskRoom& room, Lock& lock, const Json&) {
  return room.Start(lock, "plan", {"stop"}, [&room] { return room.Plan(); });
}
Answered RepairOrder(DeskRoom& room, Lock& lock, const Json&) {
  return room.Start(lock, "repair", {"stop", "pause", "enough"}, [&room] { return room.Repair(); });
}
Answered UndoOrder(DeskRoom& room, Lock& lock, const Json& body) {
  constexpr std::size_t kNumbersMax = 1'000;
  std::vector<std::size_t> numbers;
  if (const auto list = body.find("numbers"); list != body.end()) {
    if (!list->is_array() || list->size() > kNumbersMax) return Bad("numbers: a list of numbers.");
    for (const Json& one : *list) {
      if (!one.is_number_integer() || one.get<std::int64_t>() < 1)
        return Bad("numbers: a list of numbers from 1.");
      numbers.push_back(one.get<std::size_t>());
    }
  }
  const bool all = FlagField(body, "all").value_or(false);
  return room.Start(lock, "undo", {"stop"},
                    [&room, numbers = std::move(numbers), all] { return room.Undo(numbers, all); });
}
Answered EverydayOrder(DeskRoom& room, Lock& lock, const Json&) {
  return room.Start(lock, "everyday", {"stop"}, [&room] { return room.Everyday(false); });
}
Answered EverydaySetOrder(DeskRoom& room, Lock& lock, const Json&) {
  return room.Start(lock, "everyday_set", {"stop", "enough"},
                    [&room] { return room.Everyday(true); });
}
Answered WatchOrder(DeskRoom& room, Lock& lock, const Json& body) {
  constexpr double kMin = 0.001, kMax = 1000;
  double hours = 1;
  if (const auto given = body.find("hours"); given != body.end()) {
    if (!given->is_number()) return Bad("hours: a number from 0.001 to 1000.");
    hours = given->get<double>();
  }
  if (!(hours >= kMin && hours <= kMax)) return Bad("hours: a number from 0.001 to 1000.");
  return room.Start(lock, "watch", {"stop"}, [&room, hours] { return room.Watch(hours); });
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

// ---- the interview
void ShowTalk(DeskRoom& room) {
  room.report = room.interview->Finish();
  room.report_at = WallNow();
  room.ShowReport();
  room.ShowInterview();
  room.ShowCase();
  room.Keep();
}
Answered StartTalk(DeskRoom& room, Lock&, const Json& body) {
  if (auto busy = room.Busy()) return *busy;
  if (!room.gathered) {
    if (room.with_phone || !room.Request().files.empty())
      return Refused("The evidence is to be read again first.");
    room.gathered.emplace();
  }
  if (FlagField(body, "fresh").value_or(false)) room.answers.clear();
  room.interview_open = true;
  room.Renew();
  ShowTalk(room);
  return {};
}
std::optional<Answered> NoTalk(DeskRoom& room) {
  if (auto busy = room.Busy()) return busy;
  if (!room.interview_open || !room.interview)
    return Answered::Wrong(409, "not_open", "No questions are open.");
  return std::nullopt;
}
Answered AnswerTalk(DeskRoom& room, Lock&, const Json& body) {
  if (auto no = NoTalk(room)) return *no;
  const auto question = TextField(body, "question"), answer = TextField(body, "answer");
  if (!question || !answer) return Bad("question and answer: both are texts.");
  troubleshoot::Interview& talk = room.interview->interview();
  if (talk.current() == nullptr || talk.current()->id != *question)
    return Answered::Wrong(409, "not_open", "That question is not open any more.");
  if (!talk.Answer(*answer)) return Bad("answer: none of this question's.");
  room.answers = talk.answers();
  ShowTalk(room);
  return {};
}
Answered BackTalk(DeskRoom& room, Lock&, const Json&) {
  if (auto no = NoTalk(room)) return *no;
  troubleshoot::Interview& talk = room.interview->interview();
  if (!talk.Back()) return Answered::Wrong(409, "not_open", "This is the first question.");
  room.answers = talk.answers();
  ShowTalk(room);
  return {};
}
Answered EndTalk(DeskRoom& room, Lock&, const Json&) {
  if (auto no = NoTalk(room)) return *no;
  room.interview_open = false;
  room.ShowInterview();
  room.Keep();
  return {};
}

// ---- the band
std::optional<Answered> NoBand(const DeskRoom& room) {
  if (room.options.world.band != nullptr) return std::nullopt;
  return Refused("This computer's Bluetooth cannot be used from here.");
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
  return Answered::Wrong(404, "not_found", "That band is not known here.");
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
                       [&room, address = room.heard[i].address, secret = *secret] {
                         return room.BandPairing(address, secret);
                       });
  return Answered::Wrong(404, "not_found", "That band was not heard. Listen for bands first.");
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
  return BandOrder(room, lock, "band_find", {"stop"}, [&room] { return room.BandCommand("find"); });
}
Answered BandRestart(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_restart", {"stop"},
                   [&room] { return room.BandCommand("restart"); });
}
Answered BandResetOrder(DeskRoom& room, Lock& lock, const Json&) {
  return BandOrder(room, lock, "band_reset", {"stop"}, [&room] { return room.BandReset(); });
}
Answered BandUpdate(DeskRoom& room, Lock& lock, const Json& body) {
  constexpr std::size_t kFilesMax = 8;
  const auto list = body.find("files");
  if (list == body.end() || !list->is_array() || list->empty() || list->size() > kFilesMax)
    return Bad("files: the ids of one to eight files.");
  std::vector<std::string> paths;
  for (const Json& one : *list) {
    const DeskFile* file = one.is_string() ? room.FileOf(one.get<std::string>()) : nullptr;
    if (file == nullptr || !file->for_band || file->state != DeskFile::State::kReady)
      return Answered::Wrong(404, "not_found", "That file is not here.");
    paths.push_back(file->path);
  }
  const bool unknown = FlagField(body, "unknown_file").value_or(false);
  return BandOrder(room, lock, "band_update", {"stop"}, [&room, paths = std::move(paths), unknown] {
    return room.BandUpdating(paths, unknown);
  });
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
      return Refused("That cannot be deleted from here.");
    }
  }
  room.Keep();
  return {};
}

struct Named {
  std::string_view name;
  Answered (*run)(DeskRoom&, Lock&, const Json&);
};
constexpr std::array kOrders = {Named{"settings", Settings},
                                Named{"phones/choose", ChoosePhone},
                                Named{"case/band", CaseBand},
                                Named{"case/clear", CaseClear},
                                Named{"diagnose", DiagnoseOrder},
                                Named{"plan", PlanOrder},
                                Named{"repair", RepairOrder},
                                Named{"undo", UndoOrder},
                                Named{"everyday", EverydayOrder},
                                Named{"everyday/set", EverydaySetOrder},
                                Named{"watch", WatchOrder},
                                Named{"task/answer", Reply},
                                Named{"task/preview", Preview},
                                Named{"task/stop", Stop},
                                Named{"task/pause", Pause},
                                Named{"task/enough", Enough},
                                Named{"outcome/dismiss", Dismiss},
                                Named{"interview/start", StartTalk},
                                Named{"interview/answer", AnswerTalk},
                                Named{"interview/back", BackTalk},
                                Named{"interview/end", EndTalk},
                                Named{"band/choose", ChooseBandOrder},
                                Named{"band/scan", BandScan},
                                Named{"band/pair", BandPair},
                                Named{"band/info", BandInfo},
                                Named{"band/sync", BandSync},
                                Named{"band/find", BandFind},
                                Named{"band/restart", BandRestart},
                                Named{"band/reset", BandResetOrder},
                                Named{"band/update", BandUpdate},
                                Named{"kept/delete", KeptDelete}};

}  // namespace

Answered PostTo(DeskRoom& room, std::string_view order, const Json& body) {
  const auto found = std::ranges::find(kOrders, order, &Named::name);
  if (found == kOrders.end()) return Answered::Wrong(404, "not_found", "There is no such order.");
  if (!body.is_object()) return Bad("The body is to be a JSON object.");
  Lock lock(room.mutex);
  return found->run(room, lock, body);
}

std::vector<std::string_view> OrderNames() {
  std::vector<std::string_view> names;
  for (const Named& one : kOrders) names.push_back(one.name);
  return names;
}

}  // namespace bk::app
