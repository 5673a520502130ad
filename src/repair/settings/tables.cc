// Rows of Android's three settings tables (`settings get|put|delete`, Android 6 and later). A row
// that does not exist reads "null"; deleting it brings that state back.
#include "base/shell_quote.h"
#include "repair/settings/kind.h"

namespace bk::repair::kinds {
namespace {

// The global table is the phone's, not a user's.
std::string User(const PhoneTraits& traits, const Parts& parts) {
  return parts.kind == "global" ? std::string() : traits.UserOption();
}

std::vector<ports::PhoneCommand> Read(const PhoneTraits& traits, const Parts& parts) {
  return {Command("settings get " + User(traits, parts) + std::string(parts.kind) + " " +
                  ShellQuote(parts.of[0]))};
}

std::optional<SettingValue> Parse(const PhoneTraits&, const Parts&, const ports::PhoneCommand&,
                                  std::string_view out) {
  if (out.empty()) return std::nullopt;
  if (out.ends_with('\n')) out.remove_suffix(1);
  if (out.ends_with('\r')) out.remove_suffix(1);
  return out == "null" ? SettingValue{} : SettingValue{std::string(out)};
}

std::vector<Way> Write(const PhoneTraits& traits, const Parts& parts, const SettingValue& to) {
  const std::string where =
      User(traits, parts) + std::string(parts.kind) + " " + ShellQuote(parts.of[0]);
  return OneWay(to ? "settings put " + where + " " + ShellQuote(*to) : "settings delete " + where);
}

}  // namespace

const Kind kGlobal{
    .name = "global", .parts = 1, .read = Read, .parse = Parse, .write = Write, .any_text = true};
const Kind kSecure{
    .name = "secure", .parts = 1, .read = Read, .parse = Parse, .write = Write, .any_text = true};
const Kind kSystem{
    .name = "system", .parts = 1, .read = Read, .parse = Parse, .write = Write, .any_text = true};

}  // namespace bk::repair::kinds
