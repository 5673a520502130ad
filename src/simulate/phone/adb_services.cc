#include "simulate/phone/adb_services.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "simulate/phone/system/restart.h"

namespace bk::simulate {
namespace {

using adbd::Time;

// How often an endless command is asked for more.
constexpr Time kAsk = std::chrono::milliseconds(200);
// How long a phone with a time of its own is away while it restarts.
constexpr Time kSeenToBoot = std::chrono::milliseconds(50);

class MachineCommand final : public adbd::RunningCommand {
 public:
  MachineCommand(AdbServices& services, Said said, Time ends)
      : services_(services), said_(std::move(said)), ends_(ends) {}

  Piece Next(Time now, std::size_t bytes_max) override {
    services_.Until(now);
    Piece piece;
    // A program's words come when it has them all, which is near enough: none of ours is slow to
    // write.
    if (now < ends_) {
      piece.wake = ends_;
      return piece;
    }
    if (said_.more && said_.out.size() <= out_at_) {
      said_.out = said_.more(services_.machine().phone());
      out_at_ = 0;
    }
    const auto take = [&](const std::string& from, std::size_t& at) {
      const std::size_t size = std::min(from.size() - at, std::max<std::size_t>(bytes_max, 1));
      at += size;
      return from.substr(at - size, size);
    };
    piece.out = take(said_.out, out_at_);
    if (piece.out.empty()) piece.err = take(said_.err, err_at_);
    if (out_at_ < said_.out.size() || err_at_ < said_.err.size()) return piece;
    if (said_.more) {
      if (piece.out.empty() && piece.err.empty()) piece.wake = now + kAsk;
    } else {
      piece.exit = said_.exit;
    }
    return piece;
  }

 private:
  AdbServices& services_;
  Said said_;
  Time ends_;
  std::size_t out_at_ = 0, err_at_ = 0;
};

// "/sdcard" and "/bugreports" are links on a phone; the trailing slash means nothing.
std::string Plain(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

constexpr std::uint32_t kFolder = 040755, kRegular = 0100644;

bool IsFolder(const Android& phone, const std::string& path) {
  static const std::set<std::string> kAlways = {
      "/", "/sdcard", "/data", "/data/local/tmp", "/bugreports", "/storage", "/system"};
  if (kAlways.contains(path)) return true;
  return std::ranges::any_of(phone.life.files,
                             [&](const auto& file) { return file.first.starts_with(path + "/"); });
}

std::int64_t Seconds(const Android& phone) { return phone.clock.wall / std::chrono::seconds(1); }

}  // namespace

void AdbServices::Until(Time now) {
  if (!now_) now_ = now;
  if (now <= *now_) return;
  if (speed_ != kOwnTime) machine_.Pass((now - *now_) * speed_);
  now_ = now;
}

std::unique_ptr<adbd::RunningCommand> AdbServices::Run(std::string_view line, Time now) {
  Until(now);
  Said said = machine_.Run(line);
  const Time ends = speed_ == kOwnTime ? now : now + Time(said.took) / speed_;
  return std::make_unique<MachineCommand>(*this, std::move(said), ends);
}

std::optional<adbd::FileStat> AdbServices::Stat(const std::string& path, Time now) {
  Until(now);
  const std::string plain = Plain(path);
  adbd::FileStat stat;
  stat.modified = Seconds(machine_.phone());
  if (const std::string* file = machine_.File(plain)) {
    stat.mode = kRegular;
    stat.size = file->size();
    return stat;
  }
  if (!IsFolder(machine_.phone(), plain)) return std::nullopt;
  stat.mode = kFolder;
  stat.size = 4'096;
  return stat;
}

std::vector<adbd::FileEntry> AdbServices::List(const std::string& path, Time now) {
  Until(now);
  const std::string prefix = Plain(path) == "/" ? "/" : Plain(path) + "/";
  std::vector<adbd::FileEntry> entries;
  for (const auto& [name, bytes] : machine_.phone().life.files) {
    if (!name.starts_with(prefix)) continue;
    const std::string rest = name.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    adbd::FileEntry entry{rest.substr(0, slash), {}};
    entry.stat.modified = Seconds(machine_.phone());
    entry.stat.mode = slash == std::string::npos ? kRegular : kFolder;
    entry.stat.size = slash == std::string::npos ? bytes.size() : 4'096;
    if (entries.empty() || entries.back().name != entry.name) entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::shared_ptr<const std::string>> AdbServices::Read(const std::string& path, Time now) {
  Until(now);
  const std::string* file = machine_.File(Plain(path));
  if (file == nullptr) return Fail(ErrorCode::kNotFound, "No such file or directory");
  return std::make_shared<const std::string>(*file);
}

void AdbServices::Restart(std::string_view /*target*/, Time now) {
  Until(now);
  machine_.Restart();
}

bool AdbServices::Reachable(Time now) {
  Until(now);
  if (speed_ == kOwnTime && machine_.booting() && boots_at_ && now >= *boots_at_) {
    boots_at_.reset();
    machine_.Pass(kBootTime - machine_.phone().clock.boot);
  }
  return machine_.reachable();
}

std::optional<Time> AdbServices::NextChange(Time now) {
  Until(now);
  if (!machine_.booting()) return std::nullopt;
  if (speed_ == kOwnTime) {
    if (!boots_at_) boots_at_ = now + kSeenToBoot;
    return *boots_at_;
  }
  return now + (kBootTime - machine_.phone().clock.boot) / speed_;
}

}  // namespace bk::simulate
