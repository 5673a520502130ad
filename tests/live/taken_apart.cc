#include "live/taken_apart.h"

#include <vector>

namespace bk::live {
namespace {

std::string_view Between(std::string_view text, std::string_view start, std::string_view end) {
  const std::size_t at = text.find(start);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + start.size());
  return text.substr(0, text.find(end));
}

template <class Take>
void EachLine(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    take(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

// "_id:1 name:KEY pkg:android value:VALUE default:…" -> "KEY=VALUE"
void AddSettings(std::string_view dump, std::map<std::string, std::string>& outputs) {
  std::string* space = nullptr;
  EachLine(dump, [&](std::string_view line) {
    for (const char* name : {"global", "secure", "system"}) {
      std::string heading(name);
      for (char& c : heading) c = static_cast<char>(c - 'a' + 'A');
      if (line.starts_with(heading + " SETTINGS"))
        space = &outputs["settings list " + std::string(name)];
    }
    if (space == nullptr || !line.starts_with("_id:")) return;
    space->append(Between(line, " name:", " "));
    space->append("=").append(Between(line, " value:", " default:")).append("\n");
  });
}

std::string_view FirstWords(std::string_view line, int count) {
  std::size_t at = 0;
  for (int i = 0; i < count && at != std::string_view::npos; ++i)
    at = line.find(' ', at == 0 ? 0 : at + 1);
  return line.substr(0, at);
}

}  // namespace

std::map<std::string, std::string> TakeApart(std::string_view report) {
  std::map<std::string, std::string> outputs;
  const auto section = [&](std::string_view title) {
    const std::string_view rest =
        Between(report, "------ " + std::string(title) + " (", " was the duration of");
    const std::size_t body = rest.find('\n');
    return rest.substr(body + 1, rest.rfind("------ ") - body - 1);
  };
  outputs["getprop"] = section("SYSTEM PROPERTIES");
  outputs["logcat main"] = section("SYSTEM LOG");
  outputs["logcat events"] = section("EVENT LOG");
  outputs["date"] = std::string(Between(report, "== dumpstate: ", "\n")) + "\n";
  outputs["am get-current-user"] = "0\n";
  constexpr std::string_view kService = "DUMP OF SERVICE ";
  for (std::size_t at = report.find(kService); at != std::string_view::npos;
       at = report.find(kService, at + 1)) {
    const std::string_view rest = report.substr(at + kService.size());
    const std::size_t colon = rest.find(":\n");
    const std::string_view body = rest.substr(colon + 2, rest.find("\n--------- ") - colon - 1);
    outputs["dumpsys " + std::string(rest.substr(0, colon))] = body;
  }
  AddSettings(outputs["dumpsys settings"], outputs);
  std::string& packages = outputs["pm list packages"] = "package:android\n";
  EachLine(outputs["dumpsys package"], [&](std::string_view line) {
    if (line.starts_with("  Package [") && line != "  Package [android]")
      packages.append("package:").append(Between(line, "[", "]")).append("\n");
  });
  return outputs;
}

const std::string* AnswerTo(const std::map<std::string, std::string>& outputs,
                            std::string_view line) {
  std::string key;
  if (line.starts_with("dumpsys ")) {
    key = FirstWords(line, 2);  // the parsers find their part in the whole dump
  } else if (line.starts_with("logcat ")) {
    key = line.contains("-b events") ? "logcat events" : "logcat main";
  } else if (line.starts_with("date ")) {
    key = "date";
  } else if (line == "pm list packages -U") {
    return nullptr;
  } else {
    key = line;
  }
  const auto it = outputs.find(key);
  return it == outputs.end() ? nullptr : &it->second;
}

}  // namespace bk::live
