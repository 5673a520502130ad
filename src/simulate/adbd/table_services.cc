#include "simulate/adbd/table_services.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace bk::simulate::adbd {
namespace {

constexpr int kNotFound = 127;
constexpr std::uint32_t kDirectory = 0040755;
constexpr std::size_t kFilesMax = 10'000;

// At every `;` that stands outside of quotes.
std::vector<std::string_view> Parts(std::string_view line) {
  std::vector<std::string_view> parts;
  char quote = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '\\') {
      ++i;
    } else if (c == ';') {
      parts.push_back(Trim(line.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(Trim(line.substr(begin)));
  return parts;
}

bool TakeEnd(std::string_view& command, std::string_view end) {
  if (!command.ends_with(end)) return false;
  command = Trim(command.substr(0, command.size() - end.size()));
  return true;
}

std::string Echo(std::string_view words, int last_exit) {
  std::string said;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words.substr(i).starts_with("$?")) {
      said += fmt::format("{}", last_exit);
      ++i;
    } else if (words[i] != '\'' && words[i] != '"') {
      said += words[i];
    }
  }
  return said + "\n";
}

std::string AsFolder(std::string path) {
  if (!path.ends_with('/')) path += '/';
  return path;
}

}  // namespace

void TableServices::Add(std::string line, Answer answer) {
  answers_.insert_or_assign(std::string(Trim(line)), std::move(answer));
}

void TableServices::AddFile(std::string path, std::shared_ptr<const std::string> bytes,
                            std::int64_t modified) {
  const FileStat stat{.size = bytes->size(), .modified = modified};
  files_.insert_or_assign(std::move(path), File{.stat = stat, .bytes = std::move(bytes)});
}

Answer TableServices::AnswerTo(std::string_view command, int last_exit) const {
  if (const auto found = answers_.find(command); found != answers_.end()) return found->second;
  const bool hushed = TakeEnd(command, "2>/dev/null");
  const bool merged = TakeEnd(command, "2>&1");
  Answer answer;
  const std::string_view name = command.substr(0, command.find(' '));
  if (const auto found = answers_.find(command); found != answers_.end()) {
    answer = found->second;
  } else if (name == "echo") {
    answer.out = Echo(Trim(command.substr(name.size())), last_exit);
  } else if (auto other = otherwise_ ? otherwise_(command) : std::nullopt) {
    answer = std::move(*other);
  } else if (!command.empty()) {
    answer.err = fmt::format("/system/bin/sh: {}: inaccessible or not found\n", name);
    answer.exit = kNotFound;
  }
  if (merged) answer.out += std::exchange(answer.err, {});
  if (hushed) answer.err.clear();
  return answer;
}

std::unique_ptr<RunningCommand> TableServices::Run(std::string_view line, Time now) {
  line = Trim(line);
  if (const auto found = answers_.find(line); found != answers_.end())
    return Say(found->second, now);
  Answer all;
  for (const std::string_view part : Parts(line)) {
    Answer answer = AnswerTo(part, all.exit);
    all.out += answer.out;
    all.err += answer.err;
    all.exit = answer.exit;
    all.delay += answer.delay;
    all.endless = answer.endless;
    if (all.endless) break;
  }
  return Say(std::move(all), now);
}

std::optional<FileStat> TableServices::Stat(const std::string& path, Time /*now*/) {
  if (const auto found = files_.find(path); found != files_.end()) return found->second.stat;
  const std::string folder = AsFolder(path);
  const auto inside = files_.lower_bound(folder);
  if (inside == files_.end() || !inside->first.starts_with(folder)) return std::nullopt;
  return FileStat{.mode = kDirectory, .size = 0, .modified = inside->second.stat.modified};
}

std::vector<FileEntry> TableServices::List(const std::string& path, Time /*now*/) {
  std::vector<FileEntry> entries;
  const std::string folder = AsFolder(path);
  for (auto at = files_.lower_bound(folder); at != files_.end() && at->first.starts_with(folder);
       ++at) {
    const std::string_view rest = std::string_view(at->first).substr(folder.size());
    const std::size_t slash = rest.find('/');
    FileEntry entry{.name = std::string(rest.substr(0, slash)), .stat = at->second.stat};
    if (slash != std::string_view::npos)
      entry.stat = {.mode = kDirectory, .size = 0, .modified = entry.stat.modified};
    if (entries.empty() || entries.back().name != entry.name) entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::shared_ptr<const std::string>> TableServices::Read(const std::string& path, Time now) {
  if (const auto found = files_.find(path); found != files_.end()) return found->second.bytes;
  if (Stat(path, now)) return Fail(ErrorCode::kNotReadable, "Is a directory");
  return Fail(ErrorCode::kNotFound, "No such file or directory");
}

Status TableServices::Write(const std::string& path, std::uint32_t mode, std::string bytes,
                            Time now) {
  if (!accepts_files_) return DeviceServices::Write(path, mode, std::move(bytes), now);
  if (files_.size() >= kFilesMax && !files_.contains(path))
    return Fail(ErrorCode::kTooLarge, "No space left on device");
  const FileStat stat{.mode = mode,
                      .size = bytes.size(),
                      .modified = std::chrono::duration_cast<std::chrono::seconds>(now).count()};
  files_.insert_or_assign(
      path, File{.stat = stat, .bytes = std::make_shared<const std::string>(std::move(bytes))});
  return {};
}

void TableServices::Restart(std::string_view target, Time now) {
  restarts_.emplace_back(target);
  back_at_ = now + std::max(restart_takes_, Time(1));
}

std::optional<Time> TableServices::NextChange(Time now) {
  return now < back_at_ ? std::optional(back_at_) : std::nullopt;
}

}  // namespace bk::simulate::adbd
