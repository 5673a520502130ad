// The file service. Source: AOSP packages/modules/adb SYNC.TXT, file_sync_protocol.h,
// daemon/file_sync_service.cpp; seen with stock adb 29.0.6.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "base/text.h"
#include "codec/adb/sync.h"
#include "simulate/adbd/stream.h"

namespace bk::simulate::adbd {
namespace {

using codec::adb::EncodeSync;

constexpr std::size_t kRequestHeadBytes = 8;
constexpr std::uint32_t kNoSuchFile = 2;  // ENOENT
constexpr std::size_t kPushBytesMax = std::size_t{64} << 20;
// Requests that wait while a file is on its way; a host that sends more is not one of ours.
constexpr std::size_t kWaitingBytesMax = 1 << 20;

class SyncStream : public Stream {
 public:
  explicit SyncStream(Device& device) : device_(device) {}

  void Receive(Bytes bytes, Time now) override {
    if (ended_) return;
    request_.insert(request_.end(), bytes.begin(), bytes.end());
    Work(now);
    if (request_.size() > kWaitingBytesMax) End("too much was asked at once");
  }

  void Produce(Time now, std::size_t bytes_max, std::vector<std::byte>& out) override {
    // One more than fits, so that a full message leaves.
    while (file_ && pending_.size() - at_ < bytes_max) SendPiece(now);
    TakePending(pending_, at_, bytes_max, out);
    if (at_ == pending_.size()) {
      pending_.clear();
      at_ = 0;
    }
  }

  [[nodiscard]] State state() const override {
    return ended_ && at_ == pending_.size() ? State::kDone : State::kOpen;
  }

 private:
  struct Push {
    std::string path;
    std::uint32_t mode = 0;
    std::string bytes;
    std::string refusal;  // what will be said at its end
  };

  // Takes whole requests as long as nothing is on its way to the host.
  void Work(Time now) {
    std::size_t taken = 0;
    while (!file_ && !ended_) {
      ByteReader reader(Bytes(request_).subspan(taken));
      const std::string id(AsText(reader.Take(4)));
      const std::uint32_t size = reader.Le32();
      if (!reader.ok()) break;
      // The number behind these two is no length.
      const bool has_payload = id != "DONE" && id != "QUIT";
      const std::size_t size_max =
          push_ ? codec::adb::kSyncDataBytesMax : codec::adb::kSyncPathBytesMax;
      if (has_payload && size > size_max) {
        End(push_ ? "oversize data message" : "path too long");
        break;
      }
      const Bytes payload = reader.Take(has_payload ? size : 0);
      if (!reader.ok()) break;
      taken += kRequestHeadBytes + payload.size();
      push_ ? OnPush(id, AsText(payload), now) : OnRequest(id, std::string(AsText(payload)), now);
    }
    request_.erase(request_.begin(), request_.begin() + static_cast<std::ptrdiff_t>(taken));
  }

  void OnRequest(std::string_view id, const std::string& payload, Time now) {
    if (id == "STAT") return Stat(payload, now);
    if (id == "STA2" || id == "LST2") return Stat2(id, payload, now);
    if (id == "LIST" || id == "LIS2") return List(id == "LIS2", payload, now);
    if (id == "RECV") return Send(payload, now);
    if (id == "SEND") return BeginPush(payload);
    if (id == "QUIT") {
      ended_ = true;
      return;
    }
    End(fmt::format("unknown command {}", id));
  }

  void Stat(const std::string& path, Time now) {
    const FileStat stat =
        device_.services().Stat(path, now).value_or(FileStat{.mode = 0, .size = 0, .modified = 0});
    ByteWriter(pending_)
        .Put(AsBytes("STAT"))
        .Le32(stat.mode)
        .Le32(stat.size)
        .Le32(static_cast<std::uint64_t>(stat.modified));
  }

  // The 68 bytes that stat and list share in their second version.
  void PutStat2(const std::optional<FileStat>& found) {
    const FileStat stat = found.value_or(FileStat{.mode = 0, .size = 0, .modified = 0});
    const auto time = static_cast<std::uint64_t>(stat.modified);
    ByteWriter(pending_)
        .Le32(found ? 0 : kNoSuchFile)
        .Le64(0)  // device
        .Le64(0)  // inode
        .Le32(stat.mode)
        .Le32(found ? 1 : 0)       // links
        .Le32(found ? kShell : 0)  // user
        .Le32(found ? kShell : 0)  // group
        .Le64(stat.size)
        .Le64(time)
        .Le64(time)
        .Le64(time);
  }

  void Stat2(std::string_view id, const std::string& path, Time now) {
    const auto found = device_.services().Stat(path, now);
    ByteWriter(pending_).Put(AsBytes(id));
    PutStat2(found);
  }

  void List(bool second, const std::string& path, Time now) {
    const auto name = [this](std::string_view text) {
      ByteWriter(pending_).Le32(text.size()).Put(AsBytes(text));
    };
    for (const FileEntry& entry : device_.services().List(path, now)) {
      ByteWriter(pending_).Put(AsBytes(second ? "DNT2" : "DENT"));
      if (second) {
        PutStat2(entry.stat);
      } else {
        ByteWriter(pending_)
            .Le32(entry.stat.mode)
            .Le32(entry.stat.size)
            .Le32(static_cast<std::uint64_t>(entry.stat.modified));
      }
      name(entry.name);
    }
    constexpr std::size_t kDentBytes = 20, kDent2Bytes = 76;
    ByteWriter(pending_).Put(AsBytes("DONE"));
    pending_.resize(pending_.size() + (second ? kDent2Bytes : kDentBytes) - 4);
  }

  void Send(const std::string& path, Time now) {
    trouble_ = device_.Meet(path, {Trouble::Kind::kSyncFail});
    auto read = device_.services().Read(path, now);
    if (!read) return SayFail("open failed: " + read.error().message);
    file_ = std::move(*read);
    file_at_ = 0;
  }

  void SendPiece(Time now) {
    std::size_t count =
        std::min<std::size_t>(codec::adb::kSyncDataBytesMax, file_->size() - file_at_);
    if (trouble_) count = std::min<std::uint64_t>(count, trouble_->bytes - file_at_);
    if (count > 0)
      EncodeSync("DATA", AsBytes(std::string_view(*file_).substr(file_at_, count)), pending_);
    file_at_ += count;
    if (trouble_ && file_at_ >= trouble_->bytes) {
      SayFail("read failed: I/O error");
    } else if (file_at_ >= file_->size()) {
      EncodeSync("DONE", {}, pending_);
    } else {
      return;
    }
    file_ = nullptr;
    Work(now);  // what the host asked meanwhile
  }

  void BeginPush(const std::string& payload) {
    const std::size_t comma = payload.rfind(',');
    const auto mode = comma == std::string::npos
                          ? std::nullopt
                          : ParseInt<std::uint32_t>(std::string_view(payload).substr(comma + 1));
    push_ = Push{.path = payload.substr(0, comma), .mode = mode.value_or(0)};
    if (!mode) push_->refusal = "bad mode";
    if (device_.Meet(push_->path, {Trouble::Kind::kSyncFail}))
      push_->refusal = "write failed: I/O error";
  }

  void OnPush(std::string_view id, std::string_view payload, Time now) {
    if (id == "DATA") {
      if (push_->bytes.size() + payload.size() > kPushBytesMax)
        push_->refusal = "write failed: No space left on device";
      if (push_->refusal.empty()) push_->bytes += payload;
      return;
    }
    if (id != "DONE") return End("invalid data message");
    Push push = std::move(*push_);
    push_.reset();
    if (push.refusal.empty()) {
      const Status written =
          device_.services().Write(push.path, push.mode, std::move(push.bytes), now);
      if (written) return EncodeSync("OKAY", {}, pending_);
      push.refusal = "couldn't create file: " + written.error().message;
    }
    SayFail(push.refusal);
  }

  void SayFail(std::string_view text) { EncodeSync("FAIL", AsBytes(text), pending_); }
  void End(std::string_view text) {
    SayFail(text);
    ended_ = true;
    file_ = nullptr;
  }

  static constexpr std::uint32_t kShell = 2000;  // Android's user "shell"

  Device& device_;
  std::vector<std::byte> request_, pending_;
  std::size_t at_ = 0;  // of pending_
  std::shared_ptr<const std::string> file_;
  std::size_t file_at_ = 0;
  std::optional<Trouble> trouble_;
  std::optional<Push> push_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Stream> OpenSync(Device& device) { return std::make_unique<SyncStream>(device); }

}  // namespace bk::simulate::adbd
