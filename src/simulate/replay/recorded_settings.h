// `settings list` and `settings get`, from what a report holds of them. Inside the room only.
// Source: AOSP frameworks/base SettingsProvider (dump and SettingsService's shell commands).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulate/adbd/commands.h"

namespace bk::simulate::replay {

class RecordedSettings {
 public:
  // The dump of the service "settings": user 0's three tables.
  void AddDump(std::string_view dump);
  // The output of `settings list TABLE`.
  void AddList(const std::string& table, std::string_view list);
  // `words` without "settings". nullopt: the table was not recorded, or a command that changes.
  [[nodiscard]] std::optional<adbd::Answer> AnswerTo(std::span<const std::string> words) const;

 private:
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> tables_;
};

}  // namespace bk::simulate::replay
