#include "android/text_kind.h"

#include <algorithm>

#include "android/dump_text.h"
#include "android/log_shape.h"
#include "base/text.h"

namespace bk::android {
namespace {

constexpr std::size_t kShapeLines = 300;

bool IsGadgetbridgeLine(std::string_view line) {
  if (HasForm(line, "0000-00-00 ") || HasForm(line, "0000-00-00T")) line.remove_prefix(11);
  if (!HasForm(line, "00:00:00.000 [") && !HasForm(line, "00:00:00,000 [")) return false;
  const std::size_t close = line.find("] ", 14);
  if (close == std::string_view::npos) return false;
  line.remove_prefix(close + 2);
  const std::string_view level = TakeWord(line);
  return (level == "TRACE" || level == "DEBUG" || level == "INFO" || level == "WARN" ||
          level == "ERROR") &&
         line.find(" - ") != std::string_view::npos;
}

// "<6>[   12.345678] text", "[    0.000000] text", "[    0.000000][    T0] text"
bool IsKernelLine(std::string_view line) {
  if (line.starts_with('<')) {
    const std::size_t close = line.find('>');
    if (close == std::string_view::npos || close > 4) return false;
    line.remove_prefix(close + 1);
    while (line.starts_with(' ')) line.remove_prefix(1);
  }
  if (!Take(line, "[")) return false;
  while (line.starts_with(' ')) line.remove_prefix(1);
  std::size_t at = 0;
  while (at < line.size() && IsDigit(line[at])) ++at;
  if (at == 0 || at >= line.size() || line[at] != '.') return false;
  return HasForm(line.substr(at + 1), "000000");
}

bool IsProgressLine(std::string_view line) {
  for (const std::string_view start :
       {"Duration of '", "Setting progress: ", "Module metadata package name: ",
        "Successfully connected to Dumpstate HAL", "!@bugreport_mode ", "Launching async '",
        "Adding dir ", "Adding zip text entry ", "Scheduling task ", "Calling IDumpstateDevice"})
    if (line.starts_with(start)) return true;
  return line.find(" progress to ") != std::string_view::npos &&
         line.find("dumpstate") != std::string_view::npos;
}

}  // namespace

TextKind KindByShape(std::string_view text) {
  Lines lines(text);
  std::string_view line;
  std::size_t seen = 0, logcat = 0, gadgetbridge = 0, kernel = 0, progress = 0;
  bool stars = false, crashed = false;
  while (seen < kShapeLines && lines.Next(line)) {
    if (Trim(line).empty()) continue;
    ++seen;
    logcat += IsLogcatLine(line);
    gadgetbridge += IsGadgetbridgeLine(line);
    kernel += IsKernelLine(line);
    progress += IsProgressLine(line);
    if (line.starts_with("*** *** *** *** ")) stars = true;
    if (line.starts_with("pid: ") && line.find(" >>> ") != std::string_view::npos) crashed = true;
  }
  if (seen == 0) return TextKind::kNothing;
  if (stars && crashed && logcat * 2 < seen) return TextKind::kTombstone;
  // Stack traces run over many lines without a head of their own; dumps hold a few log lines.
  const auto mostly = [&](std::size_t count) {
    return count > 0 && count * 10 >= seen * 3 && (count >= 3 || count == seen);
  };
  if (mostly(gadgetbridge)) return TextKind::kGadgetbridgeLog;
  if (mostly(logcat) && logcat >= kernel) return TextKind::kLogcat;
  if (mostly(kernel)) return TextKind::kKernelLog;
  if (progress >= 2) return TextKind::kProgressLog;
  return TextKind::kNothing;
}

std::string_view AndroidOfFingerprint(std::string_view fingerprint) {
  const std::size_t colon = fingerprint.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view rest = fingerprint.substr(colon + 1);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash > 20) return {};
  return rest.substr(0, slash);
}

}  // namespace bk::android
