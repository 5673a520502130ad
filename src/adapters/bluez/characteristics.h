// The requests of one link, one after the other as ATT wants it, and the sockets through which
// notifications and write commands flow.
#pragma once

#include <poll.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/bluez/bus.h"
#include "adapters/bluez/objects.h"
#include "ports/band_radio.h"

namespace bk::adapters::bluez {

// Owned by whoever got it from bluetoothd.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int file) : file_(file) {}
  Socket(Socket&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();
  [[nodiscard]] int file() const { return file_; }
  [[nodiscard]] bool open() const { return file_ >= 0; }

 private:
  int file_ = -1;
};

class Characteristics {
 public:
  using Emit = std::function<void(ports::RadioEvent)>;
  Characteristics(Bus& bus, Emit emit) : bus_(bus), emit_(std::move(emit)) {}

  // The table of this device as bluetoothd has resolved it.
  std::vector<ports::GattCharacteristic> Load(const Objects& objects, const std::string& device);
  // A read, write or subscription; kNoAnswer at once for a handle that is not in the table.
  void Ask(const ports::RadioOrder& order);
  // The link ended: requests are forgotten, sockets closed.
  void Clear();

  // A property signal of a characteristic: the fallback for notifications.
  void ValueChanged(const std::string& path, const std::vector<std::uint8_t>& value);

  void AddTo(std::vector<pollfd>& polls) const;
  void Ready(const std::vector<pollfd>& polls);
  // Reads what has come, in the order in which the band said it as far as sockets tell.
  void Hear();

 private:
  struct Row {
    std::string path;
    std::uint8_t properties = 0;
    Socket notify, write;
    bool no_write_socket = false;  // AcquireWrite was refused
    bool by_signal = false;        // StartNotify instead of a socket
  };
  struct Request {
    std::uint16_t handle = 0;
    enum class What : std::uint8_t { kRead, kWrite, kCommand, kSubscribe, kUnsubscribe } what{};
    std::vector<std::uint8_t> bytes;
  };
  void Next();
  void Begin(const Request& request, Row& row);
  void Done(std::uint64_t turn, std::uint8_t error, std::vector<std::byte> bytes = {});
  void Failed(std::uint64_t turn, const sdbus::Error& error);
  void Read(const std::string& path);
  void Write(const std::string& path, const std::vector<std::uint8_t>& bytes, const char* type);
  void AcquireWrite(Row& row);
  void SendCommand(Row& row);
  void Subscribe(std::uint16_t handle, Row& row);
  void StartNotify(std::uint16_t handle, Row& row);
  void Unsubscribe(Row& row);
  void Drain(std::uint16_t handle, Row& row);
  void SawMtu(std::uint16_t mtu);

  Bus& bus_;
  Emit emit_;
  std::map<std::uint16_t, Row> rows_;
  std::deque<Request> requests_;  // the first is under way when busy_
  bool busy_ = false;
  bool waits_for_room_ = false;  // the first is a command, its socket is full
  std::uint64_t turn_ = 0;       // of the request under way: late replies of others are nobody's
  std::uint16_t mtu_ = 0;
};

}  // namespace bk::adapters::bluez
