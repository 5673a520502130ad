#include "adapters/adb/pull.h"

#include <fmt/format.h>

#include <array>

#include "codec/adb/sync.h"

namespace bk::adapters::adb {
namespace {

namespace asio = boost::asio;
using codec::adb::SyncPacket;
using End = ports::PhoneAnswer::End;

std::unexpected<Error> EndedAs(End end, std::string why) {
  switch (end) {
    case End::kTimedOut:
      return Fail(ErrorCode::kTimedOut, std::move(why));
    case End::kStopped:
      return Fail(ErrorCode::kStopped, std::move(why));
    case End::kRefused:
      return Fail(ErrorCode::kRefused, std::move(why));
    default:
      return Fail(ErrorCode::kNotReadable, std::move(why));
  }
}

std::unexpected<Error> EndedAs(Link::Ended ended) { return EndedAs(EndOf(ended), WhyEnded(ended)); }

std::unexpected<Error> PhoneSays(const std::string& path, std::string_view says) {
  if (says.contains("No such file"))
    return Fail(ErrorCode::kNotFound, fmt::format("{}: the phone has no such file.", path));
  return Fail(ErrorCode::kRefused, fmt::format("{}: the phone says: {}", path, says));
}

Status Judge(const std::string& path, const codec::adb::FileStat& stat) {
  constexpr std::uint32_t kMissing = 2, kNotFolder = 20, kForbidden = 13, kNotAllowed = 1;
  if (stat.error == kMissing || stat.error == kNotFolder)
    return Fail(ErrorCode::kNotFound, fmt::format("{}: the phone has no such file.", path));
  if (stat.error == kForbidden || stat.error == kNotAllowed)
    return Fail(ErrorCode::kRefused, fmt::format("{}: the phone does not let adb read it.", path));
  if (stat.error == 0 && stat.is_folder())
    return Fail(ErrorCode::kInvalid, fmt::format("{}: is a folder on the phone.", path));
  return {};  // for the rest, reading it tells
}

asio::awaitable<Status> Receive(Link& link, PullJob& job) {
  codec::adb::RecvDecoder decoder;
  SyncPacket packet;
  while (true) {
    const Bytes bytes = co_await link.Read();
    if (bytes.empty()) co_return EndedAs(link.ended());
    link.Restart(job.silence);
    decoder.Push(bytes);
    while (decoder.Next(packet)) {
      switch (packet.kind) {
        case SyncPacket::Kind::kData:
          job.bytes += packet.data.size();
          if (!(*job.take)(packet.data)) co_return Fail(ErrorCode::kStopped, "Stopped.");
          break;
        case SyncPacket::Kind::kDone:
          co_return Status{};
        case SyncPacket::Kind::kFail:
          co_return PhoneSays(job.path, packet.text);
        case SyncPacket::Kind::kDamaged:
          co_return Fail(ErrorCode::kNotReadable,
                         fmt::format("{}: what the phone sent is no file.", job.path));
      }
    }
  }
}

}  // namespace

asio::awaitable<void> RunPull(Talk& talk, const Device& device, PullJob& job) {
  job.again = job.no_server = false;
  Link link(talk, job.silence);
  const Opened opened = co_await OpenService(link, device, "sync:");
  if (!opened.ok) {
    job.result = EndedAs(opened.end, opened.why);
    job.no_server = opened.no_server;
    job.again = !opened.begun && (opened.end == End::kCut || opened.end == End::kRefused);
    co_return;
  }
  std::vector<std::byte> request;
  codec::adb::EncodeSync(device.stat_v2 ? "STA2" : "STAT", AsBytes(job.path), request);
  std::array<std::byte, codec::adb::kStat2Bytes> answer{};
  const auto stat_bytes =
      std::span(answer).first(device.stat_v2 ? codec::adb::kStat2Bytes : codec::adb::kStatBytes);
  bool ok = co_await link.Write(request);
  if (ok) ok = co_await link.ReadAll(stat_bytes);
  if (!ok) {
    job.result = EndedAs(link.ended());
    co_return;
  }
  const auto stat = codec::adb::ParseStat(stat_bytes);
  job.result = stat ? Judge(job.path, *stat)
                    : Fail(ErrorCode::kNotReadable,
                           fmt::format("{}: the phone's answer is none.", job.path));
  if (!job.result) co_return;
  request.clear();
  codec::adb::EncodeSync("RECV", AsBytes(job.path), request);
  ok = co_await link.Write(request);
  if (ok) {
    job.result = co_await Receive(link, job);
  } else {
    job.result = EndedAs(link.ended());
  }
}

}  // namespace bk::adapters::adb
