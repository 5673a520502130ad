// What phone and band do, one procedure each, as lines of a Script. Internal to this folder.
#pragma once

#include <string_view>

#include "capture/script.h"

namespace bk::golden {

class Scenes {
 public:
  [[nodiscard]] const capture::Script& script() const { return script_; }
  Scenes& Wait(double seconds);
  Scenes& Lines(std::string_view lines);

  // The phone scans for `adverts` adverts of the band, one every 0.4175 s and a little, with a
  // neighbour between them. Not connectable: another host holds the band.
  Scenes& Scan(int adverts, int rssi, bool connectable = true);
  // The phone asks for a link and gets it; the link ends when `End` says so.
  Scenes& Connect();
  // The phone asks and cancels after `seconds`.
  Scenes& ConnectAndGiveUp(double seconds);
  Scenes& Discover();
  Scenes& AskForNotifications();
  // Challenge and answer; `status` is what the band says to the answer.
  Scenes& Authenticate(int status);
  Scenes& SetTime();
  // 120 minutes are announced, in 30 packets of which `packets` come; then the end and its
  // acknowledgement if all came.
  Scenes& Fetch(int packets);
  Scenes& FetchNothing();
  // Firmware of 40 packets, of which `packets` are sent.
  Scenes& Update(int packets);
  Scenes& StartEncryption(int status);
  Scenes& Pair(bool confirm_fits);
  Scenes& ReadRssi(int rssi);
  Scenes& End(int reason);
  // The phone's own wish.
  Scenes& HangUp();

 private:
  capture::Script script_;
};

}  // namespace bk::golden
