#include "simulate/adbd/session.h"

#include <algorithm>
#include <utility>

namespace bk::simulate::adbd {
namespace {

using codec::adb::Message;
using codec::adb::MessageCommand;
namespace auth = codec::adb::auth;

// In one message: large enough to be quick, small enough that many streams take turns.
constexpr std::uint32_t kWriteBytesMax = 256 * 1024;
// No host takes less.
constexpr std::uint32_t kPayloadBytesMin = 4096;
// A computer tries each of its keys once.
constexpr int kSignaturesMax = 64;

}  // namespace

void DeviceSession::Receive(Bytes bytes, Time now) {
  if (ended_) return;
  decoder_.Push(bytes);
  while (auto message = decoder_.Next()) {
    if (ended_) return;
    On(*message, now);
  }
  if (decoder_.damaged()) Drop();
}

void DeviceSession::On(const Message& message, Time now) {
  switch (message.command) {
    case MessageCommand::kConnect:
      return OnConnect(message);
    case MessageCommand::kAuth:
      return OnAuth(message, now);
    default:
      break;
  }
  if (state_ != State::kOnline) return;
  if (message.data.size() > payload_bytes_max_) return Drop();
  switch (message.command) {
    case MessageCommand::kOpen:
      return OnOpen(message, now);
    case MessageCommand::kOkay:
      if (const auto open = Find(message); open != streams_.end()) open->second.waits = false;
      return;
    case MessageCommand::kWrite:
      if (const auto open = Find(message); open != streams_.end()) {
        open->second.stream->Receive(message.data, now);
        Send(MessageCommand::kOkay, open->first, open->second.host_id);
      }
      return;
    case MessageCommand::kClose:
      if (const auto open = Find(message); open != streams_.end()) {
        Send(MessageCommand::kClose, open->first, open->second.host_id);
        streams_.erase(open);
      }
      return;
    default:  // STLS, SYNC and what is not known
      return;
  }
}

std::map<std::uint32_t, DeviceSession::Open>::iterator DeviceSession::Find(const Message& message) {
  const auto open = streams_.find(message.arg1);
  return open != streams_.end() && open->second.host_id == message.arg0 ? open : streams_.end();
}

void DeviceSession::OnConnect(const Message& message) {
  streams_.clear();
  offered_.reset();
  signatures_ = 0;
  payload_bytes_max_ = std::min(message.arg1, device_.PayloadBytesMax());
  if (payload_bytes_max_ < kPayloadBytesMin) return Drop();
  trouble_ = device_.Meet({}, {Trouble::Kind::kDropConnection});
  if (device_.owner().answer == Owner::Answer::kNotAsked) return GoOnline();
  Challenge();
}

void DeviceSession::Challenge() {
  state_ = State::kChallenged;
  token_ = device_.NextToken();
  Send(MessageCommand::kAuth, auth::kToken, 0, token_);
}

void DeviceSession::OnAuth(const Message& message, Time now) {
  if (state_ != State::kChallenged) return;
  if (message.arg0 == auth::kSignature) {
    if (++signatures_ > kSignaturesMax) return Drop();
    device_.Knows(token_, message.data) ? GoOnline() : Challenge();
    return;
  }
  if (message.arg0 != auth::kPublicKey) return;
  offered_ = HostKey::Parse(AsText(message.data));
  // A phone would ask its owner about anything; nobody could sign by such a key later.
  if (!offered_) return;
  state_ = State::kOwnerThinks;
  switch (device_.owner().answer) {
    case Owner::Answer::kRefuses:
      offered_.reset();
      return;
    case Owner::Answer::kAcceptsLater:
      accepts_at_ = now + device_.owner().delay;
      return;
    case Owner::Answer::kAccepts:
    case Owner::Answer::kNotAsked:
      accepts_at_ = now;
      return;
  }
}

void DeviceSession::GoOnline() {
  state_ = State::kOnline;
  const std::string banner = device_.Banner();
  Send(MessageCommand::kConnect, device_.Version(), device_.PayloadBytesMax(), AsBytes(banner));
}

void DeviceSession::OnOpen(const Message& message, Time now) {
  if (message.arg0 == 0) return;
  const std::string_view data = AsText(message.data);
  const std::string_view service = data.substr(0, data.find('\0'));
  constexpr std::string_view kReboot = "reboot:";
  const std::uint32_t id = ++last_id_;
  if (service.starts_with(kReboot)) {
    Send(MessageCommand::kOkay, id, message.arg0);
    Send(MessageCommand::kClose, id, message.arg0);
    device_.services().Restart(service.substr(kReboot.size()), now);
    return;
  }
  std::unique_ptr<Stream> stream;
  if (streams_.size() < kStreamsMax)
    stream = service == "sync:" ? OpenSync(device_) : OpenShell(service, device_, now);
  if (!stream) return Send(MessageCommand::kClose, 0, message.arg0);
  Send(MessageCommand::kOkay, id, message.arg0);
  streams_[id] = {.host_id = message.arg0, .stream = std::move(stream)};
}

void DeviceSession::Produce(Time now, std::vector<std::byte>& out) {
  if (ended_) return;
  if (state_ == State::kOwnerThinks && offered_ && now >= accepts_at_) {
    device_.Allow(*std::exchange(offered_, std::nullopt));
    GoOnline();
  }
  Pump(now);
  if (trouble_ && sent_ + queue_.size() >= trouble_->bytes) {
    queue_.resize(trouble_->bytes - sent_);
    Drop();
  }
  sent_ += queue_.size();
  out.insert(out.end(), queue_.begin(), queue_.end());
  queue_.clear();
  if (!device_.services().Reachable(now)) Drop();
  next_change_ = device_.services().NextChange(now);
}

void DeviceSession::Pump(Time now) {
  const std::size_t bytes_max = std::min(payload_bytes_max_, kWriteBytesMax);
  std::vector<std::byte> data;
  for (auto at = streams_.begin(); at != streams_.end();) {
    Open& open = at->second;
    if (open.waits) {
      ++at;
      continue;
    }
    data.clear();
    open.stream->Produce(now, bytes_max, data);
    if (!data.empty()) {
      Send(MessageCommand::kWrite, at->first, open.host_id, data);
      open.waits = true;
    }
    const Stream::State state = open.stream->state();
    if (state == Stream::State::kDropped) return Drop();
    if (state == Stream::State::kDone && !open.waits) {
      Send(MessageCommand::kClose, at->first, open.host_id);
      at = streams_.erase(at);
    } else {
      ++at;
    }
  }
}

std::optional<ports::ByteSession::Time> DeviceSession::Wake() const {
  std::optional<Time> wake = next_change_;
  const auto earlier = [&wake](std::optional<Time> time) {
    if (time && (!wake || *time < *wake)) wake = time;
  };
  if (state_ == State::kOwnerThinks && offered_) earlier(accepts_at_);
  for (const auto& [id, open] : streams_)
    if (!open.waits) earlier(open.stream->wake());
  return wake;
}

void DeviceSession::Send(MessageCommand command, std::uint32_t arg0, std::uint32_t arg1,
                         Bytes data) {
  codec::adb::EncodeMessage({command, arg0, arg1, {data.begin(), data.end()}}, queue_);
}

void DeviceSession::Drop() {
  ended_ = true;
  streams_.clear();
}

}  // namespace bk::simulate::adbd
