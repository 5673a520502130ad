// What the page asks: one table of words, each a function on the room under its lock.
#include "app/desk/orders.h"

#include <algorithm>
#include <array>
#include <optional>

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
      return Refused(room.Say(kDeskSays.still_coming));
  if (!phone && room.Request().files.empty() && room.answers.empty())
    return Refused(room.Say(kDeskSays.nothing_to_look_at));
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
      return Refused(room.Say(kDeskSays.read_again));
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

constexpr std::array kOrders = {NamedOrder{"settings", Settings},
                                NamedOrder{"phones/choose", ChoosePhone},
                                NamedOrder{"case/band", CaseBand},
                                NamedOrder{"case/clear", CaseClear},
                                NamedOrder{"diagnose", DiagnoseOrder},
                                NamedOrder{"plan", PlanOrder},
                                NamedOrder{"repair", RepairOrder},
                                NamedOrder{"undo", UndoOrder},
                                NamedOrder{"everyday", EverydayOrder},
                                NamedOrder{"everyday/set", EverydaySetOrder},
                                NamedOrder{"watch", WatchOrder},
                                NamedOrder{"task/answer", Reply},
                                NamedOrder{"task/preview", Preview},
                                NamedOrder{"task/stop", Stop},
                                NamedOrder{"task/pause", Pause},
                                NamedOrder{"task/enough", Enough},
                                NamedOrder{"outcome/dismiss", Dismiss},
                                NamedOrder{"interview/start", StartTalk},
                                NamedOrder{"interview/answer", AnswerTalk},
                                NamedOrder{"interview/back", BackTalk},
                                NamedOrder{"interview/end", EndTalk},
                                NamedOrder{"kept/delete", KeptDelete}};

}  // namespace

Answered PostTo(DeskRoom& room, std::string_view order, const Json& body) {
  const auto in = [&](std::span<const NamedOrder> orders) {
    const auto found = std::ranges::find(orders, order, &NamedOrder::name);
    return found == orders.end() ? nullptr : &*found;
  };
  const NamedOrder* found = in(kOrders);
  if (found == nullptr) found = in(BandOrders());
  if (found == nullptr) return Answered::Wrong(404, "not_found", "There is no such order.");
  if (!body.is_object()) return Bad("The body is to be a JSON object.");
  Lock lock(room.mutex);
  return found->run(room, lock, body);
}

std::vector<std::string_view> OrderNames() {
  std::vector<std::string_view> names;
  for (const NamedOrder& one : kOrders) names.push_back(one.name);
  for (const NamedOrder& one : BandOrders()) names.push_back(one.name);
  return names;
}

}  // namespace bk::app
