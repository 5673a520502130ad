#include "simulate/replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "base/text.h"
#include "simulate/replay/package_dump.h"
#include "simulate/replay/recorded_log.h"
#include "simulate/replay/recorded_settings.h"
#include "simulate/replay/words.h"

namespace bk::simulate::replay {
namespace {

using adbd::Answer;

constexpr std::string_view kPackageList = "pm list packages";
// By which a program can tell its owner that this phone is none.
constexpr std::string_view kSimulated = "[ro.bandkeeper.simulated]: [1]\n";

// "[ro.product.model]: [Pixel]"
std::string Property(std::string_view properties, std::string_view name) {
  const std::string key = fmt::format("[{}]: [", name);
  std::string_view line;
  while (NextLine(properties, line))
    if (line.starts_with(key) && line.ends_with(']'))
      return std::string(line.substr(key.size(), line.size() - key.size() - 1));
  return {};
}

// The service and what stands behind it, of the words behind "dumpsys".
struct DumpRequest {
  bool list = false;
  std::string service;
  std::vector<std::string> words;
};
DumpRequest ReadDumpRequest(std::span<const std::string> words) {
  DumpRequest request;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!request.service.empty()) {
      request.words.push_back(word);
    } else if (word == "-l") {
      request.list = true;
    } else if (word == "-t" || word == "-T" || word == "--priority") {
      ++i;
    } else if (!word.starts_with('-')) {
      request.service = word;
    }
  }
  return request;
}

// What `dumpsys activity processes` shows of the whole: from the heading that names it to the next.
std::string_view PartOfActivity(std::string_view all, std::string_view word) {
  constexpr std::string_view kHeading = "ACTIVITY MANAGER ";
  const std::string mark = fmt::format("(dumpsys activity {})", word);
  const char* begin = nullptr;
  std::string_view rest = all, line;
  while (NextLine(rest, line)) {
    if (!line.starts_with(kHeading)) continue;
    if (begin != nullptr) return {begin, static_cast<std::size_t>(line.data() - begin)};
    if (line.ends_with(mark)) begin = line.data();
  }
  return begin == nullptr
             ? std::string_view()
             : std::string_view(begin, static_cast<std::size_t>(all.data() + all.size() - begin));
}

// `date +FORMAT`, of "2018-04-02 17:06:30"; its zone is not recorded.
std::optional<std::string> FormatDate(std::string_view date, std::string_view format) {
  constexpr std::size_t kDateChars = 19;
  if (date.size() < kDateChars || !format.starts_with('+')) return std::nullopt;
  std::string said;
  for (std::size_t i = 1; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      said += format[i];
      continue;
    }
    switch (format[++i]) {
      case 'Y':
        said += date.substr(0, 4);
        break;
      case 'm':
        said += date.substr(5, 2);
        break;
      case 'd':
        said += date.substr(8, 2);
        break;
      case 'H':
        said += date.substr(11, 2);
        break;
      case 'M':
        said += date.substr(14, 2);
        break;
      case 'S':
        said += date.substr(17, 2);
        break;
      case 'F':
        said += date.substr(0, 10);
        break;
      case 'T':
        said += date.substr(11, 8);
        break;
      default:
        return std::nullopt;
    }
  }
  return said + "\n";
}

class Playback {
 public:
  explicit Playback(Recording& recording) {
    for (Recorded& one : recording.outputs) Add(one.command, std::move(one.out));
    if (const auto all = others_.find("getprop"); all != others_.end()) {
      all->second += kSimulated;
      properties_ += kSimulated;
    }
    if (const auto dump = dumps_.find("settings"); dump != dumps_.end())
      settings_.AddDump(dump->second);
  }

  [[nodiscard]] std::optional<Answer> AnswerTo(std::string_view command) const {
    const std::vector<std::string> words = WordsOf(command);
    if (words.empty()) return std::nullopt;
    const std::span<const std::string> rest = std::span(words).subspan(1);
    if (words[0] == "dumpsys" && !dumps_.empty()) return Dump(ReadDumpRequest(rest));
    if (words[0] == "logcat" && !logs_.empty()) return AnswerLog(logs_, ReadLogRequest(rest));
    if (words[0] == "settings") return settings_.AnswerTo(rest);
    if (words[0] == "getprop" && !properties_.empty() && rest.size() == 1)
      return Answer{.out = Property(properties_, rest[0]) + "\n"};
    if (IsPackageList(words)) return Packages(rest);
    if (words[0] == "date" && rest.size() == 1) {
      const auto date = others_.find("date");
      auto said = date == others_.end() ? std::nullopt : FormatDate(date->second, rest[0]);
      return said ? std::optional(Answer{.out = std::move(*said)}) : std::nullopt;
    }
    const auto found = others_.find(command);
    return found != others_.end() ? std::optional(Answer{.out = found->second}) : std::nullopt;
  }

 private:
  void Add(std::string_view command, std::string out) {
    const std::vector<std::string> words = WordsOf(command);
    if (words.empty()) return;
    if (words[0] == "logcat") {
      logs_.push_back({ReadLogRequest(std::span(words).subspan(1)), std::move(out)});
    } else if (words[0] == "dumpsys") {
      AddDump(ReadDumpRequest(std::span(words).subspan(1)), out);
    } else {
      if (words[0] == "getprop") properties_ += out;
      if (words[0] == "settings" && words.size() == 3 && words[1] == "list")
        settings_.AddList(words[2], out);
      others_[std::string(Trim(command))] += out;
    }
  }

  void AddDump(const DumpRequest& request, const std::string& out) {
    if (request.service.empty()) return;
    // "-a" is how dumpstate asks; other words make it another dump.
    const bool plain =
        std::ranges::all_of(request.words, [](const std::string& word) { return word == "-a"; });
    plain ? dumps_[request.service] += out : others_[KeyOf(request)] += out;
  }
  static std::string KeyOf(const DumpRequest& request) {
    return fmt::format("dumpsys {} {}", request.service, fmt::join(request.words, " "));
  }

  [[nodiscard]] Answer Dump(const DumpRequest& request) const {
    if (request.list) return {.out = ListOfServices()};
    if (request.service.empty()) return {.out = DumpOfAll()};
    if (const auto same = others_.find(KeyOf(request)); same != others_.end())
      return {.out = same->second};
    const auto found = dumps_.find(request.service);
    if (found == dumps_.end())
      return {.err = fmt::format("Can't find service: {}\n", request.service)};
    const auto word = std::ranges::find_if(
        request.words, [](const std::string& w) { return !w.starts_with('-'); });
    if (word == request.words.end()) return {.out = found->second};
    if (request.service == "package") return {.out = DumpOfPackage(found->second, *word)};
    if (request.service == "activity")
      return {.out = std::string(PartOfActivity(found->second, *word))};
    return {.out = found->second};
  }

  [[nodiscard]] std::string ListOfServices() const {
    std::string list = "Currently running services:\n";
    for (const auto& [name, dump] : dumps_) list += fmt::format("  {}\n", name);
    return list;
  }

  [[nodiscard]] std::string DumpOfAll() const {
    constexpr std::size_t kRuleChars = 79;
    std::string all = ListOfServices();
    for (const auto& [name, dump] : dumps_) {
      all += std::string(kRuleChars, '-');
      all += fmt::format("\nDUMP OF SERVICE {}:\n{}", name, dump);
      if (!dump.ends_with('\n')) all += '\n';
      all += fmt::format("--------- 0.001s was the duration of dumpsys {}\n", name);
    }
    return all;
  }

  static bool IsPackageList(const std::vector<std::string>& words) {
    return words.size() >= 3 && (words[0] == "pm" || words[0] == "cmd") &&
           std::ranges::find(words, "list") != words.end() &&
           std::ranges::find(words, "packages") != words.end();
  }
  // Which packages are disabled or of the system, the dump of all tells too, but nobody asked yet.
  [[nodiscard]] std::optional<Answer> Packages(std::span<const std::string> words) const {
    const bool with_uid = std::ranges::find(words, "-U") != words.end();
    for (const std::string_view narrowing : {"-d", "-e", "-s", "-3"})
      if (std::ranges::find(words, narrowing) != words.end()) return std::nullopt;
    if (const auto found = others_.find(kPackageList); found != others_.end() && !with_uid)
      return Answer{.out = found->second};
    const auto dump = dumps_.find("package");
    if (dump == dumps_.end()) return std::nullopt;
    return Answer{.out = ListPackages(dump->second, with_uid)};
  }

  std::map<std::string, std::string, std::less<>> dumps_, others_;
  std::vector<RecordedLog> logs_;
  std::string properties_;
  RecordedSettings settings_;
};

void AddArchive(const Recording& recording, adbd::TableServices& table) {
  const std::string path = "/bugreports/" + recording.archive_name;
  table.AddFile(path, recording.archive);
  table.Add("bugreportz -v", {.err = "1.2\n"});
  table.Add("bugreportz", {.out = fmt::format("OK:{}\n", path)});
  table.Add("bugreportz -p", {.out = fmt::format("BEGIN:{0}\nPROGRESS:50/100\nPROGRESS:100/100\n"
                                                 "OK:{0}\n",
                                                 path)});
  table.Add("bugreportz -s", {.out = *recording.archive});
}

}  // namespace

std::unique_ptr<adbd::TableServices> MakeReplay(Recording recording) {
  auto table = std::make_unique<adbd::TableServices>();
  if (recording.archive) AddArchive(recording, *table);
  table->set_otherwise([playback = std::make_shared<const Playback>(recording)](
                           std::string_view command) { return playback->AnswerTo(command); });
  return table;
}

adbd::Profile ProfileOf(const Recording& recording) {
  adbd::Profile profile;
  profile.model = "Phone";
  for (const Recorded& one : recording.outputs) {
    if (one.command != "getprop") continue;
    const auto take = [&](std::string_view name, std::string& into) {
      std::string value = Property(one.out, name);
      // The banner's own marks may not stand in it.
      std::erase_if(value, [](char c) { return c == ';' || c == '='; });
      if (!value.empty()) into = std::move(value);
    };
    take("ro.product.name", profile.product);
    take("ro.product.model", profile.model);
    take("ro.product.device", profile.device);
  }
  profile.model = "Simulated " + profile.model;
  return profile;
}

}  // namespace bk::simulate::replay
