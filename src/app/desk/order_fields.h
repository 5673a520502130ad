// Private to the desk: the fields of an order's body, and the answers to a wrong one.
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/desk/desk.h"

namespace bk::app {

inline constexpr std::size_t kTextMax = 200;

inline Answered Bad(std::string_view text) { return Answered::Wrong(400, "bad_request", text); }
inline Answered Refused(std::string_view text) { return Answered::Wrong(422, "refused", text); }
inline Answered NotOpen(const Error& error) {
  return error.code == ErrorCode::kInvalid ? Bad(error.message)
                                           : Answered::Wrong(409, "not_open", error.message);
}
inline Answered FromStatus(const Status& status) {
  return status ? Answered{} : NotOpen(status.error());
}

// ---- fields of a body; nullopt: not there or of another kind
inline std::optional<std::string> TextField(const Desk::Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_string()) return std::nullopt;
  std::string text = found->get<std::string>();
  if (text.size() > kTextMax || text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}
inline std::optional<bool> FlagField(const Desk::Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_boolean()) return std::nullopt;
  return found->get<bool>();
}
inline std::uint64_t TaskField(const Desk::Json& body) {
  const auto found = body.find("task");
  return found != body.end() && found->is_number_integer() ? found->get<std::uint64_t>() : 0;
}

// An order by its word.
class DeskRoom;
struct NamedOrder {
  std::string_view name;
  Answered (*run)(DeskRoom&, std::unique_lock<std::mutex>&, const Desk::Json&);
};
std::span<const NamedOrder> BandOrders();   // orders_band.cc
std::span<const NamedOrder> CaseOrders();   // orders_case.cc
std::span<const NamedOrder> PhoneOrders();  // orders_phone.cc

}  // namespace bk::app
