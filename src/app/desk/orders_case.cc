// What the page asks of the case: its evidence, a diagnosis of it, and the interview about it.
#include <array>
#include <optional>

#include "app/desk/desk_room.h"
#include "app/desk/order_fields.h"
#include "app/desk/orders.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Lock = DeskRoom::Lock;

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

constexpr std::array kOrders = {
    NamedOrder{"case/band", CaseBand},          NamedOrder{"case/clear", CaseClear},
    NamedOrder{"diagnose", DiagnoseOrder},      NamedOrder{"interview/start", StartTalk},
    NamedOrder{"interview/answer", AnswerTalk}, NamedOrder{"interview/back", BackTalk},
    NamedOrder{"interview/end", EndTalk}};

}  // namespace

std::span<const NamedOrder> CaseOrders() { return kOrders; }

}  // namespace bk::app
