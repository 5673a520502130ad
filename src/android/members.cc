#include "android/members.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"

namespace bk::android {
namespace {

// An archive of something else may hold thousands of texts; a vendor's logs are a few hundred.
constexpr std::size_t kChosenMax = 2000;

// A member's path taken apart: lower case, with slashes, as users and tools may have changed it.
struct Name {
  std::string path;
  std::string_view base;  // a view into path
  std::size_t depth = 0;
  bool folder = false;
  bool copied = false;  // a file of the phone: dumpstate puts them under FS/

  explicit Name(std::string_view stored) : path(stored) {
    for (char& c : path) {
      if (c == '\\') c = '/';
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    folder = path.ends_with('/');
    const std::size_t slash = path.rfind('/');
    base = std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
    depth = static_cast<std::size_t>(std::ranges::count(path, '/'));
    copied = Within("fs");
  }
  Name(const Name&) = delete;
  Name& operator=(const Name&) = delete;

  // Whether a folder of that name is on the path; `folders` may be several: "misc/bluetooth/logs".
  [[nodiscard]] bool Within(std::string_view folders) const {
    const std::string_view whole = path;
    for (std::size_t at = whole.find(folders); at != std::string_view::npos;
         at = whole.find(folders, at + 1)) {
      const std::size_t end = at + folders.size();
      if ((at == 0 || whole[at - 1] == '/') && end < whole.size() && whole[end] == '/') return true;
    }
    return false;
  }
  [[nodiscard]] bool Has(std::string_view part) const {
    return base.find(part) != std::string_view::npos;
  }
  [[nodiscard]] bool Ends(std::string_view end) const { return base.ends_with(end); }
};

// What macOS and version control leave in archives, and dumpstate's folders of small facts that
// nobody here reads.
bool IsLitter(const Name& name) {
  if (name.folder || name.base.empty() || name.base.starts_with("._")) return true;
  for (const std::string_view folder :
       {"__macosx", ".git", "proto", "lshal-debug", "node_modules", "recovery", "mountinfo"})
    if (name.Within(folder)) return true;
  for (const std::string_view base :
       {"version.txt", "main_entry.txt", "title.txt", "description.txt", "systrace.txt",
        "readme.txt", "license.txt", "visible_windows.zip", "event-log-tags"})
    if (name.base == base) return true;
  return name.copied && name.base == "mountinfo";
}

// Lower numbers are better candidates for the main text; 0: none at all.
int MainRank(const Name& name) {
  if (name.copied || name.Has("dumpstate_log") || name.Has("dumpstate_board") ||
      name.Has("dumpstate-stats"))
    return 0;
  const bool text = name.Ends(".txt") || name.Ends(".log");
  if (name.Has("bugreport") && name.Ends(".txt")) return 1;
  if ((name.base.starts_with("dumpstate") || name.base.starts_with("dumpsys_state")) && text)
    return 2;
  if (name.base == "dumpsys.txt") return 3;
  if (name.Ends(".txt")) return 4;
  return 0;
}

bool IsSnoop(const Name& name) {
  if (name.Within("misc/bluetooth/logs") || name.Within("misc/bluedroid") ||
      name.Within("connsyslog/bthci") || name.Within("data/log/bt"))
    return true;
  if (name.Has("btsnoop") || name.Has("btsnooz") || name.Has("hci_snoop") || name.Has("bt_hci_") ||
      name.Has("snoop_hci"))
    return true;
  for (const std::string_view end : {".cfa", ".pcap", ".pcapng", ".btsnoop", ".snoop", ".curf"})
    if (name.Ends(end)) return true;
  return false;
}

bool IsLog(const Name& name) {
  if (name.copied)
    return name.Within("misc/logd") || name.Within("pstore") || name.base.starts_with("last_kmsg");
  return name.Ends(".log") || name.Ends(".logcat") || name.Has("logcat") || name.Has("kmsg") ||
         name.Has("dmesg");
}

bool IsOutput(const Name& name) {
  if (name.copied) return false;
  if (name.Ends(".txt")) return true;
  if (name.Has(".")) return false;
  for (const std::string_view word : {"dumpsys", "getprop", "settings", "bluetooth", "bugreport",
                                      "dumpstate", "appops", "deviceidle", "packages"})
    if (name.Has(word)) return true;
  return false;
}

std::optional<MemberRole> RoleOf(const Name& name) {
  const bool archive = name.Ends(".zip") || name.Ends(".gz");
  if (archive) {
    if (name.Ends(".tar.gz") || (name.copied && !IsSnoop(name))) return std::nullopt;
    return MemberRole::kInnerArchive;
  }
  if (name.Has("dumpstate_log")) return MemberRole::kProgressLog;
  if (name.Has("dumpstate_board"))
    return name.Ends(".bin") ? std::nullopt : std::optional(MemberRole::kOutput);
  if (name.base.starts_with("tombstone_") || name.Within("tombstones"))
    return name.Ends(".pb") ? std::nullopt : std::optional(MemberRole::kTombstone);
  if (IsSnoop(name)) return MemberRole::kSnoop;
  if (IsLog(name)) return MemberRole::kLog;
  if (IsOutput(name)) return MemberRole::kOutput;
  return std::nullopt;
}

// Base name in lower case of the path that main_entry.txt holds.
std::string MainEntryBase(std::string_view main_entry) {
  const std::string_view line = Trim(main_entry.substr(0, main_entry.find('\n')));
  return std::string(Name(line).base);
}

int Order(MemberRole role) {
  switch (role) {
    case MemberRole::kMainReport:
      return 0;
    case MemberRole::kOutput:
    case MemberRole::kLog:
    case MemberRole::kTombstone:
      return 1;
    case MemberRole::kSnoop:
      return 2;
    case MemberRole::kInnerArchive:
      return 3;
    case MemberRole::kProgressLog:
      return 4;
  }
  return 5;
}

}  // namespace

std::optional<std::size_t> FindMainEntry(std::span<const ports::Archive::Member> members) {
  // "main-entry.txt" is how the format's own document misspells it.
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Name name(members[i].name);
    if ((name.base == "main_entry.txt" || name.base == "main-entry.txt") && !name.copied) return i;
  }
  return std::nullopt;
}

std::vector<MemberChoice> ChooseMembers(std::span<const ports::Archive::Member> members,
                                        std::string_view main_entry) {
  struct Main {
    std::size_t index;
    int rank;
    std::size_t depth;
    std::uint64_t size;
  };
  std::optional<Main> main;
  const std::string wanted = MainEntryBase(main_entry);
  std::vector<MemberChoice> chosen;
  std::size_t files = 0, only = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Name name(members[i].name);
    if (!name.folder) {
      ++files;
      only = i;
    }
    if (IsLitter(name)) continue;
    const int rank = !wanted.empty() && name.base == wanted && !name.copied ? -1 : MainRank(name);
    if (rank != 0) {
      const Main candidate{.index = i, .rank = rank, .depth = name.depth, .size = members[i].size};
      // Of several reports the one nearest the top; of several texts the largest.
      const auto key = [](const Main& m) {
        return std::pair(m.rank, m.rank < 3 ? m.depth : std::size_t{0});
      };
      if (!main || key(candidate) < key(*main) ||
          (key(candidate) == key(*main) && candidate.size > main->size))
        main = candidate;
    }
    if (const auto role = RoleOf(name); role && chosen.size() < kChosenMax)
      chosen.push_back({.index = i, .role = *role});
  }
  // A gzip holds one member under any name, or none.
  if (files == 1 && chosen.empty()) {
    const Name name(members[only].name);
    if (!name.base.starts_with("._") && (name.base.empty() || !name.Has(".")))
      return {{.index = only, .role = MemberRole::kMainReport}};
  }
  if (main) {
    std::erase_if(chosen, [&](const MemberChoice& c) { return c.index == main->index; });
    chosen.push_back({.index = main->index, .role = MemberRole::kMainReport});
  }
  std::ranges::stable_sort(chosen, {}, [](const MemberChoice& c) { return Order(c.role); });
  return chosen;
}

}  // namespace bk::android
