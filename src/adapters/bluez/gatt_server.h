// A GATT server on one of this computer's Bluetooth adapters, by bluetoothd: a table, an
// advertisement, and one link at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/result.h"
#include "base/uuid.h"

namespace bk::adapters {

struct ServedRow {
  Uuid service, uuid;
  std::uint8_t properties = 0;  // bits of the declaration: 02 read, 04 write command, 08 write ...
};
struct ServedAdvert {
  bool connectable = true;
  std::vector<std::byte> data, scan_response;  // as on the air
  friend bool operator==(const ServedAdvert&, const ServedAdvert&) = default;
};
struct ServedAnswer {
  std::uint8_t error = 0;  // ATT
  std::vector<std::byte> bytes;
};

// What stands behind it. Called from GattServer::Wait only.
class Served {
 public:
  virtual ~Served() = default;
  virtual void Connected() = 0;
  virtual void Disconnected() = 0;
  // Of the link, before a read or write; never told when nobody reads or writes.
  virtual void MtuIs(std::uint16_t mtu) = 0;
  // nullopt: never answered.
  virtual std::optional<ServedAnswer> Read(std::size_t row) = 0;
  virtual std::optional<std::uint8_t> Write(std::size_t row, Bytes bytes, bool with_response) = 0;
  virtual void Subscribe(std::size_t row, bool on) = 0;
  // The adapter or the service went (what to do) or came back (empty). The link is gone with it.
  virtual void Trouble(const std::string& sentence) = 0;
};

class GattServer {
 public:
  // Hangs up and takes everything back from bluetoothd, in this order.
  virtual ~GattServer() = default;
  [[nodiscard]] virtual Address address() const = 0;  // of the adapter
  // nullopt: none. What bluetoothd cannot send is left out (adapters/bluez/advert_data.h).
  virtual void Advertise(std::optional<ServedAdvert> advert) = 0;
  // How many notifications bluetoothd may be handed now; all arrive in the order of Notify.
  [[nodiscard]] virtual std::size_t Room() const = 0;
  virtual void Notify(std::size_t row, Bytes bytes) = 0;
  // Nothing of what Notify was given is still on its way to bluetoothd.
  [[nodiscard]] virtual bool quiet() const = 0;
  virtual void HangUp() = 0;
  // Carries out what arrives, for so long or until something did. A signal ends it, too.
  virtual void Wait(std::chrono::microseconds time) = 0;
};

// Rows of one service follow each other. `adapter`: "hci1"; empty: the first that is switched on.
// kNotFound says what to do: no bus, no service, no such adapter, switched off, no permission.
// kRefused: bluetoothd took not the table, with its word. `served` outlives it.
Result<std::unique_ptr<GattServer>> OpenGattServer(const std::string& adapter,
                                                   std::vector<ServedRow> rows, Served& served);

}  // namespace bk::adapters
