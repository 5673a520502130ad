#include "adapters/bluez/characteristics.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>
#include <utility>

namespace bk::adapters::bluez {
namespace {

using std::chrono::seconds;

// ATT gives a request 30 s (Core specification, vol. 3 part F 3.3.3); bluetoothd answers then.
constexpr seconds kRequestTime{35};
// The longest value that ATT knows.
constexpr std::size_t kValueBytesMax = 512;
// More than any socket's buffer holds.
constexpr int kPacketsAtOnce = 4096;

std::vector<std::byte> AsByteVector(const std::vector<std::uint8_t>& bytes) {
  const auto view = std::as_bytes(std::span(bytes));
  return {view.begin(), view.end()};
}

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}
Socket::~Socket() {
  if (file_ >= 0) close(file_);
}

std::vector<ports::GattCharacteristic> Characteristics::Load(const Objects& objects,
                                                             const std::string& device) {
  Clear();
  rows_.clear();
  std::vector<ports::GattCharacteristic> table;
  for (const std::string& path : objects.With(kCharacteristic, device)) {
    const auto handle = ValueHandle(path);
    const auto uuid = objects.Get<std::string>(path, kCharacteristic, "UUID");
    const auto service_path = objects.Get<sdbus::ObjectPath>(path, kCharacteristic, "Service");
    if (!handle || !uuid || !service_path) continue;
    const auto service = objects.Get<std::string>(*service_path, kGattService, "UUID");
    const auto id = ParseUuid(*uuid);
    const auto service_id = ParseUuid(service.value_or(""));
    if (!id || !service_id) continue;
    Row& row = rows_[*handle];
    row.path = path;
    for (const std::string& flag :
         objects.Get<std::vector<std::string>>(path, kCharacteristic, "Flags")
             .value_or(std::vector<std::string>{}))
      row.properties |= PropertyBit(flag);
    table.push_back({*handle, *service_id, *id, row.properties});
    if (const auto mtu = objects.Get<std::uint16_t>(path, kCharacteristic, "MTU")) SawMtu(*mtu);
  }
  return table;
}

void Characteristics::Clear() {
  requests_.clear();
  busy_ = waits_for_room_ = false;
  ++turn_;
  mtu_ = 0;
  for (auto& [handle, row] : rows_) {
    row.notify = Socket();
    row.write = Socket();
    row.by_signal = false;
  }
}

void Characteristics::Ask(const ports::RadioOrder& order) {
  Request request;
  const auto take = [&](const std::vector<std::byte>& bytes) {
    for (const std::byte byte : bytes) request.bytes.push_back(std::to_integer<std::uint8_t>(byte));
  };
  if (const auto* read = std::get_if<ports::ReadOrder>(&order)) {
    request = {read->handle, Request::What::kRead, {}};
  } else if (const auto* write = std::get_if<ports::WriteOrder>(&order)) {
    request = {
        write->handle, write->with_response ? Request::What::kWrite : Request::What::kCommand, {}};
    take(write->bytes);
  } else if (const auto* subscribe = std::get_if<ports::SubscribeOrder>(&order)) {
    request = {subscribe->handle,
               subscribe->on ? Request::What::kSubscribe : Request::What::kUnsubscribe,
               {}};
  } else {
    return;
  }
  requests_.push_back(std::move(request));
  Next();
}

void Characteristics::Next() {
  while (!busy_ && !requests_.empty()) {
    busy_ = true;
    ++turn_;
    const Request& request = requests_.front();
    const auto row = rows_.find(request.handle);
    if (row == rows_.end()) {
      Done(turn_, ports::RequestDone::kNoAnswer);
      continue;
    }
    Begin(request, row->second);
    return;
  }
}

void Characteristics::Begin(const Request& request, Row& row) {
  try {
    switch (request.what) {
      case Request::What::kRead:
        return Read(row.path);
      case Request::What::kWrite:
        return Write(row.path, request.bytes, "request");
      case Request::What::kCommand:
        if (row.no_write_socket) return Write(row.path, request.bytes, "command");
        return row.write.open() ? SendCommand(row) : AcquireWrite(row);
      case Request::What::kSubscribe:
        return Subscribe(request.handle, row);
      case Request::What::kUnsubscribe:
        return Unsubscribe(row);
    }
  } catch (const sdbus::Error& error) {
    Failed(turn_, error);
  }
}

void Characteristics::Done(std::uint64_t turn, std::uint8_t error, std::vector<std::byte> bytes) {
  if (turn != turn_ || !busy_ || requests_.empty()) return;
  const std::uint16_t handle = requests_.front().handle;
  requests_.pop_front();
  busy_ = waits_for_room_ = false;
  emit_(ports::RequestDone{handle, error, std::move(bytes)});
  Next();
}

void Characteristics::Failed(std::uint64_t turn, const sdbus::Error& error) {
  Done(turn, AttErrorOf(error.getName(), error.getMessage()));
}

void Characteristics::Read(const std::string& path) {
  bus_.Proxy(path)
      .callMethodAsync("ReadValue")
      .onInterface(kCharacteristic)
      .withTimeout(kRequestTime)
      .withArguments(Properties{})
      .uponReplyInvoke(
          [this, turn = turn_](const sdbus::Error* error, const std::vector<std::uint8_t>& value) {
            if (error != nullptr) return Failed(turn, *error);
            Done(turn, 0, AsByteVector(value));
          });
}

void Characteristics::Write(const std::string& path, const std::vector<std::uint8_t>& bytes,
                            const char* type) {
  bus_.Proxy(path)
      .callMethodAsync("WriteValue")
      .onInterface(kCharacteristic)
      .withTimeout(kRequestTime)
      .withArguments(bytes, Properties{{"type", sdbus::Variant(std::string(type))}})
      .uponReplyInvoke([this, turn = turn_](const sdbus::Error* error) {
        if (error != nullptr) return Failed(turn, *error);
        Done(turn, 0);
      });
}

void Characteristics::AcquireWrite(Row& row) {
  bus_.Proxy(row.path)
      .callMethodAsync("AcquireWrite")
      .onInterface(kCharacteristic)
      .withTimeout(kRequestTime)
      .withArguments(Properties{})
      .uponReplyInvoke(
          [this, turn = turn_](const sdbus::Error* error, sdbus::UnixFd file, std::uint16_t mtu) {
            if (turn != turn_ || requests_.empty()) return;
            const auto found = rows_.find(requests_.front().handle);
            if (found == rows_.end()) return;
            if (error != nullptr) {
              // Somebody else has it, or bluetoothd is too old: the slower way.
              found->second.no_write_socket = true;
              return Write(found->second.path, requests_.front().bytes, "command");
            }
            found->second.write = Socket(file.release());
            SawMtu(mtu);
            SendCommand(found->second);
          });
}

void Characteristics::SendCommand(Row& row) {
  const std::vector<std::uint8_t>& bytes = requests_.front().bytes;
  const ssize_t sent =
      send(row.write.file(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent == static_cast<ssize_t>(bytes.size())) return Done(turn_, 0);
  if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    waits_for_room_ = true;
    return;
  }
  row.write = Socket();
  Done(turn_, ports::RequestDone::kNoAnswer);
}

void Characteristics::Subscribe(std::uint16_t handle, Row& row) {
  if (row.notify.open() || row.by_signal) return Done(turn_, 0);
  bus_.Proxy(row.path)
      .callMethodAsync("AcquireNotify")
      .onInterface(kCharacteristic)
      .withTimeout(kRequestTime)
      .withArguments(Properties{})
      .uponReplyInvoke([this, turn = turn_, handle](const sdbus::Error* error, sdbus::UnixFd file,
                                                    std::uint16_t mtu) {
        const auto found = rows_.find(handle);
        if (turn != turn_ || found == rows_.end()) return;
        if (error == nullptr) {
          found->second.notify = Socket(file.release());
          SawMtu(mtu);
          return Done(turn, 0);
        }
        // An ATT error is the band's answer; everything else is worth the older way.
        const std::uint8_t att = AttErrorOf("", error->getMessage());
        if (att != ports::RequestDone::kNoAnswer) return Done(turn, att);
        StartNotify(handle, found->second);
      });
}

void Characteristics::StartNotify(std::uint16_t handle, Row& row) {
  bus_.Proxy(row.path)
      .callMethodAsync("StartNotify")
      .onInterface(kCharacteristic)
      .withTimeout(kRequestTime)
      .uponReplyInvoke([this, turn = turn_, handle](const sdbus::Error* error) {
        const auto found = rows_.find(handle);
        if (turn != turn_ || found == rows_.end()) return;
        if (error != nullptr) return Failed(turn, *error);
        found->second.by_signal = true;
        Done(turn, 0);
      });
}

void Characteristics::Unsubscribe(Row& row) {
  if (row.notify.open()) {
    // bluetoothd writes the CCCD when its end of the socket closes.
    row.notify = Socket();
    return Done(turn_, 0);
  }
  if (!row.by_signal) return Done(turn_, 0);
  row.by_signal = false;
  bus_.Proxy(row.path)
      .callMethodAsync("StopNotify")
      .onInterface(kCharacteristic)
      .withTimeout(kRequestTime)
      .uponReplyInvoke([this, turn = turn_](const sdbus::Error* error) {
        if (error != nullptr) return Failed(turn, *error);
        Done(turn, 0);
      });
}

void Characteristics::SawMtu(std::uint16_t mtu) {
  if (mtu == mtu_ || mtu < 23) return;
  mtu_ = mtu;
  emit_(ports::MtuChanged{mtu});
}

void Characteristics::ValueChanged(const std::string& path,
                                   const std::vector<std::uint8_t>& value) {
  // A read changes the property too; only subscribed characteristics speak by themselves.
  for (const auto& [handle, row] : rows_)
    if (row.path == path && row.by_signal) emit_(ports::Notified{handle, AsByteVector(value)});
}

void Characteristics::AddTo(std::vector<pollfd>& polls) const {
  for (const auto& [handle, row] : rows_) {
    if (row.notify.open()) polls.push_back({row.notify.file(), POLLIN, 0});
    if (waits_for_room_ && row.write.open() && handle == requests_.front().handle)
      polls.push_back({row.write.file(), POLLOUT, 0});
  }
}

void Characteristics::Ready(const std::vector<pollfd>& polls) {
  bool heard = false;
  for (const pollfd& poll : polls) {
    if (poll.revents == 0) continue;
    heard = heard || (poll.events & POLLIN) != 0;
    if (!waits_for_room_ || (poll.events & POLLOUT) == 0) continue;
    const auto row = rows_.find(requests_.front().handle);
    if (row == rows_.end() || row->second.write.file() != poll.fd) continue;
    waits_for_room_ = false;
    SendCommand(row->second);
  }
  if (heard) Hear();
}

// bluetoothd gives each characteristic its own socket, so the order between them is lost. One rule
// restores what matters: what is only ever notified (data) was said before the word of a control
// point that closes it. bluetoothd has written the data when the word can be read; so the data are
// read to their end first. Data of a later request cannot be among them: it has not been asked for.
void Characteristics::Hear() {
  constexpr std::uint8_t kWritable = 0x0c;
  for (const bool control : {false, true})
    for (auto& [handle, row] : rows_)
      if (((row.properties & kWritable) != 0) == control && row.notify.open()) Drain(handle, row);
}

void Characteristics::Drain(std::uint16_t handle, Row& row) {
  std::array<std::byte, kValueBytesMax> buffer;
  // One packet a read: the socket keeps their bounds.
  for (int packets = 0; packets < kPacketsAtOnce; ++packets) {
    const ssize_t got = recv(row.notify.file(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0) {
      emit_(ports::Notified{handle, {buffer.begin(), buffer.begin() + got}});
      continue;
    }
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return;
    row.notify = Socket();  // the link is gone; its end is told by the device
    return;
  }
}

}  // namespace bk::adapters::bluez
