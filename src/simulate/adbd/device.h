// One simulated phone as its cable sees it: who it says it is, what its owner answers when a
// computer asks to be allowed, and what goes wrong. Shared by the connections to it, so that a
// key once allowed is known the next time.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/adb/message.h"
#include "simulate/adbd/host_key.h"
#include "simulate/adbd/services.h"
#include "simulate/adbd/trouble.h"

namespace bk::simulate::adbd {

struct Profile {
  std::string product = "invented";
  std::string model = "Invented Phone";
  std::string device = "invented";
  std::string kind = "device";  // what it is running: "recovery", "sideload", "bootloader"
  // As before Android 7: protocol 1.0, 4096 bytes at once, no framed shell (no exit codes, one
  // stream for out and err, lines end with CR LF), no stat with errors.
  bool old = false;
};

struct Owner {
  enum class Answer : std::uint8_t {
    kNotAsked,  // the phone lets every computer in, as an emulator does
    kAccepts,
    kAcceptsLater,  // after `delay`
    kRefuses,
  };
  Answer answer = Answer::kAccepts;
  Time delay{0};
  bool remembers = true;  // "always allow from this computer"
};

class Device {
 public:
  // `services` must outlive the device, the device its sessions. `seed` makes the tokens: this is a
  // simulation, nothing is guarded by them.
  Device(DeviceServices& services, Profile profile, Owner owner, std::vector<Trouble> troubles = {},
         std::uint64_t seed = 0);

  [[nodiscard]] DeviceServices& services() { return services_; }
  [[nodiscard]] const Profile& profile() const { return profile_; }
  [[nodiscard]] const Owner& owner() const { return owner_; }

  [[nodiscard]] std::string Banner() const;
  [[nodiscard]] std::uint32_t Version() const;
  [[nodiscard]] std::uint32_t PayloadBytesMax() const;

  std::vector<std::byte> NextToken();
  // Whether a computer that was allowed before made the signature.
  [[nodiscard]] bool Knows(Bytes token, Bytes signature) const;
  void Allow(HostKey key);

  // Counts what begins (a command line, a path, a connection) and gives the first trouble of these
  // kinds that befalls it.
  std::optional<Trouble> Meet(std::string_view what, std::initializer_list<Trouble::Kind> kinds);

 private:
  struct Counted {
    Trouble trouble;
    std::uint64_t fits = 0;
  };
  DeviceServices& services_;
  Profile profile_;
  Owner owner_;
  std::vector<Counted> troubles_;
  std::vector<HostKey> allowed_;
  std::uint64_t token_state_;
};

}  // namespace bk::simulate::adbd
