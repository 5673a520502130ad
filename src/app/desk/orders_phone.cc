// What the page asks to be done with a phone: each begins a task.
#include <array>

#include "app/desk/desk_room.h"
#include "app/desk/order_fields.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Lock = DeskRoom::Lock;

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

constexpr std::array kOrders = {NamedOrder{"plan", PlanOrder},
                                NamedOrder{"repair", RepairOrder},
                                NamedOrder{"undo", UndoOrder},
                                NamedOrder{"everyday", EverydayOrder},
                                NamedOrder{"everyday/set", EverydaySetOrder},
                                NamedOrder{"watch", WatchOrder}};

}  // namespace

std::span<const NamedOrder> PhoneOrders() { return kOrders; }

}  // namespace bk::app
